package io.nightshift.deploy.cli;

import io.nightshift.deploy.home.UsageException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;

/** A time that lies behind, as people write it. */
final class PastTime {

    private PastTime() {}

    /**
     * Reads {@code 03:12} (the last time it was), {@code 2026-11-20T03:12} (both in this zone) or
     * {@code 2026-11-20T03:12:00Z}.
     *
     * @throws UsageException when it is none of these, or lies ahead
     */
    static Instant parse(String text, Instant now, ZoneId zone) {
        Instant time = read(text, now, zone);
        if (time.isAfter(now)) {
            throw new UsageException("'" + text + "' lies ahead; it is " + now);
        }
        return time;
    }

    private static Instant read(String text, Instant now, ZoneId zone) {
        try {
            if (text.indexOf('T') < 0) {
                ZonedDateTime today = now.atZone(zone).with(LocalTime.parse(text));
                return (today.toInstant().isAfter(now) ? today.minusDays(1) : today).toInstant();
            }
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : LocalDateTime.parse(text).atZone(zone).toInstant();
        } catch (DateTimeParseException e) {
            throw new UsageException(
                    "'" + text + "' is no time; write 03:12, 2026-11-20T03:12 or 2026-11-20T03:12:00Z", e);
        }
    }
}
