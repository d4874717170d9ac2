package io.nightshift.detect.topology;

import io.nightshift.detect.domain.feedback.Feedback;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.TrustedKeys;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * What people say about anomalies. The topic of controls has one partition and a series may be judged in any, so each opinion
 * is told to every task. Only what a trusted person signed counts; the rest changes nothing and is counted.
 */
final class Opinions {

    private Opinions() {}

    static KStream<String, Judgement> read(StreamsBuilder builder, Topics topics, TrustedKeys keys, Tallies tallies) {
        StreamPartitioner<String, ControlRecord> everyTask = new StreamPartitioner<>() {
            @Override
            public Optional<Set<Integer>> partitions(String name, String key, ControlRecord value, int partitions) {
                return Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()));
            }
        };
        return builder.stream(
                        topics.controls().name(),
                        Consumed.with(topics.controls().key(), topics.controls().value())
                                .withName("read-controls"))
                .filter((subject, control) -> isOpinion(control), Named.as("opinions"))
                .filter((subject, control) -> counts(control, keys, tallies), Named.as("opinions-that-count"))
                .repartition(Repartitioned.with(
                                topics.controls().key(), topics.controls().value())
                        .withName("opinions")
                        .withStreamPartitioner(everyTask)
                        .withNumberOfPartitions(topics.settings().telemetryPartitions()))
                .flatMapValues(
                        control ->
                                Feedback.of(control).map(feedback -> (Judgement) new Judgement.Said(feedback)).stream()
                                        .toList(),
                        Named.as("opinion-judgements"));
    }

    private static boolean isOpinion(ControlRecord control) {
        return control != null && control.getKind() == ControlKind.FEEDBACK;
    }

    private static boolean counts(ControlRecord control, TrustedKeys keys, Tallies tallies) {
        if (!ControlSignature.verifyPerson(control, keys)) {
            tallies.count("feedback.untrusted");
            return false;
        }
        if (Feedback.of(control).isEmpty()) {
            tallies.count("feedback.not-understood");
            return false;
        }
        return true;
    }
}
