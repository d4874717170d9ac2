package io.nightshift.remediate.domain;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Execution;
import io.nightshift.events.HaltRecord;
import io.nightshift.events.ProbeRequest;

/** What admission says. */
public interface Outbox {

    void event(ActionEvent event);

    void execute(Execution execution);

    void probe(ProbeRequest request);

    /** A control that does not count, and why. Everyone who hears it comes to the same, and says it once. */
    void refused(ControlRecord control, String reason);

    /** The same where only who remembers its subject can tell. */
    void refusedHere(ControlRecord control, String reason);

    /** A resume that does not count, and why. Everyone who hears it comes to the same, and says it once. */
    void refused(HaltRecord resume, String reason);
}
