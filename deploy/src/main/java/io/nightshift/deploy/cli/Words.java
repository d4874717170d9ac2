package io.nightshift.deploy.cli;

import io.nightshift.events.ActionEvent;
import java.time.Duration;
import java.util.Locale;

/** How the command line puts things. */
final class Words {

    private Words() {}

    /** Such as 42s, 7m, 3h or 5d: how long ago. */
    static String age(Duration age) {
        if (age.toMinutes() < 1) {
            return Math.max(0, age.toSeconds()) + "s";
        }
        if (age.toHours() < 1) {
            return age.toMinutes() + "m";
        }
        return age.toDays() < 1 ? age.toHours() + "h" : age.toDays() + "d";
    }

    /** Such as "rolling restart of demo/shop/inventory: held". */
    static String action(ActionEvent event) {
        return what(event) + ": " + lower(event.getStatus().name());
    }

    /** Such as "rolling restart of demo/shop/inventory". */
    static String what(ActionEvent event) {
        return lower(event.getAction().name()) + " of " + plain(event.getTarget());
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Text that came with telemetry, without what a terminal would act on or be led astray by. */
    static String plain(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}]+", " ");
    }
}
