package io.nightshift.ingest.publish;

import io.nightshift.ingest.domain.Refused;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Bounds the requests that are inside at once, over all doors, and of these how many are being decoded: a decoded body
 * takes many times its bytes.
 */
public final class Gate {
    private static final long DECODE_WAIT_SECONDS = 2;

    private final int maxRequests;
    private final Semaphore requests;
    private final Semaphore decoding;

    public Gate(int maxRequests, int maxDecoding) {
        this.maxRequests = maxRequests;
        this.requests = new Semaphore(maxRequests);
        this.decoding = new Semaphore(maxDecoding);
    }

    /**
     * Lets one request in. Run the result when it is answered; running it again does nothing.
     *
     * @throws Refused when there are too many
     */
    public Runnable enter() {
        if (!requests.tryAcquire()) {
            throw Refused.overloaded(maxRequests + " requests are in work; try again later");
        }
        AtomicBoolean inside = new AtomicBoolean(true);
        return () -> {
            if (inside.getAndSet(false)) {
                requests.release();
            }
        };
    }

    /**
     * Runs memory-hungry work when it is its turn.
     *
     * @throws Refused when its turn does not come in time
     */
    public <T> T decode(Supplier<T> work) {
        try {
            if (!decoding.tryAcquire(DECODE_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw Refused.overloaded("too many requests are being decoded; try again later");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refused.unavailable("the receiver is stopping", e);
        }
        try {
            return work.get();
        } finally {
            decoding.release();
        }
    }
}
