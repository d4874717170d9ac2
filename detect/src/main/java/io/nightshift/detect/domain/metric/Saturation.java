package io.nightshift.detect.domain.metric;

import io.nightshift.detect.domain.forecast.ForecastSettings;
import io.nightshift.detect.domain.forecast.Naming;
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
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Bounded resources of one instance that fill up. {@link Naming} pairs what is used, or what is left, with its limit.
 * Garbage-collected memory is judged by what is left after a collection, for it is full before each one.
 */
final class Saturation {

    private static final double HIGH = 0.9;
    private static final double LOW = 0.8;
    private static final int MAX_RESOURCES = 200;
    private static final List<String> POOL_NAMES =
            List.of("jvm.memory.pool.name", "jvm_memory_pool_name", "pool", "id");

    private static final class Bound {
        String name;
        String unit = "";
        Map<String, String> attributes;
        double used = Double.NaN;
        double limit = Double.NaN;
        boolean isAfterCollection;
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

    /** Takes a point of a gauge or of a sum that goes up and down, and what it means. */
    void accept(
            Naming.Meaning meaning,
            String name,
            String unit,
            Map<String, String> attributes,
            long timeMicros,
            double value) {
        forecasts.accept(name, unit, attributes, timeMicros, value);
        switch (meaning.role()) {
            case LIMIT -> {
                Bound bound = bound(meaning.stem(), attributes);
                if (bound != null) {
                    bound.limit = value;
                }
            }
            case USED, USED_AFTER_COLLECTION, AVAILABLE -> {
                boolean isAfter = meaning.role() == Naming.Role.USED_AFTER_COLLECTION;
                if (isAfter || !Naming.isOfRuntime(name)) {
                    used(bound(meaning.stem(), attributes), meaning.role(), name, unit, timeMicros, value);
                }
            }
            default -> {
                // A share, an end or a part of the whole: forecasts know what to do with it.
            }
        }
    }

    private static void used(Bound bound, Naming.Role role, String name, String unit, long timeMicros, double value) {
        boolean isLeft = role == Naming.Role.AVAILABLE;
        if (bound == null || timeMicros <= bound.usedAt || (isLeft && Double.isNaN(bound.limit))) {
            return;
        }
        bound.everyMicros = bound.usedAt == 0 ? bound.everyMicros : timeMicros - bound.usedAt;
        bound.name = name;
        bound.unit = unit;
        bound.isAfterCollection = role == Naming.Role.USED_AFTER_COLLECTION;
        bound.used = isLeft ? bound.limit - value : value;
        bound.usedAt = timeMicros;
    }

    private Bound bound(String stem, Map<String, String> attributes) {
        Map<String, String> identity = Naming.identity(attributes);
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
            if (bound.isAfterCollection && bound.limit > largestPool) {
                largestPool = bound.limit;
            }
        }
        for (Bound bound : bounds.values()) {
            // Small pools of a collected heap (eden, survivor) are full by design; the one that counts holds most of
            // it.
            boolean tells = !bound.isAfterCollection || bound.limit >= largestPool / 2;
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
        String slot = slot(bound);
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
        String pool = POOL_NAMES.stream()
                .map(bound.attributes::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
        String what = bound.isAfterCollection
                ? "of the memory pool " + pool + " is still used after garbage collection"
                : "of the limit is used (" + bound.name + ")";
        return String.format(Locale.ROOT, "%s: %.0f %% %s and rising.", who, 100 * share, what);
    }

    /** The process that it was about is gone: what goes with it ends, and what the next one finds as it was stays. */
    void end(Consumer<Judgement> out) {
        bounds.entrySet().removeIf(entry -> {
            Bound bound = entry.getValue();
            if (Naming.outlivesProcess(stemOf(entry.getKey()))) {
                return false;
            }
            if (bound.watch.isOpen()) {
                out.accept(new Judgement.Normal(slot(bound)));
            }
            return true;
        });
        forecasts.end(out);
    }

    /** Keys are the stem and the attributes in braces. */
    private static String stemOf(String key) {
        return key.substring(0, key.indexOf('{'));
    }

    private String slot(Bound bound) {
        return Finding.slot(instance, AnomalyKind.SATURATION, bound.name, bound.attributes.toString());
    }

    /** The limit that a series of this meaning and these attributes cannot pass, or null. */
    Double limitOf(Naming.Meaning meaning, Map<String, String> attributes) {
        if (meaning.role() != Naming.Role.USED && meaning.role() != Naming.Role.USED_AFTER_COLLECTION) {
            return null;
        }
        Bound bound = bounds.get(meaning.stem() + Naming.identity(attributes));
        return bound == null || Double.isNaN(bound.limit) ? null : bound.limit;
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
