package io.nightshift.detect.domain.correlate;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyBrief;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import java.util.Comparator;

/** An anomaly as correlation knows it: its latest record, and what it weighs. */
public final class Member {

    /** The most telling first: harm and strain before hints, then by severity; ids make the order total. */
    static final Comparator<Member> MOST_TELLING = Comparator.comparing((Member m) -> m.weight == Weight.HINT)
            .thenComparing(m -> -m.severity())
            .thenComparing(Member::id);

    /** What is missed least comes first: hints, then strain, then harm. */
    static final Comparator<Member> LEAST_TELLING =
            Comparator.comparing(Member::weight).thenComparing(Member::severity).thenComparing(Member::id);

    /** A quarter of a forecast's horizon is left. */
    private static final double NEAR_SEVERITY = 3;

    private Anomaly anomaly;
    private final Weight weight;
    private final String service;
    private double peak;
    private boolean stripped;

    Member(Anomaly anomaly) {
        this.anomaly = anomaly;
        this.weight = Weight.of(anomaly);
        this.service = Neighbourhood.service(anomaly.getSubject());
        this.peak = anomaly.getSeverity();
    }

    void update(Anomaly newer) {
        anomaly = newer;
        peak = Math.max(peak, newer.getSeverity());
        if (stripped) {
            strip();
        }
    }

    /** Drops the proof and keeps the claim: of thousands of members only the most telling travel whole. */
    void strip() {
        stripped = true;
        anomaly = Anomaly.newBuilder(anomaly)
                .clearMetric()
                .clearLog()
                .clearCalls()
                .build();
    }

    Anomaly anomaly() {
        return anomaly;
    }

    String id() {
        return anomaly.getId();
    }

    String service() {
        return service;
    }

    Weight weight() {
        return weight;
    }

    AnomalyKind kind() {
        return anomaly.getKind();
    }

    /** Greatest severity it had. */
    double severity() {
        return peak;
    }

    boolean isOpen() {
        return anomaly.getPhase() != AnomalyPhase.CLEAR;
    }

    boolean isWholeService() {
        return anomaly.getSubject().getInstance() == null
                && anomaly.getSubject().getPeer() == null;
    }

    long onsetMillis() {
        return anomaly.getOnset().toEpochMilli();
    }

    /**
     * Until when what begins may have to do with it: as long as it goes on. But what is foretold, or burns slowly, goes on for
     * days: it has to do with what begins when it was found, and again near its end.
     */
    long reachMillis() {
        boolean far = anomaly.getKind() == AnomalyKind.EXHAUSTION && anomaly.getSeverity() < NEAR_SEVERITY;
        boolean slow = anomaly.getKind() == AnomalyKind.BURN_RATE && weight != Weight.HARM;
        return (far || slow ? anomaly.getDetectedAt() : anomaly.getUpdatedAt()).toEpochMilli();
    }

    AnomalyBrief brief() {
        return new AnomalyBrief(
                anomaly.getId(),
                anomaly.getSubject(),
                anomaly.getSignal(),
                anomaly.getKind(),
                anomaly.getName(),
                anomaly.getSeverity(),
                anomaly.getOnset(),
                anomaly.getClearedAt());
    }
}
