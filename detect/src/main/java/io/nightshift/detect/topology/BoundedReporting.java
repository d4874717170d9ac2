package io.nightshift.detect.topology;

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

    private final Reporter.Settings settings;
    private final Tallies tallies;
    private ProcessorContext<String, Anomaly> context;
    private KeyValueStore<String, Anomaly> store;
    private Reporter reporter;

    BoundedReporting(Reporter.Settings settings, Tallies tallies) {
        this.settings = settings;
        this.tallies = tallies;
    }

    @Override
    public void init(ProcessorContext<String, Anomaly> context) {
        this.context = context;
        store = context.getStateStore(STORE);
        reporter = new Reporter(settings);
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
            end(normal.slot(), record.timestamp());
        } else if (record.value() instanceof Judgement.Time time) {
            reporter.time(time.nowMicros()).forEach(slot -> end(slot, record.timestamp()));
        }
    }

    private void end(String slot, long timestamp) {
        reporter.normal(slot).ifPresent(anomaly -> {
            store.delete(slot);
            tell(anomaly, timestamp);
        });
    }

    private void tell(Anomaly anomaly, long timestamp) {
        tallies.count("anomalies." + anomaly.getPhase());
        context.forward(new Record<>(anomaly.getSubject().getEnvironment(), anomaly, timestamp));
    }
}
