package io.nightshift.detect.domain.forecast;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a metric says of a resource, by the naming of the OpenTelemetry conventions, as Prometheus writes it too (underscores
 * for dots, the unit at the end), and of common exporters:
 *
 * <ul>
 *   <li>{@code x.used}, {@code x.usage}, {@code x.in_use} or {@code x.count}, and {@code x.active} of pools, is what is used
 *       of {@code x.limit}, {@code x.max} or {@code x.capacity} with the same attributes; an attribute {@code state} (or
 *       {@code *.state}) other than {@code used} is something else, but {@code free} of a file system makes up its size with
 *       {@code used};
 *   <li>{@code x.avail} or {@code x.available} is what is left of that limit, as {@code x.free} of a file system is, whose
 *       limit may be called {@code x.size} or {@code x.total};
 *   <li>{@code x.used_after_last_gc} or {@code x.collection.used} is what garbage collection leaves of {@code x.limit};
 *   <li>{@code x.utilization} of unit 1 is a share of 1, but that of a processor or network runs out of nothing;
 *   <li>a name with {@code not_after}, or with {@code expir} beside certificate, tls, license, token or the like, tells when
 *       something expires: seconds since 1970, or what is left in seconds or days;
 *   <li>names of widespread exporters that follow no rule stand in {@link Irregular}.
 * </ul>
 */
public final class Naming {

    /** What a series says. */
    public enum Role {
        USED,
        USED_AFTER_COLLECTION,
        /** Makes up the limit together with what is used. */
        FREE,
        /** What is left of a limit that is told. */
        AVAILABLE,
        LIMIT,
        SHARE,
        EXPIRES_AT,
        EXPIRES_IN
    }

    /**
     * @param stem the resource's name, equal for all that is said of it
     * @param factor by which values are multiplied
     */
    public record Meaning(Role role, String stem, double factor) {}

    private static final List<String> AFTER_COLLECTION = List.of(".used.after.last.gc", ".collection.used");
    private static final List<String> USED = List.of(".used", ".usage", ".in.use", ".count");
    private static final List<String> LIMIT = List.of(".limit", ".collection.max", ".max", ".capacity");
    private static final List<String> AVAILABLE = List.of(".avail", ".available");
    private static final List<String> SIZE_OF_DISK = List.of(".size", ".total");
    private static final String FREE = ".free";
    private static final String ACTIVE = ".active";
    private static final String SHARE = ".utilization";
    private static final List<String> UNITS = List.of(".bytes", ".ratio");
    private static final List<String> EXPIRING =
            List.of("cert", "tls", "ssl", "x509", "license", "licence", "token", "domain");
    private static final List<String> NEVER_EXHAUSTED = List.of("cpu", "processor", "network");
    /** Runtimes whose memory is full before each collection and says nothing then. */
    private static final List<String> COLLECTED =
            List.of("jvm.memory.", "go.memory.", "dotnet.gc.", "v8js.", "nodejs.", "process.runtime.");
    /** Resources of the machine, which a new process of an instance finds as the old one left them. */
    private static final List<String> OF_THE_MACHINE = List.of("system.", "node.", "k8s.node.", "host.");

    private static final double DAY = 86_400;

    private Naming() {}

    /** What a level of this name says of a resource; empty when nothing. */
    public static Optional<Meaning> of(String name, String unit, Map<String, String> attributes) {
        Optional<Meaning> meaning = of(name).or(() -> expiry(name, unit));
        String state = state(attributes);
        if (state.isEmpty() || state.equals("used")) {
            return meaning;
        }
        return meaning.flatMap(told -> switch (told.role()) {
            case USED ->
                state.equals("free") && ResourceKind.of(name) == ResourceKind.DISK
                        ? Optional.of(new Meaning(Role.FREE, told.stem(), 1))
                        : Optional.empty();
            case SHARE, AVAILABLE -> Optional.empty();
            default -> meaning;
        });
    }

    /** Whether a series of this name may say something of a resource. */
    public static boolean concerns(String name) {
        return of(name).isPresent() || expiry(name, "").isPresent();
    }

    private static Optional<Meaning> of(String name) {
        String dotted = dotted(name);
        if (Irregular.isKnown(dotted)) {
            return Irregular.meaning(dotted);
        }
        boolean disk = ResourceKind.of(name) == ResourceKind.DISK;
        return first(Role.USED_AFTER_COLLECTION, AFTER_COLLECTION, name, dotted)
                .or(() -> first(Role.LIMIT, LIMIT, name, dotted))
                .or(() -> first(Role.USED, USED, name, dotted))
                .or(() -> first(Role.AVAILABLE, AVAILABLE, name, dotted))
                .or(() -> disk ? ofDisk(name, dotted) : Optional.empty())
                .or(() -> ResourceKind.of(name) == ResourceKind.POOL
                        ? first(Role.USED, List.of(ACTIVE), name, dotted)
                        : Optional.empty())
                .or(() -> NEVER_EXHAUSTED.stream().anyMatch(name::contains)
                        ? Optional.empty()
                        : first(Role.SHARE, List.of(SHARE), name, dotted));
    }

    private static Optional<Meaning> ofDisk(String name, String dotted) {
        return first(Role.LIMIT, SIZE_OF_DISK, name, dotted)
                .or(() -> first(Role.AVAILABLE, List.of(FREE), name, dotted));
    }

    private static Optional<Meaning> first(Role role, List<String> endings, String name, String dotted) {
        return endings.stream()
                .filter(dotted::endsWith)
                .findFirst()
                .map(ending -> new Meaning(role, name.substring(0, dotted.length() - ending.length()), 1));
    }

    /** The name with dots for underscores and without its unit: as long as the beginning of the name that it stands for. */
    static String dotted(String name) {
        String dotted = name.replace('_', '.');
        for (String unit : UNITS) {
            if (dotted.endsWith(unit)) {
                return dotted.substring(0, dotted.length() - unit.length());
            }
        }
        return dotted;
    }

    /** Whether a resource is as full for a new process of its instance as it was for the old one, by what it is called. */
    public static boolean outlivesProcess(String stem) {
        ResourceKind kind = ResourceKind.of(stem);
        return kind == ResourceKind.DISK
                || kind == ResourceKind.QUOTA
                || OF_THE_MACHINE.stream().anyMatch(dotted(stem)::startsWith);
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
        boolean heap = !"non_heap".equals(attributes.get("jvm.memory.type"))
                && !"non_heap".equals(attributes.get("jvm_memory_type"))
                && !"nonheap".equals(attributes.get("area"));
        return heap && (isOfRuntime(name) || name.contains("heap"));
    }

    /** Whether this is memory of a runtime that collects garbage. */
    public static boolean isOfRuntime(String name) {
        return COLLECTED.stream().anyMatch(name.replace('_', '.')::startsWith);
    }

    /** The attributes that tell resources of one name apart. */
    public static Map<String, String> identity(Map<String, String> attributes) {
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
        return attribute.equals("state") || attribute.endsWith(".state") || attribute.endsWith("_state");
    }
}
