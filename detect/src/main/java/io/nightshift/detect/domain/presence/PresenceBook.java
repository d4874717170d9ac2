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
 * a short gap is no dropout. One that was replaced by a new instance, and one gone for an hour, is forgotten.
 */
public final class PresenceBook {

    private static final long SILENT_MICROS = TimeUnit.SECONDS.toMicros(30);
    private static final long REGULAR_MICROS = TimeUnit.SECONDS.toMicros(30);
    private static final long FORGET_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final long OWN_PAUSE_MICROS = TimeUnit.SECONDS.toMicros(15);
    private static final int REGULAR_ARRIVALS = 5;
    private static final int GAPS = 5;
    private static final int MAX_INSTANCES = 1_000;

    private static final class Presence {
        long firstMicros;
        long lastMicros;
        int arrivals;
        float gapMicros;
        boolean silent;
    }

    private final ServiceKey service;
    private final Map<String, Presence> instances = new LinkedHashMap<>();
    private boolean serviceSilent;
    private long nowMicros;

    public PresenceBook(ServiceKey service) {
        this.service = service;
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
        boolean anyoneTalks =
                instances.values().stream().anyMatch(p -> !isRegular(p) && nowMicros - p.lastMicros <= SILENT_MICROS);
        serviceSilent = regular > 0 && silent == regular && !anyoneTalks;
        latest().ifPresent(p -> say(service.entity(), p, wasSilent, serviceSilent, out));
        return changed || wasSilent != serviceSilent;
    }

    private void forget(Consumer<Judgement> out) {
        instances.entrySet().removeIf(entry -> {
            Presence presence = entry.getValue();
            boolean longAgo = nowMicros - presence.lastMicros > FORGET_MICROS;
            boolean replaced = nowMicros - presence.lastMicros > SILENT_MICROS
                    && instances.entrySet().stream()
                            .anyMatch(other -> !other.getKey().equals(entry.getKey())
                                    && other.getValue().firstMicros > presence.lastMicros - SILENT_MICROS
                                    && nowMicros - other.getValue().lastMicros <= SILENT_MICROS);
            if ((longAgo || replaced) && presence.silent) {
                out.accept(new Judgement.Normal(slot(service.entity(entry.getKey()))));
            }
            return longAgo || replaced;
        });
    }

    private Optional<Presence> latest() {
        return instances.values().stream().max(Comparator.comparingLong(p -> p.lastMicros));
    }

    private void say(EntityRef who, Presence presence, boolean before, boolean now, Consumer<Judgement> out) {
        if (now) {
            out.accept(finding(who, presence));
        } else if (before) {
            out.accept(new Judgement.Normal(slot(who)));
        }
    }

    private Finding finding(EntityRef who, Presence presence) {
        double silentSeconds = (nowMicros - presence.lastMicros) / 1e6;
        String name = who.getInstance() == null ? "Every instance of " + who.getService() : who.getInstance();
        return new Finding(
                slot(who),
                who,
                Signal.PRESENCE,
                AnomalyKind.DROPOUT,
                Direction.DOWN,
                "telemetry",
                Math.min(5, 1 + (nowMicros - presence.lastMicros - limit(presence)) / (double) limit(presence)),
                0.001,
                presence.lastMicros,
                TimeUnit.SECONDS.toMicros(15),
                String.format(Locale.ROOT, "%s sends nothing for %.0f s.", name, silentSeconds),
                anomaly -> anomaly.setPresence(new PresenceEvidence(
                        Instant.ofEpochMilli(presence.lastMicros / 1000), presence.gapMicros / 1e6, silentSeconds)),
                List.of());
    }

    private static String slot(EntityRef who) {
        return Finding.slot(who, AnomalyKind.DROPOUT, "telemetry", "");
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
        out.int8(1).int64(nowMicros).flag(serviceSilent).int32(instances.size());
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
        if (in.int8() != 1) {
            return book;
        }
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
