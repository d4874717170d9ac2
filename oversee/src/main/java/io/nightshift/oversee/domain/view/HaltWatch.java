package io.nightshift.oversee.domain.view;

import io.nightshift.events.HaltMode;
import io.nightshift.events.HaltRecord;

/**
 * Follows the halt switch by the rules that the executor follows: a resume counts only when its signature does, and once;
 * and nothing but a resume lifts a freeze.
 */
final class HaltWatch {

    private static final String FROZEN = "frozen";

    private final SignatureCheck signatures;
    private HaltView now = HaltView.running();
    private long resumedAtMs = Long.MIN_VALUE;

    HaltWatch(SignatureCheck signatures) {
        this.signatures = signatures;
    }

    void accept(HaltRecord record) {
        if (record.getMode() == HaltMode.RESUME && !signatures.trusts(record)) {
            now = now.withNote(
                    "a resume by " + record.getActor() + " was ignored: no key that is trusted here signed it");
            return;
        }
        if (record.getMode() == HaltMode.RESUME) {
            if (record.getAt().toEpochMilli() <= resumedAtMs) {
                return;
            }
            resumedAtMs = record.getAt().toEpochMilli();
        }
        boolean staysFrozen = record.getMode() == HaltMode.HALT && now.mode().equals(FROZEN);
        now = new HaltView(
                staysFrozen ? FROZEN : mode(record.getMode()),
                record.getActor(),
                record.getAt().toEpochMilli(),
                record.getReason(),
                record.getChannel(),
                "");
    }

    HaltView now() {
        return now;
    }

    private static String mode(HaltMode mode) {
        return switch (mode) {
            case RESUME -> "running";
            case FREEZE -> FROZEN;
            case HALT, UNKNOWN -> "halted"; // what cannot be read means halted
        };
    }
}
