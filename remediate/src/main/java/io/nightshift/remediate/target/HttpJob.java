package io.nightshift.remediate.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.nightshift.remediate.target.HttpCall.Answer;
import io.nightshift.remediate.target.Target.Effect;
import io.nightshift.remediate.target.Target.Outcome;
import io.nightshift.remediate.target.Target.Result;
import io.nightshift.runtime.inventory.HttpPollSpec;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows a job that a call started, hop by hop, until its status says how it ended. A question that fails is asked again; a
 * job whose end was not seen in time is unknown.
 */
final class HttpJob {

    private final List<HttpPollSpec> hops;
    private final HttpCall call;
    private final Clock clock;

    HttpJob(List<HttpPollSpec> hops, HttpCall call, Clock clock) {
        this.hops = hops;
        this.call = call;
        this.clock = clock;
    }

    Result follow(Answer started, Effect effect) throws InterruptedException {
        Answer answer = started;
        for (HttpPollSpec hop : hops) {
            String path;
            try {
                Map<String, String> values = new HashMap<>(effect.values());
                values.put("id", id(hop, answer));
                path = HttpTemplate.path(hop.path(), values);
            } catch (TargetException | IllegalArgumentException e) {
                return unknown("it was taken, and how it stands can't be asked for: " + e.getMessage());
            }
            Seen seen = await(hop, path, effect);
            if (seen.answer() == null) {
                return unknown(seen.status());
            }
            if (hop.failed().contains(seen.status())) {
                return new Result(Outcome.FAILED, "the job ended as " + seen.status());
            }
            answer = seen.answer();
        }
        return new Result(Outcome.DONE, "the job did well");
    }

    /** @param answer null when no end was seen; the status is then the reason */
    private record Seen(String status, Answer answer) {}

    private Seen await(HttpPollSpec hop, String path, Effect effect) throws InterruptedException {
        String last = "nothing";
        while (true) {
            try {
                Answer answer = call.send("GET", path, "", Map.of(), left(effect));
                last = answer.text() == null || answer.status() != 200
                        ? "status " + answer.status()
                        : text(HttpCallTarget.json(answer).at(hop.status()));
                boolean ends = hop.succeeded().isEmpty()
                        ? !last.isEmpty() && answer.status() == 200
                        : hop.succeeded().contains(last) || hop.failed().contains(last);
                if (ends) {
                    return new Seen(last, answer);
                }
            } catch (IOException | TargetException e) {
                last = Reading.plain(String.valueOf(e.getMessage()));
            }
            if (left(effect).compareTo(hop.every()) <= 0) {
                return new Seen("the job did not end in time; last seen: " + (last.isEmpty() ? "nothing" : last), null);
            }
            Thread.sleep(hop.every().toMillis());
        }
    }

    private static String id(HttpPollSpec hop, Answer answer) throws TargetException {
        String id = "";
        if (hop.id().equals(HttpPollSpec.LOCATION)) {
            String path = answer.location().replaceAll("[?#].*", "").replaceAll("/+$", "");
            id = path.substring(path.lastIndexOf('/') + 1);
        } else if (answer.text() != null) {
            id = text(HttpCallTarget.json(answer).at(hop.id()));
        }
        if (id.isEmpty()) {
            throw new TargetException("the answer names no job at " + hop.id());
        }
        return id;
    }

    private static String text(JsonNode node) {
        return node.isValueNode() && !node.isNull() ? Reading.plain(node.asText()) : "";
    }

    private Duration left(Effect effect) {
        return Duration.between(clock.instant(), effect.deadline());
    }

    private static Result unknown(String message) {
        return new Result(Outcome.UNKNOWN, message);
    }
}
