package io.nightshift.oversee.people;

import io.nightshift.events.ControlRecord;
import io.nightshift.events.HaltRecord;
import io.nightshift.oversee.domain.view.SignatureCheck;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.TrustedKeys;

/**
 * Whether a resume or a revocation counts, by the rule that remediate and learn follow: any trusted person's key signed it.
 *
 * @param keys those that remediate trusts
 */
public record TrustedWords(TrustedKeys keys) implements SignatureCheck {

    @Override
    public boolean trusts(HaltRecord record) {
        return keys.isPerson(record.getKeyId()) && ControlSignature.verify(record, keys);
    }

    @Override
    public boolean trustsPerson(ControlRecord record) {
        return ControlSignature.verifyPerson(record, keys);
    }
}
