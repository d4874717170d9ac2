package io.nightshift.oversee.domain.view;

import io.nightshift.events.ControlRecord;
import io.nightshift.events.HaltRecord;

/** Whether a trusted key signed a record. */
@FunctionalInterface
public interface SignatureCheck {

    boolean trusts(HaltRecord record);

    /** Whether that key is a person's; nobody's, where that can't be told. */
    default boolean trustsPerson(ControlRecord record) {
        return false;
    }
}
