package io.nightshift.detect.domain.slo;

import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The objectives that are measured on the telemetry of one service. Time comes from ticks: silence burns nothing, and time goes on. */
public final class ServiceObjectives {

    private static final int STATE_VERSION = 1;
    private static final long LOOK_MICROS = TimeUnit.SECONDS.toMicros(5);
    private static final long UNSEEN_MICROS = TimeUnit.MINUTES.toMicros(15);
    private static final long FUTURE_MICROS = TimeUnit.HOURS.toMicros(1);

    private static final int MAX_KNOWN_SERIES = 20_000;

    private final Growth growth = new Growth();
    private final List<ObjectiveState> states = new ArrayList<>();
    private final Map<Long, Boolean> wanted = new HashMap<>();
    private long nowMicros;
    private long lookedMicros;
    private long watchedSinceMicros;
    private boolean unseenTold;

    public ServiceObjectives(List<Objective> objectives) {
        objectives.forEach(objective -> states.add(new ObjectiveState(objective, growth)));
    }

    public void span(Span span) {
        if (isPlausible(span.getStartMicros() + span.getDurationMicros())) {
            states.forEach(state -> state.span(span));
        }
    }

    /**
     * Whether points of a series are counted for any objective.
     *
     * @param hash of the series, equal for equal names; the name is asked for only when the hash is not known yet
     */
    public boolean wants(long hash, Supplier<String> metric) {
        Boolean known = wanted.get(hash);
        if (known == null) {
            String name = metric.get();
            known = states.stream().anyMatch(state -> state.counter().wants(name));
            if (wanted.size() < MAX_KNOWN_SERIES) {
                wanted.put(hash, known);
            }
        }
        return known;
    }

    public void point(CountedSeries series, CountedSeries.Point point) {
        if (isPlausible(point.timeMicros())) {
            states.forEach(state -> state.point(series, point));
        }
    }

    /** Far ahead means a wrong clock, and before the first tick there is no time to count in. */
    private boolean isPlausible(long micros) {
        return nowMicros > 0 && micros < nowMicros + FUTURE_MICROS;
    }

    /** Moves time on and says what burns; returns whether an alert opened or ended. */
    public boolean time(long micros, Consumer<Judgement> out) {
        nowMicros = Math.max(nowMicros, micros);
        watchedSinceMicros = watchedSinceMicros == 0 ? nowMicros : watchedSinceMicros;
        states.forEach(state -> state.time(nowMicros));
        if (nowMicros - lookedMicros < LOOK_MICROS) {
            return false;
        }
        lookedMicros = nowMicros;
        boolean changed = false;
        for (ObjectiveState state : states) {
            changed |= state.look(out);
        }
        return changed;
    }

    /** Objectives that no telemetry came for in the first quarter of an hour; told once. */
    public List<Objective> takeUnseen() {
        if (unseenTold || nowMicros - watchedSinceMicros < UNSEEN_MICROS) {
            return List.of();
        }
        unseenTold = true;
        return states.stream()
                .filter(state -> !state.hasEvents())
                .map(ObjectiveState::objective)
                .toList();
    }

    public byte[] toBytes() {
        StateWriter out = new StateWriter();
        out.int8(STATE_VERSION).int64(nowMicros);
        growth.write(out);
        out.int32(states.size());
        for (ObjectiveState state : states) {
            StateWriter inner = new StateWriter();
            state.write(inner);
            byte[] bytes = inner.toBytes();
            out.text(state.objective().name())
                    .int32(state.objective().fingerprint())
                    .bytes(bytes);
        }
        return out.toBytes();
    }

    /** Continues the objectives whose definition is the one that was counted under; the others begin anew. */
    public static ServiceObjectives fromBytes(byte[] bytes, List<Objective> objectives) {
        ServiceObjectives read = new ServiceObjectives(objectives);
        StateReader in = new StateReader(bytes);
        if (in.int8() != STATE_VERSION) {
            return read;
        }
        read.nowMicros = in.int64();
        read.growth.read(in);
        Map<String, ObjectiveState> byName = new HashMap<>();
        read.states.forEach(state -> byName.put(state.objective().name(), state));
        for (int left = in.int32(); left > 0; left--) {
            ObjectiveState state = byName.get(in.text());
            int fingerprint = in.int32();
            byte[] stored = in.bytes();
            if (state != null && state.objective().fingerprint() == fingerprint) {
                state.read(new StateReader(stored));
            }
        }
        return read;
    }
}
