package io.nightshift.deploy.demo;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.oversee.domain.night.IncidentFile;
import io.nightshift.shop.keeper.LedgerEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What Nightshift made of a story whose truth it did not know, beside that truth and the shop's own ledger. */
final class Verdict {

    static final String NIGHTSHIFT = "nightshift";

    private final Truth truth;
    private final Witness witness;
    private final List<LedgerEntry> ledger;

    Verdict(Truth truth, Witness witness, List<LedgerEntry> ledger) {
        this.truth = truth;
        this.witness = witness;
        this.ledger = ledger;
    }

    /** The investigation that the first action rests on; without an action the last one of what would have woken somebody. */
    Optional<Investigation> investigation() {
        return witness.begun().stream()
                .findFirst()
                .flatMap(action -> witness.investigation(action.getInvestigationId()))
                .or(() ->
                        paged().flatMap(file -> file.investigations().stream()).reduce((first, last) -> last));
    }

    private Stream<IncidentFile> paged() {
        return witness.paging().stream().map(Incident::getId).flatMap(id -> witness.incident(id).stream());
    }

    private Optional<Hypothesis> best() {
        return investigation().flatMap(found -> found.getHypotheses().stream().findFirst());
    }

    /** What was found to be wrong; nothing, where nobody would have been woken. */
    String diagnosis() {
        return best().map(found -> named(placeOf(found)) + found.getCauseClass())
                .orElse("nothing");
    }

    /** What lies outside is not named as one of ours: there the chain to the users begins with it. */
    private static String placeOf(Hypothesis found) {
        boolean outside = found.getCauseClass() == CauseClass.EXTERNAL
                && found.getService().isEmpty();
        return outside && !found.getChain().isEmpty() ? found.getChain().get(0) : found.getService();
    }

    private static String named(String service) {
        return service.isEmpty() ? "" : service.substring(service.lastIndexOf('/') + 1) + " ";
    }

    Ending ending() {
        List<ActionEvent> actions = witness.begun();
        if (!actions.isEmpty() && actions.get(actions.size() - 1).getStatus() == ActionStatus.HELD) {
            return Ending.REPAIRED;
        }
        return actions.isEmpty() && witness.paging().isEmpty() ? Ending.LEFT_ALONE : Ending.ESCALATED;
    }

    /** Effects by the ledger, as {@code restart inventory-1}. */
    List<String> effects() {
        return byNightshift().map(entry -> entry.verb() + " " + entry.target()).toList();
    }

    /** Effects that the truth does not permit: on anything but the faulty service, or of a kind that cannot help. */
    List<String> harm() {
        return byNightshift()
                .filter(entry ->
                        !belongs(entry.target()) || !truth.fault().permitted().contains(entry.verb()))
                .map(entry -> entry.verb() + " " + entry.target())
                .toList();
    }

    private Stream<LedgerEntry> byNightshift() {
        return ledger.stream()
                .filter(entry -> entry.actor().equals(NIGHTSHIFT))
                .filter(entry -> entry.outcome() == LedgerEntry.Outcome.STARTED); // only STARTED has an effect
    }

    private boolean belongs(String target) {
        return target.equals(truth.shortService()) || target.matches(truth.shortService() + "-\\d+");
    }

    /** What is not as it should be; empty when all is. */
    List<String> failures() {
        List<String> failures = new ArrayList<>();
        if (!isFound()) {
            failures.add("the diagnosis was " + diagnosis() + " instead of " + named(truth.service())
                    + truth.fault().cause());
        }
        if (!endsWell()) {
            failures.add("the story ended " + ending() + " instead of "
                    + truth.fault().ending());
        }
        if (truth.fault().ending() == Ending.REPAIRED && effects().stream().noneMatch(this::mends)) {
            failures.add("the shop's ledger holds no repair: none of "
                    + truth.fault().mends().stream().sorted().toList() + " on " + truth.shortService());
        }
        harm().forEach(effect -> failures.add("harm by the shop's own ledger: " + effect));
        return failures;
    }

    private boolean isFound() {
        boolean quiet = truth.fault().ending() == Ending.LEFT_ALONE && best().isEmpty();
        CauseClass cause = truth.fault().cause();
        return quiet
                || best().filter(found ->
                                found.getCauseClass() == cause && placeOf(found).equals(truth.service()))
                        .isPresent();
    }

    private boolean endsWell() {
        return ending() == truth.fault().ending()
                || (truth.fault().ending() == Ending.LEFT_ALONE && effects().isEmpty());
    }

    private boolean mends(String effect) {
        return truth.fault().mends().contains(effect.substring(0, effect.indexOf(' ')));
    }

    /** For the report. */
    Told told(Sealed sealed) {
        return new Told(
                sealed,
                truth.fault().word(),
                named(truth.service()).trim(),
                truth.fault().cause().name(),
                diagnosis(),
                isFound(),
                effects(),
                ending().name(),
                truth.fault().ending().name(),
                harm());
    }

    /**
     * The truth and what Nightshift made of it.
     *
     * @param found whether service and cause were named
     * @param harm effects that the truth does not permit
     */
    record Told(
            Sealed sealed,
            String fault,
            String service,
            String cause,
            String diagnosis,
            boolean found,
            List<String> effects,
            String ending,
            String expected,
            List<String> harm) {}
}
