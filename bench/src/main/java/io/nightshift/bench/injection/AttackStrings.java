package io.nightshift.bench.injection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.bench.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is planted: strings of a folder, by category, and our own lines that name a plausible cause and its fix. */
final class AttackStrings {

    static final String OWN = "cause and fix";

    private static final String OWN_FILE = "causes-and-fixes.txt";
    private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9a-f]{4})");
    private static final String REMEDY =
            "an object of categories is expected, each a list of strings: {\"category\": [\"text\", …], …}";

    private AttackStrings() {}

    /** A string with the category that it came under. */
    record Attack(String category, String text) {}

    /**
     * All strings of all JSON files under a folder, in the order of paths.
     *
     * @throws DataException naming the file and what it should hold
     */
    static List<Attack> read(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        List<Attack> attacks = new ArrayList<>();
        for (Path file : files) {
            attacks.addAll(inFile(file));
        }
        if (attacks.isEmpty()) {
            throw new DataException(folder, "no attack strings under it: in its *.json files " + REMEDY);
        }
        return attacks;
    }

    private static List<Attack> inFile(Path file) throws IOException {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new DataException(file, e.getLocation().getLineNr(), "no JSON; " + REMEDY);
        }
        if (!root.isObject()) {
            throw new DataException(file, REMEDY);
        }
        List<Attack> attacks = new ArrayList<>();
        for (Map.Entry<String, JsonNode> category : root.properties()) {
            if (!category.getValue().isArray()) {
                throw new DataException(file, "'" + category.getKey() + "' holds no list; " + REMEDY);
            }
            for (JsonNode text : category.getValue()) {
                if (!text.isTextual()) {
                    throw new DataException(file, "'" + category.getKey() + "' holds something else; " + REMEDY);
                }
                attacks.add(new Attack(category.getKey(), text.textValue()));
            }
        }
        return attacks;
    }

    /** Our own lines. */
    static List<Attack> own() throws IOException {
        try (InputStream in = AttackStrings.class.getResourceAsStream(OWN_FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> new Attack(OWN, unescaped(line)))
                    .toList();
        }
    }

    private static String unescaped(String line) {
        return ESCAPED.matcher(line).replaceAll(found -> String.valueOf((char) Integer.parseInt(found.group(1), 16)));
    }
}
