package io.nightshift.bench;

import io.nightshift.bench.injection.InjectionSuite;
import io.nightshift.bench.log.LogsSuite;
import io.nightshift.bench.nab.NabSuite;
import io.nightshift.bench.noise.NoiseSuite;
import io.nightshift.bench.rca.RcaSuite;
import io.nightshift.bench.smd.SmdSuite;
import io.nightshift.deploy.FurtherCommand;
import picocli.CommandLine.Command;

/** {@code nightshift eval}: each suite is a subcommand of its own. */
@Command(
        name = "eval",
        description = "Scores what Nightshift runs in production on labelled data of yours.",
        subcommands = {
            InjectionSuite.class,
            LogsSuite.class,
            NabSuite.class,
            NoiseSuite.class,
            RcaSuite.class,
            SmdSuite.class
        })
public final class EvalCommand implements FurtherCommand {}
