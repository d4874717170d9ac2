package io.nightshift.bench.rca;

import io.nightshift.events.CauseClass;
import io.nightshift.events.Claim;
import io.nightshift.events.EntityRef;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Hypothesis;
import io.nightshift.investigate.domain.Answer;
import io.nightshift.investigate.domain.Case;
import io.nightshift.investigate.domain.Citations;
import io.nightshift.investigate.domain.Diagnosis;
import io.nightshift.investigate.domain.Ranking;
import io.nightshift.investigate.domain.measure.Measured;
import io.nightshift.investigate.domain.measure.Measurement;
import io.nightshift.investigate.domain.measure.Observations;
import io.nightshift.investigate.domain.measure.Ranked;
import io.nightshift.investigate.domain.measure.SignKind;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.schemas.ServiceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the ranker measured and concluded of one case, in the form in which production gives an incident to a model: ranked
 * hypotheses that cite evidence, the evidence in words, most telling first, and who calls whom.
 */
final class MeasuredCase {

    /** Hypotheses told; a prompt has room for a few only. */
    private static final int TOLD = 10;

    private final Observations seen;
    private final List<Measured> measured;
    private final Ranked ranked;
    private final Map<String, Map<SignKind, Double>> parts;
    private final List<EvidenceItem> evidence = new ArrayList<>();
    private final Map<String, List<Claim>> claims = new TreeMap<>();

    /** @param seen under the names that the model shall read */
    MeasuredCase(Observations seen) {
        this.seen = seen;
        this.measured = Measurement.of(seen);
        this.ranked = Ranked.of(measured);
        this.parts = ranked.scores().stream().collect(Collectors.toMap(Ranked.Score::entity, Ranked.Score::parts));
        measured.stream()
                .sorted(Comparator.comparingDouble(this::part)
                        .thenComparingDouble(one -> one.raw().significance())
                        .reversed()
                        .thenComparing(Measured::entity)
                        .thenComparing(Measured::kind))
                .forEach(this::tell);
        tellAll(seen.callees(), " calls ");
        tellAll(seen.alarms().members(), " has as a part ");
    }

    /** The id under which a model knows an entity. */
    static String id(String entity) {
        return key(entity).toString();
    }

    Ranked ranked() {
        return ranked;
    }

    /** @param confidence of the ranker in its first cause, 0 to 1 */
    Diagnosis diagnosis(double confidence) {
        Map<String, Double> affected = measured.stream()
                .filter(one ->
                        SignKind.SYMPTOMS.contains(one.kind()) && one.raw().isUnusual())
                .collect(Collectors.toMap(
                        one -> id(one.entity()), one -> one.raw().significance(), Math::max));
        return new Diagnosis(
                subject(),
                evidence,
                new Ranking(hypotheses(confidence), Instant.EPOCH, affected, Set.of()),
                new Answer(Optional.empty(), "a trial proposes nothing", List.of(), List.of()));
    }

    /** Without times: they would tell which data set it is. */
    private Case subject() {
        Set<String> entities = new TreeSet<>();
        seen.callees().forEach((caller, callees) -> {
            entities.add(caller);
            entities.addAll(callees);
        });
        measured.forEach(one -> entities.add(one.entity()));
        List<InventoryService> services = entities.stream()
                .map(entity -> new InventoryService(key(entity), 1, false, "", List.of(), 0, List.of(), "", List.of()))
                .toList();
        return new Case(
                "trial",
                Instant.EPOCH,
                List.of(),
                List.of(),
                graph(),
                List.of(),
                List.of(),
                List.of(),
                new Inventory(services, Map.of()),
                new Citations(Map.of()));
    }

    private List<GraphEntry> graph() {
        List<GraphEntry> graph = new ArrayList<>();
        seen.callees()
                .forEach((caller, callees) -> callees.forEach(callee -> {
                    EntityRef edge = EntityRef.newBuilder(key(caller).entity())
                            .setPeer(id(callee))
                            .build();
                    graph.add(new GraphEntry(edge, Instant.EPOCH, null, Instant.EPOCH, List.of(), null, 0.0, 0.0, 0.0));
                }));
        return graph;
    }

    private void tell(Measured one) {
        MeasuredWords.of(seen, one, id(one.entity())).ifPresent(text -> {
            EvidenceItem item = item(kind(one.kind()), key(one.entity()).entity(), text);
            if (part(one) > 0) {
                claims.computeIfAbsent(one.entity(), any -> new ArrayList<>())
                        .add(new Claim(one.kind().words(), List.of(item.getId())));
            }
        });
    }

    private void tellAll(Map<String, Set<String>> related, String verb) {
        new TreeMap<>(related).forEach((entity, others) -> new TreeSet<>(others)
                .forEach(other -> item(EvidenceKind.TOPOLOGY, null, id(entity) + verb + id(other))));
    }

    private EvidenceItem item(EvidenceKind kind, EntityRef subject, String text) {
        EvidenceItem item = new EvidenceItem("E" + (evidence.size() + 1), kind, subject, text, List.of(), null, null);
        evidence.add(item);
        return item;
    }

    private double part(Measured one) {
        return parts.getOrDefault(one.entity(), Map.of()).getOrDefault(one.kind(), 0.0);
    }

    private List<Hypothesis> hypotheses(double confidence) {
        List<Hypothesis> all = new ArrayList<>();
        for (Ranked.Score score : ranked.scores().stream().limit(TOLD).toList()) {
            CauseClass cause = cause(score.parts());
            all.add(new Hypothesis(
                    all.size() + 1,
                    id(score.entity()),
                    null,
                    cause,
                    confidence * score.value() / ranked.top(),
                    List.of(),
                    claims.getOrDefault(score.entity(), List.of()),
                    List.of(),
                    id(score.entity()) + " (" + cause + ")"));
        }
        return all.isEmpty() ? List.of(nobody()) : all;
    }

    private static Hypothesis nobody() {
        return new Hypothesis(
                1, "", null, CauseClass.NO_CULPRIT, 0.0, List.of(), List.of(), List.of(), "nothing points anywhere");
    }

    /** The class of the greatest part, where the kind of evidence tells one. */
    private static CauseClass cause(Map<SignKind, Double> parts) {
        Function<SignKind, Double> part = parts::get;
        return switch (parts.keySet().stream().max(Comparator.comparing(part)).orElse(SignKind.OTHER)) {
            case MEMORY, GC -> CauseClass.MEMORY_LEAK;
            case CPU -> CauseClass.CPU_SATURATION;
            case DISK -> CauseClass.DISK_FILLING;
            case POOL -> CauseClass.CONNECTION_POOL_EXHAUSTION;
            case QUEUE -> CauseClass.QUEUE_BACKLOG;
            case CRASH, RESTART -> CauseClass.PROCESS_CRASH;
            case GAP -> CauseClass.NETWORK_FAULT;
            case LOAD -> CauseClass.TRAFFIC_SURGE;
            default -> CauseClass.UNKNOWN;
        };
    }

    private static EvidenceKind kind(SignKind kind) {
        return switch (kind) {
            case GAP, DEVIATION -> EvidenceKind.TRACE;
            case LOGS -> EvidenceKind.LOG;
            case ALARM -> EvidenceKind.ANOMALY;
            default -> EvidenceKind.METRIC;
        };
    }

    private static ServiceKey key(String entity) {
        return new ServiceKey("system", "parts", entity);
    }
}
