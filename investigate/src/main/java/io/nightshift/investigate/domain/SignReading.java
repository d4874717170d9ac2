package io.nightshift.investigate.domain;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyBrief;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.ChangeEvent;
import io.nightshift.events.ChangeKind;
import io.nightshift.events.Direction;
import io.nightshift.events.EntityRef;
import io.nightshift.events.MetricEvidence;
import io.nightshift.events.Signal;
import io.nightshift.investigate.domain.measure.SignKind;
import io.nightshift.schemas.ServiceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the anomalies of a case as signs: typed, measured, in our words. Free text in them is never interpreted. */
final class SignReading {

    /** An alarm stands at about four robust standard deviations. */
    static final double SIGMAS_PER_SEVERITY = 4;

    /** A resource at its limit is a fact, not a deviation: as sure as an alarm five times over. */
    private static final double AT_THE_LIMIT = 5 * SIGMAS_PER_SEVERITY;

    /** Beyond this severity a resource is no more telling; a scale that collapsed to nothing would drown all else. */
    static final double SEVERITY_CAP = 20;

    /** A rollout restarts what it replaces; a restart this near to one is its doing. */
    private static final Duration ROLLOUT = Duration.ofSeconds(90);

    static final double UNKNOWN_FULLNESS = 0.5;

    private SignReading() {}

