package io.nightshift.bench;

import io.nightshift.bench.chaos.ActBench;
import io.nightshift.bench.learn.LearnBench;
import io.nightshift.bench.log.LogsBench;
import io.nightshift.bench.pipeline.PipelineBench;
import io.nightshift.bench.rca.RankSpeed;
import io.nightshift.bench.speed.DetectBench;
import io.nightshift.bench.speed.VerdictBench;
import io.nightshift.bench.story.StoriesTable;
import io.nightshift.deploy.FurtherCommand;
import picocli.CommandLine.Command;

/** {@code nightshift bench}: each benchmark is a subcommand of its own. */
@Command(
        name = "bench",
        description =
                "Measures how fast and how small Nightshift is on this machine, and how it learns, beside a baseline in the"
                        + " same run.",
        subcommands = {
            ActBench.class,
            DetectBench.class,
            LearnBench.class,
            LogsBench.class,
            PipelineBench.class,
            RankSpeed.class,
            StoriesTable.class,
            VerdictBench.class
        })
public final class BenchCommand implements FurtherCommand {}
