package io.nightshift.investigate.domain;

import io.nightshift.investigate.domain.measure.Excess;
import io.nightshift.investigate.domain.measure.Measured;
import io.nightshift.investigate.domain.measure.ScoringRule;
import io.nightshift.investigate.domain.measure.SignKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Divides the evidence among the services by the {@link ScoringRule}, after taking from each caller what its anomalous callees
 * explain. To name the deepest anomalous service instead was clearly worse.
 */
final class Attribution {

    /** What is left of a caller's symptom of one kind when its callee suffers in another kind. */
    private static final double OTHER_KIND = 0.25;

    /** What is left of a caller's own resource trouble that began after its callee's suffering. */
    private static final double PILED_UP = 0.3;

    /** What is left of a busy service's evidence whose own requests are well while others suffer. */
    private static final double ASIDE = 0.1;

    /** Part of a client-server gap that a callee keeps when the caller itself is short of memory or processor. */
    private static final double CALLER_PAUSES = 0.2;

    private static final Set<SignKind> BUSY = EnumSet.of(SignKind.CPU, SignKind.THREADS, SignKind.CONTENTION);

    private static final Duration SAME_TIME = Duration.ofSeconds(2);

    private final ServiceGraph graph;
    private final Map<String, List<Sign>> own = new TreeMap<>();
    private final Map<String, List<Sign>> atEdge = new TreeMap<>();
    private final Set<SignKind> unmeasured = EnumSet.noneOf(SignKind.class);
    private final Set<String> everyone = new TreeSet<>();
    private final boolean usersSuffer;

    Attribution(ServiceGraph graph, List<Sign> signs) {
        this.graph = graph;
        this.usersSuffer = signs.stream().anyMatch(Sign::isSymptom);
        for (Sign sign : signs) {
            Map<String, List<Sign>> where = sign.onEdge() ? atEdge : own;
            where.computeIfAbsent(sign.onEdge() ? sign.peer() : sign.service(), any -> new ArrayList<>())
                    .add(sign);
            if (sign.volume().isEmpty()) {
                unmeasured.add(sign.kind());
            }
        }
        everyone.addAll(own.keySet());
        everyone.addAll(atEdge.keySet());
    }

    List<Suspect> suspects() {
        Map<String, Map<SignKind, Double>> parts = ScoringRule.parts(measured());
        Origins origins = new Origins(this, graph);
        return everyone.stream()
                .map(service -> {
                    Map<SignKind, Double> own = parts.getOrDefault(service, Map.of());
                    return new Suspect(
                            service, own, signsOf(service), isCorroborated(own.keySet()), origins.of(service));
                })
                .toList();
    }

    private List<Measured> measured() {
        List<Measured> measured = new ArrayList<>();
        volumes()
                .forEach((kind, byService) -> byService.forEach((service, left) -> {
                    Excess raw = new Excess(ownVolume(service, kind), significance(service, kind), 0);
                    measured.add(new Measured(service, kind, raw, left));
                }));
        return measured;
    }

    /** How much each service suffers, for the chain from the cause to the users. */
    Map<String, Double> affected() {
        return everyone.stream().collect(Collectors.toMap(service -> service, service -> signsOf(service).stream()
                .mapToDouble(sign -> sign.isSymptom() ? 10 + sign.severity() : sign.severity())
                .max()
                .orElse(0)));
    }

    boolean usersSuffer() {
        return usersSuffer;
    }

    List<Sign> signsOf(String service) {
        List<Sign> all = new ArrayList<>(own.getOrDefault(service, List.of()));
        all.addAll(atEdge.getOrDefault(service, List.of()));
        return all;
    }

    private Map<SignKind, Map<String, Double>> volumes() {
        Map<SignKind, Map<String, Double>> volumes = new EnumMap<>(SignKind.class);
        for (SignKind kind : SignKind.values()) {
            if (kind != SignKind.GAP) {
                Map<String, Double> byService = new HashMap<>();
                for (String service : everyone) {
                    double left = SignKind.SYMPTOMS.contains(kind)
                            ? unexplainedSymptom(service, kind)
                            : unexplainedResource(service, kind);
                    byService.put(service, left);
                }
                volumes.put(kind, byService);
            }
        }
        volumes.put(SignKind.GAP, gaps());
        return volumes;
    }

    /** Symptom of a service before its callees explain any of it. */
    double symptom(String service, SignKind kind) {
        double own = ownVolume(service, kind);
        return own == 0 && isSilent(service) ? edgeVolume(service, kind) : own;
    }

    /** Own symptom of a service, or what its callers saw of one that sends no telemetry, less what its callees explain. */
    double unexplainedSymptom(String service, SignKind kind) {
        double left = symptom(service, kind);
        boolean otherwiseExplained = false;
        for (String callee : graph.callees(service)) {
            left -= effect(service, callee, kind);
            otherwiseExplained |= suffers(callee);
        }
        return Math.max(0, left) * (otherwiseExplained ? OTHER_KIND : 1);
    }

