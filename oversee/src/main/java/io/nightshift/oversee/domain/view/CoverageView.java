package io.nightshift.oversee.domain.view;

/**
 * How much of a service's metrics is judged.
 *
 * @param service environment/namespace/service
 * @param at end of the minute of which this is told, milliseconds since the epoch
 * @param series that were heard of lately
 * @param judged of them, those of which enough points were seen
 * @param learning of the judged ones, those known for less than a day: they must convince more
 * @param seasonal of the judged ones, those of which it is known what is usual at this hour of day
 * @param silent of them, those of which too few points were seen
 * @param silentPoints points that the last of the silent ones still needs
 * @param silentSeconds about how long that takes
 * @param refused series that found no room and are never judged
 */
public record CoverageView(
        String service,
        long at,
        int series,
        int judged,
        int learning,
        int seasonal,
        int silent,
        int silentPoints,
        long silentSeconds,
        int refused) {

    /** As in "40 of 44 metric series are judged, 12 of them for less than a day; 4 are silent for about 8 min (95 points)". */
    public String words() {
        StringBuilder words = new StringBuilder()
                .append(judged)
                .append(" of ")
                .append(series)
                .append(series == 1 ? " metric series is judged" : " metric series are judged");
        if (learning > 0) {
            words.append(", ").append(learning == judged ? "all" : learning).append(" of them for less than a day");
        }
        if (silent > 0) {
            words.append("; ")
                    .append(silent)
                    .append(silent == 1 ? " is" : " are")
                    .append(" silent for about ");
            words.append(span(silentSeconds)).append(" (").append(silentPoints).append(" points)");
        }
        if (refused > 0) {
            words.append("; ").append(refused).append(" found no room and are not judged");
        }
        return words.toString();
    }

    private static String span(long seconds) {
        if (seconds < 90) {
            return Math.max(1, seconds) + " s";
        }
        long minutes = (seconds + 59) / 60;
        return minutes < 120
                ? minutes + " min"
                : minutes < 2 * 24 * 60 ? (minutes + 59) / 60 + " h" : minutes / 1_440 + " days";
    }
}
