package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.deploy.home.UsageException;
import io.nightshift.events.ControlKind;
import io.nightshift.events.Lesson;
import io.nightshift.events.Trust;
import io.nightshift.learn.domain.Promotion;
import io.nightshift.oversee.people.Controls;
import io.nightshift.schemas.trust.Levels;
import io.nightshift.schemas.trust.TrustReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nightshift trust}. */
@Command(
        name = "trust",
        description = "Tells how far each action is trusted, on what evidence, and what the next level still needs.",
        subcommands = TrustCommand.Promote.class)
public final class TrustCommand implements Callable<Integer> {

    @Mixin
    private Home home;

    @Option(names = "--json", description = "Print one JSON object: trust, sameMistakeTwice.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        Client client = Client.connect(home);
        Map<String, TrustReading> readings = readings(client);
        int repeated = client.latest(client.topics().lessons()).values().stream()
                .mapToInt(Lesson::getRepeated)
                .sum();
        if (json) {
            List<Map<String, Object>> entries = readings.entrySet().stream()
                    .map(entry -> fields(entry.getKey(), entry.getValue()))
                    .toList();
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("trust", entries);
            all.put("sameMistakeTwice", repeated);
            System.out.println(new ObjectMapper().writeValueAsString(all));
            return 0;
        }
        readings.forEach((key, reading) -> lines(key, reading).forEach(System.out::println));
        if (readings.isEmpty()) {
            System.out.println("nothing is trusted yet: no action has ended");
        }
        System.out.println("the same mistake twice: " + repeated + (repeated == 0 ? "" : " (should be 0)"));
        return 0;
    }

    static Map<String, TrustReading> readings(Client client) {
        Instant now = Instant.now();
        Map<String, TrustReading> readings = new TreeMap<>();
        client.latest(client.topics().trust()).forEach((key, trust) -> readings.put(key, TrustReading.of(trust, now)));
        return readings;
    }

    private static List<String> lines(String key, TrustReading reading) {
        Trust trust = reading.trust();
        String evidence = String.format(
                Locale.ROOT,
                "  held %d (%d in a row), failed %d, harmful %d, people agreed %d, disagreed %d, drills %d;"
                        + " at least %.2f hold",
                trust.getHeld(),
                trust.getInARow(),
                trust.getFailed(),
                trust.getHarmful(),
                trust.getAgreed(),
                trust.getDisagreed(),
                trust.getDrills(),
                reading.lowerBound());
        StringBuilder history = new StringBuilder();
        if (trust.getPromotedAt() != null) {
            history.append("; promoted by ")
                    .append(trust.getPromotedBy())
                    .append(" at ")
                    .append(trust.getPromotedAt());
        }
        if (trust.getDemotedAt() != null) {
            history.append("; demoted at ")
                    .append(trust.getDemotedAt())
                    .append(": ")
                    .append(trust.getDemotedFor());
        }
        List<String> lines = new ArrayList<>();
        lines.add(Words.plain(key) + "  level " + reading.level());
        lines.add(Words.plain(evidence + history));
        reading.stillNeeded().forEach(needed -> lines.add("  " + needed));
        return lines;
    }

    private static Map<String, Object> fields(String key, TrustReading reading) {
        Trust trust = reading.trust();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", key);
        fields.put("level", reading.level());
        fields.put("granted", trust.getGranted());
        fields.put("earned", reading.earned());
        fields.put("lowerBound", reading.lowerBound());
        fields.put("held", trust.getHeld());
        fields.put("inARow", trust.getInARow());
        fields.put("failed", trust.getFailed());
        fields.put("harmful", trust.getHarmful());
        fields.put("agreed", trust.getAgreed());
        fields.put("disagreed", trust.getDisagreed());
        fields.put("drills", trust.getDrills());
        fields.put("promotedBy", trust.getPromotedBy());
        fields.put("demotedFor", trust.getDemotedFor());
        fields.put("resetBy", trust.getResetBy());
        fields.put(
                "heldNeeded",
                reading.level() < Levels.FULL
                        ? reading.heldNeeded(Math.max(reading.level() + 1, Levels.SUPERVISED))
                        : 0);
        fields.put("stillNeeded", reading.stillNeeded());
        return fields;
    }

    /** {@code nightshift trust promote}. */
    @Command(
            name = "promote",
            description = {
                "Signs that an action is trusted up to a level; counts as far as the evidence goes, for a year at most.",
                "A level below the one in force lowers it."
            },
            footer = {"", "Exit status: 0 signed, 1 not earned yet, 2 usage."})
    public static final class Promote implements Callable<Integer> {

        private static final int NOT_EARNED = 1;

        @Spec
        private CommandSpec spec;

        @Mixin
        private Home home;

        @Mixin
        private Person person;

        @Parameters(
                index = "0",
                paramLabel = "KEY",
                description = "As ./nightshift trust prints it: action|class|cause.")
        private String key;

        @Parameters(
                index = "1",
                paramLabel = "LEVEL",
                description = "2 nothing, 3 ask, 4 act on what restores itself, 5 act.")
        private int level;

        @Override
        public Integer call() {
            if (level < Levels.DETECT || level > Levels.FULL) {
                throw new UsageException("a level of trust is 2 to 5, not " + level);
            }
            Client client = Client.connect(home);
            TrustReading reading = readings(client).get(key);
            if (reading == null) {
                throw new UsageException(
                        "nothing is known of '" + Words.plain(key) + "'; ./nightshift trust lists what is");
            }
            if (level > Math.max(Levels.ASSIST, reading.earned())) {
                spec.commandLine()
                        .getErr()
                        .println("nightshift: level " + level + " is not earned yet: " + reading.heldNeeded(level)
                                + " more held outcomes in a row are needed");
                return NOT_EARNED;
            }
            try (Controls controls = client.controls()) {
                controls.write(new Controls.Decision(
                        ControlKind.PROMOTE,
                        key,
                        null,
                        person.name(),
                        person.reason(),
                        null,
                        Promotion.arguments(level),
                        "cli"));
            }
            System.out.println("signed: " + Words.plain(key) + " up to level " + level);
            return 0;
        }
    }
}
