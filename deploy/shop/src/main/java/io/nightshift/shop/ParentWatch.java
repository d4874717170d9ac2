package io.nightshift.shop;

import java.io.IOException;

/**
 * Ends this process when the one that started it is gone. The parent holds the other end of standard input and never
 * writes to it; the kernel closes that end however the parent dies, {@code kill -9} included.
 */
public final class ParentWatch {

    private ParentWatch() {}

    public static void start() {
        Thread watch = new Thread(ParentWatch::awaitEndOfInput, "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // whatever arrives has no meaning; only the end has
            }
        } catch (IOException e) {
            // a broken pipe says the same as its end
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }
}
