package io.nightshift.runtime.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.nightshift.runtime.fault.Faults;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a record that can't be decoded to the dead letters, with its bytes and the reason, and goes on: one poisoned
 * record must not stop its partition. The dead letter belongs to the same transaction as the offset that passes over it.
 *
 * <p>When the record could not be judged, because the schema registry was out of reach, the stream thread fails instead
 * and is restarted with a back-off: such a record may be perfectly good.
 */
public final class DeadLetterHandler implements DeserializationExceptionHandler {

    /** Setting: the topic of the dead letters. */
    public static final String TOPIC = "nightshift.dead.letters.topic";
    /** Setting: name of the stage, for the header and the metric. */
    public static final String STAGE = "nightshift.stage";
    /** Setting: a {@link MeterRegistry}; optional. */
    public static final String METERS = "nightshift.meters";

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterHandler.class);

    private String topic;
    private String stage;
    private DeadLetterCount count;

    @Override
    public void configure(Map<String, ?> configs) {
        topic = required(configs, TOPIC);
        stage = required(configs, STAGE);
        count = DeadLetterCount.of(configs.get(METERS), stage);
    }

    private static String required(Map<String, ?> configs, String name) {
        Object value = configs.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the Streams setting " + name
                    + " is missing; make the properties with Streams.properties(context, application)");
        }
        return value.toString();
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        if (Faults.isTransient(exception)) {
            return Response.fail();
        }
        String reason = DeadLetters.reason(exception);
        LOG.warn(
                "{}: dead letter from {}-{} at offset {}: {}",
                stage,
                record.topic(),
                record.partition(),
                record.offset(),
                reason);
        count.add(record.topic());
        return Response.resume(List.of(DeadLetters.of(topic, record, reason, stage)));
    }
}
