package io.nightshift.oversee.domain.view;

/**
 * Whether Nightshift may act.
 *
 * @param mode running, halted or frozen
 * @param at milliseconds since the epoch; null when nobody ever switched
 * @param note what else should be known, such as a resume that was not signed; may be empty
 */
public record HaltView(String mode, String actor, Long at, String reason, String channel, String note) {

    public static HaltView running() {
        return new HaltView("running", "", null, "", "", "");
    }

    public HaltView withNote(String text) {
        return new HaltView(mode, actor, at, reason, channel, text);
    }
}
