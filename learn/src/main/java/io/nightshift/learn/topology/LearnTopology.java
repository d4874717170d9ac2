package io.nightshift.learn.topology;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.Incident;
import io.nightshift.events.Lesson;
import io.nightshift.learn.domain.LessonBook;
import io.nightshift.learn.domain.Outcome;
import io.nightshift.runtime.stream.Streams;
import io.nightshift.schemas.Topics;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Joined;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Outcomes in, lessons out; the next investigation reads them. The steps stand in the order in which an outcome meets them. */
public final class LearnTopology {

    /** The lessons as this application knows them, by lesson key. */
    public static final String LESSONS_STORE = "lessons-store";

    private LearnTopology() {}

    public static Topology build(Properties streams, Topics topics) {
        StreamsBuilder builder = Streams.builder(streams);
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(LESSONS_STORE),
                Serdes.String(),
                topics.lessons().value()));

        endsThatTeach(builder, topics)
                .leftJoin(symptoms(builder, topics), LearnTopology::ofOne, byIncident(topics))
                .selectKey((incidentId, ofOne) -> LessonBook.key(ofOne), Named.as("by-lesson"))
                .repartition(byLesson(topics))
                .processValues(LessonKeeping::new, Named.as("lesson-keeping"), LESSONS_STORE)
                .to(
                        topics.lessons().name(),
                        Produced.with(topics.lessons().key(), topics.lessons().value())
                                .withName("lessons"));
        return builder.build(streams);
    }

    private static KStream<String, ActionEvent> endsThatTeach(StreamsBuilder builder, Topics topics) {
        return builder.stream(
                        topics.actions().name(),
                        Consumed.with(topics.actions().key(), topics.actions().value())
                                .withName("actions"))
                .filter((incidentId, event) -> Outcome.of(event).isPresent(), Named.as("ends-that-teach"));
    }

    /** What each incident looked like, in words: a lesson is found again by it. Kept for every incident, about 200 bytes each. */
    private static KTable<String, String> symptoms(StreamsBuilder builder, Topics topics) {
        return builder.stream(
                        topics.incidents().name(),
                        Consumed.with(
                                        topics.incidents().key(),
                                        topics.incidents().value())
                                .withName("incidents"))
                .mapValues(Incident::getSentence, Named.as("symptoms"))
                .toTable(
                        Named.as("symptoms-by-incident"),
                        Materialized.<String, String, KeyValueStore<Bytes, byte[]>>as("symptoms-store")
                                .withKeySerde(Serdes.String())
                                .withValueSerde(Serdes.String()));
    }

    private static Lesson ofOne(ActionEvent end, String symptoms) {
        return LessonBook.ofOne(Outcome.of(end).orElseThrow(), symptoms == null ? "" : symptoms);
    }

    private static Joined<String, ActionEvent, String> byIncident(Topics topics) {
        Serde<ActionEvent> ends = topics.actions().value();
        return Joined.with(Serdes.String(), ends, Serdes.String()).withName("with-its-incident");
    }

    private static Repartitioned<String, Lesson> byLesson(Topics topics) {
        return Repartitioned.<String, Lesson>as("outcomes-by-lesson")
                .withKeySerde(Serdes.String())
                .withValueSerde(topics.lessons().value())
                .withNumberOfPartitions(topics.lessons().partitions());
    }
}
