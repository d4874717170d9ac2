package io.nightshift.learn.topology;

import io.nightshift.events.ChangeEvent;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Dossier;
import io.nightshift.events.Experience;
import io.nightshift.events.Lesson;
import io.nightshift.events.Prevention;
import io.nightshift.events.Sighting;
import io.nightshift.events.Trust;
import io.nightshift.learn.domain.Dossiers;
import io.nightshift.learn.domain.LessonKey;
import io.nightshift.learn.domain.Release;
import io.nightshift.learn.domain.TrustBook;
import io.nightshift.runtime.stream.Streams;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.signing.TrustedKeys;
import io.nightshift.schemas.trust.TrustKey;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.Stores;

/**
 * What became of incidents in, what is known and how far it is trusted out. Each incident has a dossier; what it teaches goes to
 * the lessons, to trust, and to the count of what comes back, and is taken back there when the dossier no longer teaches it.
 */
public final class LearnTopology {

    /** What is kept of each incident, by incident. */
    public static final String DOSSIERS_STORE = "dossiers-store";

    /** The lessons as this application knows them, by lesson key. */
    public static final String LESSONS_STORE = "lessons-store";

    /** Trust as this application knows it, by trust key. */
    public static final String TRUST_STORE = "trust-store";

    static final String LESSON_EXPERIENCES_STORE = "lesson-experiences-store";
    static final String TRUST_EXPERIENCES_STORE = "trust-experiences-store";
    static final String PROMOTIONS_STORE = "promotions-store";
    static final String RELEASES_STORE = "releases-store";
    static final String SIGHTINGS_STORE = "sightings-store";
    static final String PREVENTIONS_STORE = "preventions-store";

    private final StreamsBuilder builder;
    private final Topics topics;

    private LearnTopology(StreamsBuilder builder, Topics topics) {
        this.builder = builder;
        this.topics = topics;
    }

    /**
     * @param keys whose word counts
     * @param dossiers how dossiers are kept
     * @param trust how trust is made
     */
    public static Topology build(
            Properties streams, Topics topics, TrustedKeys keys, Dossiers dossiers, TrustBook trust, Tallies tallies) {
        LearnTopology learn = new LearnTopology(Streams.builder(streams), topics);
        learn.addStores();
        PeoplesWord people = PeoplesWord.read(learn.builder, topics, keys, tallies);
        KStream<String, SpecificRecord> taught = learn.record(people, dossiers, tallies);
        KStream<String, Experience> experiences = only(taught, Experience.class);
        learn.keepLessons(experiences, tallies);
        learn.keepTrust(experiences, people, trust);
        learn.keepPreventions(only(taught, Sighting.class));
        return learn.builder.build(streams);
    }

    /** All that is told of an incident meets in its dossier. */
    private KStream<String, SpecificRecord> record(PeoplesWord people, Dossiers dossiers, Tallies tallies) {
        return read(topics.incidents(), "incidents")
                .merge(read(topics.investigations(), "investigations"), Named.as("with-investigations"))
                .merge(read(topics.actions(), "actions"), Named.as("with-actions"))
                .merge(people.onIncidents(), Named.as("with-words"))
                .process(() -> new Recording(dossiers, tallies), Named.as("recording"), DOSSIERS_STORE);
    }

    private void keepLessons(KStream<String, Experience> experiences, Tallies tallies) {
        experiences
                .selectKey((incident, experience) -> LessonKey.of(experience).toString(), Named.as("by-lesson"))
                .repartition(by("experiences-by-lesson", Experience.class))
                .processValues(
                        () -> new LessonKeeping(tallies),
                        Named.as("lesson-keeping"),
                        LESSON_EXPERIENCES_STORE,
                        LESSONS_STORE)
                .to(topics.lessons().name(), produced(topics.lessons(), "lessons"));
    }

