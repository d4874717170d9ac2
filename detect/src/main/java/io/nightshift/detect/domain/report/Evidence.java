package io.nightshift.detect.domain.report;

import io.nightshift.events.Anomaly;

/** Proof of a finding, made only when a record really leaves: most findings repeat and say nothing new. */
@FunctionalInterface
public interface Evidence {

    /** Sets one of the nullable evidence fields. */
    void addTo(Anomaly.Builder anomaly);
}
