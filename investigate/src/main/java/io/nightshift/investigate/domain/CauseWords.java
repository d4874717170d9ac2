package io.nightshift.investigate.domain;

import io.nightshift.events.CauseClass;
import java.util.Locale;

/** Causes in words for people. */
final class CauseWords {

    private CauseWords() {}

    static String of(CauseClass cause) {
        return switch (cause) {
            case MEMORY_LEAK -> "Memory leak";
            case CPU_SATURATION -> "Processor saturation";
            case BAD_RELEASE -> "Bad release";
            case PROCESS_CRASH -> "Crashing process";
            case CONNECTION_POOL_EXHAUSTION -> "Exhausted connection pool";
            case NO_CULPRIT -> "No culprit";
            default -> {
                String words = cause.name().toLowerCase(Locale.ROOT).replace('_', ' ');
                yield Character.toUpperCase(words.charAt(0)) + words.substring(1);
            }
        };
    }
}
