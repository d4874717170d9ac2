package io.nightshift.deploy.demo;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Anomaly;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.schemas.ServiceKey;
import io.nightshift.shop.keeper.LedgerEntry;
import io.nightshift.shop.load.LoadStats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Compares what Nightshift did with the truth: the shop's own ledger and what its users saw, not Nightshift's word for it. */
final class Judge {

    private final Witness witness;
    private final Played played;
    private final List<LedgerEntry> ledger;
    private final LoadStats.View load;

    Judge(Witness witness, Played played, List<LedgerEntry> ledger, LoadStats.View load) {
        this.witness = witness;
        this.played = played;
        this.ledger = ledger;
        this.load = load;
    }

    DemoReport report(String scenario, double readySeconds, Long controlFailedRequests) {
        List<ActionEvent> actions = witness.begun();
        Optional<ActionEvent> started = first(ActionStatus.STARTED);
        Optional<ActionEvent> recovered = last(ActionStatus.RECOVERED);
        Optional<Verdict> verdict =
                Optional.ofNullable(played.truth()).map(truth -> new Verdict(truth, witness, ledger));
        Optional<Investigation> because = verdict.isPresent()
                ? verdict.get().investigation()
                : actions.stream().findFirst().flatMap(action -> witness.investigation(action.getInvestigationId()));
        Optional<Hypothesis> best =
                because.flatMap(i -> i.getHypotheses().stream().findFirst());
        Instant firstFailed = load.firstFailedAt() == 0 ? null : Instant.ofEpochMilli(load.firstFailedAt());
        List<String> failures = verdict.map(Verdict::failures)
                .orElseGet(() -> played.faultAt() == null ? wrongInAHealthyNight() : wrongInAFault(best));
        return new DemoReport(
                scenario,
                failures.isEmpty(),
                failures,
                readySeconds,
                text(played.faultAt()),
                text(witness.detectedAt().orElse(null)),
                text(witness.paging().stream()
                        .map(Incident::getUpdatedAt)
                        .findFirst()
                        .orElse(null)),
                text(because.map(Investigation::getFinishedAt).orElse(null)),
                text(started.map(ActionEvent::getAt).orElse(null)),
                text(recovered.map(ActionEvent::getAt).orElse(null)),
                best.map(Hypothesis::getService).orElse(null),
                best.map(h -> h.getCauseClass().name()).orElse(null),
                actions.stream()
                        .map(a -> new DemoReport.ActionLine(
                                a.getAction().name(),
                                a.getTarget(),
                                a.getStatus().name()))
                        .toList(),
                witness.opened().stream().map(Judge::sign).toList(),
                witness.paging().size(),
                verdict.map(found -> (long) found.harm().size()).orElseGet(this::collateral),
                load.failedSinceMark(),
                load.okSinceMark() + load.failedSinceMark(),
                text(firstFailed),
                seconds(
                        firstFailed,
                        first(ActionStatus.RECOVERED).map(ActionEvent::getAt).orElse(null)),
                load.worstP99(),
                controlFailedRequests,
                because.map(i -> i.getEngine().name()).orElse(null),
                verdict.map(found -> found.told(played.sealed())).orElse(null),
                null);
    }

    private static DemoReport.Sign sign(Anomaly anomaly) {
        return new DemoReport.Sign(
                anomaly.getDetectedAt().toString(),
                ServiceKey.of(anomaly.getSubject()).toString(),
                anomaly.getKind().name(),
                anomaly.getSentence());
    }

    private List<String> wrongInAHealthyNight() {
        List<String> failures = new ArrayList<>();
        if (!witness.paging().isEmpty()) {
            failures.add(witness.paging().size() + " incidents paged though nothing was wrong");
        }
        if (effects().findAny().isPresent()) {
            failures.add("the shop's ledger holds effects of Nightshift though nothing was wrong");
        }
        return failures;
    }

    private List<String> wrongInAFault(Optional<Hypothesis> best) {
        List<String> failures = new ArrayList<>();
        if (best.isEmpty() || !best.get().getService().equals(played.service())) {
            failures.add("the root cause was not named: "
                    + best.map(Hypothesis::getService).orElse("no investigation led to an action")
                    + " instead of " + played.service());
        }
        if (first(ActionStatus.RECOVERED).isEmpty()) {
            failures.add("no recovery was verified");
        }
        if (collateral() > 0) {
            failures.add(collateral() + " effects on something other than " + played.service());
        }
        if (onTheFaulty().isEmpty()) {
            failures.add("the shop's ledger holds no repair of " + played.service());
        }
        List<String> taken = witness.begun().stream()
                .map(action -> action.getAction().name())
                .toList();
        if (!taken.equals(played.expectedActions())) {
            failures.add("actions were " + taken + " instead of " + played.expectedActions());
        }
        List<ActionEvent> actions = witness.begun();
        if (!actions.isEmpty() && actions.get(actions.size() - 1).getStatus() != ActionStatus.HELD) {
            failures.add("the last repair did not hold: "
                    + actions.get(actions.size() - 1).getStatus());
        }
        return failures;
    }

    /** Effects of Nightshift on anything but the faulty service, by the ledger of the shop itself. */
    private long collateral() {
        String faulty = shortName(played.service());
        return effects().filter(entry -> !belongs(entry.target(), faulty)).count();
    }

    private List<LedgerEntry> onTheFaulty() {
        String faulty = shortName(played.service());
        return effects().filter(entry -> belongs(entry.target(), faulty)).toList();
    }

    private Stream<LedgerEntry> effects() {
        return ledger.stream()
                .filter(entry -> entry.actor().equals(Verdict.NIGHTSHIFT))
                .filter(entry -> entry.outcome() == LedgerEntry.Outcome.STARTED); // only STARTED has an effect
    }

    private static boolean belongs(String target, String service) {
        return !service.isEmpty() && (target.equals(service) || target.matches(service + "-\\d+"));
    }

    private static String shortName(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    private Optional<ActionEvent> first(ActionStatus status) {
        return witness.with(status).stream().findFirst();
    }

    private Optional<ActionEvent> last(ActionStatus status) {
        List<ActionEvent> all = witness.with(status);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    private static Double seconds(Instant from, Instant to) {
        return from == null || to == null ? null : Duration.between(from, to).toMillis() / 1000.0;
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
