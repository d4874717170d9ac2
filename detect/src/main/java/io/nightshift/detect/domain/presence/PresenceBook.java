package io.nightshift.detect.domain.presence;

import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.Direction;
import io.nightshift.events.EntityRef;
import io.nightshift.events.PresenceEvidence;
import io.nightshift.events.Signal;
import io.nightshift.schemas.ServiceKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * When the instances of a service were last heard of, and which of them have fallen silent. An instance counts once it has
 * been heard regularly; it is silent after half a minute or five of its usual gaps, whichever is longer, so that a restart or
 * a short gap is no dropout.
 *
 * <p>An outage does not end because it lasts: a service of which nothing is left stays silent until it is heard again, or for
 * a week; then it is no longer expected, and that is said. Of a service that lives, an instance that was replaced by a new
 * one is forgotten at once, and one that was not, after an hour.
 */
public final class PresenceBook {

    private static final long SILENT_MICROS = TimeUnit.SECONDS.toMicros(30);
    private static final long REGULAR_MICROS = TimeUnit.SECONDS.toMicros(30);
    private static final long FORGET_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final long EXPECTED_MICROS = TimeUnit.DAYS.toMicros(7);
    /** From this share of the limit on silence is said below the threshold, for those whose threshold a person lowered. */
    private static final double NEAR = 0.5;

    private static final long OWN_PAUSE_MICROS = TimeUnit.SECONDS.toMicros(15);
    private static final int REGULAR_ARRIVALS = 5;
    private static final int GAPS = 5;
    private static final int MAX_INSTANCES = 1_000;
    private static final String NO_LONGER = "; it is no longer expected.";

    private static final class Presence {
        long firstMicros;
        long lastMicros;
        int arrivals;
        float gapMicros;
        boolean silent;
    }

    private final ServiceKey service;
    private final Map<String, Presence> instances = new LinkedHashMap<>();
    /** Number of the part of a spread service that this is; -1 when it is all of it. */
    private int part = -1;

    private boolean serviceSilent;
    private long nowMicros;

    public PresenceBook(ServiceKey service) {
        this.service = service;
    }

    /** The service is spread over partitions, and this is what the one of this number sees. */
    public void ofPart(int partition) {
        part = partition;
    }

    /** Telemetry of this instance arrived; null stands for a sender that names no instance. */
    public void heard(String instance, long atMicros) {
        String name = instance == null ? "" : instance;
        Presence presence = instances.get(name);
        if (presence == null) {
            if (instances.size() >= MAX_INSTANCES) {
                return;
            }
            presence = new Presence();
            presence.firstMicros = atMicros;
            presence.lastMicros = atMicros;
            presence.arrivals = 1;
            instances.put(name, presence);
            return;
        }
        if (atMicros > presence.lastMicros) {
            long gap = atMicros - presence.lastMicros;
            presence.arrivals++;
            if (!presence.silent) {
                presence.gapMicros += Math.max(1f / presence.arrivals, 0.05f) * (gap - presence.gapMicros);
            }
            presence.lastMicros = atMicros;
        }
    }

    /** Time went on; says who is silent and who is back. Returns whether somebody's state changed. */
    public boolean time(long now, Consumer<Judgement> out) {
        if (nowMicros > 0 && now - nowMicros > OWN_PAUSE_MICROS) {
            // We were away ourselves: their silence since then is ours.
            long away = now - nowMicros;
            instances.values().forEach(p -> p.lastMicros += p.silent ? 0 : away);
        }
        nowMicros = Math.max(nowMicros, now);
        forget(out);
        boolean changed = false;
        int regular = 0;
        int silent = 0;
        for (Map.Entry<String, Presence> entry : instances.entrySet()) {
            Presence presence = entry.getValue();
            if (!isRegular(presence)) {
                continue;
            }
            regular++;
            boolean wasSilent = presence.silent;
            presence.silent = nowMicros - presence.lastMicros > limit(presence);
            silent += presence.silent ? 1 : 0;
            changed |= wasSilent != presence.silent;
            if (!entry.getKey().isEmpty()) {
                say(service.entity(entry.getKey()), presence, wasSilent, presence.silent, out);
            }
        }
        boolean wasSilent = serviceSilent;
        boolean anyoneTalks = instances.values().stream().anyMatch(p -> !isRegular(p) && talks(p));
        serviceSilent = regular > 0 && silent == regular && !anyoneTalks;
        latest().ifPresent(p -> say(service.entity(), p, wasSilent, serviceSilent, out));
        return changed || wasSilent != serviceSilent;
    }

