package io.nightshift.schemas;

import io.nightshift.events.ControlRecord;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a person asks, as it travels in a control record of kind {@code INVESTIGATE}. Its subject is an incident's id, or the
 * question's own {@link #id} when it is about no incident.
 *
 * @param text the question in words; may be empty when it is about an incident. Untrusted text
 * @param environment where to look; empty for wherever the services are
 * @param services services as environment/namespace/service or by name alone; empty for those that the words name
 * @param from beginning of the time that is asked about, or null for some time before its end
 * @param until end of the time that is asked about, or null for now
 */
public record Question(String text, String environment, List<String> services, Instant from, Instant until) {

    /** Longest text, in characters. */
    public static final int LONGEST = 500;

    private static final int MOST_SERVICES = 40;
    private static final String ID = "ask";

    /** @throws IllegalArgumentException when it is too long or its end is before its beginning; says what and how much */
    public Question {
        services = List.copyOf(services);
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "the question has " + text.length() + " characters; " + LONGEST + " is the most");
        }
        if (services.size() > MOST_SERVICES) {
            services = services.subList(0, MOST_SERVICES);
        }
        if (from != null && until != null && until.isBefore(from)) {
            throw new IllegalArgumentException("the question's end " + until + " is before its beginning " + from);
        }
    }

    /** @throws IllegalArgumentException when a time in it can't be read, or the question is none */
    public static Question of(ControlRecord control) {
        Map<String, String> arguments = control.getArguments();
        String services = arguments.getOrDefault("services", "");
        return new Question(
                arguments.getOrDefault("question", control.getReason()),
                arguments.getOrDefault("environment", ""),
                services.isEmpty() ? List.of() : Arrays.asList(services.split(",")),
                time(arguments.get("from")),
                time(arguments.get("until")));
    }

    /** For {@link ControlRecord#getArguments}. */
    public Map<String, String> arguments() {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("question", text);
        if (!environment.isEmpty()) {
            arguments.put("environment", environment);
        }
        if (!services.isEmpty()) {
            arguments.put("services", String.join(",", services));
        }
        if (from != null) {
            arguments.put("from", from.toString());
        }
        if (until != null) {
            arguments.put("until", until.toString());
        }
        return arguments;
    }

    /** Names a question that is about no incident: the same question about the same time has the same name. */
    public String id() {
        String words = text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        return CauseHash.id(ID, words, environment, services, from, until);
    }

    /** Whether this names a question and no incident. */
    public static boolean isId(String id) {
        return id.startsWith(ID + "-");
    }

    private static Instant time(String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is no time of a question", e);
        }
    }
}
