package io.nightshift.remediate.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.remediate.target.HttpCall.Answer;
import io.nightshift.remediate.target.HttpCall.NotSentException;
import io.nightshift.runtime.inventory.HttpCallSpec;
import io.nightshift.runtime.inventory.HttpTarget;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A target whose effects are declared HTTP calls. Each carries the action id as {@code Idempotency-Key} and the token as
 * {@code Fencing-Token}; our own fence stands in front of it in any case. What was refused before it was sent, and what the
 * server refused, failed; what was sent and has no answer, or one that says too little, is unknown.
 */
final class HttpCallTarget implements Target {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REQUEST_TIMEOUT = 408;
    private static final int FOUND = 302;
    private static final int SEE_OTHER = 303;

    private final HttpTarget spec;
    private final HttpCallSpec effect;
    private final HttpCall call;
    private final Fence fence;
    private final Clock clock;

    HttpCallTarget(HttpTarget spec, HttpCallSpec effect, HttpCall.Names names, Fence fence, Clock clock) {
        this.spec = spec;
        this.effect = effect;
        this.call = new HttpCall(spec, names);
        this.fence = fence;
        this.clock = clock;
    }

    @Override
    public Promises promises() {
        return new Promises(
                spec.fenced() ? Promises.Fencing.TARGET : Promises.Fencing.ONE_HOST,
                Promises.DryRun.DESCRIBED,
                spec.fenced());
    }

    @Override
    public Preview dryRun(Effect planned) {
        try {
            String body = HttpTemplate.body(effect.body(), planned.values());
            return new Preview(
                    true,
                    "would send " + effect.method() + " " + spec.base()
                            + HttpTemplate.path(effect.path(), planned.values())
                            + (body.isEmpty() ? "" : " with " + Reading.plain(body)));
        } catch (IllegalArgumentException e) {
            return new Preview(false, e.getMessage());
        }
    }

    @Override
    public Result perform(Effect planned) throws InterruptedException {
        String path;
        String body;
        try {
            path = HttpTemplate.path(effect.path(), planned.values());
            body = HttpTemplate.body(effect.body(), planned.values());
        } catch (IllegalArgumentException e) {
            return new Result(Outcome.FAILED, e.getMessage());
        }
        Instant now = clock.instant();
        if (!now.isBefore(planned.deadline())) {
            return new Result(Outcome.FAILED, "its time was over before it began");
        }
        try {
            Optional<Fence.Pass> pass = fence.enter(planned.subject(), planned.token(), planned.deadline(), now);
            if (pass.isEmpty()) {
                return new Result(
                        Outcome.FENCED, "another effect on it runs or may still run, or a newer executor was here");
            }
            try (Fence.Pass held = pass.get()) {
                Result result = send(planned, path, body);
                if (result.outcome() != Outcome.UNKNOWN) {
                    held.ended();
                }
                return result;
            }
        } catch (IOException e) {
            return new Result(Outcome.UNKNOWN, "the fence or its folder failed: " + e.getMessage());
        }
    }

    private Result send(Effect planned, String path, String body) throws InterruptedException {
        Answer answer;
        try {
            answer = call.send(effect.method(), path, body, keys(planned), left(planned));
        } catch (NotSentException e) {
            return new Result(Outcome.FAILED, "nothing was sent: " + Reading.plain(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            return new Result(
                    Outcome.UNKNOWN, "the call was cut off: " + Reading.plain(String.valueOf(e.getMessage())));
        }
        if (effect.doneBefore().contains(answer.status())) {
            return new Result(Outcome.DONE, "this action was done before");
        }
        if (effect.fencedOut().contains(answer.status())) {
            return new Result(Outcome.FENCED, "the target saw a newer token");
        }
        if (!effect.expect().contains(answer.status())) {
            return unexpected(answer);
        }
        return effect.poll().isEmpty()
                ? new Result(Outcome.DONE, "done")
                : new HttpJob(effect.poll(), call, clock).follow(answer, planned);
    }

    /** A server that refuses did nothing; one that broke, gave up waiting or sends us elsewhere may have. */
    private static Result unexpected(Answer answer) {
        int status = answer.status();
        String said = "the server answered " + status;
        if (status >= 300 && status < 400) {
            return new Result(
                    status == FOUND || status == SEE_OTHER ? Outcome.UNKNOWN : Outcome.FAILED,
                    said + ", a redirect, which is never followed");
        }
        boolean refused = status >= 400 && status < 500 && status != REQUEST_TIMEOUT;
        return new Result(
                refused ? Outcome.FAILED : Outcome.UNKNOWN,
                said + (answer.text() == null || answer.text().isBlank() ? "" : ": " + Reading.plain(answer.text())));
    }

    private static Map<String, String> keys(Effect planned) {
        return Map.of(
                "Idempotency-Key",
                planned.values().getOrDefault("actionId", ""),
                "Fencing-Token",
                String.valueOf(planned.token()));
    }

    private Duration left(Effect planned) {
        return Duration.between(clock.instant(), planned.deadline());
    }

    @Override
    public Standing standing(Map<String, String> values) throws TargetException {
        try {
            Answer answer = call.send(
                    "GET",
                    HttpTemplate.path(spec.state().path(), values),
                    "",
                    Map.of(),
                    spec.state().timeout());
            if (answer.status() != 200 || answer.text() == null) {
                throw new TargetException("the server answered the question for its state with " + answer.status()
                        + (answer.text() == null ? ", and at more length than is read" : ""));
            }
            return Reading.gather(json(answer), spec.state().read()).standing();
        } catch (IOException | IllegalArgumentException e) {
            throw new TargetException("its state could not be asked for: " + e.getMessage(), e);
        }
    }

    /** @throws TargetException when it is no JSON */
    static JsonNode json(Answer answer) throws TargetException {
        try {
            return JSON.readTree(answer.text());
        } catch (JsonProcessingException e) {
            throw new TargetException("the server answered no JSON", e);
        }
    }
}
