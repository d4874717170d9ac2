package io.nightshift.detect.domain.forecast;

import io.nightshift.detect.domain.report.Bounded;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.EntityRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

    private final EntityRef instance;
    private final ForecastSettings settings;
    private final Map<String, BoundedResource> resources = new LinkedHashMap<>();
    private final Map<String, Expiry> expiries = new LinkedHashMap<>();

    public ResourceForecasts(EntityRef instance, ForecastSettings settings) {
        this.instance = instance;
        this.settings = settings;
    }

    /** Whether a series of this name may say something of a resource. */
    public static boolean concerns(String name) {
        return Naming.concerns(name);
    }

    /** Takes a finite point of a gauge, or of a sum that goes up and down. */
    public void accept(String name, String unit, Map<String, String> attributes, long micros, double value) {
        Optional<Naming.Meaning> meaning = Naming.of(name, unit, attributes);
        if (meaning.isEmpty()) {
            return;
        }
        Naming.Role role = meaning.get().role();
        if (role == Naming.Role.EXPIRES_AT || role == Naming.Role.EXPIRES_IN) {
            expires(role, name, attributes, micros, value * meaning.get().factor());
            return;
        }
        BoundedResource resource = find(
                resources,
                meaning.get().stem(),
                attributes,
                (stem, identity) -> new BoundedResource(instance, stem, identity, settings));
        if (resource == null) {
            return;
        }
        switch (role) {
            case LIMIT -> resource.limit(value);
            case FREE -> resource.free(value);
            default -> resource.used(role, Bounded.text(name, 200), Bounded.text(unit, 40), micros, value);
        }
    }

    private void expires(Naming.Role role, String name, Map<String, String> attributes, long micros, double value) {
        double seconds = value > MILLIS_FROM ? value / 1000 : value;
        boolean left = role == Naming.Role.EXPIRES_IN || seconds < TIMES_FROM;
        Expiry expiry =
                find(expiries, name, attributes, (stem, identity) -> new Expiry(instance, stem, identity, settings));
        if (expiry != null) {
            expiry.at(micros, left ? micros / 1e6 + seconds : seconds);
        }
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

    /** Ends everything that is open: the process it was about is gone. */
    public void end(Consumer<Judgement> out) {
        resources.values().forEach(resource -> resource.end(out));
        expiries.values().forEach(expiry -> expiry.end(out));
        resources.clear();
        expiries.clear();
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
