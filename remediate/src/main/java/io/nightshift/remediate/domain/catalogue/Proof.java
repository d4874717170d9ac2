package io.nightshift.remediate.domain.catalogue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What shows that an action helped, besides single probes that a playbook names. */
public enum Proof {
    /** Every declared probe of every instance that was acted on is well for the soak time. */
    PROBES_WELL,
    /** The incident's anomalies have cleared. */
    ANOMALIES_CLEARED,
    /** What was forecast no longer crosses its limit. */
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
