package io.nightshift.detect.domain.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ServiceSeverityTest {

    @Test
    void isTheMeanOfTheEightMostUnusualSeries() {
        ServiceSeverity service = new ServiceSeverity(0);
        for (int series = 0; series < 20; series++) {
            service.accept(series, series % 2 == 0 ? series : 0);
        }
        assertThat(service.look()).isEqualTo((18 + 16 + 14 + 12 + 10 + 8 + 6 + 4) / 8.0, within(1e-6));
        assertThat(service.reachedBy(1)).isEqualTo(18);
        assertThat(service.reachedBy(5)).isEqualTo(10);
    }

    @Test
    void withFewSeriesItIsTheMeanOfThose() {
        ServiceSeverity service = new ServiceSeverity(0);
        service.accept(0, 3);
        service.accept(1, 6);
        assertThat(service.look()).isEqualTo(4.5, within(1e-6));
        assertThat(new ServiceSeverity(0).look()).isZero();
    }

    @Test
    void withoutAHoldNothingStays() {
        ServiceSeverity service = new ServiceSeverity(0);
        service.accept(0, 3);
        service.look();
        assertThat(service.look()).isZero();
    }

    @Test
    void seriesHitOneAfterTheOtherCountTogether() {
        ServiceSeverity service = new ServiceSeverity();
        double last = 0;
        for (int series = 0; series < 8; series++) {
            for (int all = 0; all < 8; all++) {
                service.accept(all, all == series ? 10 : 0);
            }
            last = service.look();
        }
        double expected = 0;
        for (int looksAgo = 0; looksAgo < 8; looksAgo++) {
            expected += 10 * Math.exp(-looksAgo / ServiceSeverity.HOLD) / 8;
        }
        assertThat(last).isEqualTo(expected, within(1e-4));
    }

    @Test
    void tellsHowManySeriesReachAsMuch() {
        ServiceSeverity service = new ServiceSeverity();
        for (int series = 0; series < 9; series++) {
            service.accept(series, series < 6 ? 7 : 1);
        }
        service.look();
        assertThat(service.reaching(7)).isEqualTo(6);
        assertThat(service.reaching(1)).isEqualTo(9);
    }
}
