package io.nightshift.detect.domain.feedback;

import io.nightshift.events.AnomalyKind;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What people said about the series of a task, and what it does to a finding: severity is divided by the series' threshold,
 * so that 1 stays the alarm threshold and no detector knows of it.
 *
 * <p>Nobody is made blind: what strains or harms a service and lasts for half an hour is told whatever was said, and a
 * threshold is raised to five times at most.
 */
public final class Sensitivities {

    /** Kinds that no opinion silences for longer than {@link #QUIET_MICROS}. */
    private static final Set<AnomalyKind> GRAVE = EnumSet.of(
            AnomalyKind.SATURATION,
            AnomalyKind.EXHAUSTION,
            AnomalyKind.ERRORS,
            AnomalyKind.LATENCY,
            AnomalyKind.BURN_RATE,
            AnomalyKind.DROPOUT);

    private static final long QUIET_MICROS = TimeUnit.MINUTES.toMicros(30);
    /** A finding is said again each few seconds while it lasts. */
    private static final long SAID_AGAIN_MICROS = TimeUnit.MINUTES.toMicros(3);

    private static final int MAX_SERIES = 10_000;

    /** Where opinions are kept, by series, so that they survive a restart. */
    public interface Memory {
        void keep(String series, Sensitivity sensitivity);

        void forget(String series);
    }

    private record Quiet(long sinceMicros, long saidMicros) {}

    private final Memory memory;
    private final Map<String, Sensitivity> bySeries = new LinkedHashMap<>();
    private final Map<String, Quiet> quiet = new LinkedHashMap<>();
    private long sweptMicros;

    public Sensitivities(Memory memory) {
        this.memory = memory;
    }

    public void restore(String series, Sensitivity sensitivity) {
        bySeries.put(series, sensitivity);
    }

    /** Takes an opinion; false when it says nothing new. */
    public boolean accept(Feedback feedback) {
        if (!bySeries.containsKey(feedback.series()) && bySeries.size() >= MAX_SERIES) {
            String oldest = bySeries.keySet().iterator().next();
            bySeries.remove(oldest);
            memory.forget(oldest);
        }
        Sensitivity sensitivity = bySeries.computeIfAbsent(feedback.series(), series -> new Sensitivity());
        boolean isNew = sensitivity.accept(feedback);
        if (isNew && feedback.opinion() == Opinion.MISSED) {
            sensitivity.dismiss(false);
        }
        if (isNew) {
            memory.keep(feedback.series(), sensitivity);
        }
        return isNew;
    }

    /** Nothing is to be said of this series' silence until it is over. */
    public void dismiss(String series) {
        Sensitivity sensitivity = bySeries.get(series);
        sensitivity.dismiss(true);
        memory.keep(series, sensitivity);
    }

    /** Whatever was found of this slot is over. */
    public void normal(String slot) {
        quiet.remove(slot);
        Sensitivity sensitivity = bySeries.isEmpty() ? null : bySeries.get(Concern.series(slot));
        if (sensitivity != null && sensitivity.isDismissed()) {
            sensitivity.dismiss(false);
            memory.keep(Concern.series(slot), sensitivity);
        }
    }

    /**
     * The severity of a finding after what people said; 1 is the alarm threshold.
     *
     * @param concern asked for only when people said anything at all
     */
    public double severity(String slot, Supplier<Concern> concern, AnomalyKind kind, double found, long nowMicros) {
        Sensitivity sensitivity = bySeries.isEmpty() ? null : heard(concern.get());
        if (sensitivity == null) {
            return found;
        }
        if (sensitivity.isDismissed()) {
            return 0;
        }
        double severity = found / sensitivity.threshold(nowMicros / 1000);
        return found >= 1 && severity < 1 && GRAVE.contains(kind) && hasLasted(slot, nowMicros) ? 1 : severity;
    }

    /** By how much the threshold of what is concerned is multiplied, 0.5 to 5. */
    public double threshold(Concern concern, long nowMicros) {
        Sensitivity sensitivity = heard(concern);
        return sensitivity == null ? 1 : sensitivity.threshold(nowMicros / 1000);
    }

    private Sensitivity heard(Concern concern) {
        Sensitivity own = bySeries.get(concern.series());
        return own == null && concern.family() != null ? bySeries.get(concern.family()) : own;
    }

    private boolean hasLasted(String slot, long nowMicros) {
        Quiet before = quiet.get(slot);
        boolean goesOn = before != null && nowMicros - before.saidMicros() <= SAID_AGAIN_MICROS;
        Quiet now = new Quiet(goesOn ? before.sinceMicros() : nowMicros, nowMicros);
        quiet.put(slot, now);
        return nowMicros - now.sinceMicros() >= QUIET_MICROS;
    }

    /** Begins the half hour of this slot anew: a person has just said something about it. */
    public void quieten(String slot) {
        quiet.remove(slot);
    }

    /** Forgets, once an hour, what counts no more. */
    public void time(long nowMicros) {
        if (nowMicros - sweptMicros < TimeUnit.HOURS.toMicros(1)) {
            return;
        }
        sweptMicros = nowMicros;
        quiet.values().removeIf(one -> nowMicros - one.saidMicros() > SAID_AGAIN_MICROS);
        for (Iterator<Map.Entry<String, Sensitivity>> all = bySeries.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, Sensitivity> entry = all.next();
            if (entry.getValue().isOver(nowMicros / 1000)) {
                memory.forget(entry.getKey());
                all.remove();
            }
        }
    }
}
