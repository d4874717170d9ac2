package io.nightshift.learn.topology;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ChangeEvent;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.Lesson;
import io.nightshift.events.Prevention;
import io.nightshift.events.Trust;
import io.nightshift.learn.domain.Dossiers;
import io.nightshift.learn.domain.TrustBook;
import io.nightshift.learn.domain.TrustSettings;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import io.nightshift.schemas.signing.SigningKey;
import io.nightshift.schemas.signing.TrustedKeys;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;

/** The topology in a driver, and its topics as a compacted log would hold them. */
final class LearnHouse implements AutoCloseable {

    static final SigningKey ALICE = SigningKey.generate();
    static final SigningKey MALLORY = SigningKey.generate();

    /** One registry for all houses, or schema ids would depend on what was written first. */
    static final AvroSerdes SERDES = new AvroSerdes(new InMemoryRegistry());

    final Map<String, Integer> counted = new TreeMap<>();
    final Topology topology;
    private final Topics topics = new Topics(TopicSettings.embedded(), SERDES);
    private final TopologyTestDriver driver;
    private final Map<String, TestInputTopic<String, SpecificRecord>> inputs = new TreeMap<>();
    private final Map<String, Map<String, SpecificRecord>> compacted = new TreeMap<>();
    private final Map<String, TestOutputTopic<String, ? extends SpecificRecord>> outputs = new TreeMap<>();
    private int repeated;

    LearnHouse(Path folder) {
        Properties streams = new KafkaAccess("unused:1", "cluster", Map.of(), "", folder).streams("learn");
        topology = LearnTopology.build(
                streams,
                topics,
                TrustedKeys.of(ALICE),
                new Dossiers(service -> service),
                new TrustBook(TrustSettings.usual()),
                new Tallies() {
                    @Override
                    public void count(String what) {
                        counted.merge(what, 1, Integer::sum);
                    }

                    @Override
                    public void repeated(int more) {
                        repeated += more;
                    }
                });
        driver = new TopologyTestDriver(topology, streams);
        input(topics.actions(), ActionEvent.class);
        input(topics.incidents(), Incident.class);
        input(topics.investigations(), Investigation.class);
        input(topics.controls(), ControlRecord.class);
        input(topics.changes(), ChangeEvent.class);
        output(topics.lessons());
        output(topics.trust());
        output(topics.preventions());
    }

    @SuppressWarnings("unchecked") // every value is written by the serializer of its own topic
    private <T extends SpecificRecord> void input(Topic<String, T> topic, Class<T> type) {
        inputs.put(type.getSimpleName(), (TestInputTopic<String, SpecificRecord>)
                (TestInputTopic<String, ?>) driver.createInputTopic(
                        topic.name(), new StringSerializer(), topic.value().serializer()));
    }

    private <T extends SpecificRecord> void output(Topic<String, T> topic) {
        outputs.put(
                topic.name(),
                driver.createOutputTopic(
                        topic.name(), new StringDeserializer(), topic.value().deserializer()));
        compacted.put(topic.name(), new TreeMap<>());
    }

    /** Tells it these, in this order. */
    void tell(Iterable<? extends SpecificRecord> records) {
        records.forEach(this::tell);
    }

    void tell(SpecificRecord... records) {
        for (SpecificRecord record : records) {
            inputs.get(record.getClass().getSimpleName()).pipeInput(key(record), record);
        }
    }

    private static String key(SpecificRecord record) {
        if (record instanceof ActionEvent event) {
            return event.getIncidentId();
        } else if (record instanceof Incident incident) {
            return incident.getId();
        } else if (record instanceof Investigation investigation) {
            return investigation.getIncidentId();
        } else if (record instanceof ControlRecord control) {
            return control.getSubject();
        }
        return "demo/shop/inventory";
    }

    Map<String, Lesson> lessons() {
        return latest(topics.lessons());
    }

    Map<String, Trust> trust() {
        return latest(topics.trust());
    }

    Map<String, Prevention> preventions() {
        return latest(topics.preventions());
    }

    /** How many records came since the last look. */
    long written() {
        long count = 0;
        for (var entry : outputs.entrySet()) {
            count += read(entry.getKey(), entry.getValue());
        }
        return count;
    }

    int repeated() {
        return repeated;
    }

    /** All that the three topics hold after compaction, byte for byte. */
    Map<String, String> bytes() {
        Map<String, String> bytes = new TreeMap<>();
        lessons().forEach((key, value) -> bytes.put("lessons " + key, hex(topics.lessons(), value)));
        trust().forEach((key, value) -> bytes.put("trust " + key, hex(topics.trust(), value)));
        preventions().forEach((key, value) -> bytes.put("preventions " + key, hex(topics.preventions(), value)));
        return bytes;
    }

    private static <T> String hex(Topic<String, T> topic, T value) {
        return HexFormat.of().formatHex(topic.value().serializer().serialize(topic.name(), value));
    }

    @SuppressWarnings("unchecked") // what stands there was read by the deserializer of this topic
    private <T extends SpecificRecord> Map<String, T> latest(Topic<String, T> topic) {
        read(topic.name(), outputs.get(topic.name()));
        return (Map<String, T>) compacted.get(topic.name());
    }

    private long read(String name, TestOutputTopic<String, ? extends SpecificRecord> topic) {
        var records = topic.readKeyValuesToList();
        records.forEach(record -> {
            if (record.value == null) {
                compacted.get(name).remove(record.key);
            } else {
                compacted.get(name).put(record.key, record.value);
            }
        });
        return records.size();
    }

    @Override
    public void close() {
        driver.close();
    }
}
