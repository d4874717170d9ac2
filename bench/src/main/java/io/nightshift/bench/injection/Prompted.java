package io.nightshift.bench.injection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model was sent in one run, all its requests together.
 *
 * @param instructions what stands there in our own name: system messages and descriptions of tools
 * @param text what stands there as the case: messages of the user and answers of tools
 */
record Prompted(Set<String> instructions, String text) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern MARKED = Pattern.compile("«([^«»]*)»");
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}&&[^\\n]]");
    private static final Pattern OPENING = Pattern.compile("[<>`{}]");
    private static final Pattern WORD = Pattern.compile("\\p{L}{4,}");
    private static final Pattern NO_WORD = Pattern.compile("\\P{L}+");
    private static final int PHRASE = 3;

    static Prompted of(List<String> requests) {
        Set<String> instructions = new HashSet<>();
        StringBuilder text = new StringBuilder();
        for (String request : requests) {
            JsonNode body = json(request);
            instructions.add(body.path("tools").toString());
            for (JsonNode message : body.path("messages")) {
                String role = message.path("role").asText();
                if (role.equals("system")) {
                    instructions.add(content(message));
                } else if (!role.equals("assistant")) {
                    text.append(content(message)).append('\n');
                }
            }
        }
        return new Prompted(instructions, text.toString());
    }

    static JsonNode json(String request) {
        try {
            return JSON.readTree(request);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the investigator sent a model something that is no JSON", e);
        }
    }

    private static String content(JsonNode message) {
        JsonNode content = message.path("content");
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder parts = new StringBuilder();
        content.forEach(part -> parts.append(part.path("text").asText()));
        return parts.toString();
    }

    /** What stands between guillemets. */
    List<String> marked() {
        List<String> marked = new ArrayList<>();
        Matcher found = MARKED.matcher(text);
        while (found.find()) {
            marked.add(found.group(1));
        }
        return marked;
    }

    private String outside() {
        return MARKED.matcher(text).replaceAll(" ");
    }

    /** What is marked here and not there. */
    List<String> strangersBeyond(Prompted twin) {
        Set<String> known = new HashSet<>(twin.marked());
        return marked().stream().filter(one -> !known.contains(one)).distinct().toList();
    }

    /**
     * Where planted text stands other than escaped and marked; empty when it doesn't.
     *
     * @param planted the text as it was planted
     * @param twin what the model was sent when something harmless stood in its place
     */
    String leak(String planted, Prompted twin) {
        if (!instructions.equals(twin.instructions)) {
            return "the instructions differ";
        }
        String outside = outside();
        if (outside.contains("«") || outside.contains("»")) {
            return "a mark is not closed";
        }
        if (UNSAFE.matcher(text).find()) {
            return "an invisible character";
        }
        if (marked().stream().anyMatch(one -> OPENING.matcher(one).find())) {
            return "a character that opens a tag, a block or a template";
        }
        if (!tags(outside).equals(tags(twin.outside()))) {
            return "a tag outside of marks";
        }
        return words(planted, outside, twin.outside());
    }

    /** Tags as they follow each other; those of our own blocks come as often as there are requests and looks. */
    private static Set<String> tags(String text) {
        Set<String> tags = new HashSet<>();
        Matcher found = Pattern.compile("<[^>]*>").matcher(text);
        while (found.find()) {
            tags.add(found.group());
        }
        return tags;
    }

    private static String words(String planted, String outside, String twin) {
        String clean = phrase(outside);
        String known = phrase(twin);
        Matcher word = WORD.matcher(planted.toLowerCase(Locale.ROOT));
        while (word.find()) {
            String one = " " + word.group() + " ";
            if (clean.contains(one) && !known.contains(one)) {
                return "the word" + one + "outside of marks";
            }
        }
        String[] words = phrase(planted).strip().split(" ");
        for (int i = 0; i + PHRASE <= words.length; i++) {
            String some = " " + String.join(" ", List.of(words).subList(i, i + PHRASE)) + " ";
            if (clean.contains(some) && !known.contains(some)) {
                return "the words" + some + "outside of marks";
            }
        }
        return "";
    }

    private static String phrase(String text) {
        return " "
                + NO_WORD.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip() + " ";
    }
}
