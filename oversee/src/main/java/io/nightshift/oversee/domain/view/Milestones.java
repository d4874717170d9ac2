package io.nightshift.oversee.domain.view;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Anomaly;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.oversee.domain.night.IncidentFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How far an incident has come. Of each step the newest outcome counts: a second repair replaces a first that did not hold. */
final class Milestones {

    private final List<Milestone> steps = new ArrayList<>();
    private final Map<ActionStatus, ActionEvent> last = new EnumMap<>(ActionStatus.class);

    private Milestones() {}

    static List<Milestone> of(IncidentFile file, Collection<Anomaly> anomalies) {
        return new Milestones().read(file, anomalies);
    }

    /** The first answer that proposes something, for it is the one that was acted on; else the last. */
    private static Optional<Investigation> firstAnswer(IncidentFile file) {
        return file.investigations().stream()
                .filter(answer -> answer.getProposal() != null)
                .findFirst()
                .or(file::answer);
    }

    private List<Milestone> read(IncidentFile file, Collection<Anomaly> anomalies) {
        file.actions().forEach(event -> last.put(event.getStatus(), event));
        fact("began", file.latest().map(Incident::getOnset).orElse(null), "bad");
        fact(
                "noticed",
                anomalies.stream()
                        .map(Anomaly::getDetectedAt)
                        .min(Instant::compareTo)
                        .orElse(null),
                "calm");
        fact("explained", firstAnswer(file).map(Investigation::getFinishedAt).orElse(null), "calm");
        outcome(
                "decided",
                Map.of(
                        ActionStatus.ALLOWED, "allowed",
                        ActionStatus.AWAITING_APPROVAL, "asks you",
                        ActionStatus.DENIED, "refused",
                        ActionStatus.EXPIRED, "not decided",
                        ActionStatus.WITHDRAWN, "withdrawn",
                        ActionStatus.SHADOWED, "shadowed"));
        outcome(
                "repaired",
                Map.of(
                        ActionStatus.STARTED, "repairing",
                        ActionStatus.SUCCEEDED, "repaired",
                        ActionStatus.FAILED, "failed",
                        ActionStatus.IN_DOUBT, "in doubt",
                        ActionStatus.ROLLED_BACK, "undone"));
        outcome(
                "recovered",
                Map.of(
                        ActionStatus.RECOVERED, "recovered",
                        ActionStatus.NOT_RECOVERED, "not recovered",
                        ActionStatus.ESCALATED, "needs a person"));
        outcome("held", Map.of(ActionStatus.HELD, "held", ActionStatus.RECURRED, "came back"));
        return List.copyOf(steps);
    }

    private void fact(String name, Instant at, String tone) {
        steps.add(new Milestone(name, name, Words.millis(at), at == null ? "" : tone));
    }

    private void outcome(String name, Map<ActionStatus, String> labels) {
        ActionEvent newest = null;
        for (ActionStatus status : labels.keySet()) {
            ActionEvent event = last.get(status);
            if (event != null && (newest == null || !isBefore(event, newest))) {
                newest = event;
            }
        }
        steps.add(
                newest == null
                        ? new Milestone(name, name, null, "")
                        : new Milestone(
                                name,
                                labels.get(newest.getStatus()),
                                newest.getAt().toEpochMilli(),
                                tone(newest.getStatus())));
    }

    /** By time; of two at the same instant the later status in the life of an action. */
    private static boolean isBefore(ActionEvent event, ActionEvent other) {
        int byTime = event.getAt().compareTo(other.getAt());
        return byTime == 0 ? event.getStatus().compareTo(other.getStatus()) < 0 : byTime < 0;
    }

    private static String tone(ActionStatus status) {
        boolean done = status == ActionStatus.ALLOWED || status == ActionStatus.SUCCEEDED;
        return done ? "good" : Standing.tone(status);
    }
}
