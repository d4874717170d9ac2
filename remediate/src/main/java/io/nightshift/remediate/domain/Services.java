package io.nightshift.remediate.domain;

import io.nightshift.events.AnomalyBrief;
import io.nightshift.schemas.ServiceKey;

/** Names services in events. */
final class Services {

    private Services() {}

    /** Whom an anomaly is about. */
    static String of(AnomalyBrief member) {
        return ServiceKey.of(member.getSubject()).toString();
    }
}
