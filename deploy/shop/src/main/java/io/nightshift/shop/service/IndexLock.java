package io.nightshift.shop.service;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The lock on a process's index of articles, which each request takes for a moment and a reindexing job for much longer. */
final class IndexLock {
    private static final long WORTH_A_WORD_NANOS = 250_000_000;
    private static final long BLOCK_MILLIS = 700;
    private static final long PAUSE_MILLIS = 20;

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Journal journal;
    private long looks;

    IndexLock(Journal journal) {
        this.journal = journal;
    }

    /** Looks an article up. */
    void look() {
        long began = System.nanoTime();
        lock.lock();
        try {
            looks++;
        } finally {
            lock.unlock();
        }
        long waited = System.nanoTime() - began;
        if (waited > WORTH_A_WORD_NANOS) {
            journal.warn("Waited " + TimeUnit.NANOSECONDS.toMillis(waited) + " ms for the index lock");
        }
    }

    /** Holds the lock block by block until the process ends: a job whose author thought that nobody would notice. */
    void reindex() throws InterruptedException {
        journal.info("Reindex started");
        while (true) {
            lock.lockInterruptibly();
            try {
                Thread.sleep(BLOCK_MILLIS);
            } finally {
                lock.unlock();
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
