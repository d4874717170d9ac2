package io.nightshift.remediate.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShelfTest {

    private final AtomicInteger decoded = new AtomicInteger();
    private final AtomicInteger encoded = new AtomicInteger();
    private KeyValueStore<String, String> store;

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        MockProcessorContext<Void, Void> context =
                new MockProcessorContext<>(new Properties(), new TaskId(0, 0), folder.toFile());
        store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("shelf"),
                        Serdes.String(),
                        Serdes.serdeFrom(
                                (topic, value) -> {
                                    encoded.incrementAndGet();
                                    return Serdes.String().serializer().serialize(topic, value);
                                },
                                (topic, bytes) -> {
                                    decoded.incrementAndGet();
                                    return Serdes.String().deserializer().deserialize(topic, bytes);
                                }))
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void valuesAreDecodedOnceHoweverOftenTheyAreLookedAt() {
        Shelf<String> before = new Shelf<>(store);
        before.put("b", "2");
        before.put("a", "1");
        Shelf<String> shelf = new Shelf<>(store);
        decoded.set(0);
        for (int i = 0; i < 1_000; i++) {
            assertThat(shelf.all()).containsExactly("1", "2");
            assertThat(shelf.get("a")).contains("1");
        }
        assertThat(decoded).hasValue(0);
    }

    @Test
    void whatIsWrittenIsInTheStoreAndWhatIsThereAlreadyIsNotWrittenAgain() {
        Shelf<String> shelf = new Shelf<>(store);
        String value = "1";
        shelf.put("a", value);
        shelf.put("a", value);
        assertThat(encoded).hasValue(1);
        shelf.put("a", "2");
        shelf.put("b", "3");
        shelf.delete("b");
        shelf.delete("c");
        assertThat(store.get("a")).isEqualTo("2");
        assertThat(new Shelf<>(store).all()).containsExactly("2");
    }
}
