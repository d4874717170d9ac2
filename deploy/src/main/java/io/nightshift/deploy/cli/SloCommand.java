package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.detect.domain.slo.BurnRule;
import io.nightshift.detect.domain.slo.Objective;
import io.nightshift.detect.openslo.OpenSloFiles;
import io.nightshift.runtime.config.ConfigException;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The objectives that services are measured by. */
@Command(
        name = "slo",
        description = "The objectives that services are measured by.",
        subcommands = {SloCommand.Check.class})
public final class SloCommand {

    /** {@code nightshift slo check}. */
    @Command(
            name = "check",
            description = "Reads OpenSLO files as detect does, and tells when their objectives will alert.",
            footer = {"", "Exit status: 0 they are in order, 1 one of them is not, 2 usage."})
    public static final class Check implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Parameters(arity = "1..*", paramLabel = "FILE", description = "OpenSLO files, or folders of them.")
        private List<Path> files;

        @Option(
                names = "--inventory",
                description = "Inventory in which services are looked up. Default: none; services are named in full.")
        private Path inventory;

        @Option(names = "--json", description = "Print one JSON array.")
        private boolean json;

        @Override
        public Integer call() throws JsonProcessingException {
            files.forEach(Home::existing);
            Inventory known = inventory == null ? Inventory.empty() : InventoryFile.read(Home.existing(inventory));
            List<Objective> objectives;
            try {
                objectives = OpenSloFiles.read(files, known);
            } catch (ConfigException e) {
                spec.commandLine().getErr().println("nightshift: " + e.getMessage());
                return 1; // what was to be checked is not in order
            }
            if (json) {
                System.out.println(new ObjectMapper()
                        .writeValueAsString(
                                objectives.stream().map(Check::described).toList()));
                return 0;
            }
            for (Objective objective : objectives) {
                System.out.printf(
                        Locale.ROOT,
                        "%s  %s  %s over %s%n",
                        objective.name(),
                        objective.service(),
                        objective.target(),
                        span(objective.period().length()));
                alerts(objective)
                        .forEach(alert -> System.out.printf(
                                Locale.ROOT,
                                "  %-6s more than %.3g %% bad over %s and over %s: %.0f %% of the budget%n",
                                alert.get("alert"),
                                100 * (double) alert.get("badShare"),
                                span(Duration.ofSeconds((long) alert.get("longWindowSeconds"))),
                                span(Duration.ofSeconds((long) alert.get("shortWindowSeconds"))),
                                100 * (double) alert.get("budgetShare")));
            }
            return 0;
        }

        private static Map<String, Object> described(Objective objective) {
            Map<String, Object> described = new LinkedHashMap<>();
            described.put("objective", objective.name());
            described.put("service", objective.service().toString());
            described.put("target", objective.target());
            described.put("periodSeconds", objective.period().length().toSeconds());
            described.put("budgetingMethod", objective.budgeting().method().name());
            described.put("alerts", alerts(objective));
            return described;
        }

        private static List<Map<String, Object>> alerts(Objective objective) {
            List<Map<String, Object>> alerts = new ArrayList<>();
            for (BurnRule.Alert alert : BurnRule.Alert.values()) {
                for (BurnRule rule : alert.rules()) {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("alert", alert.name().toLowerCase(Locale.ROOT));
                    one.put("burnRate", rule.rate());
                    one.put("badShare", Math.min(1, rule.rate() * objective.budget()));
                    one.put("longWindowSeconds", rule.longMicros(objective.periodMicros()) / 1_000_000);
                    one.put("shortWindowSeconds", rule.shortMicros(objective.periodMicros()) / 1_000_000);
                    one.put("budgetShare", rule.budgetShare());
                    alerts.add(one);
                }
            }
            return alerts;
        }

        private static String span(Duration span) {
            return span.toString().substring(2).toLowerCase(Locale.ROOT);
        }
    }
}