    private void forget(Consumer<Judgement> out) {
        boolean lives = instances.values().stream().anyMatch(this::talks);
        instances.entrySet().removeIf(entry -> {
            Presence presence = entry.getValue();
            if (isReplaced(presence)) {
                end(service.entity(entry.getKey()), presence.silent, null, out);
                return true;
            }
            boolean mayBeOutage = isRegular(presence) && !lives;
            if (nowMicros - presence.lastMicros <= (mayBeOutage ? EXPECTED_MICROS : FORGET_MICROS)) {
                return false;
            }
            String since = mayBeOutage ? " has sent nothing for a week" : " has sent nothing for an hour, others have";
            end(service.entity(entry.getKey()), presence.silent, entry.getKey() + since + NO_LONGER, out);
            return true;
        });
        if (instances.isEmpty()) {
            String sentence = name() + " has sent nothing for a week" + NO_LONGER;
            end(service.entity(), serviceSilent, sentence, out);
            serviceSilent = false;
        }
    }

    private boolean isReplaced(Presence presence) {
        return !talks(presence)
                && instances.values().stream()
                        .anyMatch(other -> other.firstMicros > presence.lastMicros - SILENT_MICROS && talks(other));
    }

    private boolean talks(Presence presence) {
        return nowMicros - presence.lastMicros <= SILENT_MICROS;
    }

    private void end(EntityRef who, boolean wasSilent, String sentence, Consumer<Judgement> out) {
        if (wasSilent) {
            out.accept(new Judgement.Normal(slot(who), sentence));
        }
    }

    private Optional<Presence> latest() {
        return instances.values().stream().max(Comparator.comparingLong(p -> p.lastMicros));
    }

    private void say(EntityRef who, Presence presence, boolean before, boolean now, Consumer<Judgement> out) {
        if (now) {
            out.accept(finding(who, presence, true));
        } else if (before) {
            out.accept(new Judgement.Normal(slot(who)));
        } else if (isRegular(presence) && nowMicros - presence.lastMicros >= NEAR * limit(presence)) {
            out.accept(finding(who, presence, false));
        }
    }

    private Finding finding(EntityRef who, Presence presence, boolean isSilent) {
        double silentSeconds = (nowMicros - presence.lastMicros) / 1e6;
        String name = who.getInstance() == null ? "Every instance of " + name() : who.getInstance();
        return new Finding(
                slot(who),
                who,
                Signal.PRESENCE,
                AnomalyKind.DROPOUT,
                Direction.DOWN,
                "telemetry",
                Math.min(isSilent ? 5 : 0.99, (nowMicros - presence.lastMicros) / (double) limit(presence)),
                0.001,
                presence.lastMicros,
                TimeUnit.SECONDS.toMicros(15),
                String.format(Locale.ROOT, "%s sends nothing for %.0f s.", name, silentSeconds),
                anomaly -> anomaly.setPresence(new PresenceEvidence(
                        Instant.ofEpochMilli(presence.lastMicros / 1000), presence.gapMicros / 1e6, silentSeconds)),
                List.of());
    }

    private String slot(EntityRef who) {
        boolean isPart = part >= 0 && who.getInstance() == null;
        return Finding.slot(who, AnomalyKind.DROPOUT, "telemetry", isPart ? "part-" + part : "");
    }

    private String name() {
        return part < 0 ? service.service() : "a part of " + service.service();
    }

    private static boolean isRegular(Presence presence) {
        return presence.arrivals >= REGULAR_ARRIVALS && presence.lastMicros - presence.firstMicros >= REGULAR_MICROS;
    }

    private static long limit(Presence presence) {
        return Math.max(SILENT_MICROS, (long) (GAPS * presence.gapMicros));
    }

    public boolean isEmpty() {
        return instances.isEmpty();
    }

    public byte[] toBytes() {
        StateWriter out = new StateWriter();
        out.int8(2).int32(part).int64(nowMicros).flag(serviceSilent).int32(instances.size());
        instances.forEach((name, p) -> out.text(name)
                .int64(p.firstMicros)
                .int64(p.lastMicros)
                .int32(p.arrivals)
                .float32(p.gapMicros)
                .flag(p.silent));
        return out.toBytes();
    }

    public static PresenceBook fromBytes(byte[] bytes, ServiceKey service) {
        PresenceBook book = new PresenceBook(service);
        StateReader in = new StateReader(bytes);
        int version = in.int8();
        if (version != 1 && version != 2) {
            return book;
        }
        book.part = version == 1 ? -1 : in.int32();
        book.nowMicros = in.int64();
        book.serviceSilent = in.flag();
        for (int left = in.int32(); left > 0; left--) {
            String name = in.text();
            Presence p = new Presence();
            p.firstMicros = in.int64();
            p.lastMicros = in.int64();
            p.arrivals = in.int32();
            p.gapMicros = in.float32();
            p.silent = in.flag();
            book.instances.put(name, p);
        }
        return book;
    }
}
