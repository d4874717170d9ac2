package io.nightshift.investigate.domain.measure;

/**
 * An alarm of some monitor, of which nothing is known but that it rang.
 *
 * @param entity whom it accuses
 * @param source what kind of telemetry it judged
 * @param name what it judged
 * @param family what is alike to it: alarms of one family count once
 * @param direction which way, or what was wrong
 */
public record Alarm(String entity, Source source, String name, String family, String direction) {

    /** What an alarm judged, and what one such statement is worth: a line of a log is specific, a metric rings with others. */
    public enum Source {
        METRIC(1),
        SERVED(1),
        CALLED(1),
        LOG(1.5);

        private final double worth;

        Source(double worth) {
            this.worth = worth;
        }

        double worth() {
            return worth;
        }
    }
}
