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
}
