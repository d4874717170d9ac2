package io.nightshift.shop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code --name value} options and the words between them. */
public record Arguments(List<String> words, Map<String, String> options) {

    /** Thrown for a missing or malformed argument; its message is for the person who typed it. */
    public static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Malformed(String message) {
            super(message);
        }
    }

    /** Parses a command line. {@code --json} and {@code --help} are the flags, that is, options without a value. */
    public static Arguments parse(String[] args) {
        List<String> words = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < args.length; i++) {
            if (!args[i].startsWith("--")) {
                words.add(args[i]);
            } else if (args[i].equals("--json") || args[i].equals("--help")) {
                options.put(args[i].substring(2), "true");
            } else if (i + 1 < args.length) {
                options.put(args[i].substring(2), args[++i]);
            } else {
                throw new Malformed(args[i] + " needs a value");
            }
        }
        return new Arguments(words, options);
    }

    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    public String required(String name) {
        return option(name).orElseThrow(() -> new Malformed("--" + name + " is missing"));
    }

    public int number(String name) {
        try {
            return Integer.parseInt(required(name));
        } catch (NumberFormatException e) {
            throw new Malformed("--" + name + " is not a whole number: " + required(name));
        }
    }

    public boolean has(String name) {
        return options.containsKey(name);
    }
}
