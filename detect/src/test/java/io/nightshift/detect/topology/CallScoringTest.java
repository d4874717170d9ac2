package io.nightshift.detect.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.detect.domain.call.Peers;
import io.nightshift.events.RecordRef;
import io.nightshift.events.SpanBatch;
import io.nightshift.events.Tick;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallScoringTest {

    private final Map<String, Integer> tallies = new HashMap<>();
    private final CallScoring scoring =
            new CallScoring(new Peers(Map.of()), what -> tallies.merge(what, 1, Integer::sum));
    private KeyValueStore<String, byte[]> store;
    private long now = House.START;

    @BeforeEach
    void start() {
        store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(CallScoring.STORE), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        MockProcessorContext<String, Scored> context = new MockProcessorContext<>();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        scoring.init(context);
    }

    @Test
    void aServiceThatIsGoneLeavesNothingStored() {
        Shop shop = new Shop(now);
        for (int second = 0; second < 70; second++) {
            for (SpanBatch batch : shop.spans(now)) {
                heard(batch.getResource().getService(), batch);
            }
            time(1);
        }
        assertThat(stored()).isEqualTo(3);
        for (int minute = 0; minute < 7 * 60; minute++) {
            time(60);
        }
        assertThat(stored()).isZero();
    }

    @Test
    void manyNewServicesAreRefusedAndCountedUntilOthersAreIdle() {
        SpanBatch batch = new Shop(now).spans(now).get(0);
        for (int i = 0; i < 12_000; i++) {
            heard("service" + i, batch);
        }
        assertThat(tallies).containsEntry("call-services-refused", 2_000);
        time(660);
        heard("latecomer", batch);
        assertThat(tallies).containsEntry("call-services-refused", 2_000);
    }

    private void heard(String service, SpanBatch batch) {
        Arrival.Spans spans = new Arrival.Spans(batch, now, new RecordRef("telemetry.spans", 0, 0L));
        scoring.process(new Record<>("demo/shop/" + service, spans, now / 1000));
    }

    private void time(int seconds) {
        now += seconds * House.SECOND;
        scoring.process(new Record<>("", new Arrival.Time(new Tick(0, now, now, "")), now / 1000));
    }

    private long stored() {
        long count = 0;
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                all.next();
                count++;
            }
        }
        return count;
    }
}
