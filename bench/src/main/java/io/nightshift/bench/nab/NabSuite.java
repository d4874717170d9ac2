package io.nightshift.bench.nab;

import io.nightshift.bench.Figures;
import io.nightshift.bench.Suite;
import io.nightshift.detect.domain.metric.SeriesDetector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightshift eval nab}: the production detector of single metrics on NAB, or on a folder laid out like it. */
@Command(
        name = "nab",
        description = {
            "Scores the detector of single metrics on the Numenta Anomaly Benchmark,",
            "or on a folder of yours with data/**.csv and labels/combined_windows.json as there.",
            "\"fixed\" is the threshold of production: no label was seen. \"optimised\" is the best threshold afterwards."
        })
public final class NabSuite extends Suite {

    /** What production alarms at. */
    private static final double THRESHOLD = 1;

    /** Of NAB's README, 2020. */
    private static final double PUBLISHED_WINDOWED_GAUSSIAN = 39.6;

    @Option(
            names = "--check",
            description = "Check the scorer too: scores NAB's windowed Gaussian, beside the published figure.")
    private boolean check;

    @Override
    protected Figures score(Path folder) throws IOException {
        NabFolder nab = new NabFolder(folder);
        Profile standard = nab.profile("standard", Profile.STANDARD);
        List<LabelledSeries> series = nab.series();
        List<Scored> all = Scored.by(() -> new SeriesDetector()::accept, series);
        NabScore score = new NabScore(all, standard);
        Figures figures = new Figures()
                .put("standard_optimised", score.best())
                .put("standard_fixed", score.at(THRESHOLD))
                .put("standard_fixed_odd", new NabScore(Scored.half(all, true), standard).at(THRESHOLD))
                .put("standard_fixed_even", new NabScore(Scored.half(all, false), standard).at(THRESHOLD))
                .put("low_fp_fixed", fixed(all, nab.profile("reward_low_FP_rate", Profile.LOW_FALSE_POSITIVES)))
                .put("low_fn_fixed", fixed(all, nab.profile("reward_low_FN_rate", Profile.LOW_FALSE_NEGATIVES)))
                .put("alarms_without_label", score.outside(THRESHOLD))
                .put("standard_fixed_by_folder", byFolder(all, standard));
        if (check) {
            figures.put("windowed_gaussian", new NabScore(Scored.by(WindowedGaussian::new, series), standard).best())
                    .put("windowed_gaussian_published", PUBLISHED_WINDOWED_GAUSSIAN);
        }
        return figures;
    }

    private static double fixed(List<Scored> all, Profile profile) {
        return new NabScore(all, profile).at(THRESHOLD);
    }

    private static Figures byFolder(List<Scored> all, Profile profile) {
        Map<String, List<Scored>> folders = new TreeMap<>(all.stream()
                .collect(Collectors.groupingBy(scored -> scored.series().kind())));
        Figures figures = new Figures();
        folders.forEach((folder, files) -> figures.put(folder, fixed(files, profile)));
        return figures;
    }
}
