package io.nightshift.detect.domain.metric;

import io.nightshift.events.EntityRef;

/**
 * The instance that series belong to, with what they keep in common.
 *
 * @param instance who is named in a finding
 * @param recent the last points of its series, by their numbers
 */
record Owner(EntityRef instance, RecentPoints recent) {

    Owner(EntityRef instance) {
        this(instance, new RecentPoints());
    }
}
