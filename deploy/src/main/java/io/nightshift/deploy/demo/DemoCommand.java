package io.nightshift.deploy.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.deploy.cli.Home;
import io.nightshift.oversee.domain.night.IncidentFile;
import io.nightshift.oversee.domain.summary.MorningSummary;
import io.nightshift.shop.load.LoadStats;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The 3 AM story on real processes: the shop, a fault in it, and Nightshift, which is told nothing of the fault. */
@Command(
        name = "demo",
        description =
                "Plays the 3 AM story: a real shop of JVM processes, a real fault, and Nightshift to find and repair it.",
        exitCodeOnInvalidInput = 2,
        footer = {
            "",
            "Exit status: 0 the story ended well (see passed and failures in --json), 1 it did not, 2 usage,",
            "3 could not start."
        })
public final class DemoCommand implements Callable<Integer> {

    private static final String RANDOM = "random";
    private static final List<String> SCENARIOS = Stream.concat(
                    Stream.of("leak", "healthy", RANDOM),
                    Arrays.stream(Fault.values()).map(Fault::word).filter(word -> !word.equals("leak")))
            .toList();

    /**
     * Seconds in which the leaking release fills its heap, also after the restart: longer than the restart, its verification
     * and the short hold time together, and shorter than the long hold time, within which it comes back.
     */
    private static final double LEAK = 75;

    private static final Duration HELD_ONCE = Duration.ofSeconds(20);
    private static final Duration HELD_TWICE = Duration.ofSeconds(120);
    private static final Duration BASELINE = Duration.ofSeconds(40);

