package io.nightshift.bench.log;

import java.util.Map;

/**
 * Drain's settings for each system and the grouping accuracy reached with them on the original labels of Loghub-2k, both as
 * published in logpai/logparser ({@code logparser/Drain/benchmark.py} and {@code README.md}, Apache-2.0). They check the
 * scorer; nothing of Nightshift's own uses them.
 */
final class PublishedDrain {

    private static final String IP = "(\\d+\\.){3}\\d+";
    private static final String HOST = "([\\w-]+\\.){2,}[\\w-]+";

    /**
     * @param ga published grouping accuracy, 0 to 1
     */
    record Run(Drain.Settings settings, double ga) {}

    static final Map<String, Run> RUNS = Map.ofEntries(
            Map.entry("HDFS", run(4, 0.5, 0.9975, "blk_-?\\d+", IP + "(:\\d+)?")),
            Map.entry("Hadoop", run(4, 0.5, 0.9475, IP)),
            Map.entry("Spark", run(4, 0.5, 0.920, IP, "\\b[KGTM]?B\\b", HOST)),
            Map.entry("Zookeeper", run(4, 0.5, 0.9665, "(/|)" + IP + "(:\\d+)?")),
            Map.entry("BGL", run(4, 0.5, 0.9625, "core\\.\\d+")),
            Map.entry("HPC", run(4, 0.5, 0.887, "=\\d+")),
            Map.entry("Thunderbird", run(4, 0.5, 0.955, IP)),
            Map.entry("Windows", run(5, 0.7, 0.997, "0x.*?\\s")),
            Map.entry("Linux", run(6, 0.39, 0.690, IP, "\\d{2}:\\d{2}:\\d{2}")),
            Map.entry(
                    "Android",
                    run(
                            6,
                            0.2,
                            0.911,
                            "(/[\\w-]+)+",
                            HOST,
                            "\\b(\\-?\\+?\\d+)\\b|\\b0[Xx][a-fA-F\\d]+\\b|\\b[a-fA-F\\d]{4,}\\b")),
            Map.entry("HealthApp", run(4, 0.2, 0.780)),
            Map.entry("Apache", run(4, 0.5, 1, IP)),
            Map.entry(
                    "Proxifier",
                    run(
                            3,
                            0.6,
                            0.5265,
                            "<\\d+\\ssec",
                            "([\\w-]+\\.)+[\\w-]+(:\\d+)?",
                            "\\d{2}:\\d{2}(:\\d{2})*",
                            "[KGTM]B")),
            Map.entry("OpenSSH", run(5, 0.6, 0.7875, IP, HOST)),
            Map.entry("OpenStack", run(5, 0.5, 0.7325, "(" + IP + ",?)+", "/.+?\\s", "\\d+")),
            Map.entry("Mac", run(6, 0.7, 0.7865, HOST)));

    private PublishedDrain() {}

    private static Run run(int depth, double similarity, double ga, String... masks) {
        return new Run(Drain.Settings.of(depth, similarity, masks), ga);
    }
}