    static List<Sign> of(Case subject) {
        Instant onset = symptomOnset(subject);
        List<Sign> signs = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Anomaly anomaly : subject.anomalies()) {
            if (anomaly.getPhase() != AnomalyPhase.CLEAR && seen.add(anomaly.getId())) {
                signs.add(full(anomaly, onset));
            }
        }
        for (AnomalyBrief brief : subject.members()) {
            if (brief.getClearedAt() == null && seen.add(brief.getId())) {
                signs.add(brief(brief));
            }
        }
        signs.addAll(RollupSigns.of(subject, signs, onset));
        signs.addAll(RollupWindows.of(subject, signs, onset));
        signs.addAll(BusyOrigins.of(subject, signs, onset));
        signs.removeIf(sign -> isRolloutsDoing(sign, subject.changes()));
        if (signs.stream().anyMatch(sign -> sign.isSymptom() || sign.kind() == SignKind.CRASH)) {
            Set<String> notYet = onlyForetold(subject);
            signs.replaceAll(sign -> notYet.contains(sign.evidence()) ? sign.mentioned() : sign);
        }
        return signs;
    }

    /** What will run out, and has not: it can't be why something suffers now. */
    private static Set<String> onlyForetold(Case subject) {
        return subject.anomalies().stream()
                .flatMap(anomaly -> Foretold.of(anomaly).stream())
                .filter(foretold -> !foretold.presses())
                .map(foretold -> foretold.anomaly().getId())
                .collect(Collectors.toSet());
    }

    /**
     * When users began to feel it: the first failure or slowness that goes on. Without one, the first of what goes on: an
     * incident may have begun with a trouble that is over and is not this one's doing.
     */
    static Instant symptomOnset(Case subject) {
        Instant first = subject.anomalies().stream()
                .filter(anomaly -> anomaly.getPhase() != AnomalyPhase.CLEAR)
                .map(Anomaly::getOnset)
                .min(Comparator.naturalOrder())
                .orElse(subject.onset());
        return subject.anomalies().stream()
                .filter(anomaly -> anomaly.getPhase() != AnomalyPhase.CLEAR)
                .filter(anomaly -> SignKind.SYMPTOMS.contains(kindOf(anomaly)))
                .map(Anomaly::getOnset)
                .min(Comparator.naturalOrder())
                .orElse(first);
    }

    private static Sign full(Anomaly anomaly, Instant symptomOnset) {
        SignKind kind = kindOf(anomaly);
        boolean up = anomaly.getDirection() != Direction.DOWN;
        Optional<CallMeasure> calls =
                Optional.ofNullable(anomaly.getCalls()).map(evidence -> CallMeasure.of(kind, evidence, symptomOnset));
        Optional<Foretold> foretold = Foretold.of(anomaly);
        double fullness = foretold.map(Foretold::fullness).orElseGet(() -> fullness(anomaly.getMetric()));
        Optional<Double> volume = SignKind.SYMPTOMS.contains(kind)
                ? calls.map(CallMeasure::volume)
                : Optional.of(Math.min(anomaly.getSeverity(), SEVERITY_CAP) * fullness * fullness);
        double significance =
                calls.flatMap(CallMeasure::significance).orElse(significance(anomaly.getKind(), anomaly.getSeverity()));
        return sign(
                anomaly.getId(),
                anomaly.getSubject(),
                counted(kind, anomaly.getName(), up),
                up,
                volume,
                significance,
                anomaly.getSeverity(),
                anomaly.getOnset(),
                SignWords.of(anomaly, kind, fullness));
    }

    private static Sign brief(AnomalyBrief brief) {
        SignKind kind = kindOf(brief);
        Optional<Double> volume = SignKind.SYMPTOMS.contains(kind)
                ? Optional.empty()
                : Optional.of(Math.min(brief.getSeverity(), SEVERITY_CAP) * UNKNOWN_FULLNESS * UNKNOWN_FULLNESS);
        return sign(
                brief.getId(),
                brief.getSubject(),
                counted(kind, brief.getName(), !MetricNames.harmsByFalling(kind, brief.getName())),
                true,
                volume,
                significance(brief.getKind(), brief.getSeverity()),
                brief.getSeverity(),
                brief.getOnset(),
                SignWords.of(brief, kind));
    }

    private static Sign sign(
            String id,
            EntityRef subject,
            SignKind kind,
            boolean up,
            Optional<Double> volume,
            double significance,
            double severity,
            Instant onset,
            String words) {
        return new Sign(
                id,
                ServiceKey.of(subject).toString(),
                subject.getInstance(),
                subject.getPeer(),
                kind,
                up,
                volume,
                significance,
                severity,
                onset,
                words);
    }

    /** Resources count when they rise, some when they fall; the other way is worth a mention, not an accusation. */
    static SignKind counted(SignKind kind, String name, boolean up) {
        boolean always = kind == SignKind.CRASH || kind == SignKind.LOAD;
        return always || up != MetricNames.harmsByFalling(kind, name) ? kind : SignKind.OTHER;
    }

    static SignKind kindOf(Anomaly anomaly) {
        return kindOf(anomaly.getKind(), anomaly.getSignal(), anomaly.getName(), attributes(anomaly));
    }

    static SignKind kindOf(AnomalyBrief brief) {
        return kindOf(brief.getKind(), brief.getSignal(), brief.getName(), Map.of());
    }

    static SignKind kindOf(AnomalyKind kind, Signal signal, String name, Map<String, String> attributes) {
        return switch (kind) {
            case ERRORS, BURN_RATE -> SignKind.ERRORS;
            case LATENCY -> SignKind.LATENCY;
            case RATE -> SignKind.LOAD;
            case DROPOUT -> SignKind.CRASH;
            case RESTART -> SignKind.RESTART;
            case NEW_TEMPLATE, BURST, SILENCE, PROPORTION -> SignKind.LOGS;
            case UNKNOWN, EXTERNAL -> SignKind.OTHER;
            // What is bounded is space; how fast a disk works has no limit that it fills.
            case SATURATION, EXHAUSTION ->
                MetricNames.kindOf(name, attributes) == SignKind.IO
                        ? SignKind.DISK
                        : MetricNames.kindOf(name, attributes);
            default -> signal == Signal.LOG ? SignKind.LOGS : MetricNames.kindOf(name, attributes);
        };
    }

    private static double significance(AnomalyKind kind, double severity) {
        double deviation = severity * SIGMAS_PER_SEVERITY;
        return kind == AnomalyKind.SATURATION ? Math.max(deviation, AT_THE_LIMIT) : deviation;
    }

    private static Map<String, String> attributes(Anomaly anomaly) {
        return anomaly.getMetric() == null ? Map.of() : anomaly.getMetric().getAttributes();
    }

    /** Share of the limit that is in use, between 0.2 and 1; a middling one when no limit is known. */
    private static double fullness(MetricEvidence metric) {
        if (metric == null
                || metric.getLimit() == null
                || metric.getLimit() <= 0
                || metric.getValues().isEmpty()) {
            return UNKNOWN_FULLNESS;
        }
        double last = metric.getValues().get(metric.getValues().size() - 1);
        return Math.max(0.2, Math.min(1, last / metric.getLimit()));
    }

    private static boolean isRolloutsDoing(Sign sign, List<ChangeEvent> changes) {
        return (sign.kind() == SignKind.CRASH || sign.kind() == SignKind.RESTART)
                && changes.stream()
                        .filter(change ->
                                ServiceKey.of(change.getService()).toString().equals(sign.service()))
                        .filter(change -> change.getKind() == ChangeKind.DEPLOYMENT
                                || change.getKind() == ChangeKind.ROLLBACK
                                || change.getKind() == ChangeKind.SCALING)
                        .map(ChangeReview::timeOf)
                        .anyMatch(at -> Duration.between(at, sign.onset()).abs().compareTo(ROLLOUT) <= 0);
    }
}
