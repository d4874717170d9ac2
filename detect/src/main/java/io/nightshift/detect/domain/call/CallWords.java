package io.nightshift.detect.domain.call;

import io.nightshift.events.EntityRef;
import java.util.Locale;

/** How calls are spoken of. */
final class CallWords {

    private CallWords() {}

    /** Whose calls, such as "Requests to orders". */
    static String described(EntityRef subject, int part) {
        String service = (part < 0 ? "" : "a part of ") + subject.getService();
        if (subject.getPeer() != null) {
            return "Calls from " + service + " to "
                    + subject.getPeer().substring(subject.getPeer().lastIndexOf('/') + 1);
        }
        return "Requests to " + service + (subject.getInstance() == null ? "" : " at " + subject.getInstance());
    }

    static String percent(double ratio) {
        return String.format(Locale.ROOT, ratio < 0.1 ? "%.1f %%" : "%.0f %%", 100 * ratio);
    }

    static String duration(double millis) {
        return millis < 1000
                ? String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis)
                : String.format(Locale.ROOT, "%.1f s", millis / 1000);
    }
}
