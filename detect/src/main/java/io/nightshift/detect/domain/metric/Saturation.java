package io.nightshift.detect.domain.metric;

import io.nightshift.detect.domain.forecast.ForecastSettings;
import io.nightshift.detect.domain.forecast.ResourceForecasts;
import io.nightshift.detect.domain.report.Bounded;
import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.Direction;
import io.nightshift.events.EntityRef;
import io.nightshift.events.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Bounded resources of one instance that fill up. A general rule pairs what is used with its limit by the naming of the
 * OpenTelemetry conventions: {@code x.used}, {@code x.usage}, {@code x.count} with {@code x.limit} or {@code x.max} of the
 * same attributes. Garbage-collected memory is judged by what is left after a collection, for it is full before each one.
 */
final class Saturation {

    private static final double HIGH = 0.9;
    private static final double LOW = 0.8;
    private static final String AFTER_GC = ".used_after_last_gc";
    private static final List<String> USED = List.of(AFTER_GC, ".used", ".usage", ".count");
    private static final List<String> LIMIT = List.of(".limit", ".max");
    private static final int MAX_RESOURCES = 200;

    private static final class Bound {
        String name;
        String unit = "";
        Map<String, String> attributes;
        double used = Double.NaN;
        double limit = Double.NaN;
        long usedAt;
        long judgedAt;
        long everyMicros = TimeUnit.SECONDS.toMicros(10);
        final HighWatch watch = new HighWatch(HIGH, LOW);
        final MetricTrail trail = new MetricTrail();
    }

    private final EntityRef instance;
    private final Map<String, Bound> bounds = new HashMap<>();
    /** The same resources, looked at for when they will be full. */
    private final ResourceForecasts forecasts;

    Saturation(EntityRef instance, ForecastSettings settings) {
        this.instance = instance;
        this.forecasts = new ResourceForecasts(instance, settings);
    }

    /** Whether a series of this name is what is used, or the limit, of something that can fill up or expire. */
    static boolean concerns(String name) {
        return LIMIT.stream().anyMatch(name::endsWith)
                || USED.stream().anyMatch(name::endsWith)
                || ResourceForecasts.concerns(name);
    }

    /** Takes a point of a gauge or of a sum that goes up and down. */
    void accept(String name, String unit, Map<String, String> attributes, long timeMicros, double value) {
        forecasts.accept(name, unit, attributes, timeMicros, value);
        for (String suffix : LIMIT) {
            if (name.endsWith(suffix)) {
                Bound bound = bound(name.substring(0, name.length() - suffix.length()), attributes);
                if (bound != null) {
                    bound.limit = value;
                }
                return;
            }
        }
        for (String suffix : USED) {
            if (name.endsWith(suffix)) {
                used(name, suffix, unit, attributes, timeMicros, value);
                return;
            }
        }
    }

    private void used(
            String name, String suffix, String unit, Map<String, String> attributes, long timeMicros, double value) {
        String state = stateOf(attributes);
        boolean collected = name.startsWith("jvm.memory.");
        if ((state != null && !state.equals("used")) || (collected && !suffix.equals(AFTER_GC))) {
            return;
        }
        Bound bound = bound(name.substring(0, name.length() - suffix.length()), attributes);
        if (bound != null && timeMicros > bound.usedAt) {
            bound.everyMicros = bound.usedAt == 0 ? bound.everyMicros : timeMicros - bound.usedAt;
            bound.name = name;
            bound.unit = unit;
            bound.used = value;
            bound.usedAt = timeMicros;
        }
    }

