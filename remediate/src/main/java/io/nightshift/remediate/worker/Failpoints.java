package io.nightshift.remediate.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Named places at which the process kills itself as {@code kill -9} would: no shutdown hook, no flush. For fault tests;
 * off unless the configuration names a place. Each fires once in an installation, so that a restarted process gets past.
 */
public final class Failpoints {

    public static final String BEFORE_STARTED = "before-started";
    public static final String AFTER_STARTED = "after-started";
    public static final String AFTER_EFFECT = "after-effect";
    public static final String AFTER_OUTCOME = "after-outcome";
    public static final String BEFORE_FINISH = "before-finish";

    /** Before the name of a place: the same place while a step is taken back. */
    public static final String UNDO = "undo-";

    /** Every place, in the order in which an action meets them. */
    public static final List<String> ALL =
            List.of(BEFORE_STARTED, AFTER_STARTED, AFTER_EFFECT, AFTER_OUTCOME, BEFORE_FINISH);

    private static final int KILLED = 137;

    private final String armed;
    private final Path folder;

    /** @param armed name of the place; empty for none */
    public Failpoints(String armed, Path folder) {
        this.armed = armed;
        this.folder = folder;
    }

    /** Dies here when this place is armed and has not fired before. */
    public void hit(String place) {
        if (!place.equals(armed)) {
            return;
        }
        Path mark = folder.resolve("failpoint-" + place);
        try {
            if (Files.notExists(mark)) {
                Files.createDirectories(folder);
                Files.createFile(mark);
                Runtime.getRuntime().halt(KILLED);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
