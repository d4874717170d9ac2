package io.nightshift.detect.domain.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.EntityRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServiceSeverityJudgeTest {

    private static final long LOOK = 60_000_000;
    private static final int DAY = 1_440;
    private static final int SERIES = 20;

    private final EntityRef instance = new EntityRef("demo", "shop", "orders", "orders-1", null);
    private final ServiceSeverityJudge judge = new ServiceSeverityJudge(instance);
    private final List<Judgement> said = new ArrayList<>();
    private final Random random = new Random(2);
    private final double[] now = new double[SERIES];
    private long nowMicros = LOOK;

    @Test
    void ordinaryDaysSayNothing() {
        usual(20 * DAY);
        assertThat(said).isEmpty();
    }

    @Test
    void manySeriesALittleUnusualTogetherAreSaidAndEnd() {
        usual(2 * DAY);
        usual(10, 8, 6);
        assertThat(said).first().isInstanceOfSatisfying(Finding.class, finding -> {
            assertThat(finding.subject()).isEqualTo(instance);
            assertThat(finding.severity()).isGreaterThanOrEqualTo(1);
            assertThat(finding.sentence()).contains("orders-1", "metrics are unusual together", "metric-");
        });
        usual(DAY);
        assertThat(said).filteredOn(Judgement.Normal.class::isInstance).hasSize(1);
        assertThat(said).last().isInstanceOf(Judgement.Normal.class);
    }

    @Test
    void oneWildSeriesIsNotASharedTrouble() {
        usual(2 * DAY);
        usual(50, 1, 30);
        assertThat(said).isEmpty();
    }

    @Test
    void whatIsAnAnomalyAloneIsNotSaidTwice() {
        usual(2 * DAY);
        for (int i = 0; i < 10; i++) {
            look(8, 6, false);
        }
        assertThat(said).isEmpty();
    }

    @Test
    void aYoungInstanceMustBeFarMoreUnusual() {
        usual(400);
        usual(10, 8, 6);
        assertThat(said).isEmpty();
    }

    @Test
    void fewSeriesAreNotJudgedTogether() {
        for (int i = 0; i < 3 * DAY; i++) {
            nowMicros += LOOK;
            judge.look(nowMicros, 7, s -> nowMicros > 2 * DAY * LOOK ? 20 : 0.5, s -> "metric", true, said::add);
        }
        assertThat(said).isEmpty();
    }

    @Test
    void whatComesBackEachTimeGrowsUsual() {
        usual(2 * DAY);
        int opened = 0;
        for (int day = 0; day < 20; day++) {
            said.clear();
            usual(10, 8, 6);
            usual(200);
            opened += said.isEmpty() ? 0 : 1;
        }
        assertThat(opened).isBetween(1, 5);
    }

    @Test
    void theEndOfTheProcessEndsIt() {
        usual(2 * DAY);
        usual(3, 8, 6);
        judge.end(said::add);
        assertThat(said).last().isInstanceOf(Judgement.Normal.class);
    }

    @Test
    void anOpenFindingSurvivesARestart() {
        usual(2 * DAY);
        usual(3, 8, 6);
        StateWriter out = new StateWriter();
        judge.write(out);
        ServiceSeverityJudge read = new ServiceSeverityJudge(instance);
        read.read(new StateReader(out.toBytes()));
        said.clear();
        for (int i = 0; i < 100; i++) {
            nowMicros += LOOK;
            read.look(nowMicros, SERIES, s -> 0.5, s -> "metric", true, said::add);
        }
        assertThat(said).singleElement().isInstanceOf(Judgement.Normal.class);
    }

    private void usual(int looks) {
        usual(looks, 0, 0);
    }

    private void usual(int looks, int unusual, double severity) {
        for (int i = 0; i < looks; i++) {
            look(unusual, severity, true);
        }
    }

    private void look(int unusual, double severity, boolean quiet) {
        nowMicros += LOOK;
        for (int s = 0; s < SERIES; s++) {
            now[s] = Math.abs(random.nextGaussian());
        }
        Arrays.fill(now, 0, unusual, severity);
        judge.look(nowMicros, SERIES, s -> now[s], s -> "metric-" + s, quiet, said::add);
    }
}
