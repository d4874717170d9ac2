package io.nightshift.detect.topology;

import io.nightshift.detect.domain.presence.PresenceBook;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.schemas.ServiceKey;
import java.util.ArrayList;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Who was here and is silent now. Driven by ticks: it must speak when telemetry does not. */
final class PresenceScoring implements Processor<String, Arrival, String, Scored> {

    static final String STORE = "presence";

    /** A silent service is remembered for a week: of more than these only those that came first are watched. */
    private static final int MAX_SERVICES = 20_000;

    private final Tallies tallies;
    private ProcessorContext<String, Scored> context;
    private Book<PresenceBook> book;

    PresenceScoring(Tallies tallies) {
        this.tallies = tallies;
    }

    @Override
    public void init(ProcessorContext<String, Scored> context) {
        this.context = context;
        book = new Book<>(
                        context.getStateStore(STORE),
                        key -> new PresenceBook(ServiceKey.parse(key)),
                        (key, bytes) -> PresenceBook.fromBytes(bytes, ServiceKey.parse(key)),
                        PresenceBook::toBytes)
                .loadAll();
    }

    @Override
    public void process(Record<String, Arrival> record) {
        if (record.value() instanceof Arrival.Telemetry telemetry && telemetry.latestMicros() > 0) {
            if (!book.all().containsKey(record.key()) && book.all().size() >= MAX_SERVICES) {
                tallies.count("presence-services-refused");
                return;
            }
            PresenceBook presence = book.change(record.key());
            if (record.headers().lastHeader(Gate.PART) != null) {
                presence.ofPart(context.taskId().partition());
            }
            presence.heard(telemetry.resource().getInstance(), telemetry.latestMicros());
        } else if (record.value() instanceof Arrival.Time time) {
            for (String service : new ArrayList<>(book.all().keySet())) {
                PresenceBook presence = book.all().get(service);
                if (presence.time(time.nowMicros(), judgement -> say(service, judgement, record.timestamp()))) {
                    book.write(service);
                }
                if (presence.isEmpty()) {
                    book.forget(service);
                }
            }
            book.rotate(time.nowMicros());
        }
    }

    private void say(String service, Judgement judgement, long timestamp) {
        context.forward(new Record<>(service, new Scored.Judged(judgement), timestamp));
    }
}
