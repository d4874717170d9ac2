package io.nightshift.detect.topology;

import io.nightshift.detect.domain.call.CallBook;
import io.nightshift.detect.domain.call.Peers;
import io.nightshift.detect.domain.call.TraceShelf;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.rollup.RollupPart;
import io.nightshift.events.Span;
import io.nightshift.schemas.ServiceKey;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Rate, errors and duration of requests served and made, judged in windows that ticks close. */
final class CallScoring implements Processor<String, Arrival, String, Scored> {

    static final String STORE = "call-baselines";

    private static final int MAX_SERVICES = 10_000;
    private static final long IDLE_MICROS = TimeUnit.MINUTES.toMicros(10);

    private final Peers peers;
    private final Tallies tallies;
    private final TraceShelf traces = new TraceShelf();
    private ProcessorContext<String, Scored> context;
    private Book<CallBook> book;
    private long minute;
    private long nowMicros;
    private long fullAtMicros = -1;

    CallScoring(Peers peers, Tallies tallies) {
        this.peers = peers;
        this.tallies = tallies;
    }

    @Override
    public void init(ProcessorContext<String, Scored> context) {
        this.context = context;
        book = new Book<>(
                        context.getStateStore(STORE),
                        key -> new CallBook(ServiceKey.parse(key), peers, traces),
                        (key, bytes) -> CallBook.fromBytes(bytes, ServiceKey.parse(key), peers, traces),
                        CallBook::toBytes)
                .loadAll();
    }

    @Override
    public void process(Record<String, Arrival> record) {
        if (record.value() instanceof Arrival.Time time) {
            time(time.nowMicros(), record.timestamp());
        } else if (record.value() instanceof Arrival.Telemetry telemetry) {
            telemetry(record, telemetry);
        }
    }

    private void telemetry(Record<String, Arrival> record, Arrival.Telemetry telemetry) {
        String service = record.key();
        if (!book.all().containsKey(service) && book.all().size() >= MAX_SERVICES && !makeRoom()) {
            tallies.count("call-services-refused");
            return;
        }
        CallBook calls = book.change(service);
        if (record.headers().lastHeader(Gate.PART) != null) {
            calls.ofPart(context.taskId().partition());
        }
        calls.heard(telemetry.latestMicros());
        if (telemetry instanceof Arrival.Spans spans) {
            for (Span span : spans.batch().getSpans()) {
                traces.add(service, span);
                calls.add(spans.resource(), span);
            }
        }
    }

    /** Whoever has been silent longest gives way, when that is long. */
    private boolean makeRoom() {
        if (fullAtMicros == nowMicros) {
            return false; // Looked through all of them at this time already.
        }
        Optional<Map.Entry<String, CallBook>> idlest = book.all().entrySet().stream()
                .min(Comparator.comparingLong(entry -> entry.getValue().lastHeardMicros()))
                .filter(entry -> nowMicros - entry.getValue().lastHeardMicros() > IDLE_MICROS);
        idlest.ifPresentOrElse(entry -> book.forget(entry.getKey()), () -> fullAtMicros = nowMicros);
        return idlest.isPresent();
    }

    private void time(long atMicros, long timestamp) {
        nowMicros = Math.max(nowMicros, atMicros);
        book.all().forEach((service, calls) -> calls.time(nowMicros, judgement -> say(service, judgement, timestamp)));
        long nowMinute = nowMicros / 60_000_000;
        if (minute != 0 && nowMinute > minute) {
            long closed = minute;
            book.all()
                    .forEach((service, calls) -> context.forward(new Record<>(
                            service, new Scored.Part(RollupPart.calls(closed, calls.takeMinute())), timestamp)));
        }
        if (nowMinute > minute) {
            List<String> gone = book.all().entrySet().stream()
                    .filter(entry -> entry.getValue().isForgotten(nowMicros))
                    .map(Map.Entry::getKey)
                    .toList();
            gone.forEach(book::forget);
        }
        minute = Math.max(minute, nowMinute);
        book.rotate(nowMicros);
    }

    private void say(String service, Judgement judgement, long timestamp) {
        context.forward(new Record<>(service, new Scored.Judged(judgement), timestamp));
    }
}
