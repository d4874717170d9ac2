package io.nightshift.detect.domain.slo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/** The time over which an error budget is given. */
public sealed interface Period {

    /** Its length; of a calendar period the usual one. Burn rates and windows are reckoned with it. */
    Duration length();

    /** The last so many days and hours. */
    record Rolling(Duration length) implements Period {}

    /**
     * Whole calendar periods one after the other.
     *
     * @param start when the first began, in the zone's time
     * @param count so many of the unit each
     */
    record Calendar(LocalDateTime start, ZoneId zone, int count, ChronoUnit unit) implements Period {

        @Override
        public Duration length() {
            return unit.getDuration().multipliedBy(count);
        }

        /** When the period that this time lies in began, microseconds since the epoch. */
        public long startMicros(long nowMicros) {
            LocalDateTime now = LocalDateTime.ofInstant(Instant.ofEpochSecond(nowMicros / 1_000_000), zone);
            long whole = Math.floorDiv(unit.between(start, now), (long) count);
            ZonedDateTime begun = start.plus(whole * count, unit).atZone(zone);
            if (begun.toLocalDateTime().isAfter(now)) {
                begun = start.plus((whole - 1) * count, unit).atZone(zone);
            }
            return begun.toEpochSecond() * 1_000_000;
        }
    }
}
