package io.nightshift.shop.service;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What a leaking release added: every request leaves a trail of its steps, "for the auditors", in a list that nothing
 * ever empties. This is the leak.
 */
final class AuditTrail {
    /** One step: this record, its text, and a place in the list, as a JVM with 32-bit references lays them out. */
    private static final int BYTES_A_STEP = 108;

    /** What a freshly started service holds in its old generation; read with the heap probe. */
    private static final long HELD_AT_START = 6L << 20;

    private static final int PAGE_BYTES = 1 << 20;

    private static final Collection<List<Step>> TRAILS = new ConcurrentLinkedQueue<>();

    private final int stepsARequest;

    private record Step(long nanos, String text) {}

    /**
     * @param secondsToThrash after how many seconds of the expected load the garbage collector has nothing left to free
     * @param expectedRate requests a second that one instance gets
     */
    AuditTrail(double secondsToThrash, double expectedRate) {
        stepsARequest = (int) Math.max(1, freeAtStart() / (secondsToThrash * expectedRate) / BYTES_A_STEP);
    }

    private static long freeAtStart() {
        long old = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getUsage().getMax())
                .max()
                .orElseThrow();
        return old - HELD_AT_START;
    }

    /**
     * Renders the trail's page and keeps the trail. When memory runs out it is mostly the big page that finds no place:
     * the request fails, and the process lives on with what the page would have taken, collecting garbage for ever.
     */
    void keep(String request) {
        int checksum = page(request);
        List<Step> trail = new ArrayList<>(stepsARequest);
        for (int step = 0; step < stepsARequest; step++) {
            trail.add(new Step(System.nanoTime(), "entry kept for " + request + ", audit step " + (checksum + step)));
        }
        TRAILS.add(trail);
    }

    private static int page(String request) {
        byte[] page = new byte[PAGE_BYTES];
        byte[] heading = request.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(heading, 0, page, 0, Math.min(heading.length, page.length));
        return page[page.length - 1];
    }
}
