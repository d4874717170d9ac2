package io.nightshift.oversee.people;

import io.nightshift.events.HaltRecord;
import io.nightshift.oversee.domain.view.SignatureCheck;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.TrustedKeys;

/**
 * Whether a resume counts, by the rule that remediate follows: any trusted person's key signed it.
 *
 * @param keys those that remediate trusts
 */
public record TrustedResumes(TrustedKeys keys) implements SignatureCheck {

    @Override
    public boolean trusts(HaltRecord record) {
        return keys.isPerson(record.getKeyId()) && ControlSignature.verify(record, keys);
    }
}
