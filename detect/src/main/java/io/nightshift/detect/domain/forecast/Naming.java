package io.nightshift.detect.domain.forecast;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a metric says of a resource, by the naming of the OpenTelemetry conventions and of common exporters:
 *
 * <ul>
 *   <li>{@code x.used}, {@code x.usage} or {@code x.count} is what is used of {@code x.limit} or {@code x.max} with the same
 *       attributes; an attribute {@code state} (or {@code *.state}) other than {@code used} is something else, but
 *       {@code free} of a file system makes up its size with {@code used};
 *   <li>{@code x.used_after_last_gc} is what garbage collection leaves of {@code x.limit};
 *   <li>{@code x.utilization} of unit 1 is a share of 1, but that of a processor or network runs out of nothing;
 *   <li>a name with {@code not_after}, or with {@code expir} beside certificate, tls, license, token or the like, tells when
 *       something expires: seconds since 1970, or what is left in seconds or days.
 * </ul>
 */
final class Naming {

    /** What a series says. */
    enum Role {
        USED,
        USED_AFTER_COLLECTION,
        FREE,
        LIMIT,
        SHARE,
        EXPIRES_AT,
        EXPIRES_IN
    }

    /**
     * @param stem the resource's name, equal for all that is said of it
     * @param factor by which values are multiplied
     */
    record Meaning(Role role, String stem, double factor) {}

    private static final String AFTER_COLLECTION = ".used_after_last_gc";
    private static final List<String> USED = List.of(".used", ".usage", ".count");
    private static final List<String> LIMIT = List.of(".limit", ".max");
    private static final List<String> EXPIRING =
            List.of("cert", "tls", "ssl", "x509", "license", "licence", "token", "domain");
    private static final List<String> NEVER_EXHAUSTED = List.of("cpu", "processor", "network");
    /** Runtimes whose memory is full before each collection and says nothing then. */
    private static final List<String> COLLECTED =
            List.of("jvm.memory.", "go.memory.", "dotnet.gc.", "v8js.", "nodejs.", "process.runtime.");

    private static final double DAY = 86_400;

    private Naming() {}

    static Optional<Meaning> of(String name, String unit, Map<String, String> attributes) {
        String state = state(attributes);
        if (name.endsWith(AFTER_COLLECTION)) {
            return meaning(Role.USED_AFTER_COLLECTION, name, AFTER_COLLECTION);
        }
        for (String suffix : LIMIT) {
            if (name.endsWith(suffix)) {
                return meaning(Role.LIMIT, name, suffix);
            }
        }
        for (String suffix : USED) {
            if (name.endsWith(suffix)) {
                boolean free = state.equals("free") && ResourceKind.of(name) == ResourceKind.DISK;
                return state.isEmpty() || state.equals("used")
                        ? meaning(Role.USED, name, suffix)
                        : free ? meaning(Role.FREE, name, suffix) : Optional.empty();
            }
        }
        if (name.endsWith(".utilization") && (state.isEmpty() || state.equals("used"))) {
            boolean never = NEVER_EXHAUSTED.stream().anyMatch(name::contains);
            return never ? Optional.empty() : meaning(Role.SHARE, name, ".utilization");
        }
        return expiry(name, unit);
    }

    /** Whether a series of this name may say something of a resource. */
    static boolean concerns(String name) {
        return name.endsWith(AFTER_COLLECTION)
                || LIMIT.stream().anyMatch(name::endsWith)
                || USED.stream().anyMatch(name::endsWith)
                || name.endsWith(".utilization")
                || expiry(name, "").isPresent();
    }

    private static Optional<Meaning> meaning(Role role, String name, String suffix) {
        return Optional.of(new Meaning(role, name.substring(0, name.length() - suffix.length()), 1));
    }

    private static Optional<Meaning> expiry(String name, String unit) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean notAfter = lower.contains("not_after") || lower.contains("notafter") || lower.contains("not.after");
        boolean expires = lower.contains("expir")
                && !lower.contains("expired")
                && EXPIRING.stream().anyMatch(lower::contains);
        if (!notAfter && !expires) {
            return Optional.empty();
        }
        boolean days = unit.equals("d") || unit.equals("days") || lower.contains("days");
        boolean millis = unit.equals("ms") || lower.endsWith("_ms") || lower.endsWith("millis");
        boolean left = days || lower.contains("remaining") || lower.contains("left") || lower.contains("_in_");
        return Optional.of(
                new Meaning(left ? Role.EXPIRES_IN : Role.EXPIRES_AT, name, days ? DAY : millis ? 0.001 : 1));
    }

    /** Whether what is used is full before each collection, so that only its floors tell. */
    static boolean isCollected(String name, Map<String, String> attributes) {
        boolean heap =
                !"non_heap".equals(attributes.get("jvm.memory.type")) && !"nonheap".equals(attributes.get("area"));
        return heap && (COLLECTED.stream().anyMatch(name::startsWith) || name.contains("heap"));
    }

    /** The attributes that tell resources of one name apart. */
    static Map<String, String> identity(Map<String, String> attributes) {
        Map<String, String> identity = new TreeMap<>(attributes);
        identity.keySet().removeIf(Naming::isState);
        return identity;
    }

    static String state(Map<String, String> attributes) {
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            if (isState(attribute.getKey())) {
                return attribute.getValue();
            }
        }
        return "";
    }

    private static boolean isState(String attribute) {
        return attribute.equals("state") || attribute.endsWith(".state");
    }
}
