package io.nightshift.oversee.domain.view;

import io.nightshift.events.HaltMode;
import io.nightshift.events.HaltRecord;

/** Follows the halt switch by the rule that the executor follows: a resume counts only when its signature does. */
final class HaltWatch {

    private final SignatureCheck signatures;
    private HaltView now = HaltView.running();

    HaltWatch(SignatureCheck signatures) {
        this.signatures = signatures;
    }

    void accept(HaltRecord record) {
        if (record.getMode() == HaltMode.RESUME && !signatures.trusts(record)) {
            now = now.withNote(
                    "a resume by " + record.getActor() + " was ignored: no key that is trusted here signed it");
            return;
        }
        now = new HaltView(
                mode(record.getMode()),
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
            case FREEZE -> "frozen";
            case HALT, UNKNOWN -> "halted"; // what cannot be read means halted
        };
    }
}
