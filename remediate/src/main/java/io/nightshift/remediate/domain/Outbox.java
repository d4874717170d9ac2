package io.nightshift.remediate.domain;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Execution;
import io.nightshift.events.ProbeRequest;

/** What admission says. */
public interface Outbox {

    void event(ActionEvent event);

    void execute(Execution execution);

    void probe(ProbeRequest request);

    /** A control that does not count, and why. */
    void refused(ControlRecord control, String reason);
}
