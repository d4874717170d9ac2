package io.nightshift.detect.domain.forecast;

import static io.nightshift.detect.domain.forecast.ForecastRig.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightshift.events.ForecastEvidence;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceForecastsTest {

    private static final int SEEDS = 12;
    private static final Duration DAY = Duration.ofDays(1);

    @ParameterizedTest
    @CsvSource({"30, 0.002", "72, 0.01", "200, 0.01", "72, 0.03"})
    void aDiskThatFillsIsToldOfAboutADayBeforeAndTheIntervalHoldsTheTruth(double hours, double noise) {
        int held = 0;
        int told = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            ForecastRig rig = new ForecastRig();
            Random random = new Random(seed);
            double end = hours * 3600;
            for (double t = 0; t < end - 4 * 3600; t += 60) {
                rig.disk(0.3 + 0.7 * t / end + noise * random.nextGaussian());
                if (!rig.open.isEmpty() && t % 3600 == 0) {
                    ForecastEvidence said = rig.evidence();
                    Instant truth = Instant.ofEpochSecond(ForecastRig.START / SECOND + (long) end);
                    held += truth.isBefore(said.getEarliest()) || truth.isAfter(said.getLatest()) ? 0 : 1;
                    told++;
                }
            }
            assertThat(rig.raised).isNotEmpty();
            double lead = hours - rig.raised.get(0).toMinutes() / 60.0;
            assertThat(lead).isBetween(13.0, 40.0);
        }
        assertThat((double) held / told).isGreaterThan(0.8);
    }

    @Test
    void aForecastSaysWhatItKnowsAndIsWithdrawnWhenTheDiskIsCleanedUp() {
        ForecastRig rig = new ForecastRig();
        double share = 0.3;
        while (rig.open.isEmpty()) {
            rig.disk(share += 0.7 / 4000);
        }
        for (int i = 0; i < 600; i++) {
            rig.disk(share += 0.7 / 4000);
        }
        ForecastEvidence said = rig.evidence();
        assertThat(said.getName()).isEqualTo("system.filesystem.usage");
        assertThat(said.getLimit()).isCloseTo(100, within(1e-9));
        assertThat(said.getCurrent()).isCloseTo(100 * share, within(0.1));
        assertThat(said.getSlopePerSecond()).isCloseTo(70 / 4000.0 / 60, within(2e-5));
        assertThat(said.getEarliest()).isBeforeOrEqualTo(said.getExhaustionAt());
        assertThat(said.getLatest()).isAfterOrEqualTo(said.getExhaustionAt());
        assertThat(rig.only().sentence())
                .matches("orders-1: the file system /data \\(system.filesystem.usage\\) will be full in about .* hours"
                        + " \\(90 %: .* to .* hours\\) if it goes on like this; \\d+ % is used now.");
        assertThat(rig.only().severity()).isGreaterThan(1);
        rig.disk(0.4);
        rig.disk(0.4);
        assertThat(rig.open).isEmpty();
    }

    @Test
    void aForecastIsWithdrawnWhenTheGrowthStops() {
        ForecastRig rig = new ForecastRig();
        double share = 0.3;
        while (rig.open.isEmpty()) {
            rig.disk(share += 0.7 / 4000);
        }
        long stopped = rig.now;
        while (!rig.open.isEmpty()) {
            rig.disk(share);
            assertThat(rig.now - stopped).isLessThan(12 * 3600 * SECOND);
        }
    }

    /** The first day teaches what is usual: nobody can know a season that was not seen. */
    @ParameterizedTest
    @CsvSource({
        "NOISY_CONSTANT, 0, 0",
        "ONE_STEP, 0, 0",
        "DAILY_SEASON, 1, 0",
        "LOG_ROTATION, 1, 0",
        "BATCH_JOBS, 1, 0.05",
        "WARM_UP, 1, 0",
    })
    void whatLivesOnLikeThatIsNoExhaustion(Nights life, int days, double perDayThen) {
        for (int kind = 0; kind < 2; kind++) {
            int raised = 0;
            for (int seed = 0; seed < SEEDS; seed++) {
                ForecastRig rig = new ForecastRig();
                DoubleConsumer feed = kind == 0 ? rig::disk : rig::pool;
                DoubleUnaryOperator share = life.of(new Random(seed));
                live(rig, share, feed, DAY.multipliedBy(3));
                raised += (int) rig.raised.stream()
                        .filter(at -> at.compareTo(DAY.multipliedBy(days)) >= 0)
                        .count();
                assertThat(rig.raised.size()).as("seed %d", seed).isLessThanOrEqualTo(2);
            }
            assertThat((double) raised / SEEDS / (3 - days)).isLessThanOrEqualTo(perDayThen);
        }
    }

    @ParameterizedTest
    @CsvSource({"SAWTOOTH", "WARM_UP", "NOISY_CONSTANT"})
    void aHealthyHeapIsNotToldOfFromItsFirstMinuteOn(Nights life) {
        for (int seed = 0; seed < SEEDS; seed++) {
            ForecastRig rig = new ForecastRig();
            live(rig, life.of(new Random(seed)), rig::heap, DAY);
            assertThat(rig.raised).as("seed %d", seed).isEmpty();
        }
    }

    private static void live(ForecastRig rig, DoubleUnaryOperator share, DoubleConsumer feed, Duration duration) {
        while (rig.passed().compareTo(duration) < 0) {
            feed.accept(
                    Math.max(0, Math.min(0.999, share.applyAsDouble(rig.passed().toSeconds()))));
        }
    }

    @ParameterizedTest
    @CsvSource({"14400, 120", "36000, 600"})
    void aLeakIsSeenInTheFloorsOfTheSawtoothAboutAnHourBefore(double end, double period) {
        ForecastRig rig = new ForecastRig();
        while (rig.open.isEmpty() && rig.passed().toSeconds() < end) {
            double t = rig.passed().toSeconds();
            double floor = 0.2 + 0.8 * t / end;
            rig.heap(floor + 0.7 * (1 - floor) * (t % period) / period);
        }
        double left = end - rig.passed().toSeconds();
        assertThat(left).isBetween(0.6 * 3600, 1.5 * 3600);
        ForecastEvidence said = rig.evidence();
        assertThat((said.getExhaustionAt().getEpochSecond() * SECOND - rig.now) / 1e6)
                .isCloseTo(left, within(0.25 * left));
        assertThat(rig.only().sentence()).contains("memory G1 Old Gen (jvm.memory.used) will be full in about");
    }

    @Test
    void whatIsLeftAfterCollectionsIsBetterThanWhatIsUsedAtAnyTime() {
        ForecastRig rig = new ForecastRig();
        Map<String, String> pool = Map.of("jvm.memory.pool.name", "Tenured Gen");
        double end = 6 * 3600;
        while (rig.open.isEmpty() && rig.passed().toSeconds() < end) {
            double t = rig.passed().toSeconds();
            rig.point("jvm.memory.limit", "By", pool, 1000);
            rig.point("jvm.memory.used", "By", pool, 950 + 50 * Math.sin(t));
            rig.point("jvm.memory.used_after_last_gc", "By", pool, 300 + 700 * Math.floor(t / 240) * 240 / end);
            rig.judge();
            rig.now += 15 * SECOND;
        }
        assertThat(end - rig.passed().toSeconds()).isBetween(0.6 * 3600, 1.5 * 3600);
        assertThat(rig.only().name()).isEqualTo("jvm.memory.used_after_last_gc");
    }

    @Test
    void aPoolThatDrainsIsToldOfInTime() {
        ForecastRig rig = new ForecastRig();
        Random random = new Random(3);
        while (rig.open.isEmpty()) {
            rig.pool(Math.rint(50 * (0.2 + 0.8 * rig.passed().toSeconds() / 7200.0 + 0.02 * random.nextGaussian()))
                    / 50);
            assertThat(rig.passed()).isLessThan(Duration.ofMinutes(112));
        }
        assertThat(rig.only().sentence()).contains("the pool main (db.client.connection.count) will be used up in");
        assertThat(rig.passed()).isGreaterThan(Duration.ofMinutes(75));
    }

    @ParameterizedTest
    @CsvSource({
        "tls.certificate.not_after, s, 1e9, 1",
        "x509_cert_not_after, '', 1e9, 1",
        "probe_ssl_earliest_cert_expiry, '', 1e9, 1",
        "tls_certificate_expiry_ms, ms, 1e9, 1000",
        "certificate.expiry.days, d, 0, 0.0000115740740740741",
        "token_expires_in_seconds, s, 0, 1",
    })
    void aCertificateIsToldOfThreeWeeksBeforeItExpires(String name, String unit, double epoch, double perSecond) {
        ForecastRig rig = new ForecastRig();
        double end = ForecastRig.START / 1e6 + 22 * 86_400;
        boolean isTime = epoch > 0;
        for (int hour = 0; hour < 48; hour++) {
            double now = rig.now / 1e6;
            rig.point(name, unit, Map.of("subject", "CN=shop"), (isTime ? end : end - now) * perSecond);
            rig.judge();
            assertThat(rig.open.isEmpty()).as("hour %d", hour).isEqualTo(hour < 24);
            rig.now += 3600 * SECOND;
        }
        assertThat(rig.only().sentence()).isEqualTo("orders-1: " + name + " CN=shop expires in 20 days.");
        double renewed = end + 90 * 86_400;
        rig.point(name, unit, Map.of("subject", "CN=shop"), (isTime ? renewed : renewed - rig.now / 1e6) * perSecond);
        rig.judge();
        assertThat(rig.open).isEmpty();
    }

    @Test
    void certificatesThatLiveADayAndRenewThemselvesAreSilentOnceThatWasSeen() {
        ForecastRig rig = new ForecastRig();
        for (int hour = 0; hour < 200; hour++) {
            double issued = Math.floor(hour / 12.0) * 12 * 3600;
            rig.point("tls.certificate.not_after", "s", Map.of(), ForecastRig.START / 1e6 + issued + 86_400);
            rig.judge();
            rig.now += 3600 * SECOND;
            if (hour > 12) {
                assertThat(rig.open).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "process.cpu.utilization, 1",
        "system.network.connection.count, 1",
        "cache.expired.count, 1",
        "jvm.thread.count, 1",
        "http.server.duration, s",
    })
    void whatHasNoLimitOrRunsOutOfNothingIsNoResource(String name, String unit) {
        ForecastRig rig = new ForecastRig();
        for (int i = 0; i < 2_000; i++) {
            rig.point(name, unit, Map.of(), i / 2_100.0);
            rig.judge();
            rig.now += 15 * SECOND;
        }
        assertThat(rig.raised).isEmpty();
    }

    @Test
    void aRestartContinuesAForecastWithinBoundedBytes() {
        ForecastRig rig = new ForecastRig();
        double share = 0.3;
        while (rig.open.isEmpty()) {
            rig.disk(share += 0.7 / 8000);
        }
        assertThat(rig.bytes().length).isLessThan(1_300);
        rig.restart();
        for (int i = 0; i < 60; i++) {
            rig.disk(share += 0.7 / 8000);
        }
        assertThat(rig.raised).hasSize(1);
        assertThat(rig.open).hasSize(1);
        rig.restart();
        rig.disk(0.3);
        rig.disk(0.3);
        assertThat(rig.open).isEmpty();
    }

    @Test
    void namesWithoutEndTakeBoundedRoom() {
        ForecastRig rig = new ForecastRig();
        for (int i = 0; i < 5_000; i++) {
            rig.point("pool." + i + ".used", "1", Map.of(), 1);
            rig.point("pool." + i + ".limit", "1", Map.of(), 2);
            rig.point("tls." + i + ".not_after", "s", Map.of(), 4e9);
        }
        rig.judge();
        assertThat(rig.bytes().length).isLessThan(200 * 1_300);
    }

    @Test
    void aDiskOfWhichWhatIsLeftIsToldInUnderscoresIsForeseenLikeAnyOther() {
        ForecastRig dots = new ForecastRig();
        ForecastRig underscores = new ForecastRig();
        double share = 0.3;
        while (share < 1 && underscores.open.isEmpty()) {
            share += 0.7 / 4000;
            dots.disk(share);
            underscores.nodeDisk(share);
        }
        ForecastEvidence said = underscores.evidence();
        assertThat(said.getLimit()).isEqualTo(100);
        assertThat(said.getCurrent()).isCloseTo(100 * share, within(0.1));
        assertThat(dots.open).isNotEmpty();
        assertThat(said.getExhaustionAt()).isCloseTo(dots.evidence().getExhaustionAt(), within(5, ChronoUnit.MINUTES));
        assertThat(underscores.only().sentence()).startsWith("orders-1: the file system /data ");
    }

    @Test
    void aForecastOfADiskOutlivesTheProcessAndOneOfAPoolDoesNot() {
        ForecastRig disk = new ForecastRig();
        double share = 0.3;
        while (share < 1 && disk.open.isEmpty()) {
            disk.nodeDisk(share += 0.7 / 4000);
        }
        disk.newProcess();
        assertThat(disk.open).hasSize(1);
        for (int i = 0; i < 60; i++) {
            disk.nodeDisk(share += 0.7 / 4000);
        }
        assertThat(disk.open).hasSize(1);
        assertThat(disk.raised).hasSize(1);
        disk.newProcess();
        disk.nodeDisk(0.3);
        disk.nodeDisk(0.3);
        assertThat(disk.open).isEmpty();

        ForecastRig pool = new ForecastRig();
        share = 0.3;
        while (share < 0.97 && pool.open.isEmpty()) {
            pool.pool(share += 0.001);
        }
        assertThat(pool.open).hasSize(1);
        pool.newProcess();
        assertThat(pool.open).isEmpty();
    }

    @Test
    void whatIsHeardOfNoMoreIsToldOfNoMore() {
        ForecastRig rig = new ForecastRig();
        double share = 0.3;
        while (rig.open.isEmpty()) {
            rig.disk(share += 0.7 / 4000);
        }
        int told = rig.told;
        for (int minute = 0; minute < 60; minute++) {
            rig.point("tls.server.not_after", "s", Map.of(), 4e9);
            rig.judge();
            rig.now += 60 * SECOND;
        }
        assertThat(rig.told).isEqualTo(told);
    }
}
