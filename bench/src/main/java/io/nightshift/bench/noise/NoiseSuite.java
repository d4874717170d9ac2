package io.nightshift.bench.noise;

import io.nightshift.bench.DataException;
import io.nightshift.bench.Figures;
import io.nightshift.bench.Suite;
import io.nightshift.detect.domain.metric.SeriesDetector;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightshift eval noise}: how often the production detector alarms on series of which nothing is known to be wrong. */
@Command(
        name = "noise",
        description = {
            "Counts the alarms on a folder of series on which nothing happened: CSV files, gzipped or not,",
            "with a column of times and one column a series; or without a heading, a row an interval.",
        })
public final class NoiseSuite extends Suite {

    private static final double PER = 1_000;

    @Option(
            names = "--files",
            paramLabel = "GLOB",
            description = "Which file names to read, for instance *_train.csv.gz. Default: ${DEFAULT-VALUE}",
            defaultValue = "*.{csv,csv.gz}")
    private String files;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            description = "Distance of the rows of files without times. Default: ${DEFAULT-VALUE}",
            defaultValue = "60")
    private int interval;

    @Option(
            names = "--except",
            paramLabel = "FILE",
            description = "Times that do not count, lines from,to: what is known to have been wrong.")
    private Path exceptions;

    @Option(names = "--list", description = "Print each alarm on standard error.")
    private boolean list;

    @Override
    protected Figures score(Path folder) throws IOException {
        List<Path> found;
        PathMatcher wanted = FileSystems.getDefault().getPathMatcher("glob:" + files);
        try (Stream<Path> all = Files.walk(folder)) {
            found = all.filter(file -> Files.isRegularFile(file) && wanted.matches(file.getFileName()))
                    .sorted()
                    .toList();
        }
        Intervals except = exceptions == null ? Intervals.none() : Intervals.read(exceptions);
        AlarmCount count = new AlarmCount(except, this::tell);
        long skipped = 0;
        for (Path file : found) {
            Optional<SeriesFile> series = SeriesFile.read(file, TimeUnit.SECONDS.toMicros(interval));
            series.ifPresent(count::add);
            skipped += series.isPresent() ? 0 : 1;
        }
        if (count.series() == 0) {
            throw new DataException(folder, "no file named " + files + " holds a series");
        }
        return figures(count).put("files", found.size() - skipped).put("files_without_times", skipped);
    }

    private static Figures figures(AlarmCount count) {
        Figures bySource = new Figures();
        count.bySource().forEach((source, alarms) -> bySource.put(source.name().toLowerCase(Locale.ROOT), alarms));
        return new Figures()
                .put("anomalies_per_1000_series_days", PER * count.alarms() / count.seriesDays())
                .put("anomalies", count.alarms())
                .put("series_days", count.seriesDays())
                .put("series", count.series())
                .put("by_detector", bySource);
    }

    private void tell(String series, long timeMicros, double value, SeriesDetector detector) {
        if (list) {
            System.err.printf(
                    Locale.ROOT,
                    "%s %s %s %.6g (expected %.6g to %.6g)%n",
                    Instant.ofEpochMilli(timeMicros / 1_000),
                    series,
                    detector.source(),
                    value,
                    detector.lower(),
                    detector.upper());
        }
    }
}
