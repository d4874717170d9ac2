package io.nightshift.detect.domain.forecast;

import io.nightshift.detect.domain.report.Bounded;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.EntityRef;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * When what saturates or expires at one instance will. At most 200 of each; about 1.2 KiB a resource on the
 * heap, less stored.
 */
public final class ResourceForecasts {

    private static final int MAX_RESOURCES = 200;
    /** A value above this is a time; below, what is left: the year 1986 in seconds. */
    private static final double TIMES_FROM = 5e8;

    private static final double MILLIS_FROM = 5e11;

    private static final int MAX_ROUTES = 4_000;
    private static final int FEW_ROUTES = 4;

    /** Where the points of a series go; nowhere when all but the name is null. */
    private record Route(String name, Naming.Meaning meaning, BoundedResource resource, Expiry expiry) {}

    private final EntityRef instance;
    private final ForecastSettings settings;
    private final Map<String, BoundedResource> resources = new LinkedHashMap<>();
    private final Map<String, Expiry> expiries = new LinkedHashMap<>();

    /** By the very object that holds a series' attributes: a series keeps its own, and looking into them costs more than all else. */
    private final Map<Map<String, String>, Route> routes = new IdentityHashMap<>(FEW_ROUTES);

    public ResourceForecasts(EntityRef instance, ForecastSettings settings) {
        this.instance = instance;
        this.settings = settings;
    }

    /**
     * Takes a finite point of a gauge, or of a sum that goes up and down.
     *
     * @param attributes of the series: what they mean is found once for each such object
     */
    public void accept(String name, String unit, Map<String, String> attributes, long micros, double value) {
        Route route = routes.get(attributes);
        if (route == null || !route.name().equals(name)) {
            route = route(name, unit, attributes);
            if (routes.size() >= MAX_ROUTES) {
                routes.clear();
            }
            routes.put(attributes, route);
        }
        if (route.expiry() != null) {
            expires(route, micros, value * route.meaning().factor());
        } else if (route.resource() != null) {
            switch (route.meaning().role()) {
                case LIMIT -> route.resource().limit(value);
                case FREE -> route.resource().free(value);
                default ->
                    route.resource()
                            .used(
                                    route.meaning().role(),
                                    Bounded.text(name, 200),
                                    Bounded.text(unit, 40),
                                    micros,
                                    value);
            }
        }
    }

    private Route route(String name, String unit, Map<String, String> attributes) {
        Naming.Meaning meaning = Naming.of(name, unit, attributes).orElse(null);
        if (meaning == null) {
            return new Route(name, null, null, null);
        }
        if (meaning.role() == Naming.Role.EXPIRES_AT || meaning.role() == Naming.Role.EXPIRES_IN) {
            Expiry expiry = find(
                    expiries, name, attributes, (stem, identity) -> new Expiry(instance, stem, identity, settings));
            return new Route(name, meaning, null, expiry);
        }
        BoundedResource resource = find(
                resources,
                meaning.stem(),
                attributes,
                (stem, identity) -> new BoundedResource(instance, stem, identity, settings));
        return new Route(name, meaning, resource, null);
    }

    private static void expires(Route route, long micros, double value) {
        double seconds = value > MILLIS_FROM ? value / 1000 : value;
        boolean left = route.meaning().role() == Naming.Role.EXPIRES_IN || seconds < TIMES_FROM;
        route.expiry().at(micros, left ? micros / 1e6 + seconds : seconds);
    }

    private static <T> T find(
            Map<String, T> all,
            String stem,
            Map<String, String> attributes,
            BiFunction<String, Map<String, String>, T> fresh) {
        Map<String, String> identity = Bounded.attributes(Naming.identity(attributes));
        String key = Bounded.text(stem, 200) + identity;
        T known = all.get(key);
        if (known == null && all.size() < MAX_RESOURCES) {
            known = fresh.apply(Bounded.text(stem, 200), identity);
            all.put(key, known);
        }
        return known;
    }

    /** Says what comes to its end. */
    public void judge(Consumer<Judgement> out) {
        double largest = 0;
        for (BoundedResource resource : resources.values()) {
            if (resource.isCollected() && resource.bound() > largest) {
                largest = resource.bound();
            }
        }
        for (BoundedResource resource : resources.values()) {
            // Eden and survivor spaces are filled and emptied by design; the pool that counts holds most of the heap.
            resource.judge(!resource.isCollected() || resource.bound() >= largest / 2, out);
        }
        expiries.values().forEach(expiry -> expiry.judge(out));
    }

    /** The process that it was about is gone: what goes with it ends. Disks, quotas and certificates stay as they are. */
    public void end(Consumer<Judgement> out) {
        resources.values().removeIf(resource -> {
            if (Naming.outlivesProcess(resource.stem())) {
                return false;
            }
            resource.end(out);
            return true;
        });
        routes.clear();
    }

    public void write(StateWriter out) {
        out.int32(resources.size());
        resources.forEach((key, resource) -> {
            key(key, resource.stem(), resource.attributes(), out);
            resource.write(out);
        });
        out.int32(expiries.size());
        expiries.forEach((key, expiry) -> {
            key(key, expiry.stem(), expiry.attributes(), out);
            expiry.write(out);
        });
    }

    private static void key(String key, String stem, Map<String, String> attributes, StateWriter out) {
        out.text(key).text(stem).int32(attributes.size());
        attributes.forEach((name, value) -> out.text(name).text(value));
    }

    public void read(StateReader in) {
        for (int left = in.int32(); left > 0; left--) {
            String key = in.text();
            BoundedResource resource = new BoundedResource(instance, in.text(), attributes(in), settings);
            resource.read(in);
            resources.put(key, resource);
        }
        for (int left = in.int32(); left > 0; left--) {
            String key = in.text();
            Expiry expiry = new Expiry(instance, in.text(), attributes(in), settings);
            expiry.read(in);
            expiries.put(key, expiry);
        }
    }

    private static Map<String, String> attributes(StateReader in) {
        Map<String, String> attributes = new TreeMap<>();
        for (int left = in.int32(); left > 0; left--) {
            attributes.put(in.text(), in.text());
        }
        return attributes;
    }
}
