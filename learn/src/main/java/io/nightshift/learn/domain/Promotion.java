package io.nightshift.learn.domain;

import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A person's word on how far something is trusted; its subject in {@code controls} is the key in {@code trust}.
 *
 * @param level 2 to 5
 * @param ends from when on it counts no more, or null
 */
public record Promotion(String controlId, int level, String actor, Instant at, Instant ends) {

    private static final String LEVEL = "level";

    /** The arguments of a control record that says this. */
    public static Map<String, String> arguments(int level) {
        return Map.of(LEVEL, String.valueOf(level));
    }

    /** Reads a control record; empty when it is none or names no level. Its signature is not looked at. */
    public static Optional<Promotion> of(ControlRecord control) {
        String level = control.getArguments().getOrDefault(LEVEL, "");
        if (control.getKind() != ControlKind.PROMOTE || !level.matches("[2-5]")) {
            return Optional.empty();
        }
        return Optional.of(new Promotion(
                control.getId(), Integer.parseInt(level), control.getActor(), control.getAt(), control.getExpiresAt()));
    }
}
