package io.nightshift.runtime.testing.sample.topology;

/** Breaks a rule on purpose. */
final class Blocking {

    private Blocking() {}

    static void pause() throws InterruptedException {
        Thread.sleep(1);
    }
}
