package io.nightshift.bench.speed;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.function.IntFunction;

/** Mean heap bytes of things of which there are many: what the heap holds more after a full collection. */
final class StateSize {

    private static final int COLLECTIONS = 3;

    /** What is measured: a local variable would be dead for the collector once it is read no more (as C1 compiles it). */
    private static volatile Object[] held;

    private StateSize() {}

    /** Mean bytes of each of so many, whatever it refers to included. */
    static double of(int count, IntFunction<Object> make) {
        measured(count, make); // leaves behind what only the first time leaves behind: classes, caches, references
        return measured(count, make);
    }

    private static double measured(int count, IntFunction<Object> make) {
        Object[] all = new Object[count];
        held = all;
        long before = used();
        for (int i = 0; i < count; i++) {
            all[i] = make.apply(i);
        }
        long bytes = used() - before;
        held = null;
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