    private void keepTrust(KStream<String, Experience> experiences, PeoplesWord people, TrustBook book) {
        experiences
                .selectKey((incident, experience) -> TrustKey.of(experience).toString(), Named.as("by-trust"))
                .repartition(by("experiences-by-trust", Experience.class))
                .mapValues(experience -> (SpecificRecord) experience, Named.as("experiences-for-trust"))
                .merge(people.onTrust(), Named.as("with-promotions"))
                .merge(releasesToEveryone(), Named.as("with-releases"))
                .process(
                        () -> new TrustKeeping(book),
                        Named.as("trust-keeping"),
                        TRUST_EXPERIENCES_STORE,
                        PROMOTIONS_STORE,
                        RELEASES_STORE,
                        TRUST_STORE)
                .to(topics.trust().name(), produced(topics.trust(), "trust"));
    }

    private void keepPreventions(KStream<String, Sighting> sightings) {
        sightings
                .selectKey((incident, sighting) -> sighting.getFingerprint(), Named.as("by-fingerprint"))
                .repartition(by("sightings-by-fingerprint", Sighting.class))
                .processValues(
                        PreventionKeeping::new, Named.as("prevention-keeping"), SIGHTINGS_STORE, PREVENTIONS_STORE)
                .to(topics.preventions().name(), produced(topics.preventions(), "preventions"));
    }

    private KStream<String, SpecificRecord> releasesToEveryone() {
        StreamPartitioner<String, ChangeEvent> everyone = new StreamPartitioner<>() {
            @Override
            public Optional<Set<Integer>> partitions(String name, String key, ChangeEvent value, int partitions) {
                return Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()));
            }
        };
        return builder.stream(
                        topics.changes().name(),
                        Consumed.with(topics.changes().key(), topics.changes().value())
                                .withName("changes"))
                .filter((key, change) -> change != null && Release.of(change).isPresent(), Named.as("releases"))
                .repartition(by("releases-to-everyone", ChangeEvent.class).withStreamPartitioner(everyone))
                .mapValues(change -> (SpecificRecord) change, Named.as("releases-for-trust"));
    }

    private <T extends SpecificRecord> KStream<String, SpecificRecord> read(Topic<String, T> topic, String name) {
        return builder.stream(
                        topic.name(), Consumed.with(topic.key(), topic.value()).withName(name))
                .filter((key, value) -> value != null, Named.as(name + "-there"))
                .mapValues(value -> (SpecificRecord) value, Named.as(name + "-read"));
    }

    private static <T extends SpecificRecord> KStream<String, T> only(
            KStream<String, SpecificRecord> taught, Class<T> type) {
        return taught.filter((key, value) -> type.isInstance(value), Named.as("is-" + type.getSimpleName()))
                .mapValues(type::cast, Named.as("as-" + type.getSimpleName()));
    }

    private <T extends SpecificRecord> Repartitioned<String, T> by(String name, Class<T> type) {
        return Repartitioned.with(Serdes.String(), topics.serde(type))
                .withName(name)
                .withNumberOfPartitions(topics.settings().decisionPartitions());
    }

    private static <T> Produced<String, T> produced(Topic<String, T> topic, String name) {
        return Produced.with(topic.key(), topic.value()).withName(name);
    }

    private void addStores() {
        addStore(DOSSIERS_STORE, Dossier.class);
        addStore(LESSON_EXPERIENCES_STORE, Experience.class);
        addStore(LESSONS_STORE, Lesson.class);
        addStore(TRUST_EXPERIENCES_STORE, Experience.class);
        addStore(PROMOTIONS_STORE, ControlRecord.class);
        addStore(RELEASES_STORE, ChangeEvent.class);
        addStore(TRUST_STORE, Trust.class);
        addStore(SIGHTINGS_STORE, Sighting.class);
        addStore(PREVENTIONS_STORE, Prevention.class);
    }

    private <T extends SpecificRecord> void addStore(String name, Class<T> type) {
        builder.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), topics.serde(type)));
    }
}
