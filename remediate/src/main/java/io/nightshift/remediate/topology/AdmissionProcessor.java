package io.nightshift.remediate.topology;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Execution;
import io.nightshift.events.HaltRecord;
import io.nightshift.events.ProbeRequest;
import io.nightshift.events.Trust;
import io.nightshift.remediate.domain.Outbox;
import io.nightshift.runtime.stream.DeadLetterCount;
import io.nightshift.runtime.stream.DeadLetterHandler;
import io.nightshift.runtime.stream.DeadLetters;
import io.nightshift.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
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
    /** After a start: what was told while nobody listened is read before the clock judges that nothing was told in time. */
    private static final int LOOKS_LET_PASS = 2;

    private static final String STAGE = "admission";

    private final Desk desk;
    private final Topics topics;
    private ProcessorContext<String, SpecificRecord> context;
    private AdmissionStores memory;
    private DeadLetterCount deadLetters;
    private int looks;

    AdmissionProcessor(Desk desk, Topics topics) {
        this.desk = desk;
        this.topics = topics;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> processorContext) {
        context = processorContext;
        memory = new AdmissionStores(processorContext);
        deadLetters = DeadLetterCount.of(processorContext.appConfigs().get(DeadLetterHandler.METERS), STAGE);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, time -> look(Instant.ofEpochMilli(time)));
    }

    private void look(Instant now) {
        if (looks < LOOKS_LET_PASS) {
            looks++;
            return;
        }
        desk.tick(memory, new Forwarding(now), now);
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
            if (isFirst()) {
                refusedHere(control, reason);
            }
        }

        @Override
        public void refusedHere(ControlRecord control, String reason) {
            LOG.warn(
                    "{} {} by key {} does not count: {}",
                    control.getKind(),
                    control.getId(),
                    control.getKeyId(),
                    reason);
            bury(topics.controls().name(), control.getSubject(), control, reason);
        }

        @Override
        public void refused(HaltRecord resume, String reason) {
            if (isFirst()) {
                LOG.warn("a resume by key {} does not count: {}", resume.getKeyId(), reason);
                bury(topics.halt().name(), "", resume, reason);
            }
        }

        private boolean isFirst() {
            return context.taskId().partition() == 0;
        }

        /** To the dead letters, whose bytes the topology makes. */
        private void bury(String topic, String key, SpecificRecord record, String reason) {
            deadLetters.add(topic);
            Record<String, SpecificRecord> source = new Record<>(topic, record, at);
            Headers headers = DeadLetters.of(Optional.empty(), source, utf8(key), null, at, reason, STAGE)
                    .headers()
                    .add(DeadLetters.SOURCE_TOPIC, utf8(topic));
            context.forward(source.withHeaders(headers));
        }

        private static byte[] utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