    @Mixin
    private Home home;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--scenario",
            defaultValue = "leak",
            description =
                    "leak: a release leaks memory; healthy: nothing is wrong; random: what goes wrong, and where, is"
                            + " drawn and told at the end; or one of the faults that it draws from, such as pool. Default:"
                            + " ${DEFAULT-VALUE}.")
    private String scenario;

    @Option(names = "--seed", description = "What a random story is drawn from. Default: another one each time.")
    private Long seed;

    @Option(
            names = "--minutes",
            defaultValue = "5",
            description = "Length of the healthy night. Default: ${DEFAULT-VALUE}.")
    private int minutes;

    @Option(
            names = "--repeat",
            defaultValue = "1",
            description = "2: wait until the leak comes back, and see what was learned. Default: ${DEFAULT-VALUE}.")
    private int repeat;

    @Option(
            names = "--level",
            defaultValue = "4",
            description =
                    "Autonomy: 3 proposes and waits for ./nightshift approve, 4 acts on what restores or undoes itself,"
                            + " and by the demo's own policy.cedar frees disk and rotates certificates. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int level;

    @Option(
            names = "--twice",
            description =
                    "Once the story is over, people take away what is left of it, and it is played once more, to see what"
                            + " Nightshift remembers of the first time.")
    private boolean twice;

    @Option(names = "--control", description = "Afterwards, the same fault without Nightshift, for comparison.")
    private boolean control;

    @Option(names = "--json", description = "Print one JSON object as the last line.")
    private boolean json;

    @Option(names = "--stay", description = "Keep everything running at the end, until Ctrl-C.")
    private boolean stay;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        Narrator narrator = new Narrator(System.out, System.console() != null && System.getenv("NO_COLOR") == null);
        DemoSettings settings = settings();
        Scenario played = scenario(settings);
        narrator.say("demo", played.name() + ": " + played.description());
        Instant began = Instant.now();
        DemoReport report = play(played, settings, narrator, began);
        played.reveal(narrator);
        if (json) {
            System.out.println(json(report));
        }
        boolean secondPassed = report.second() == null || report.second().secondPassed();
        return report.passed() && secondPassed ? 0 : 1;
    }

    private void check() {
        if (!SCENARIOS.contains(scenario)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "there is no scenario '" + scenario + "'; there are " + String.join(", ", SCENARIOS));
        }
        if (level < 1 || level > 5) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--level is 1 to 5, not " + level);
        }
        if (repeat < 1 || repeat > 2) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--repeat is 1 or 2, not " + repeat);
        }
        if (minutes < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--minutes is 1 or more, not " + minutes);
        }
        if (seed != null && (scenario.equals("leak") || scenario.equals("healthy"))) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--seed needs a story that is drawn: --scenario random, or a fault by name");
        }
        if (twice && (scenario.equals("leak") || scenario.equals("healthy"))) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "--twice needs a story that is drawn: --scenario random, or a fault by name; the story of the leak has"
                            + " --repeat 2");
        }
        if (repeat > 1 && !scenario.equals("leak")) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--repeat needs the story of the leak, which comes back");
        }
        if (scenario.equals("healthy") && control) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--control needs a fault, and the scenario healthy has none");
        }
        if (control && stay) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "--control runs after the shop has ended, and --stay keeps it running: give one of them");
        }
    }

    private DemoSettings settings() {
        return new DemoSettings(
                home.folder("demo"),
                Home.registryDistribution(),
                level,
                LEAK,
                BASELINE,
                repeat > 1 ? HELD_TWICE : HELD_ONCE,
                4318);
    }

    private Scenario scenario(DemoSettings settings) {
        return switch (scenario) {
            case "leak" -> new LeakScenario(settings.baseline(), repeat);
            case "healthy" -> new HealthyScenario(settings.baseline(), Duration.ofMinutes(minutes));
            default -> {
                long drawnFrom = seed != null ? seed : new SecureRandom().nextInt(1_000_000);
                yield new RandomScenario(scenario, Draw.from(drawnFrom, Fault.of(scenario)), settings.baseline());
            }
        };
    }

    private DemoReport play(Scenario played, DemoSettings settings, Narrator narrator, Instant began)
            throws IOException, InterruptedException {
        FreshStart.in(settings);
        DemoReport report;
        Duration sinceFault;
        try (DemoHouse house = DemoHouse.start(settings, narrator)) {
            double ready = Duration.between(began, Instant.now()).toMillis() / 1000.0;
            announce(house, settings, ready, narrator);
            Played outcome = played.play(house, narrator);
            LoadStats.View load = house.shop().load(1);
            report =
                    new Judge(house.witness(), outcome, house.shop().ledger(), load).report(played.name(), ready, null);
            sinceFault = outcome.faultAt() == null ? Duration.ZERO : Duration.between(outcome.faultAt(), Instant.now());
            conclude(house, report, narrator);
            if (twice && played instanceof RandomScenario drawn) {
                SecondPlay second = new Encore(drawn, house, narrator).after(outcome, report);
                if (second.report() != null) {
                    conclude(house, second.report(), narrator);
                }
                report = report.withSecond(second);
            }
            if (!stay) {
                narrator.say("demo", "everything of the demo ends now; with --stay it goes on, for you to look at");
            } else {
                if (json) {
                    System.out.println(json(report)); // whoever stays ends it by a signal, and then nothing is printed
                }
                narrator.say("demo", "still running; Ctrl-C ends it");
                Thread.currentThread().join();
            }
        }
        if (control) {
            Mishap mishap = played.mishap().orElseThrow();
            report = new ControlArm(settings, mishap, sinceFault, narrator).beside(report);
        }
        return report;
    }

    private void announce(DemoHouse house, DemoSettings settings, double ready, Narrator narrator) {
        narrator.say(
                "demo",
                String.format(Locale.ROOT, "ready after %.1f s: ", ready)
                        + house.nightshift().platform().description());
        narrator.say(
                "demo",
                "console: " + house.nightshift().consoleUrl() + "  (to decide there: "
                        + house.nightshift().consoleSignIn(System.console() != null) + ")");
        narrator.say(
                "demo",
                "the demo verifies for 8 s and calls a repair held after "
                        + settings.holdFor().toSeconds() + " s; in production a minute and a day");
        narrator.say(
                "demo",
                "what it may do alone stands in " + settings.folder().resolve("policy.cedar")
                        + ": the cautious profile, and freeing disk and rotating certificates beside it");
        if (level == 3) {
            narrator.say("demo", "at level 3 it asks before it acts: ./nightshift approve, or the console's button");
        }
    }

    private void conclude(DemoHouse house, DemoReport report, Narrator narrator) throws IOException {
        for (IncidentFile file : house.witness().incidents()) {
            if (file.latest().filter(incident -> incident.getPages()).isPresent()) {
                String summary = MorningSummary.of(file, ZoneId.systemDefault());
                Path where = house.keep("summary-" + file.id() + ".md", summary);
                narrator.print("\n" + summary);
                narrator.say("demo", "this summary stands in " + where);
            }
        }
        narrator.say(
                "demo",
                report.failedRequests() + " of " + report.requests() + " requests of users failed, from the end of the"
                        + " normal load on; worst second's p99 " + Math.round(report.p99Millis()) + " ms");
        if (report.passed()) {
            narrator.say("demo", "the story ended well: the shop's own ledger shows what was done and nothing else");
        }
        report.failures().forEach(failure -> narrator.say("demo", "NOT AS IT SHOULD BE: " + failure));
    }

    private static String json(DemoReport report) throws JsonProcessingException {
        return new ObjectMapper().writeValueAsString(report);
    }
}
