package io.nightshift.oversee.domain.view;

import io.nightshift.events.HaltRecord;

/** Whether a trusted key signed a record. */
@FunctionalInterface
public interface SignatureCheck {

    boolean trusts(HaltRecord record);
}
