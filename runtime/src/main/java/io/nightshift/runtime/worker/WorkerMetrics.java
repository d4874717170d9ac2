package io.nightshift.runtime.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What a worker tells about itself: how long records waited, how long work took and how it ended. */
final class WorkerMetrics {

    private final MeterRegistry meters;
    private final String worker;
    private final Timer queueAge;
    private final AtomicInteger inWork;

    WorkerMetrics(MeterRegistry meters, String worker) {
        this.meters = meters;
        this.worker = worker;
        this.queueAge = Timer.builder("nightshift.worker.queue.age")
                .description("Age of a record by its Kafka timestamp when work on it starts")
                .tag("worker", worker)
                .register(meters);
        this.inWork = meters.gauge(
                "nightshift.worker.in.work",
                io.micrometer.core.instrument.Tags.of("worker", worker),
                new AtomicInteger());
    }

    void begun(Duration age) {
        queueAge.record(age.isNegative() ? Duration.ZERO : age);
    }

    void inWork(int count) {
        inWork.set(count);
    }

    /** @param end one of finished, failed, timeout, dead-letter, abandoned */
    void ended(String end) {
        meters.counter("nightshift.worker.ended", "worker", worker, "end", end).increment();
    }
}
