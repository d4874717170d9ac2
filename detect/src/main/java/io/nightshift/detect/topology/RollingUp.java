package io.nightshift.detect.topology;

import io.nightshift.detect.domain.rollup.MinuteRollup;
import io.nightshift.detect.domain.rollup.RollupPart;
import io.nightshift.events.ServiceRollup;
import io.nightshift.schemas.ServiceKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Puts together what the scoring steps saw of each service in a minute. All parts come within the tick that ends it. */
final class RollingUp implements Processor<String, RollingUp.Input, String, ServiceRollup> {

    /** A part, or time when there is none. */
    record Input(RollupPart part, long nowMicros) {}

    private final Map<String, RollupPart> parts = new LinkedHashMap<>();
    private ProcessorContext<String, ServiceRollup> context;

    @Override
    public void init(ProcessorContext<String, ServiceRollup> context) {
        this.context = context;
    }

    @Override
    public void process(Record<String, Input> record) {
        if (record.value().part() != null) {
            parts.merge(record.key(), record.value().part(), RollupPart::plus);
            return;
        }
        parts.forEach((service, part) -> context.forward(
                new Record<>(service, MinuteRollup.of(ServiceKey.parse(service), part), record.timestamp())));
        parts.clear();
    }
}
