package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.deploy.run.NightshiftSettings;
import io.nightshift.investigate.LookSources;
import io.nightshift.investigate.look.LookSource;
import io.nightshift.investigate.look.LookTool;
import io.nightshift.investigate.look.LookTool.LookException;
import io.nightshift.investigate.look.ToolSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the language model may look at. */
@Command(
        name = "tools",
        description = "What the language model may look at, read only: investigate.tools in the configuration file.",
        subcommands = {ToolsCommand.Show.class, ToolsCommand.Check.class})
public final class ToolsCommand {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Where the servers are listed. */
    private static final class Configured {

        @Mixin
        private Home home;

        @Option(names = "--config", required = true, description = "Configuration file with investigate.tools.")
        private Path config;

        @Option(names = "--json", description = "Print one JSON array.")
        private boolean json;

        LookSources sources() {
            return LookSources.of(
                    ToolSettings.all(NightshiftSettings.read(config, home.folder("nightshift"))
                            .config()
                            .section("investigate")),
                    Clock.systemUTC());
        }

        boolean tells(List<Map<String, Object>> all) throws JsonProcessingException {
            if (json) {
                System.out.println(new ObjectMapper().writeValueAsString(all));
            } else if (all.isEmpty()) {
                System.out.println(
                        "no servers are listed under investigate.tools; a model sees Nightshift's own topics");
            }
            return json;
        }
    }

    /** {@code nightshift tools list}. */
    @Command(
            name = "list",
            description = {
                "Lists the servers with their tools as a model sees them. Asks MCP servers for their descriptions.",
                "Nightshift's own topics can always be looked at."
            })
    public static final class Show implements Callable<Integer> {

        @Mixin
        private Configured configured;

        @Override
        public Integer call() throws JsonProcessingException {
            LookSources sources = configured.sources();
            try {
                List<Map<String, Object>> all =
                        sources.sources().stream().map(Show::described).toList();
                if (!configured.tells(all)) {
                    sources.sources().forEach(Show::print);
                }
                return 0;
            } finally {
                sources.close();
            }
        }

        private static void print(LookSource source) {
            System.out.println(source.name() + " (" + source.kind() + ")");
            source.tools().forEach(tool -> {
                System.out.printf(Locale.ROOT, "  %-28s %s%n", tool.name(), Words.plain(tool.description()));
                tool.parameters()
                        .forEach(parameter -> System.out.printf(
                                Locale.ROOT,
                                "    %-26s %s%s%n",
                                parameter.name(),
                                parameter.required() ? "required: " : "",
                                Words.plain(parameter.description())));
            });
        }

        private static Map<String, Object> described(LookSource source) {
            Map<String, Object> described = new LinkedHashMap<>();
            described.put("name", source.name());
            described.put("kind", source.kind());
            described.put("tools", source.tools().stream().map(Show::described).toList());
            return described;
        }

        private static Map<String, Object> described(LookTool tool) {
            Map<String, Object> described = new LinkedHashMap<>();
            described.put("name", tool.name());
            described.put("description", tool.description());
            described.put(
                    "parameters",
                    tool.parameters().stream()
                            .map(parameter -> Map.of(
                                    "name", parameter.name(),
                                    "description", parameter.description(),
                                    "required", parameter.required()))
                            .toList());
            return described;
        }
    }

    /** {@code nightshift tools check}. */
    @Command(
            name = "check",
            description = {
                "Tries each server with the cheapest look there is, with the credentials of this environment.",
                "Exit status 1 when one of them can't be used."
            })
    public static final class Check implements Callable<Integer> {

        @Mixin
        private Configured configured;

        @Override
        public Integer call() throws JsonProcessingException {
            LookSources sources = configured.sources();
            try {
                List<Map<String, Object>> all = new ArrayList<>();
                sources.sources().forEach(source -> all.add(tried(source)));
                if (!configured.tells(all)) {
                    all.forEach(one -> System.out.printf(
                            Locale.ROOT,
                            "%-6s %-20s %-14s %s%n",
                            (boolean) one.get("ok") ? "ok" : "FAILED",
                            one.get("name"),
                            one.get("kind"),
                            Words.plain((String) one.get("detail"))));
                }
                return all.stream().allMatch(one -> (boolean) one.get("ok")) ? 0 : 1;
            } finally {
                sources.close();
            }
        }

        private static Map<String, Object> tried(LookSource source) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("name", source.name());
            result.put("kind", source.kind());
            try {
                String detail = source.check(PATIENCE);
                result.put("ok", true);
                result.put("detail", detail);
            } catch (LookException e) {
                result.put("ok", false);
                result.put("detail", e.getMessage());
            }
            return result;
        }
    }
}
