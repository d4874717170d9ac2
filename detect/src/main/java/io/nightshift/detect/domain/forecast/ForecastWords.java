package io.nightshift.detect.domain.forecast;

import io.nightshift.detect.domain.report.Finding;
import io.nightshift.events.EntityRef;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Forecasts in words. */
final class ForecastWords {

    /** Attributes that name a resource to a person, the best first. */
    private static final List<String> NAMES = List.of(
            "system.filesystem.mountpoint",
            "mountpoint",
            "jvm.memory.pool.name",
            "db.client.connection.pool.name",
            "pool.name",
            "pool",
            "subject",
            "server.address",
            "name");

    private ForecastWords() {}

    static String of(
            EntityRef instance,
            ResourceKind kind,
            String metric,
            Map<String, String> attributes,
            Forecast forecast,
            long nowMicros,
            double share) {
        return String.format(
                Locale.ROOT,
                "%s: %s will be %s in about %s (90 %%: %s to %s) if it goes on like this; %.0f %% is used now.",
                Finding.nameOf(instance),
                what(kind, metric, attributes),
                kind == ResourceKind.POOL || kind == ResourceKind.QUOTA ? "used up" : "full",
                span(forecast.endMicros() - nowMicros),
                span(forecast.earliestMicros() - nowMicros),
                span(forecast.latestMicros() - nowMicros),
                100 * share);
    }

    static String expiry(EntityRef instance, String metric, Map<String, String> attributes, double leftSeconds) {
        String what = metric + name(attributes);
        return leftSeconds > 0
                ? Finding.nameOf(instance) + ": " + what + " expires in " + span((long) (leftSeconds * 1e6)) + "."
                : Finding.nameOf(instance) + ": " + what + " expired " + span((long) (-leftSeconds * 1e6)) + " ago.";
    }

    private static String what(ResourceKind kind, String metric, Map<String, String> attributes) {
        String noun =
                switch (kind) {
                    case DISK -> "the file system";
                    case MEMORY -> "memory";
                    case POOL -> "the pool";
                    default -> "the quota";
                };
        return noun + name(attributes) + " (" + metric + ")";
    }

    private static String name(Map<String, String> attributes) {
        for (String key : NAMES) {
            String value = attributes.get(key);
            if (value != null && !value.isBlank()) {
                return " " + value;
            }
        }
        return "";
    }

    /** "42 minutes", "14 hours", "12 days": two figures are as exact as a forecast is. */
    static String span(long micros) {
        double minutes = Math.max(0, micros / 60e6);
        if (minutes < 1) {
            return "a minute";
        }
        if (minutes < 90) {
            return Math.round(minutes) + (Math.round(minutes) == 1 ? " minute" : " minutes");
        }
        double hours = minutes / 60;
        if (hours < 48) {
            return hours < 10 && Math.abs(hours - Math.rint(hours)) > 0.1
                    ? String.format(Locale.ROOT, "%.1f hours", hours)
                    : Math.round(hours) + " hours";
        }
        return hours > 24 * 9999 ? "years" : Math.round(hours / 24) + " days";
    }
}
