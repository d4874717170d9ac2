package io.nightshift.shop.service;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The JVM runtime metrics of the OpenTelemetry semantic conventions (jvm.*), observed through the platform beans. */
final class JvmMetrics {
    private static final AttributeKey<String> POOL = AttributeKey.stringKey("jvm.memory.pool.name");
    private static final AttributeKey<String> TYPE = AttributeKey.stringKey("jvm.memory.type");
    private static final AttributeKey<String> GC_NAME = AttributeKey.stringKey("jvm.gc.name");
    private static final AttributeKey<String> GC_ACTION = AttributeKey.stringKey("jvm.gc.action");

    private JvmMetrics() {}

    static void observe(Meter meter) {
        Map<MemoryPoolMXBean, Attributes> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
                .collect(Collectors.toMap(Function.identity(), JvmMetrics::describe));
        memory(
                meter,
                "jvm.memory.used",
                "Measure of memory used.",
                pools,
                MemoryPoolMXBean::getUsage,
                MemoryUsage::getUsed);
        memory(
                meter,
                "jvm.memory.limit",
                "Measure of max obtainable memory.",
                pools,
                MemoryPoolMXBean::getUsage,
                MemoryUsage::getMax);
        memory(
                meter,
                "jvm.memory.used_after_last_gc",
                "Measure of memory used, as measured after the most recent garbage collection event on this pool.",
                pools,
                MemoryPoolMXBean::getCollectionUsage,
                MemoryUsage::getUsed);
        garbageCollection(meter);
        processor(meter);
        meter.upDownCounterBuilder("jvm.thread.count")
                .setUnit("{thread}")
                .setDescription("Number of executing platform threads.")
                .buildWithCallback(
                        m -> m.record(ManagementFactory.getThreadMXBean().getThreadCount()));
    }

    private static Attributes describe(MemoryPoolMXBean pool) {
        return Attributes.of(POOL, pool.getName(), TYPE, pool.getType() == MemoryType.HEAP ? "heap" : "non_heap");
    }

    private static void memory(
            Meter meter,
            String name,
            String description,
            Map<MemoryPoolMXBean, Attributes> pools,
            Function<MemoryPoolMXBean, MemoryUsage> reading,
            Function<MemoryUsage, Long> part) {
        meter.upDownCounterBuilder(name)
                .setUnit("By")
                .setDescription(description)
                .buildWithCallback(
                        m -> pools.forEach((pool, attributes) -> record(m, reading.apply(pool), part, attributes)));
    }

    private static void record(
            ObservableLongMeasurement measurement,
            MemoryUsage usage,
            Function<MemoryUsage, Long> part,
            Attributes attributes) {
        // a pool may have no collection usage, and an unlimited one reports -1
        if (usage != null && part.apply(usage) >= 0) {
            measurement.record(part.apply(usage), attributes);
        }
    }

    private static void garbageCollection(Meter meter) {
        DoubleHistogram duration = meter.histogramBuilder("jvm.gc.duration")
                .setUnit("s")
                .setDescription("Duration of JVM garbage collection actions.")
                .setExplicitBucketBoundariesAdvice(List.of(0.01, 0.1, 1.0, 10.0))
                .build();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, handback) -> {
                                var event = GarbageCollectionNotificationInfo.from(
                                        (CompositeData) notification.getUserData());
                                duration.record(
                                        event.getGcInfo().getDuration() / 1000.0,
                                        Attributes.of(GC_NAME, event.getGcName(), GC_ACTION, event.getGcAction()));
                            },
                            n -> n.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION),
                            null);
        }
    }

    private static void processor(Meter meter) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        meter.gaugeBuilder("jvm.cpu.recent_utilization")
                .setUnit("1")
                .setDescription("Recent CPU utilization for the process as reported by the JVM.")
                .buildWithCallback(m -> {
                    double load = system.getProcessCpuLoad(); // since it was last asked, so asked but once
                    if (load >= 0) {
                        m.record(load);
                    }
                });
        meter.counterBuilder("jvm.cpu.time")
                .ofDoubles()
                .setUnit("s")
                .setDescription("CPU time used by the process as reported by the JVM.")
                .buildWithCallback(m -> m.record(system.getProcessCpuTime() / 1e9));
    }
}
