package io.nightshift.bench.story;

import com.fasterxml.jackson.databind.JsonNode;
import io.nightshift.bench.learn.Estimate;
import io.nightshift.bench.rca.Certainty;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the stories that were played twice tell of memory: in how many second plays the investigation cited the right lesson, with
 * the 95 % interval of Clopper and Pearson, and by how much the time to recovery changed, with Student's over the pairs.
 */
final class SecondPlays {

    private SecondPlays() {}

    /** Empty when no story was to be played twice. */
    static Optional<String> in(List<JsonNode> stories) {
        List<JsonNode> all = stories.stream()
                .map(s -> s.path("second"))
                .filter(JsonNode::isObject)
                .toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        List<JsonNode> played =
                all.stream().filter(second -> second.path("report").isObject()).toList();
        return Optional.of("Played twice: " + played.size() + " of " + all.size() + ". " + retrieval(played) + " "
                + recovery(played));
    }

    private static String retrieval(List<JsonNode> played) {
        List<JsonNode> left = played.stream().filter(s -> is(s, "lesson_left")).toList();
        List<JsonNode> none = played.stream().filter(s -> !is(s, "lesson_left")).toList();
        long right = left.stream().filter(s -> is(s, "right_lesson")).count();
        long others =
                left.stream().filter(s -> !is(s, "right_lesson") && cites(s)).count();
        long silent = none.stream().filter(s -> !cites(s)).count();
        String share = left.isEmpty()
                ? "The first time never left a lesson of its fault."
                : String.format(
                        Locale.ROOT,
                        "The first time left a lesson of its fault in %d; of these the second investigation cited the"
                                + " right one in %d (%.2f, 95 %% interval %.2f to %.2f) and only others in %d.",
                        left.size(),
                        right,
                        (double) right / left.size(),
                        Certainty.lower((int) right, left.size()),
                        Certainty.upper((int) right, left.size()),
                        others);
        return none.isEmpty() ? share : share + " Of " + none.size() + " that left none, " + silent + " cited none.";
    }

    private static boolean is(JsonNode second, String what) {
        return second.path("retrieval").path(what).asBoolean();
    }

    private static boolean cites(JsonNode second) {
        return !second.path("retrieval").path("cited").isEmpty();
    }

    private static String recovery(List<JsonNode> played) {
        List<JsonNode> both = played.stream()
                .filter(s -> s.path("first_recovery_seconds").isNumber()
                        && s.path("second_recovery_seconds").isNumber())
                .toList();
        if (both.isEmpty()) {
            return "None recovered both times.";
        }
        Estimate change = Estimate.of(both.stream()
                .mapToDouble(s -> seconds(s, "second_recovery_seconds") - seconds(s, "first_recovery_seconds"))
                .toArray());
        return String.format(
                Locale.ROOT,
                "From fault to recovery, in %d that recovered both times: %.0f s the first time, %.0f s the second;"
                        + " change %+.0f s%s.",
                both.size(),
                both.stream()
                        .mapToDouble(s -> seconds(s, "first_recovery_seconds"))
                        .average()
                        .orElseThrow(),
                both.stream()
                        .mapToDouble(s -> seconds(s, "second_recovery_seconds"))
                        .average()
                        .orElseThrow(),
                change.mean(),
                both.size() < 2
                        ? ""
                        : String.format(Locale.ROOT, " (95 %% interval %+.0f to %+.0f)", change.low(), change.high()));
    }

    private static double seconds(JsonNode second, String field) {
        return second.path(field).asDouble();
    }
}
