package io.nightshift.bench.chaos;

import java.util.concurrent.TimeUnit;

/** How long this process had to wait for a processor at worst: what missed a deadline meanwhile may not be at fault. */
final class Breath implements AutoCloseable {

    private static final long EVERY_MILLIS = 100;

    private final Thread thread = new Thread(this::watch, "breath");
    private volatile long longestNanos;

    Breath() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Seconds beyond those asked for, at worst. */
    double longest() {
        return longestNanos / (double) TimeUnit.SECONDS.toNanos(1);
    }

    private void watch() {
        try {
            while (true) {
                long before = System.nanoTime();
                Thread.sleep(EVERY_MILLIS);
                long late = System.nanoTime() - before - TimeUnit.MILLISECONDS.toNanos(EVERY_MILLIS);
                longestNanos = Math.max(longestNanos, late);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
