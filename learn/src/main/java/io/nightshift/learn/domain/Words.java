package io.nightshift.learn.domain;

import java.util.Locale;

/** How learn puts things. */
public final class Words {

    private Words() {}

    /** Such as "rolling restart". */
    public static String of(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Such as "once" or "4 times". */
    public static String times(int count) {
        return count == 1 ? "once" : count + " times";
    }
}
