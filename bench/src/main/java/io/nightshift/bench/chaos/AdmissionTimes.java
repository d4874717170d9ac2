package io.nightshift.bench.chaos;

import io.nightshift.events.Investigation;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorWrapper;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.WrappedFixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.WrappedProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Takes the time of each proposal in the processor of admission, as a setting of Streams lets one: the topology is that of
 * production. What counts is all between the record and the next: guards, policy, stores, and writing out what it says.
 */
public final class AdmissionTimes implements ProcessorWrapper {

    private static final String PROCESSOR = "admission";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    /** Of the class, because it is Streams that makes the wrapper. */
    private static final Queue<Time> TIMES = new ConcurrentLinkedQueue<>();

    /**
     * What one proposal took.
     *
     * @param millis by the clock
     * @param cpuMillis of the processor's thread, whatever else the machine had to do
     */
    record Time(double millis, double cpuMillis) {}

    /** What each proposal took since the last call. */
    static List<Time> take() {
        List<Time> times = List.copyOf(TIMES);
        TIMES.clear();
        return times;
    }

    @Override
    public <KIn, VIn, KOut, VOut> WrappedProcessorSupplier<KIn, VIn, KOut, VOut> wrapProcessorSupplier(
            String name, ProcessorSupplier<KIn, VIn, KOut, VOut> supplier) {
        return name.equals(PROCESSOR) ? new Timed<>(supplier) : ProcessorWrapper.asWrapped(supplier);
    }

    @Override
    public <KIn, VIn, VOut> WrappedFixedKeyProcessorSupplier<KIn, VIn, VOut> wrapFixedKeyProcessorSupplier(
            String name, FixedKeyProcessorSupplier<KIn, VIn, VOut> supplier) {
        return ProcessorWrapper.asWrappedFixedKey(supplier);
    }

    private record Timed<KIn, VIn, KOut, VOut>(ProcessorSupplier<KIn, VIn, KOut, VOut> supplier)
            implements WrappedProcessorSupplier<KIn, VIn, KOut, VOut> {

        @Override
        public Set<StoreBuilder<?>> stores() {
            return supplier.stores();
        }

        @Override
        public Processor<KIn, VIn, KOut, VOut> get() {
            Processor<KIn, VIn, KOut, VOut> inner = supplier.get();
            return new Processor<>() {
                @Override
                public void init(ProcessorContext<KOut, VOut> context) {
                    inner.init(context);
                }

                @Override
                public void process(Record<KIn, VIn> record) {
                    long began = System.nanoTime();
                    long cpuBegan = THREADS.getCurrentThreadCpuTime();
                    inner.process(record);
                    if (record.value() instanceof Investigation) {
                        long cpu = THREADS.getCurrentThreadCpuTime() - cpuBegan;
                        TIMES.add(new Time((System.nanoTime() - began) / 1e6, cpu / 1e6));
                    }
                }

                @Override
                public void close() {
                    inner.close();
                }
            };
        }
    }
}
