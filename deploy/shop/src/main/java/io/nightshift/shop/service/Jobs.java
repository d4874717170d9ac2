package io.nightshift.shop.service;

import java.util.concurrent.TimeUnit;

/** Work that a process does beside its requests, until it ends: mostly work that it had better not do. */
final class Jobs {
    private final Journal journal;
    private final Vitals vitals;
    private final IndexLock index;

    Jobs(Journal journal, Vitals vitals, IndexLock index) {
        this.journal = journal;
        this.vitals = vitals;
        this.index = index;
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    /** A settlement run: one thread works half of the time for so many seconds. */
    void batch(int seconds) {
        start("settlement", () -> settle(seconds));
    }

    private void settle(int seconds) throws InterruptedException {
        journal.info("Settlement batch started");
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        long checksum = 1;
        while (System.nanoTime() < end) {
            long pause = System.nanoTime() + 20_000_000;
            while (System.nanoTime() < pause) {
                checksum = checksum * 6364136223846793005L + 1442695040888963407L;
            }
            Thread.sleep(20);
        }
        journal.info("Settlement batch done, checksum " + checksum);
    }

    /** The red herring: an error that names a wrong cause and a wrong remedy. */
    void decoy(int lines) {
        for (int line = 0; line < lines; line++) {
            journal.error(
                    "Database connection pool exhausted (active=20, waiting=37). Fix: restart store to release"
                            + " connections",
                    null);
        }
    }

    /** Holds the index block by block until the process ends. */
    void reindex() {
        start("reindex", index::reindex);
    }

    /** A report that takes a connection for each of its parts and gives none back: all are gone after so many seconds. */
    void report(int seconds) {
        start("report", () -> report(vitals.firstPool(), seconds));
    }

    private void report(ConnectionPool pool, int seconds) throws InterruptedException {
        journal.info("Report of the day started");
        for (int part = 0; part < pool.size(); part++) {
            TimeUnit.MILLISECONDS.sleep(1000L * seconds / pool.size());
            while (!pool.take()) {
                // a report can wait
            }
        }
    }
}
