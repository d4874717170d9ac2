package io.nightshift.detect.topology;

import io.nightshift.detect.domain.call.CallBook;
import io.nightshift.detect.domain.call.Peers;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.rollup.RollupPart;
import io.nightshift.events.Span;
import io.nightshift.schemas.ServiceKey;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Rate, errors and duration of requests served and made, judged in windows that ticks close. */
final class CallScoring implements Processor<String, Arrival, String, Scored> {

    static final String STORE = "call-baselines";

    private final Peers peers;
    private ProcessorContext<String, Scored> context;
    private Book<CallBook> book;
    private long minute;

    CallScoring(Peers peers) {
        this.peers = peers;
    }

    @Override
    public void init(ProcessorContext<String, Scored> context) {
        this.context = context;
        book = new Book<>(
                        context.getStateStore(STORE),
                        key -> new CallBook(ServiceKey.parse(key), peers),
                        (key, bytes) -> CallBook.fromBytes(bytes, ServiceKey.parse(key), peers),
                        CallBook::toBytes)
                .loadAll();
    }

    @Override
    public void process(Record<String, Arrival> record) {
        if (record.value() instanceof Arrival.Time time) {
            time(time.nowMicros(), record.timestamp());
        } else if (record.value() instanceof Arrival.Telemetry telemetry) {
            CallBook calls = book.change(record.key());
            calls.heard(telemetry.latestMicros());
            if (telemetry instanceof Arrival.Spans spans) {
                for (Span span : spans.batch().getSpans()) {
                    calls.add(spans.resource(), span);
                }
            }
        }
    }

    private void time(long nowMicros, long timestamp) {
        book.all().forEach((service, calls) -> calls.time(nowMicros, judgement -> say(service, judgement, timestamp)));
        long nowMinute = nowMicros / 60_000_000;
        if (minute != 0 && nowMinute > minute) {
            long closed = minute;
            book.all()
                    .forEach((service, calls) -> context.forward(new Record<>(
                            service, new Scored.Part(RollupPart.calls(closed, calls.takeMinute())), timestamp)));
        }
        minute = Math.max(minute, nowMinute);
        book.rotate(nowMicros);
    }

    private void say(String service, Judgement judgement, long timestamp) {
        context.forward(new Record<>(service, new Scored.Judged(judgement), timestamp));
    }
}
