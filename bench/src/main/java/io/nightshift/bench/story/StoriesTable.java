package io.nightshift.bench.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.bench.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The table of random stories that {@code bench/random} played: truth, diagnosis, effects, ending, harm, failed requests. */
@Command(
        name = "stories",
        description = "Makes a Markdown table of the JSON lines that ./nightshift demo --scenario random printed.")
public final class StoriesTable implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(paramLabel = "FILE", description = "JSON lines, one of each story.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        System.out.println(of(Files.readAllLines(file), file));
        return 0;
    }

    /** @param file where the lines stand, for messages */
    static String of(List<String> lines, Path file) {
        List<JsonNode> stories = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                stories.add(story(lines.get(i), file, i + 1));
            }
        }
        StringBuilder table =
                new StringBuilder("| seed | truth | diagnosis | action | outcome | harm | failed requests | "
                        + "without Nightshift |\n| ---: | --- | --- | --- | --- | ---: | ---: | ---: |\n");
        stories.forEach(story -> table.append(row(story)));
        table.append('\n').append(sum(stories));
        SecondPlays.in(stories).ifPresent(line -> table.append("\n\n").append(line));
        return table.toString();
    }

    private static JsonNode story(String line, Path file, long number) {
        JsonNode story;
        try {
            story = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new DataException(
                    file, number, "is no JSON; let ./nightshift demo --scenario random --json write it");
        }
        if (!story.path("truth").isObject()) {
            throw new DataException(file, number, "is no random story: it has no 'truth'");
        }
        return story;
    }

    private static String row(JsonNode story) {
        JsonNode truth = story.path("truth");
        boolean asExpected = isAsExpected(story);
        return String.format(
                "| %s | %s: %s %s | %s%s | %s | %s%s | %d | %d of %d | %s |%n",
                seed(truth),
                truth.path("fault").asText(),
                truth.path("service").asText(),
                truth.path("cause").asText(),
                truth.path("found").asBoolean() ? "" : "✗ ",
                truth.path("diagnosis").asText(),
                truth.path("effects").isEmpty() ? "none" : words(truth.path("effects")),
                asExpected ? "" : "✗ ",
                truth.path("ending").asText(),
                truth.path("harm").size(),
                story.path("failed_requests").asLong(),
                story.path("requests").asLong(),
                story.path("control_failed_requests").asText("").replace("null", ""));
    }

    private static String seed(JsonNode truth) {
        try {
            return JSON.readTree(truth.path("sealed").path("text").asText())
                    .path("seed")
                    .asText();
        } catch (JsonProcessingException e) {
            return "?";
        }
    }

    private static String words(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }

    private static boolean isAsExpected(JsonNode story) {
        JsonNode truth = story.path("truth");
        String expected = truth.path("expected").asText();
        boolean leftAlone =
                expected.equals("LEFT_ALONE") && truth.path("effects").isEmpty();
        return leftAlone || truth.path("ending").asText().equals(expected);
    }

    private static String sum(List<JsonNode> stories) {
        long found = stories.stream()
                .filter(s -> s.path("truth").path("found").asBoolean())
                .count();
        long ended = stories.stream().filter(StoriesTable::isAsExpected).count();
        long passed = stories.stream().filter(s -> s.path("passed").asBoolean()).count();
        int harm = stories.stream()
                .mapToInt(s -> s.path("truth").path("harm").size())
                .sum();
        return stories.size() + " stories: diagnosis right in " + found + ", ended as they should in " + ended
                + ", both and repaired by a right action in " + passed + "; harm " + harm
                + ". ✗ marks what was not right.";
    }
}
