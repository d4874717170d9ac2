package io.nightshift.oversee.domain.story;

import java.time.Instant;

/**
 * One line of the story.
 *
 * @param at when it happened
 * @param phase which stage speaks: detect, correlate, investigate, policy, act, verify, learn, people
 * @param weight how much it matters
 * @param text the line, control characters removed
 */
public record StoryLine(Instant at, String phase, Weight weight, String text) {

    public enum Weight {
        DETAIL,
        NORMAL,
        STRONG
    }

    /** A line of this text without what a terminal would obey: telemetry may carry escape sequences. */
    public static StoryLine of(Instant at, String phase, Weight weight, String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean harmless = type != Character.CONTROL
                    && type != Character.FORMAT
                    && type != Character.SURROGATE
                    && type != Character.LINE_SEPARATOR
                    && type != Character.PARAGRAPH_SEPARATOR;
            clean.appendCodePoint(harmless ? c : ' ');
        });
        return new StoryLine(at, phase, weight, clean.toString());
    }
}
