package io.nightshift.embedded.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SizeWatchTest {
    @Test
    void warnsOnceForEachTimeThatTheCapIsPassed() {
        AtomicLong bytes = new AtomicLong(100);
        ScheduledExecutorService unused = Executors.newSingleThreadScheduledExecutor();
        try (SizeWatch watch = new SizeWatch(bytes::get, 100, unused)) {
            assertThat(watch.check()).isFalse();
            bytes.set(101);
            assertThat(watch.check()).isTrue();
            assertThat(watch.check()).isFalse();
            bytes.set(50);
            assertThat(watch.check()).isFalse();
            bytes.set(200);
            assertThat(watch.check()).isTrue();
        }
    }
}
