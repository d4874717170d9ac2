package io.nightshift.investigate.topology;

import io.nightshift.events.ControlRecord;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;

/** What can make an investigation due, all keyed by incident id. */
sealed interface Occasion {

    /** An incident opened or changed. */
    record Reported(Incident incident) implements Occasion {}

    /** A person asks. */
    record Asked(ControlRecord control) implements Occasion {}

    /** An investigation ended, so the next may begin. */
    record Answered(Investigation investigation) implements Occasion {}
}
