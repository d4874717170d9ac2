package io.nightshift.remediate.worker;

import io.nightshift.events.Decision;
import io.nightshift.events.Execution;
import io.nightshift.events.ProbeResult;
import io.nightshift.remediate.domain.GuardSettings;
import io.nightshift.remediate.domain.PlanHash;
import io.nightshift.remediate.domain.Planning;
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
 */
record Checks(String clusterId, HaltSwitch halt, LockWatch locks, PolicyWatch policy, GuardSettings settings) {

    private static final int MORE_LOOKS = 6;

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
     * policy. Putting back what was begun needs no policy.
     */
    Optional<String> againstPeople(Execution execution, Instant now) {
        String target = execution.getPlan().getTarget();
        return patiently(() -> halt.look(execution.getCompensation()))
                .or(() -> patiently(() -> locks.look(target, now)))
                .or(() -> execution.getCompensation()
                        ? Optional.empty()
                        : patiently(() -> policy.look(execution.getVerdict().getPolicyVersion())));
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
     * @param runEnds when the worker would end the run, whatever it is at
     */
    Optional<String> againstTime(Execution execution, boolean first, Instant now, Instant runEnds) {
        Duration timeout = Duration.ofSeconds(execution.getPlan().getTimeoutSeconds());
        if (now.plus(timeout).isAfter(execution.getDeadline())) {
            return Optional.of("its deadline would pass before the effect could end");
        }
        if (now.plus(timeout).isAfter(runEnds)) {
            return Optional.of("its run may take " + Planning.LONGEST_RUN.toMinutes()
                    + " min in all, which would pass before the effect could end");
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
        long touched = healthy(readings, step.instances());
        long left = healthy(readings, service.instances()) - touched;
        return touched > 0 && left < service.minHealthy()
                ? Optional.of("only " + left + " healthy instances would be left; the declared minimum is "
                        + service.minHealthy())
                : Optional.empty();
    }

    private static long healthy(Map<String, List<ProbeResult>> readings, List<String> instances) {
        return instances.stream()
                .filter(instance -> Health.isHealthy(readings.getOrDefault(instance, List.of())))
                .count();
    }
}
