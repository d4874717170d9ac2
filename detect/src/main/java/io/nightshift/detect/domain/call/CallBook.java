package io.nightshift.detect.domain.call;

import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.EntityRef;
import io.nightshift.events.Resource;
import io.nightshift.events.Span;
import io.nightshift.events.SpanKind;
import io.nightshift.schemas.ServiceKey;
import io.nightshift.schemas.trace.TimedSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * All that is known about the requests of one service: those it serves as a whole and per instance, and those it makes per
 * callee. Failures of calls made and of requests served are separate subjects.
 */
public final class CallBook {

    public static final long WINDOW_MICROS = TimeUnit.SECONDS.toMicros(5);
    /** A process younger than this is warming up: its durations say nothing about the service. */
    private static final long COLD_MICROS = TimeUnit.SECONDS.toMicros(30);

    private static final long FUTURE_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final long FORGET_MICROS = TimeUnit.HOURS.toMicros(6);
    private static final long IDLE_MICROS = TimeUnit.MINUTES.toMicros(10);
    private static final int MAX_SUBJECTS = 200;
    private static final int MAX_WINDOWS_AT_ONCE = 24;
    private static final String SERVED = "";

    private final EntityRef service;
    private final Peers peers;
    private final TraceShelf traces;
    private final Map<String, CallSubject> subjects = new LinkedHashMap<>();
    /** Number of the part of a spread service that this is; -1 when it is all of it. */
    private int part = -1;

    private long closedUpTo;
    private long lastHeardMicros;
    private long refusedSubjects;

    /** @param traces where exemplars are looked up; the book adds nothing to it */
    public CallBook(ServiceKey service, Peers peers, TraceShelf traces) {
        this.service = service.entity();
        this.peers = peers;
        this.traces = traces;
    }

    /** The service is spread over partitions, and this is what the one of this number sees. */
    public void ofPart(int partition) {
        if (part != partition) {
            part = partition;
            subjects.values().forEach(subject -> subject.ofPart(partition));
        }
    }

    /** Any telemetry of the service arrived, so that an empty window means no calls. */
    public void heard(long atMicros) {
        lastHeardMicros = Math.max(lastHeardMicros, atMicros);
    }

    public void add(Resource resource, Span span) {
        long end = span.getStartMicros() + Math.max(0, span.getDurationMicros());
        if (closedUpTo > 0 && end > closedUpTo + FUTURE_MICROS) {
            return;
        }
        if (span.getKind() == SpanKind.SERVER || span.getKind() == SpanKind.CONSUMER) {
            boolean failed = TimedSpan.isFailed(span);
            add(SERVED, null, null, resource, span, end, failed);
            if (resource.getInstance() != null) {
                add("@" + resource.getInstance(), resource.getInstance(), null, resource, span, end, failed);
            }
        } else if (span.getKind() == SpanKind.CLIENT || span.getKind() == SpanKind.PRODUCER) {
            boolean failed = TimedSpan.isFailed(span);
            String peer = peers.of(
                    service, span.getPeerAddress(), span.getAttributes().get("peer.service"));
            if (peer != null) {
                add(">" + peer, null, peer, resource, span, end, failed);
            }
        }
    }

    private void add(String key, String instance, String peer, Resource resource, Span span, long end, boolean failed) {
        CallSubject subject = subjects.get(key);
        if (subject == null) {
            if (subjects.size() >= MAX_SUBJECTS && !makeRoom(end)) {
                refusedSubjects++;
                return;
            }
            EntityRef entity = EntityRef.newBuilder(service)
                    .setInstance(instance)
                    .setPeer(peer)
                    .build();
            subject = new CallSubject(entity, WINDOW_MICROS, traces);
            subject.ofPart(part);
            subjects.put(key, subject);
        }
        Long started = resource.getProcessStartMicros();
        boolean cold = started != null && end - started < COLD_MICROS && end >= started;
        subject.window(end - Math.floorMod(end, WINDOW_MICROS))
                .add(new Exemplar(span.getTraceId(), span.getSpanId()), end, span.getDurationMicros(), failed, cold);
    }

    /** Instances come and go with each release: one without calls for long gives way. */
    private boolean makeRoom(long nowMicros) {
        return subjects.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(SERVED))
                .filter(entry -> nowMicros - entry.getValue().lastCallMicros() > IDLE_MICROS)
                .min(Comparator.comparingLong(entry -> entry.getValue().lastCallMicros()))
                .map(entry -> subjects.remove(entry.getKey()) != null)
                .orElse(false);
    }

    /** Nothing was heard of the service for so long that its past says nothing any more. */
    public boolean isForgotten(long nowMicros) {
        return nowMicros - lastHeardMicros > FORGET_MICROS;
    }

    /** Last telemetry of any kind, microseconds since the epoch. */
    public long lastHeardMicros() {
        return lastHeardMicros;
    }

    /** Closes the windows that ended by now and says what they show. */
    public void time(long nowMicros, Consumer<Judgement> out) {
        long due = nowMicros - Math.floorMod(nowMicros, WINDOW_MICROS);
        if (closedUpTo == 0 || due - closedUpTo > MAX_WINDOWS_AT_ONCE * WINDOW_MICROS) {
            closedUpTo = due - WINDOW_MICROS;
        }
        while (closedUpTo < due) {
            long start = closedUpTo;
            boolean alive = lastHeardMicros >= start;
            subjects.values().forEach(subject -> subject.close(start, alive, out));
            closedUpTo += WINDOW_MICROS;
        }
        subjects.values().removeIf(s -> s.lastCallMicros() > 0 && nowMicros - s.lastCallMicros() > FORGET_MICROS);
    }

    /** What each subject did since this was last asked; subjects without calls included. */
    public List<MinuteCalls> takeMinute() {
        List<MinuteCalls> taken = new ArrayList<>(subjects.size());
        subjects.values().forEach(subject -> taken.add(subject.takeMinute()));
        return taken;
    }

    public long refusedSubjects() {
        return refusedSubjects;
    }

    public byte[] toBytes() {
        StateWriter out = new StateWriter();
        out.int8(2).int32(part).int64(closedUpTo).int64(lastHeardMicros).int32(subjects.size());
        subjects.forEach((key, subject) -> {
            out.text(key);
            subject.write(out);
        });
        return out.toBytes();
    }

    public static CallBook fromBytes(byte[] bytes, ServiceKey service, Peers peers, TraceShelf traces) {
        CallBook book = new CallBook(service, peers, traces);
        StateReader in = new StateReader(bytes);
        int version = in.int8();
        if (version != 1 && version != 2) {
            return book;
        }
        book.part = version == 1 ? -1 : in.int32();
        book.closedUpTo = in.int64();
        book.lastHeardMicros = in.int64();
        int count = in.int32();
        for (int i = 0; i < count; i++) {
            String key = in.text();
            CallSubject subject = CallSubject.read(in, book.service, WINDOW_MICROS, traces);
            subject.ofPart(book.part);
            book.subjects.put(key, subject);
        }
        return book;
    }
}
