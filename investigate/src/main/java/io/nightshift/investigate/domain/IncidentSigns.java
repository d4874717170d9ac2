package io.nightshift.investigate.domain;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyBrief;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Direction;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Signal;
import io.nightshift.investigate.domain.measure.SignKind;
import io.nightshift.schemas.ServiceKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An incident as it is recognised by: which causes are thought of, and what is unusual. Free text in it is compared, never
 * interpreted.
 *
 * @param causes confidence in each of the first three causes, 0 to 1
 * @param kinds kinds of evidence that are unusual
 * @param anomalies kinds of anomalies
 * @param metrics names of metrics that are unusual
 * @param logs templates of unusual log lines; anybody may have written them
 * @param services services that suffer or are suspected, as environment/namespace/service
 */
public record IncidentSigns(
        Map<CauseClass, Double> causes,
        Set<SignKind> kinds,
        Set<AnomalyKind> anomalies,
        Set<String> metrics,
        Set<String> logs,
        Set<String> services) {

    private static final int CAUSES = 3;

    /**
     * One thing that is unusual.
     *
     * @param up whether it rose
     * @param name metric name, or what else was judged
     * @param template log template, or empty
     */
    public record Seen(AnomalyKind kind, Signal signal, boolean up, String name, String template) {}

    public IncidentSigns {
        causes = Map.copyOf(causes);
        kinds = Set.copyOf(kinds);
        anomalies = Set.copyOf(anomalies);
        metrics = Set.copyOf(metrics);
        logs = Set.copyOf(logs);
        services = Set.copyOf(services);
    }

    /** The signs of an incident that goes on; what is over does not count. */
    public static IncidentSigns of(Case subject, Ranking ranking) {
        Map<CauseClass, Double> causes = new EnumMap<>(CauseClass.class);
        Set<String> services = new TreeSet<>();
        for (Hypothesis hypothesis : ranking.hypotheses().stream().limit(CAUSES).toList()) {
            causes.merge(hypothesis.getCauseClass(), hypothesis.getConfidence(), Math::max);
            services.add(hypothesis.getService());
        }
        List<Seen> seen = new ArrayList<>();
        for (Anomaly anomaly : subject.anomalies()) {
            if (anomaly.getPhase() != AnomalyPhase.CLEAR) {
                services.add(ServiceKey.of(anomaly.getSubject()).toString());
                seen.add(new Seen(
                        anomaly.getKind(),
                        anomaly.getSignal(),
                        anomaly.getDirection() != Direction.DOWN,
                        anomaly.getName(),
                        anomaly.getLog() == null ? "" : anomaly.getLog().getTemplate()));
            }
        }
        for (AnomalyBrief brief : subject.members()) {
            if (brief.getClearedAt() == null) {
                services.add(ServiceKey.of(brief.getSubject()).toString());
                boolean up = !MetricNames.harmsByFalling(SignReading.kindOf(brief), brief.getName());
                seen.add(new Seen(brief.getKind(), brief.getSignal(), up, brief.getName(), ""));
            }
        }
        services.remove("");
        return of(causes, seen, services);
    }

    public static IncidentSigns of(Map<CauseClass, Double> causes, List<Seen> seen, Set<String> services) {
        Set<SignKind> kinds = EnumSet.noneOf(SignKind.class);
        Set<AnomalyKind> anomalies = EnumSet.noneOf(AnomalyKind.class);
        Set<String> metrics = new TreeSet<>();
        Set<String> logs = new TreeSet<>();
        for (Seen one : seen) {
            SignKind kind = SignReading.kindOf(one.kind(), one.signal(), one.name(), Map.of());
            anomalies.add(one.kind());
            boolean counts = SignReading.counted(kind, one.name(), one.up()) == kind;
            if (counts && (one.up() || kind != SignKind.OTHER)) {
                kinds.add(kind);
            }
            if (one.signal() == Signal.METRIC || one.signal() == Signal.FORECAST) {
                metrics.add(one.name());
            }
            if (!one.template().isEmpty()) {
                logs.add(one.template());
            }
        }
        return new IncidentSigns(causes, kinds, anomalies, metrics, logs, services);
    }
}
