package io.nightshift.remediate.target;

import io.nightshift.events.ProbeResult;
import io.nightshift.remediate.target.Confined.Ended;
import io.nightshift.runtime.inventory.CommandSpec;
import io.nightshift.runtime.inventory.ProbeSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Runs a probe's command on an instance. A probe passes when that ended well and its field is in the healthy range. */
public final class ArgvProbe {

    private final Confined confined;
    private final Clock clock;

    public ArgvProbe(Confined confined, Clock clock) {
        this.confined = confined;
        this.clock = clock;
    }

    /**
     * One result for each probe, in their order. Never throws for a probe that fails: that is what a probe is for.
     *
     * @param command the one that all these probes have
     */
    public List<ProbeResult> run(CommandSpec command, List<ProbeSpec> probes, String service, String instance)
            throws InterruptedException {
        Ended ended;
        try {
            ended = confined.run(
                    ArgvTemplate.fill(command.argv(), Map.of("instance", instance, "service", service)),
                    command.timeout());
        } catch (IOException | IllegalArgumentException e) {
            String reason = "it could not be run: " + e.getMessage();
            return probes.stream()
                    .map(probe -> result(probe, instance, false, null, reason))
                    .toList();
        }
        return probes.stream().map(probe -> judge(probe, instance, ended)).toList();
    }

    private ProbeResult judge(ProbeSpec probe, String instance, Ended ended) {
        OptionalDouble value = value(probe, ended);
        boolean ranged = Double.isFinite(probe.healthyBelow());
        boolean passed =
                ended.isSuccess() && (!ranged || (value.isPresent() && value.getAsDouble() < probe.healthyBelow()));
        return result(
                probe,
                instance,
                passed,
                value.isPresent() ? value.getAsDouble() : null,
                ended.isSuccess() ? seen(probe, value, ended) : "it failed: " + ArgvTarget.brief(ended));
    }

    /** The judged value with its bound; what the command printed where it gave no value. */
    private static String seen(ProbeSpec probe, OptionalDouble value, Ended ended) {
        if (value.isEmpty()) {
            return Double.isFinite(probe.healthyBelow())
                    ? "no number under " + probe.field() + " in: "
                            + ended.output().strip()
                    : ended.output().strip();
        }
        String read = probe.field() + " "
                + BigDecimal.valueOf(value.getAsDouble()).stripTrailingZeros().toPlainString();
        return Double.isFinite(probe.healthyBelow()) ? read + ", healthy below " + probe.healthyBelow() : read;
    }

    private static OptionalDouble value(ProbeSpec probe, Ended ended) {
        try {
            return Reading.parse(ended.output()).number(probe.field());
        } catch (TargetException e) {
            return OptionalDouble.empty();
        }
    }

    private ProbeResult result(ProbeSpec probe, String instance, boolean passed, Double value, String message) {
        String plain = message.replaceAll("[^\\x20-\\x7E]+", " ");
        return ProbeResult.newBuilder()
                .setProbe(probe.name())
                .setSubject(instance)
                .setAt(clock.instant())
                .setPassed(passed)
                .setValue(value)
                .setMessage(plain.length() > 500 ? plain.substring(0, 500) + "…" : plain)
                .build();
    }
}
