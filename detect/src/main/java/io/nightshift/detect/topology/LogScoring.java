package io.nightshift.detect.topology;

import io.nightshift.detect.domain.log.LogBook;
import io.nightshift.events.LogLine;
import io.nightshift.schemas.ServiceKey;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Log templates per service: new ones at error level, bursts, silences and shifts in proportion. */
final class LogScoring implements Processor<String, Arrival, String, Scored> {

    static final String STORE = "log-templates";

    private ProcessorContext<String, Scored> context;
    private Book<LogBook> book;

    @Override
    public void init(ProcessorContext<String, Scored> context) {
        this.context = context;
        book = new Book<>(
                        context.getStateStore(STORE),
                        key -> new LogBook(ServiceKey.parse(key)),
                        (key, bytes) -> LogBook.fromBytes(bytes, ServiceKey.parse(key)),
                        LogBook::toBytes)
                .loadAll();
    }

    @Override
    public void process(Record<String, Arrival> record) {
        if (record.value() instanceof Arrival.Logs logs) {
            LogBook templates = book.change(record.key());
            for (LogLine line : logs.batch().getLines()) {
                templates.add(line, logs.ref());
            }
        } else if (record.value() instanceof Arrival.Telemetry telemetry) {
            LogBook templates = book.all().get(record.key());
            if (templates != null) {
                templates.heard(telemetry.latestMicros());
            }
        } else if (record.value() instanceof Arrival.Time time) {
            book.all()
                    .forEach((service, templates) -> templates.time(
                            time.nowMicros(),
                            judgement -> context.forward(
                                    new Record<>(service, new Scored.Judged(judgement), record.timestamp()))));
            book.rotate(time.nowMicros());
        }
    }
}
