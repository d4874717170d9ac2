package io.nightshift.remediate.target;

import io.nightshift.remediate.target.Confined.Ended;
import io.nightshift.runtime.inventory.CommandSpec;
import io.nightshift.runtime.inventory.CommandTarget;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A target whose effects are declared commands. Exit status: 0 done; 4 this action id was done before; 5 fenced; 6 this
 * action id began and has no outcome yet; any other: it failed. The fence stands before the command in any case; a
 * command that takes the token fences on the far side too.
 */
final class ArgvTarget implements Target {

    private static final int DONE_BEFORE = 4;
    private static final int FENCED = 5;
    private static final int NO_OUTCOME = 6;

    private final boolean fenced;
    private final CommandSpec command;
    private final CommandSpec state;
    private final SortedMap<String, CommandSpec> evidence;
    private final Confined confined;
    private final Fence fence;
    private final Clock clock;

    /**
     * @param spec of the target
     * @param command of it, performs the effect
     */
    ArgvTarget(CommandTarget spec, CommandSpec command, Confined confined, Fence fence, Clock clock) {
        this.fenced = spec.fenced();
        this.command = command;
        this.state = spec.state();
        this.evidence = spec.evidence();
        this.confined = confined;
        this.fence = fence;
        this.clock = clock;
    }

    @Override
    public Promises promises() {
        return new Promises(
                fenced ? Promises.Fencing.TARGET : Promises.Fencing.ONE_HOST, Promises.DryRun.DESCRIBED, fenced);
    }

    @Override
    public Preview dryRun(Effect effect) {
        try {
            return new Preview(
                    true,
                    "would run " + String.join(" ", ArgvTemplate.fill(command.argv(), effect.values()))
                            + " for at most " + command.timeout().toSeconds() + " s");
        } catch (IllegalArgumentException e) {
            return new Preview(false, e.getMessage());
        }
    }

    @Override
    public Result perform(Effect effect) throws InterruptedException {
        List<String> argv;
        try {
            argv = ArgvTemplate.fill(command.argv(), effect.values());
        } catch (IllegalArgumentException e) {
            return new Result(Outcome.FAILED, e.getMessage());
        }
        Instant now = clock.instant();
        if (!now.isBefore(effect.deadline())) {
            return new Result(Outcome.FAILED, "its time was over before it began");
        }
        try {
            Optional<Fence.Pass> pass = fence.enter(effect.subject(), effect.token(), effect.deadline(), now);
            if (pass.isEmpty()) {
                return new Result(
                        Outcome.FENCED, "another effect on it runs or may still run, or a newer executor was here");
            }
            try (Fence.Pass held = pass.get()) {
                return run(argv, Duration.between(now, effect.deadline()), held);
            }
        } catch (IOException e) {
            return new Result(Outcome.UNKNOWN, "the fence or its folder failed: " + e.getMessage());
        }
    }

    private Result run(List<String> argv, Duration timeout, Fence.Pass pass) throws IOException, InterruptedException {
        Ended ended;
        try {
            ended = confined.run(argv, timeout, pass::running);
        } catch (IOException e) {
            pass.ended();
            return new Result(Outcome.FAILED, "the command could not be started: " + e.getMessage());
        }
        pass.ended();
        if (ended.timedOut()) {
            return new Result(Outcome.UNKNOWN, "it did not end in time and was ended");
        }
        return switch (ended.exit()) {
            case 0 -> new Result(Outcome.DONE, "done");
            case DONE_BEFORE -> new Result(Outcome.DONE, "this action was done before");
            case FENCED -> new Result(Outcome.FENCED, "the target saw a newer token");
            case NO_OUTCOME -> new Result(Outcome.UNKNOWN, "the target began it and does not know its outcome");
            default -> new Result(Outcome.FAILED, "exit status " + ended.exit() + ": " + brief(ended));
        };
    }

    @Override
    public Standing standing(Map<String, String> values) throws TargetException, InterruptedException {
        try {
            Ended ended = confined.run(ArgvTemplate.fill(state.argv(), values), state.timeout());
            if (!ended.isSuccess()) {
                throw new TargetException("the state command failed: " + brief(ended));
            }
            return Reading.parse(ended.output()).standing();
        } catch (IOException | IllegalArgumentException e) {
            throw new TargetException("the state command could not be run: " + e.getMessage(), e);
        }
    }

    /** One for each declared command and instance; a command that names no instance looks at the service once. */
    @Override
    public List<Keepsake> keepsakes(List<Map<String, String>> instances) {
        List<Keepsake> keepsakes = new ArrayList<>();
        for (Map<String, String> values : instances) {
            evidence.forEach((name, look) -> {
                if (!look.isServiceWide() || values.equals(instances.get(0))) {
                    String of = values.get(look.isServiceWide() ? "service" : "instance");
                    keepsakes.add(new Keepsake(name + " of " + of, within -> tell(look, values, within)));
                }
            });
        }
        return keepsakes;
    }

    private String tell(CommandSpec look, Map<String, String> values, Duration within)
            throws TargetException, InterruptedException {
        Duration time = look.timeout().compareTo(within) < 0 ? look.timeout() : within;
        try {
            Ended ended = confined.run(ArgvTemplate.fill(look.argv(), values), time);
            if (!ended.isSuccess()) {
                throw new TargetException(
                        ended.timedOut() ? brief(ended) : "exit status " + ended.exit() + ": " + brief(ended));
            }
            return ended.output();
        } catch (IOException | IllegalArgumentException e) {
            throw new TargetException("it could not be run: " + e.getMessage(), e);
        }
    }

    /** The end of what it said, without what a terminal would interpret. */
    static String brief(Ended ended) {
        if (ended.timedOut()) {
            return "it did not end in time";
        }
        return Reading.plain(ended.error().isBlank() ? ended.output() : ended.error());
    }
}
