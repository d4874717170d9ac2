package io.nightshift.remediate.worker;

/**
 * What a look at a switch says.
 *
 * @param reason why nothing may be done; null when something may
 * @param unreadable whether that is only because the switch could not be read
 */
record Look(String reason, boolean unreadable) {

    static final Look FREE = new Look(null, false);

    static Look stop(String reason) {
        return new Look(reason, false);
    }

    static Look unreadable(String reason) {
        return new Look(reason, true);
    }

    boolean stops() {
        return reason != null;
    }
}
