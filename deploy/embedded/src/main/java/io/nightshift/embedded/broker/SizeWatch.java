package io.nightshift.embedded.broker;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns when the data folder passes its cap, once for each time that it does. */
final class SizeWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SizeWatch.class);
    private static final long PERIOD_SECONDS = 60;
    private static final long MIB = 1024 * 1024;

    private final LongSupplier bytesUsed;
    private final long capBytes;
    private final ScheduledExecutorService timer;
    private boolean over;

    SizeWatch(LongSupplier bytesUsed, long capBytes, ScheduledExecutorService timer) {
        this.bytesUsed = bytesUsed;
        this.capBytes = capBytes;
        this.timer = timer;
    }

    static SizeWatch start(LongSupplier bytesUsed, long capBytes) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "embedded-broker-size");
            thread.setDaemon(true);
            return thread;
        });
        SizeWatch watch = new SizeWatch(bytesUsed, capBytes, timer);
        timer.scheduleWithFixedDelay(watch::check, 0, PERIOD_SECONDS, TimeUnit.SECONDS);
        return watch;
    }

    /** Returns whether this check found the cap newly passed. */
    boolean check() {
        try {
            long bytes = bytesUsed.getAsLong();
            boolean newly = bytes > capBytes && !over;
            over = bytes > capBytes;
            if (newly) {
                LOG.warn(
                        "The embedded broker's data take {} MiB, above their cap of {} MiB: free space, lower the "
                                + "retention of the largest topics or raise the cap",
                        bytes / MIB,
                        capBytes / MIB);
            }
            return newly;
        } catch (RuntimeException e) {
            LOG.warn("The embedded broker's size could not be measured: {}", e.toString());
            return false;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
