package io.nightshift.detect.domain.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.schemas.ServiceKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PresenceBookTest {

    private static final long SECOND = 1_000_000;
    private static final ServiceKey ORDERS = new ServiceKey("demo", "shop", "orders");
    private static final String SERVICE = slot(null);

    private PresenceBook book = new PresenceBook(ORDERS);
    private final Map<String, Finding> open = new LinkedHashMap<>();
    private final List<String> farewells = new ArrayList<>();
    private long now = 1_000_000 * SECOND;

    @Test
    void anOutageLastsUntilTelemetryIsBackHoweverLong() {
        live(60, "orders-1", "orders-2");
        pass(60);
        assertThat(open).containsOnlyKeys(SERVICE, slot("orders-1"), slot("orders-2"));
        pass(26 * 3600);
        assertThat(open).containsOnlyKeys(SERVICE, slot("orders-1"), slot("orders-2"));
        live(10, "orders-1", "orders-2");
        assertThat(open).isEmpty();
    }

    @Test
    void anOutageOutlivesARestart() {
        live(60, "orders-1");
        pass(7_200);
        book = PresenceBook.fromBytes(book.toBytes(), ORDERS);
        pass(10);
        assertThat(open).containsOnlyKeys(SERVICE, slot("orders-1"));
        assertThat(open.get(SERVICE).sentence()).contains("72");
    }

    @Test
    void afterAWeekItIsNoLongerExpectedAndThatIsSaid() {
        live(60, "orders-1");
        pass(60);
        farAhead(8 * 24 * 3600);
        assertThat(open).isEmpty();
        assertThat(book.isEmpty()).isTrue();
        assertThat(farewells).anySatisfy(sentence -> assertThat(sentence)
                .isEqualTo("orders has sent nothing for a week; it is no longer expected."));
    }

    @Test
    void ofALivingServiceAReplacedInstanceIsForgottenAtOnceAndAMissingOneAfterAnHour() {
        live(60, "orders-1", "orders-2");
        live(60, "orders-1");
        assertThat(open).containsOnlyKeys(slot("orders-2"));
        live(3_600, "orders-1");
        assertThat(open).isEmpty();
        assertThat(farewells).singleElement().asString().contains("orders-2 has sent nothing for an hour");

        live(60, "orders-3");
        assertThat(open).as("orders-3 took the place of orders-1").isEmpty();
    }

    @Test
    void aNearSilenceIsSaidBelowTheThreshold() {
        live(60, "orders-1");
        pass(20);
        assertThat(open).containsOnlyKeys(SERVICE, slot("orders-1"));
        assertThat(open.values())
                .allSatisfy(finding -> assertThat(finding.severity()).isBetween(0.5, 0.99));
    }

    private void live(int seconds, String... instances) {
        for (int i = 0; i < seconds; i++) {
            for (String instance : instances) {
                book.heard(instance, now);
            }
            pass(1);
        }
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            now += SECOND;
            tick();
        }
    }

    /** Ten seconds at a time: a longer step would be a pause of our own. */
    private void farAhead(int seconds) {
        for (int i = 0; i < seconds; i += 10) {
            now += 10 * SECOND;
            tick();
        }
    }

    private void tick() {
        open.values().removeIf(finding -> finding.severity() < 1);
        book.time(now, judgement -> {
            if (judgement instanceof Finding finding) {
                open.put(finding.slot(), finding);
            } else if (judgement instanceof Judgement.Normal normal) {
                open.remove(normal.slot());
                if (normal.sentence() != null) {
                    farewells.add(normal.sentence());
                }
            }
        });
    }

    private static String slot(String instance) {
        return Finding.slot(ORDERS.entity(instance), io.nightshift.events.AnomalyKind.DROPOUT, "telemetry", "");
    }
}