    private static String stateOf(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .filter(Saturation::isState)
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private Bound bound(String stem, Map<String, String> attributes) {
        Map<String, String> identity = new TreeMap<>(attributes);
        identity.entrySet().removeIf(Saturation::isState);
        return bound(stem + identity, stem, Bounded.attributes(identity));
    }

    private Bound bound(String key, String name, Map<String, String> attributes) {
        if (!bounds.containsKey(key) && bounds.size() >= MAX_RESOURCES) {
            return null;
        }
        return bounds.computeIfAbsent(key, k -> {
            Bound bound = new Bound();
            bound.name = name;
            bound.attributes = attributes;
            return bound;
        });
    }

    /** Judges what has new points. */
    void judge(Consumer<Judgement> out) {
        forecasts.judge(out);
        double largestPool = 0;
        for (Bound bound : bounds.values()) {
            if (bound.name.endsWith(AFTER_GC) && bound.limit > largestPool) {
                largestPool = bound.limit;
            }
        }
        for (Bound bound : bounds.values()) {
            // Small pools of a collected heap (eden, survivor) are full by design; the one that counts holds most of
            // it.
            boolean tells = !bound.name.endsWith(AFTER_GC) || bound.limit >= largestPool / 2;
            if (tells && bound.limit > 0 && bound.usedAt > bound.judgedAt) {
                bound.judgedAt = bound.usedAt;
                judge(bound, out);
            }
        }
    }

    private void judge(Bound bound, Consumer<Judgement> out) {
        double share = bound.used / bound.limit;
        bound.trail.add(bound.usedAt, bound.used, 0, HIGH * bound.limit);
        boolean ended = bound.watch.accept(bound.usedAt, share);
        String slot = Finding.slot(instance, AnomalyKind.SATURATION, bound.name, bound.attributes.toString());
        if (ended) {
            out.accept(new Judgement.Normal(slot));
        } else if (bound.watch.isOpen()) {
            out.accept(new Finding(
                    slot,
                    instance,
                    Signal.METRIC,
                    AnomalyKind.SATURATION,
                    Direction.UP,
                    bound.name,
                    1 + Math.max(0, share - HIGH) * 40,
                    0.001,
                    bound.watch.onsetMicros(),
                    HighWatch.holdMicros(bound.everyMicros),
                    sentence(bound, share),
                    anomaly -> anomaly.setMetric(
                            bound.trail.evidence(bound.name, bound.unit, bound.attributes, bound.limit)),
                    List.of()));
        }
    }

    private String sentence(Bound bound, double share) {
        String who = Finding.nameOf(instance);
        String pool = bound.attributes.getOrDefault("jvm.memory.pool.name", "");
        String what = bound.name.endsWith(AFTER_GC)
                ? "of the memory pool " + pool + " is still used after garbage collection"
                : "of the limit is used (" + bound.name + ")";
        return String.format(Locale.ROOT, "%s: %.0f %% %s and rising.", who, 100 * share, what);
    }

    /** Ends everything that is open: the process it was about is gone. */
    void end(Consumer<Judgement> out) {
        for (Bound bound : bounds.values()) {
            if (bound.watch.isOpen()) {
                String slot = Finding.slot(instance, AnomalyKind.SATURATION, bound.name, bound.attributes.toString());
                out.accept(new Judgement.Normal(slot));
            }
        }
        bounds.clear();
        forecasts.end(out);
    }

    /** The limit that a series of this name and these attributes cannot pass, or null. */
    Double limitOf(String name, Map<String, String> attributes) {
        for (String suffix : USED) {
            if (name.endsWith(suffix)) {
                Map<String, String> identity = new TreeMap<>(attributes);
                identity.entrySet().removeIf(Saturation::isState);
                Bound bound = bounds.get(name.substring(0, name.length() - suffix.length()) + identity);
                return bound == null || Double.isNaN(bound.limit) ? null : bound.limit;
            }
        }
        return null;
    }

    private static boolean isState(Map.Entry<String, String> attribute) {
        return attribute.getKey().equals("state") || attribute.getKey().endsWith(".state");
    }

    void write(StateWriter out) {
        out.int32(bounds.size());
        bounds.forEach((key, bound) -> {
            out.text(key).text(bound.name).text(bound.unit).int32(bound.attributes.size());
            bound.attributes.forEach((name, value) -> out.text(name).text(value));
            out.float64(bound.limit);
            bound.watch.write(out);
        });
        forecasts.write(out);
    }

    void read(StateReader in) {
        int count = in.int32();
        for (int i = 0; i < count; i++) {
            String key = in.text();
            String name = in.text();
            String unit = in.text();
            Map<String, String> attributes = new TreeMap<>();
            for (int left = in.int32(); left > 0; left--) {
                attributes.put(in.text(), in.text());
            }
            Bound bound = bound(key, name, attributes);
            bound.unit = unit;
            bound.limit = in.float64();
            bound.watch.read(in);
        }
        forecasts.read(in);
    }
}
