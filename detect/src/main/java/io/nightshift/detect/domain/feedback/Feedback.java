package io.nightshift.detect.domain.feedback;

import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import java.util.Map;
import java.util.Optional;

/**
 * A person's opinion about one anomaly.
 *
 * @param series what the anomaly was about, without time: {@code Anomaly.series}
 * @param anomaly identifier of the anomaly
 * @param atMillis when it was said, milliseconds since the epoch
 */
public record Feedback(String series, String anomaly, Opinion opinion, long atMillis) {

    private static final String VERDICT = "verdict";
    private static final String SERIES = "series";
    private static final int MAX_LENGTH = 100;

    /** The arguments of a control record that says this. */
    public static Map<String, String> arguments(String series, Opinion opinion) {
        return Map.of(VERDICT, opinion.word(), SERIES, series);
    }

    /** Reads a control record; empty when it says nothing that can be understood. Its signature is not looked at. */
    public static Optional<Feedback> of(ControlRecord control) {
        String series = control.getArguments().getOrDefault(SERIES, "");
        if (control.getKind() != ControlKind.FEEDBACK
                || series.isEmpty()
                || series.length() > MAX_LENGTH
                || control.getSubject().isEmpty()
                || control.getSubject().length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return Opinion.of(control.getArguments().get(VERDICT))
                .map(opinion -> new Feedback(
                        series, control.getSubject(), opinion, control.getAt().toEpochMilli()));
    }
}
