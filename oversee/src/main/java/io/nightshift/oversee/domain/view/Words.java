package io.nightshift.oversee.domain.view;

import io.nightshift.events.EntityRef;
import io.nightshift.events.RecordRef;
import io.nightshift.schemas.ServiceKey;
import java.time.Instant;
import java.util.Locale;

/** How records are put for people. */
final class Words {

    private Words() {}

    /** {@code ROLL_BACK_RELEASE} as "roll back release"; unknown as nothing. */
    static String of(Enum<?> symbol) {
        return symbol == null || symbol.name().equals("UNKNOWN")
                ? ""
                : symbol.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** "orders → inventory" for an edge, "inventory-2" for an instance, else the service's name. */
    static String of(EntityRef subject) {
        if (subject.getPeer() != null) {
            return subject.getService() + " → " + serviceName(subject.getPeer());
        }
        return subject.getInstance() == null
                ? subject.getService()
                : subject.getService() + " (" + subject.getInstance() + ")";
    }

    /** Topic-partition@offset. */
    static String of(RecordRef ref) {
        return ref.getTopic() + "-" + ref.getPartition() + "@" + ref.getOffset();
    }

    /** The last part of {@code environment/namespace/service}. */
    static String serviceName(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    static String serviceOf(EntityRef subject) {
        return ServiceKey.of(subject).toString();
    }

    static Long millis(Instant time) {
        return time == null ? null : time.toEpochMilli();
    }
}
