package io.nightshift.bench.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlarmCountTest {

    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final int DAY = 1_440;

    @TempDir
    Path folder;

    private final List<Long> alarms = new ArrayList<>();

    @Test
    void daysAreCountedForEachSeriesAndAlarmsAtTheirTime() {
        AlarmCount count = count(Intervals.none());
        count.add(oneSpike(4 * DAY, MINUTE));
        assertThat(count.series()).isEqualTo(2);
        assertThat(count.seriesDays()).isEqualTo(8, within(1e-9));
        assertThat(alarms).containsExactly(3L * DAY * MINUTE);
        assertThat(count.alarms()).isEqualTo(1);
    }

    @Test
    void whatIsExceptedCountsNeitherAsAlarmNorAsTime() throws IOException {
        Path file = Files.writeString(folder.resolve("except.csv"), 3 * 86_400 - 60 + "," + (3 * 86_400 + 86_400));
        AlarmCount count = count(Intervals.read(file));
        count.add(oneSpike(4 * DAY, MINUTE));
        assertThat(count.alarms()).isZero();
        assertThat(count.seriesDays()).isEqualTo(6, within(0.01));
    }

    @Test
    void oneWildSecondOfAFastSeriesIsAveragedAway() {
        Random random = new Random(3);
        double[] values = random.doubles(7_200).toArray();
        values[6_000] = 1.5;
        AlarmCount count = count(Intervals.none());
        count.add(new SeriesFile(List.of("fast"), times(7_200, SECOND), new double[][] {values}));
        assertThat(count.alarms()).isZero();
    }

    private AlarmCount count(Intervals except) {
        return new AlarmCount(except, (series, time, value, detector) -> alarms.add(time));
    }

    private static SeriesFile oneSpike(int points, long interval) {
        Random random = new Random(1);
        double[] spiked = random.doubles(points).toArray();
        double[] quiet = random.doubles(points).toArray();
        spiked[3 * DAY] = 100;
        return new SeriesFile(List.of("spiked", "quiet"), times(points, interval), new double[][] {spiked, quiet});
    }

    private static long[] times(int points, long interval) {
        long[] times = new long[points];
        for (int i = 0; i < points; i++) {
            times[i] = i * interval;
        }
        return times;
    }
}
