package io.nightshift.shop.control;

import java.io.IOException;

/**
 * How full a process's old generation was after its last garbage collection, and how much of its time it collects,
 * read from the process's own counters and not through any telemetry.
 *
 * @param used bytes
 * @param limit bytes that the old generation can have at most
 * @param fullCollections since the process started
 * @param collecting share of the time between two looks spent in garbage collection, 0 to 1
 */
public record HeapProbe(long used, long limit, long fullCollections, double collecting) {
    private static final long LOOK_AGAIN_MILLIS = 150;
    private static final String OLD = "sun.gc.generation.1.space.0.";

    /** Looks twice, 150 ms apart. */
    public static HeapProbe of(long pid) throws IOException, InterruptedException {
        PerfData first = PerfData.of(pid);
        long began = System.nanoTime();
        Thread.sleep(LOOK_AGAIN_MILLIS); // the distance between the two looks is what is measured over
        PerfData second = PerfData.of(pid);
        double elapsed = (System.nanoTime() - began) / 1e9;
        double collected = secondsCollecting(second) - secondsCollecting(first);
        return new HeapProbe(
                second.counter(OLD + "used"),
                second.counter(OLD + "maxCapacity"),
                second.counter("sun.gc.collector.1.invocations"),
                Math.min(1, collected / elapsed));
    }

    private static double secondsCollecting(PerfData data) throws IOException {
        long ticks = data.counter("sun.gc.collector.0.time") + data.counter("sun.gc.collector.1.time");
        return ticks / (double) data.counter("sun.os.hrt.frequency");
    }
}
