package io.nightshift.bench.speed;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.ref.Reference;
import java.util.function.IntFunction;

/** Mean heap bytes of things of which there are many: what the heap holds more after a full collection. */
final class StateSize {

    /** The serial collector leaves some dead objects where they are, save in each fourth full collection. */
    private static final int COLLECTIONS = 4;

    private StateSize() {}

    /** Mean bytes of each of so many, whatever it refers to included. */
    static double of(int count, IntFunction<Object> make) {
        measured(count, make); // leaves behind what only the first time leaves behind: classes, caches, references
        return measured(count, make);
    }

    private static double measured(int count, IntFunction<Object> make) {
        Object[] all = new Object[count];
        long before = used();
        for (int i = 0; i < count; i++) {
            all[i] = make.apply(i);
        }
        long bytes = used() - before;
        Reference.reachabilityFence(all);
        return (double) bytes / count;
    }

    private static long used() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }
}
