package io.nightshift.remediate.worker;

import io.nightshift.events.Decision;
import io.nightshift.events.Execution;
import io.nightshift.events.ProbeResult;
import io.nightshift.remediate.domain.GuardSettings;
import io.nightshift.remediate.domain.PlanHash;
import io.nightshift.remediate.domain.Planning;
import io.nightshift.remediate.domain.StepProbes;
import io.nightshift.runtime.inventory.InventoryService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is checked again at the moment of acting: what was true at admission may no longer be.
 *
 * @param clusterId the cluster that we work for
 * @param quietAfterChange time after somebody else's change of a target in which nothing is done to it
 */
record Checks(
        String clusterId,
        HaltSwitch halt,
        LockWatch locks,
        PolicyWatch policy,
        TrustWatch trust,
        GuardSettings settings,
        Duration quietAfterChange)
        implements AutoCloseable {

    private static final int MORE_LOOKS = 6;

    /** Reads what people have said so far, so that the first check need not. */
    void warmUp() {
        halt.warmUp();
        locks.warmUp();
        policy.warmUp();
        trust.warmUp();
    }

    @Override
    public void close() {
        halt.close();
        locks.close();
        policy.close();
        trust.close();
    }

    /** Whether the execution is what was allowed, and here. */
    Optional<String> againstExecution(Execution execution) {
        if (!PlanHash.of(execution.getPlan()).equals(execution.getPlanHash())) {
            return Optional.of("the plan is not the one that was allowed");
        }
        if (execution.getVerdict().getDecision() != Decision.ALLOW) {
            return Optional.of("nothing allowed it");
        }
        return execution.getPlan().getClusterId().equals(clusterId)
                ? Optional.empty()
                : Optional.of("the plan belongs to another cluster");
    }

    /**
     * Whether people have stopped it meanwhile: everything, what is done to this target, or what was allowed under another
     * policy; or what was trusted has done harm since. Putting back what was begun needs neither policy nor trust.
     *
     * @param compensation whether what is to be done takes something back, which a halt lets finish
     */
    Optional<String> againstPeople(Execution execution, boolean compensation, Instant now) {
        String target = execution.getPlan().getTarget();
        return patiently(() -> halt.look(compensation))
                .or(() -> patiently(() -> locks.look(target, now)))
                .or(() -> compensation
                        ? Optional.empty()
                        : patiently(() -> policy.look(execution.getVerdict().getPolicyVersion()))
                                .or(() -> patiently(() -> trust.look(execution, now))));
    }

    /** Unreadable means stop: nothing is done meanwhile, but a broker out of breath gets a few more looks. */
    private static Optional<String> patiently(Supplier<Look> looking) {
        Look look = looking.get();
        for (int again = 0; look.unreadable() && again < MORE_LOOKS; again++) {
            look = looking.get();
        }
        return Optional.ofNullable(look.reason());
    }

    /**
     * Whether there is still time.
     *
     * @param timeout of the effect
     * @param undo how long it may take to take back what will then have been done
     * @param runEnds when the worker would end the run, whatever it is at
     */
    Optional<String> againstTime(
            Execution execution, Duration timeout, Duration undo, boolean first, Instant now, Instant runEnds) {
        if (now.plus(timeout).isAfter(execution.getDeadline())) {
            return Optional.of("its deadline would pass before the effect could end");
        }
        if (now.plus(timeout).plus(undo).isAfter(runEnds)) {
            return Optional.of("its run may take " + Planning.LONGEST_RUN.toMinutes()
                    + " min in all, which would pass before the effect could end or be taken back");
        }
        if (now.isBefore(execution.getAdmittedAt().minus(Duration.ofMinutes(1)))) {
            return Optional.of("it was admitted in the future; check the clocks");
        }
        if (first && execution.getAdmittedAt().plus(settings.freshness()).isBefore(now)) {
            return Optional.of("it was admitted more than " + settings.freshness() + " ago");
        }
        return settings.freezes().stream()
                .filter(freeze -> freeze.covers(now))
                .findFirst()
                .map(freeze -> "change freeze: " + freeze.reason());
    }

    /**
     * Whether the target itself speaks for the cause, which nobody can fake by telemetry, and whether enough instances
     * stay. A sick instance may always be acted on: that takes nothing away.
     *
     * @param readings probes of every declared instance
     */
    Optional<String> againstReadings(
            Execution execution,
            InventoryService service,
            Step step,
            boolean first,
            Map<String, List<ProbeResult>> readings) {
        boolean approved = !execution.getVerdict().getApprovals().isEmpty();
        boolean supported = execution.getPlan().getInstances().stream()
                .anyMatch(instance -> Health.supports(
                        service,
                        readings.getOrDefault(instance, List.of()),
                        execution.getPlan().getCauseClass()));
        if (first && !approved && !supported) {
            return Optional.of("no probe of the target speaks for the cause");
        }
        Optional<String> unwell = StepProbes.against(step.planned(), readings);
        if (unwell.isPresent()) {
            return unwell;
        }
        long touched = healthy(readings, step.instances());
        long left = healthy(readings, service.instances()) - touched;
        return touched > 0 && left < service.minHealthy()
                ? Optional.of("only " + left + " healthy instances would be left; the declared minimum is "
                        + service.minHealthy())
                : Optional.empty();
    }

    /** Whether the target's own word speaks against acting on it now. */
    Optional<String> againstStanding(
            Execution execution,
            InventoryService service,
            Step step,
            Standings standings,
            Map<String, List<ProbeResult>> readings,
            Instant now) {
        long healthy = healthy(readings, step.instances());
        boolean seen = !service.probes().isEmpty();
        return standings.objection(
                execution,
                service,
                step,
                quietAfterChange,
                seen ? healthy : step.instances().size(),
                now);
    }

    private static long healthy(Map<String, List<ProbeResult>> readings, List<String> instances) {
        return instances.stream()
                .filter(instance -> Health.isHealthy(readings.getOrDefault(instance, List.of())))
                .count();
    }
}
