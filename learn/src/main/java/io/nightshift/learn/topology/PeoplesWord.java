package io.nightshift.learn.topology;

import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.learn.domain.Promotion;
import io.nightshift.learn.domain.Remarks;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.TrustedKeys;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * What people say: of incidents, and how far something is trusted. Only what a trusted person signed counts; the rest changes
 * nothing and is counted. Of {@code controls} each reader takes what is its own.
 */
final class PeoplesWord {

    private final KStream<String, ControlRecord> said;
    private final Topics topics;

    private PeoplesWord(KStream<String, ControlRecord> said, Topics topics) {
        this.said = said;
        this.topics = topics;
    }

    static PeoplesWord read(StreamsBuilder builder, Topics topics, TrustedKeys keys, Tallies tallies) {
        KStream<String, ControlRecord> said = builder.stream(
                        topics.controls().name(),
                        Consumed.with(topics.controls().key(), topics.controls().value())
                                .withName("controls"))
                .filter((subject, control) -> control != null && isOurs(control), Named.as("words-for-learn"))
                .filter((subject, control) -> counts(control, keys, tallies), Named.as("words-that-count"));
        return new PeoplesWord(said, topics);
    }

    /** Feedback on incidents and revocations, by incident. */
    KStream<String, SpecificRecord> onIncidents() {
        return said.filter((subject, control) -> control.getKind() != ControlKind.PROMOTE, Named.as("on-incidents"))
                .selectKey((subject, control) -> control.getSubject(), Named.as("words-by-incident"))
                .repartition(by("words"))
                .mapValues(control -> (SpecificRecord) control, Named.as("words"));
    }

    /** Promotions, by what is promoted. */
    KStream<String, SpecificRecord> onTrust() {
        return said.filter((subject, control) -> control.getKind() == ControlKind.PROMOTE, Named.as("on-trust"))
                .selectKey((subject, control) -> control.getSubject(), Named.as("promotions-by-trust"))
                .repartition(by("promotions"))
                .mapValues(control -> (SpecificRecord) control, Named.as("promotions"));
    }

    /** Feedback on an anomaly is for detect. */
    private static boolean isOurs(ControlRecord control) {
        return switch (control.getKind()) {
            case REVOKE, PROMOTE -> true;
            case FEEDBACK -> Remarks.of(control).isPresent();
            default -> false;
        };
    }

    private static boolean counts(ControlRecord control, TrustedKeys keys, Tallies tallies) {
        Optional<String> refusal = refusal(control, keys);
        refusal.ifPresent(tallies::count);
        return refusal.isEmpty();
    }

    private static Optional<String> refusal(ControlRecord control, TrustedKeys keys) {
        String kind = control.getKind().name().toLowerCase(Locale.ROOT);
        if (!ControlSignature.verifyPerson(control, keys)) {
            return Optional.of(kind + ".untrusted");
        }
        boolean understood = !control.getSubject().isEmpty()
                && (control.getKind() != ControlKind.PROMOTE
                        || Promotion.of(control).isPresent());
        return understood ? Optional.empty() : Optional.of(kind + ".not-understood");
    }

    private Repartitioned<String, ControlRecord> by(String name) {
        return Repartitioned.with(topics.controls().key(), topics.controls().value())
                .withName(name)
                .withNumberOfPartitions(topics.settings().decisionPartitions());
    }
}
