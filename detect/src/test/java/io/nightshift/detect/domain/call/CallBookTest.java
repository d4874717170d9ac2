package io.nightshift.detect.domain.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightshift.events.Resource;
import io.nightshift.events.Span;
import io.nightshift.events.SpanKind;
import io.nightshift.events.SpanStatus;
import io.nightshift.schemas.ServiceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallBookTest {

    @Test
    void quantilesAreWithinFivePercentAndSketchesAddUp() {
        DurationSketch even = new DurationSketch();
        DurationSketch odd = new DurationSketch();
        DurationSketch all = new DurationSketch();
        for (int millis = 1; millis <= 10_000; millis++) {
            (millis % 2 == 0 ? even : odd).add(millis * 1_000L);
            all.add(millis * 1_000L);
        }
        even.add(odd);
        for (double q : new double[] {0.01, 0.5, 0.95, 0.99}) {
            assertThat(all.quantileMillis(q)).isCloseTo(q * 10_000, within(q * 10_000 * 0.05));
            assertThat(even.quantileMillis(q)).isEqualTo(all.quantileMillis(q));
        }
    }

    @Test
    void theBinomialTailAgreesWithSmallCasesWorkedByHand() {
        assertThat(Math.exp(Binomial.logTail(2, 2, 0.5))).isCloseTo(0.25, within(1e-9));
        assertThat(Math.exp(Binomial.logTail(3, 4, 0.5))).isCloseTo(5.0 / 16, within(1e-9));
        assertThat(Math.exp(Binomial.logTail(1, 10, 0.01))).isCloseTo(1 - Math.pow(0.99, 10), within(1e-9));
        assertThat(Binomial.logTail(0, 10, 0.01)).isZero();
        assertThat(Binomial.logTail(100, 100, 0.02)).isCloseTo(100 * Math.log(0.02), within(1e-6));
    }

    @Test
    void instancesThatCameAndWentMakeRoomForNewOnes() {
        CallBook book = new CallBook(new ServiceKey("demo", "shop", "orders"), new Peers(Map.of()), new TraceShelf());
        long now = 1_000_000_000_000_000L;
        for (int i = 0; i < 500; i++) {
            now += 60_000_000;
            Resource pod = Resource.newBuilder()
                    .setEnvironment("demo")
                    .setNamespace("shop")
                    .setService("orders")
                    .setInstance("orders-" + i)
                    .build();
            book.heard(now);
            book.add(
                    pod,
                    Span.newBuilder()
                            .setTraceId("t" + i)
                            .setSpanId("s")
                            .setName("GET /")
                            .setKind(SpanKind.SERVER)
                            .setStartMicros(now - 1_000)
                            .setDurationMicros(1_000)
                            .setStatus(SpanStatus.OK)
                            .build());
            book.time(now, judgement -> {});
        }
        assertThat(book.refusedSubjects()).isZero();
        assertThat(book.takeMinute())
                .anyMatch(calls -> "orders-499".equals(calls.subject().getInstance()));
    }

    @Test
    void mergedSketchesOfUnevenDurationsKnowEveryQuantileWithinFivePercent() {
        Random random = new Random(11);
        List<Long> all = new ArrayList<>();
        DurationSketch merged = new DurationSketch();
        for (int part = 0; part < 20; part++) {
            DurationSketch sketch = new DurationSketch();
            for (int i = 0; i < 1_000 * (1 + part % 3); i++) {
                long micros = (long) (100 * Math.exp(2 + part * 0.3 + 1.5 * random.nextGaussian()));
                micros = Math.max(60, Math.min(micros, 800_000_000L));
                all.add(micros);
                sketch.add(micros);
            }
            merged.add(sketch);
        }
        all.sort(null);
        for (double q = 0.01; q < 1; q += 0.01) {
            double exact = all.get((int) Math.ceil(q * all.size()) - 1) / 1e3;
            assertThat(merged.quantileMillis(q)).isCloseTo(exact, within(exact * 0.05));
        }
        assertThat(merged.count()).isEqualTo(all.size());
    }
}
