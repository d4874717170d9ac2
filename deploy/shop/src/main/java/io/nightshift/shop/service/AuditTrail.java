package io.nightshift.shop.service;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What inventory 2.4.0 added: every request leaves a trail of its steps, "for the auditors", in a list that nothing
 * ever empties. This is the leak.
 */
final class AuditTrail {
    /** One step: this record, its text, and a place in the list, as the JVM lays them out with 32-bit references. */
    private static final int BYTES_A_STEP = 136;

    /** Bytes of the old generation that a freshly started inventory leaves free; measured with its own heap probe. */
    private static final long FREE_AT_START = 29L << 20;

    private static final Collection<List<Step>> TRAILS = new ConcurrentLinkedQueue<>();

    private final int stepsARequest;

    private record Step(long nanos, String text) {}

    /**
     * @param secondsToThrash after how many seconds of the expected load the garbage collector has nothing left to free
     * @param expectedRate requests a second that one instance gets
     */
    AuditTrail(double secondsToThrash, double expectedRate) {
        stepsARequest = (int) Math.max(1, FREE_AT_START / (secondsToThrash * expectedRate) / BYTES_A_STEP);
    }

    void keep(String request) {
        // written in full before it is kept: when memory runs out half way, the half can be collected
        List<Step> trail = new ArrayList<>(stepsARequest);
        for (int step = 0; step < stepsARequest; step++) {
            trail.add(new Step(System.nanoTime(), "stock read for " + request + ", audit step " + step));
        }
        TRAILS.add(trail);
    }
}
