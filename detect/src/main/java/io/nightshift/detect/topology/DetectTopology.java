package io.nightshift.detect.topology;

import io.nightshift.detect.DetectSettings;
import io.nightshift.detect.domain.call.Peers;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.events.Anomaly;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.signing.TrustedKeys;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.Stores;

/** Telemetry in; anomalies, the service graph and rollups out. The steps stand in the order in which a record meets them. */
public final class DetectTopology {

    private DetectTopology() {}

    /**
     * Builds the application {@code detect}; nobody's opinion about anomalies counts.
     *
     * @param builder one that enforces explicit names
     * @param tallies where steps count what they turned away
     */
    public static Topology build(StreamsBuilder builder, DetectSettings settings, Topics topics, Tallies tallies) {
        return build(builder, settings, topics, TrustedKeys.none(), tallies);
    }

    /**
     * Builds the application {@code detect}.
     *
     * @param builder one that enforces explicit names
     * @param keys whose opinions about anomalies count
     * @param tallies where steps count what they turned away
     */
    public static Topology build(
            StreamsBuilder builder, DetectSettings settings, Topics topics, TrustedKeys keys, Tallies tallies) {
        addStores(builder, topics);
        KStream<String, Arrival> telemetry = Telemetry.read(builder, topics, tallies);
        KStream<String, Scored> scored = scored(telemetry, settings, topics, tallies);
        report(scored, telemetry, Opinions.read(builder, topics, keys, tallies), settings, topics, tallies);
        ServiceGraphs.follow(telemetry, settings, topics, tallies);
        rollUp(scored, telemetry, topics);
        return builder.build();
    }

    private static KStream<String, Scored> scored(
            KStream<String, Arrival> telemetry, DetectSettings settings, Topics topics, Tallies tallies) {
        Peers peers = new Peers(settings.addresses());
        int partitions = topics.settings().telemetryPartitions();
        return step(telemetry, () -> new MetricScoring(settings.forecasts()), "score-metrics", MetricScoring.STORE)
                .merge(
                        step(telemetry, () -> new CallScoring(peers, tallies), "score-calls", CallScoring.STORE),
                        Named.as("with-calls"))
                .merge(step(telemetry, LogScoring::new, "score-logs", LogScoring.STORE), Named.as("with-log-scores"))
                .merge(
                        step(telemetry, () -> new PresenceScoring(tallies), "score-presence", PresenceScoring.STORE),
                        Named.as("with-presence"))
                .merge(
                        step(
                                telemetry,
                                () -> new ObjectiveScoring(settings.objectives(), partitions, tallies),
                                "score-objectives",
                                ObjectiveScoring.STORE),
                        Named.as("with-burn-rates"));
    }

    private static KStream<String, Scored> step(
            KStream<String, Arrival> telemetry,
            ProcessorSupplier<String, Arrival, String, Scored> step,
            String name,
            String store) {
        return telemetry.process(step, Named.as(name), store);
    }

    private static void report(
            KStream<String, Scored> scored,
            KStream<String, Arrival> telemetry,
            KStream<String, Judgement> opinions,
            DetectSettings settings,
            Topics topics,
            Tallies tallies) {
        KStream<String, Judgement> judged = scored.filter(
                        (service, said) -> said instanceof Scored.Judged, Named.as("judged"))
                .mapValues(said -> ((Scored.Judged) said).judgement(), Named.as("judgements"));
        // Time comes last, after every step has judged with it.
        KStream<String, Judgement> time = telemetry
                .filter((service, arrival) -> arrival instanceof Arrival.Time, Named.as("time"))
                .mapValues(
                        arrival -> (Judgement) new Judgement.Time(((Arrival.Time) arrival).nowMicros()),
                        Named.as("time-judgements"));
        KStream<String, Anomaly> anomalies = judged.merge(opinions, Named.as("with-opinions"))
                .merge(time, Named.as("with-time"))
                .process(
                        () -> new BoundedReporting(settings.reporting(), tallies),
                        Named.as("report"),
                        BoundedReporting.STORE,
                        BoundedReporting.SENSITIVITY);
        anomalies.to(
                topics.anomalies().name(),
                Produced.with(topics.anomalies().key(), topics.anomalies().value())
                        .withName("anomalies"));
    }

    private static void rollUp(KStream<String, Scored> scored, KStream<String, Arrival> telemetry, Topics topics) {
        KStream<String, RollingUp.Input> parts = scored.filter(
                        (service, said) -> said instanceof Scored.Part, Named.as("parts"))
                .mapValues(said -> new RollingUp.Input(((Scored.Part) said).part(), 0), Named.as("part-inputs"));
        KStream<String, RollingUp.Input> time = telemetry
                .filter((service, arrival) -> arrival instanceof Arrival.Time, Named.as("minute-time"))
                .mapValues(
                        arrival -> new RollingUp.Input(null, ((Arrival.Time) arrival).nowMicros()),
                        Named.as("minute-inputs"));
        parts.merge(time, Named.as("parts-and-time"))
                .process(RollingUp::new, Named.as("roll-up"))
                .to(
                        topics.rollups().name(),
                        Produced.with(topics.rollups().key(), topics.rollups().value())
                                .withName("rollups"));
    }

    private static void addStores(StreamsBuilder builder, Topics topics) {
        for (String name : new String[] {
            MetricScoring.STORE,
            CallScoring.STORE,
            LogScoring.STORE,
            PresenceScoring.STORE,
            ObjectiveScoring.STORE,
            BoundedReporting.SENSITIVITY
        }) {
            builder.addStateStore(Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray()));
        }
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(BoundedReporting.STORE), Serdes.String(), topics.serde(Anomaly.class)));
    }
}
