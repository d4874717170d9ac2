package io.nightshift.detect.domain.report;

import io.nightshift.detect.domain.feedback.Concern;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.Direction;
import io.nightshift.events.EntityRef;
import io.nightshift.events.RecordRef;
import io.nightshift.events.Signal;
import java.util.List;

/**
 * What a detector says each time it looks and finds something unusual: once a window while it lasts. {@link Reporter} turns
 * the repetition into open, update and clear. A detector also says what comes near its threshold, from a severity of a half
 * on: it is told where a person lowered the threshold, and nowhere else.
 *
 * @param slot what is unusual, without time: the same slot said again is the same anomaly
 * @param severity 1 is the alarm threshold
 * @param tailProbability probability of something at least as unusual on the series' own history
 * @param onsetMicros estimated beginning
 * @param holdMicros how long it is held to last when nothing more is said, at least two looks of the detector
 */
public record Finding(
        String slot,
        EntityRef subject,
        Signal signal,
        AnomalyKind kind,
        Direction direction,
        String name,
        double severity,
        double tailProbability,
        long onsetMicros,
        long holdMicros,
        String sentence,
        Evidence evidence,
        List<RecordRef> refs)
        implements Judgement {

    /** Severity above which nothing more is learned from a greater one. */
    public static final double MAX_SEVERITY = 20;

    /** Characters of a name that are told. */
    static final int MAX_NAME = 200;

    public Finding {
        severity = Double.isNaN(severity) ? 1 : Math.min(severity, MAX_SEVERITY);
        refs = List.copyOf(refs);
    }

    /** The same finding with the record that it was seen in. */
    public Finding seenIn(RecordRef ref) {
        return new Finding(
                slot,
                subject,
                signal,
                kind,
                direction,
                name,
                severity,
                tailProbability,
                onsetMicros,
                holdMicros,
                sentence,
                evidence,
                List.of(ref));
    }

    /** The same finding, more or less severe. */
    public Finding withSeverity(double other) {
        return other == severity
                ? this
                : new Finding(
                        slot,
                        subject,
                        signal,
                        kind,
                        direction,
                        name,
                        other,
                        tailProbability,
                        onsetMicros,
                        holdMicros,
                        sentence,
                        evidence,
                        refs);
    }

    /** Whose opinions count for this. */
    public Concern concern() {
        if (!Concern.isChange(signal, kind)) {
            return Concern.ofSlot(slot);
        }
        String detail = slot.substring(
                Math.min(slot.length(), slot(subject, kind, name, "").length()));
        return new Concern(
                Concern.series(slot(subject, AnomalyKind.UNKNOWN, name, detail)),
                Concern.family(Bounded.entity(subject), Bounded.text(name, MAX_NAME)));
    }

    /** What a person calls the subject: its instance where there is one, else the service. */
    public static String nameOf(EntityRef subject) {
        return subject.getInstance() == null ? subject.getService() : subject.getInstance();
    }

    /** The slot of a subject, kind and name; {@code detail} tells series of one name apart. */
    public static String slot(EntityRef subject, AnomalyKind kind, String name, String detail) {
        return subject.getEnvironment() + "/" + subject.getNamespace() + "/" + subject.getService() + "|"
                + (subject.getInstance() == null ? "" : subject.getInstance()) + "|"
                + (subject.getPeer() == null ? "" : subject.getPeer()) + "|" + kind + "|" + name + "|" + detail;
    }
}
