package io.nightshift.investigate.topology;

import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.InvestigationRequest;
import io.nightshift.events.Lesson;
import io.nightshift.investigate.InvestigateSettings;
import io.nightshift.investigate.domain.RequestRule;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.ServiceClasses;
import io.nightshift.schemas.KeyPartition;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.TrustedKeys;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * Incidents in, requests to investigate out, each with the lessons that fit it. The work itself blocks and is done by the
 * investigator beside this topology.
 */
public final class InvestigateTopology {

    private InvestigateTopology() {}

    /**
     * @param inventory says which services are of a class and learn together
     * @param keys whose questions count
     * @param tallies counts questions that were not let through
     */
    public static Topology build(
            StreamsBuilder builder,
            InvestigateSettings settings,
            Topics topics,
            Inventory inventory,
            TrustedKeys keys,
            Tallies tallies) {
        KStream<String, Occasion> occasions = occasions(builder, topics, keys, tallies);
        RequestRule rule = new RequestRule(settings.again(), settings.deadline().multipliedBy(2));
        KStream<String, InvestigationRequest> due = occasions.process(
                new RequestGate(topics, rule, settings.deadline(), tallies), Named.as("request-when-due"));

        shelveLessons(builder, topics);
        due.selectKey((id, request) -> request.getIncident().getEnvironment(), Named.as("key-request-by-environment"))
                .repartition(Repartitioned.<String, InvestigationRequest>as("requests-by-environment")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(topics.serde(InvestigationRequest.class))
                        .withNumberOfPartitions(topics.lessons().partitions()))
                .processValues(
                        () -> new LessonShelf.Recall(new ServiceClasses(inventory)),
                        Named.as("recall-lessons"),
                        LessonShelf.LESSONS)
                .selectKey((environment, request) -> request.getIncident().getId(), Named.as("key-request-by-incident"))
                .to(
                        topics.investigationRequests().name(),
                        Produced.with(
                                        topics.investigationRequests().key(),
                                        topics.investigationRequests().value())
                                .withName("investigation-requests"));
        return builder.build();
    }

    /** Everything that can make an investigation due, by incident. Questions come from a topic of one partition. */
    private static KStream<String, Occasion> occasions(
            StreamsBuilder builder, Topics topics, TrustedKeys keys, Tallies tallies) {
        KStream<String, Occasion> reported = Readable.read(builder, topics, topics.incidents(), "incidents")
                .mapValues(incident -> (Occasion) new Occasion.Reported(incident), Named.as("incident-reported"));
        KStream<String, Occasion> answered = Readable.read(builder, topics, topics.investigations(), "investigations")
                .mapValues(done -> (Occasion) new Occasion.Answered(done), Named.as("investigation-answered"));
        KStream<String, Occasion> asked = Readable.read(builder, topics, topics.controls(), "controls")
                .filter((subject, control) -> control.getKind() == ControlKind.INVESTIGATE, Named.as("questions"))
                .filter((subject, control) -> counts(control, keys, tallies), Named.as("questions-that-count"))
                .selectKey((subject, control) -> control.getSubject(), Named.as("key-question-by-incident"))
                .repartition(Repartitioned.with(
                                topics.controls().key(), topics.controls().value())
                        .withName("questions-by-incident")
                        .withNumberOfPartitions(topics.incidents().partitions()))
                .mapValues(control -> (Occasion) new Occasion.Asked(control), Named.as("person-asked"));
        return reported.merge(answered, Named.as("incidents-and-answers")).merge(asked, Named.as("occasions"));
    }

    /** A question costs time and perhaps money, so only what a trusted person signed is one. */
    private static boolean counts(ControlRecord control, TrustedKeys keys, Tallies tallies) {
        boolean counts = ControlSignature.verifyPerson(control, keys);
        if (!counts) {
            tallies.count("question.untrusted");
        }
        return counts;
    }

    /** A lesson's key ends in its service, which begins with the environment; a deletion has nothing but the key. */
    private static void shelveLessons(StreamsBuilder builder, Topics topics) {
        builder.addStateStore(LessonShelf.store(topics));
        KStream<String, Lesson> lessons = builder.stream(
                topics.lessons().name(),
                Consumed.with(topics.lessons().key(), topics.lessons().value()).withName("read-lessons"));
        lessons.filter((key, lesson) -> key != null, Named.as("keyed-lessons"))
                .repartition(Repartitioned.with(
                                topics.lessons().key(), topics.lessons().value())
                        .withName("lessons-by-environment")
                        .withStreamPartitioner(InvestigateTopology::byEnvironment)
                        .withNumberOfPartitions(topics.lessons().partitions()))
                .process(LessonShelf.Filing::new, Named.as("shelve-lessons"), LessonShelf.LESSONS);
    }

    /** The partition that a key of the environment alone would go to, so that lessons meet requests. */
    private static Optional<Set<Integer>> byEnvironment(String topic, String key, Lesson lesson, int partitions) {
        String service = key.substring(key.lastIndexOf('|') + 1);
        int end = service.indexOf('/');
        byte[] environment = (end < 0 ? service : service.substring(0, end)).getBytes(StandardCharsets.UTF_8);
        return Optional.of(Set.of(KeyPartition.of(environment, partitions)));
    }
}
