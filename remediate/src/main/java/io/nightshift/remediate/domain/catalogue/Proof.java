package io.nightshift.remediate.domain.catalogue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What shows that an action helped, besides single probes that a playbook names. */
public enum Proof {
    /** Every declared probe of every instance that was acted on is well. */
    PROBES_WELL,
    /** Every declared probe of the service's other instances is well: they carry the load. */
    OTHERS_WELL,
    /** The incident's anomalies have cleared; seen when the whole plan is done. */
    ANOMALIES_CLEARED,
    /** What was forecast no longer crosses its limit; seen when the whole plan is done. */
    FORECAST_GONE;

    /** As a playbook writes it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Proof> named(String label) {
        return Arrays.stream(values())
                .filter(proof -> proof.label().equals(label))
                .findFirst();
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(Proof::label).toList();
    }
}