    private double unexplainedResource(String service, SignKind kind) {
        double volume = ownVolume(service, kind);
        if (BUSY.contains(kind) && usersSuffer && !graph.callers(service).isEmpty() && !isFelt(service)) {
            volume *= ASIDE;
        }
        if (volume == 0 || !SignKind.CAUSES.contains(kind) && kind != SignKind.THREADS) {
            return volume;
        }
        Optional<Instant> below = firstSufferingBelow(service);
        boolean piledUp = below.isPresent()
                && own.getOrDefault(service, List.of()).stream()
                        .filter(sign -> sign.kind() == kind)
                        .noneMatch(sign -> sign.onset().plus(SAME_TIME).isBefore(below.get()));
        return piledUp ? volume * PILED_UP : volume;
    }

    private Optional<Instant> firstSufferingBelow(String service) {
        return graph.downstream(service).stream()
                .flatMap(callee -> own.getOrDefault(callee, List.of()).stream())
                .filter(sign -> sign.isSymptom() || sign.kind() == SignKind.CRASH)
                .map(Sign::onset)
                .min(Comparator.naturalOrder());
    }

    /** What a callee's trouble takes from its caller's symptom of the same kind. */
    private double effect(String caller, String callee, SignKind kind) {
        double calleesOwn = ownVolume(callee, kind);
        if (calleesOwn > 0) {
            return calleesOwn;
        }
        return isSilent(callee) || !pauses(caller) ? edgeVolumeFrom(caller, callee, kind) : 0;
    }

    /** Edges that clients find slow or failing while the server itself, which does report, finds nothing. */
    private Map<String, Double> gaps() {
        Map<String, Double> gaps = new HashMap<>();
        atEdge.forEach((callee, seen) -> {
            if (!isSilent(callee) && !suffers(callee)) {
                double gap = seen.stream()
                        .filter(Sign::isSymptom)
                        .mapToDouble(sign -> sign.severity() * (pauses(sign.service()) ? CALLER_PAUSES : 1))
                        .sum();
                gaps.put(callee, gap);
            }
        });
        return gaps;
    }

    /**
     * Measured volumes where every sign of the kind has one, so that shares compare like with like; otherwise severities.
     * A service's own total stands before the sum over its instances, which would count it twice.
     */
    private double ownVolume(String service, SignKind kind) {
        List<Sign> ofKind = own.getOrDefault(service, List.of()).stream()
                .filter(sign -> sign.kind() == kind)
                .toList();
        Map<String, Double> byInstance = new HashMap<>();
        ofKind.forEach(
                sign -> byInstance.merge(sign.instance() == null ? "" : sign.instance(), volume(sign), Math::max));
        Double whole = byInstance.remove("");
        return Math.max(whole == null ? 0 : whole, sum(byInstance));
    }

    private double edgeVolume(String callee, SignKind kind) {
        return atEdge.getOrDefault(callee, List.of()).stream()
                .filter(sign -> sign.kind() == kind)
                .mapToDouble(this::volume)
                .sum();
    }

    private double edgeVolumeFrom(String caller, String callee, SignKind kind) {
        return atEdge.getOrDefault(callee, List.of()).stream()
                .filter(sign -> sign.kind() == kind && sign.service().equals(caller))
                .mapToDouble(this::volume)
                .max()
                .orElse(0);
    }

    private double volume(Sign sign) {
        return unmeasured.contains(sign.kind())
                ? sign.severity()
                : sign.volume().orElse(0.0);
    }

    double significance(String service, SignKind kind) {
        return signsOf(service).stream()
                .filter(sign -> sign.kind() == kind || kind == SignKind.GAP && sign.onEdge())
                .mapToDouble(Sign::significance)
                .max()
                .orElse(0);
    }

    /** Nothing was ever heard from the service itself. */
    boolean isSilent(String service) {
        return !graph.reports(service) && !own.containsKey(service);
    }

    /** Whether requests of the service are slow or fail, as itself or its callers tell. */
    boolean isFelt(String service) {
        return signsOf(service).stream().anyMatch(Sign::isSymptom);
    }

    boolean isSeenByCallers(String service) {
        return atEdge.getOrDefault(service, List.of()).stream().anyMatch(Sign::isSymptom);
    }

    boolean suffers(String service) {
        return own.getOrDefault(service, List.of()).stream()
                        .anyMatch(sign -> sign.isSymptom() || sign.kind() == SignKind.CRASH)
                || isSilent(service) && atEdge.containsKey(service);
    }

    private boolean pauses(String service) {
        return own.getOrDefault(service, List.of()).stream()
                .anyMatch(sign ->
                        sign.kind() == SignKind.MEMORY || sign.kind() == SignKind.GC || sign.kind() == SignKind.CPU);
    }

    private static boolean isCorroborated(Set<SignKind> kinds) {
        return kinds.stream().anyMatch(kind -> kind != SignKind.LOGS && kind != SignKind.LOAD);
    }

    private static double sum(Map<String, Double> values) {
        return values.values().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .sum();
    }
}
