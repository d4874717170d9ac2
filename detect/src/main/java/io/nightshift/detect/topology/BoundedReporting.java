package io.nightshift.detect.topology;

import io.nightshift.detect.domain.feedback.Sensitivities;
import io.nightshift.detect.domain.feedback.Sensitivity;
import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.report.Reporter;
import io.nightshift.events.Anomaly;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Says each anomaly once when it opens, now and then while it lasts, and once when it ends. Open anomalies are exact. */
final class BoundedReporting implements Processor<String, Judgement, String, Anomaly> {

    static final String STORE = "open-anomalies";
    static final String SENSITIVITY = "sensitivity";

    private final Reporter.Settings settings;
    private final Tallies tallies;
    private ProcessorContext<String, Anomaly> context;
    private KeyValueStore<String, Anomaly> store;
    private Sensitivities sensitivities;
    private Reporter reporter;

    BoundedReporting(Reporter.Settings settings, Tallies tallies) {
        this.settings = settings;
        this.tallies = tallies;
    }

    @Override
    public void init(ProcessorContext<String, Anomaly> context) {
        this.context = context;
        store = context.getStateStore(STORE);
        KeyValueStore<String, byte[]> opinions = context.getStateStore(SENSITIVITY);
        reporter = new Reporter(settings, sensitivities(opinions));
        try (KeyValueIterator<String, Anomaly> open = store.all()) {
            while (open.hasNext()) {
                KeyValue<String, Anomaly> entry = open.next();
                reporter.restore(entry.key, entry.value);
            }
        }
    }

    @Override
    public void process(Record<String, Judgement> record) {
        if (record.value() instanceof Finding finding) {
            reporter.accept(finding).ifPresent(anomaly -> {
                store.put(finding.slot(), anomaly);
                tell(anomaly, record.timestamp());
            });
        } else if (record.value() instanceof Judgement.Normal normal) {
            sensitivities.normal(normal.slot());
            end(normal.slot(), normal.sentence(), record.timestamp());
        } else if (record.value() instanceof Judgement.Said said) {
            tallies.count("feedback." + said.feedback().opinion().word());
            reporter.accept(said.feedback())
                    .forEach(slot -> end(slot, "A person said that it is no problem.", record.timestamp()));
        } else if (record.value() instanceof Judgement.Time time) {
            reporter.time(time.nowMicros()).forEach(slot -> end(slot, null, record.timestamp()));
        }
    }

    private Sensitivities sensitivities(KeyValueStore<String, byte[]> opinions) {
        sensitivities = new Sensitivities(new Sensitivities.Memory() {
            @Override
            public void keep(String series, Sensitivity sensitivity) {
                opinions.put(series, sensitivity.toBytes());
            }

            @Override
            public void forget(String series) {
                opinions.delete(series);
            }
        });
        try (KeyValueIterator<String, byte[]> all = opinions.all()) {
            all.forEachRemaining(entry -> sensitivities.restore(entry.key, Sensitivity.fromBytes(entry.value)));
        }
        return sensitivities;
    }

    private void end(String slot, String sentence, long timestamp) {
        reporter.normal(slot, sentence).ifPresent(anomaly -> {
            store.delete(slot);
            tell(anomaly, timestamp);
        });
    }

    private void tell(Anomaly anomaly, long timestamp) {
        tallies.count("anomalies." + anomaly.getPhase());
        context.forward(new Record<>(anomaly.getSubject().getEnvironment(), anomaly, timestamp));
    }
}
