package io.nightshift.remediate.topology;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Execution;
import io.nightshift.events.ProbeRequest;
import io.nightshift.events.Trust;
import io.nightshift.remediate.domain.Outbox;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings state, record and time to the desk, and what it says on its way. Wall-clock time, because deadlines of effects
 * on the world run whether or not telemetry flows.
 */
final class AdmissionProcessor implements Processor<String, SpecificRecord, String, SpecificRecord> {

    private static final Logger LOG = LoggerFactory.getLogger(AdmissionProcessor.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Desk desk;
    private ProcessorContext<String, SpecificRecord> context;
    private AdmissionStores memory;

    AdmissionProcessor(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> processorContext) {
        context = processorContext;
        memory = new AdmissionStores(processorContext);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, time -> {
            Instant now = Instant.ofEpochMilli(time);
            desk.tick(memory, new Forwarding(now), now);
        });
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        if (record.value() == null) {
            memory.forgetTrust(record.key()); // Only trust is taken back so: what it rested on was unlearned.
            return;
        }
        if (record.value() instanceof Trust trust) {
            memory.keep(record.key(), trust);
            return;
        }
        Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
        desk.on(record.value(), Instant.ofEpochMilli(record.timestamp()), memory, new Forwarding(now), now);
    }

    private final class Forwarding implements Outbox {
        private final long at;

        Forwarding(Instant now) {
            at = now.toEpochMilli();
        }

        @Override
        public void event(ActionEvent event) {
            context.forward(new Record<>(event.getIncidentId(), event, at));
        }

        @Override
        public void execute(Execution execution) {
            context.forward(new Record<>(execution.getPlan().getTarget(), execution, at));
        }

        @Override
        public void probe(ProbeRequest request) {
            context.forward(new Record<>(request.getService(), request, at));
        }

        @Override
        public void refused(ControlRecord control, String reason) {
            LOG.warn(
                    "{} {} by key {} does not count: {}",
                    control.getKind(),
                    control.getId(),
                    control.getKeyId(),
                    reason);
        }
    }
}
