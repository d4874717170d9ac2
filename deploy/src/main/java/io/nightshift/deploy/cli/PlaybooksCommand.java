package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.remediate.domain.PlaybookFit;
import io.nightshift.remediate.domain.playbook.Parameter;
import io.nightshift.remediate.domain.playbook.Playbook;
import io.nightshift.remediate.domain.playbook.PlaybookStep;
import io.nightshift.remediate.playbook.PlaybookLibrary;
import io.nightshift.runtime.config.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Declared courses of several actions. */
@Command(
        name = "playbooks",
        description = "Declared courses of several actions against a kind of cause.",
        subcommands = {PlaybooksCommand.Listing.class, PlaybooksCommand.Check.class, DryRunCommand.class})
public final class PlaybooksCommand {

    private static final int NOT_AS_IT_SHOULD_BE = 1;

    static void print(Object value) throws JsonProcessingException {
        System.out.println(new ObjectMapper().writeValueAsString(value));
    }

    /** {@code nightshift playbooks list}. */
    @Command(name = "list", description = "Lists the playbooks: against what, at which level, from where.")
    public static final class Listing implements Callable<Integer> {

        @Mixin
        private PlaybookPlaces places;

        @Option(names = "--json", description = "Print one JSON array.")
        private boolean json;

        @Override
        public Integer call() throws JsonProcessingException {
            PlaybookLibrary library = places.library();
            if (json) {
                print(library.playbooks().all().stream()
                        .map(playbook -> fields(playbook, library))
                        .toList());
                return 0;
            }
            for (Playbook playbook : library.playbooks().all()) {
                System.out.printf(
                        Locale.ROOT,
                        "%s  version %s  against %s  level %d  %s%s  sha256 %s%n    %s%n",
                        playbook.name(),
                        Words.plain(playbook.version()),
                        playbook.against().stream().sorted().toList(),
                        playbook.level(),
                        playbook.origin(),
                        replaces(playbook, library) ? ", in place of the shipped one" : "",
                        playbook.sha256(),
                        Words.plain(playbook.description()));
            }
            return 0;
        }

        private static boolean replaces(Playbook playbook, PlaybookLibrary library) {
            return library.replaced().contains(playbook.name());
        }

        private static Map<String, Object> fields(Playbook playbook, PlaybookLibrary library) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("name", playbook.name());
            fields.put("version", playbook.version());
            fields.put("against", playbook.against().stream().sorted().toList());
            fields.put("level", playbook.level());
            fields.put(
                    "arguments",
                    playbook.parameters().stream().map(Parameter::name).toList());
            fields.put(
                    "steps", playbook.steps().stream().map(PlaybookStep::name).toList());
            fields.put("origin", playbook.origin());
            fields.put("replacesShipped", replaces(playbook, library));
            fields.put("sha256", playbook.sha256());
            fields.put("description", playbook.description());
            return fields;
        }
    }

    /** {@code nightshift playbooks check}. */
    @Command(
            name = "check",
            description = {
                "Tells what is wrong in playbooks, and with --config or --inventory also where they don't fit the services"
                        + " that declare them.",
                "Without FILE the playbooks that run would read."
            },
            footer = {"", "Exit status: 0 they are in order, 1 something is wrong, 2 usage."})
    public static final class Check implements Callable<Integer> {

        @Parameters(arity = "0..1", paramLabel = "FILE|FOLDER", description = "A playbook, or a folder of them.")
        private Path place;

        @Mixin
        private PlaybookPlaces places;

        @Option(names = "--json", description = "Print one JSON object: playbooks, findings.")
        private boolean json;

        @Override
        public Integer call() throws JsonProcessingException {
            List<String> findings = new ArrayList<>();
            int checked = 0;
            if (place != null) {
                Map<String, String> found = PlaybookLibrary.check(Home.existing(place));
                checked = found.size();
                found.values().stream().filter(wrong -> !wrong.isEmpty()).forEach(findings::add);
            } else {
                try {
                    PlaybookLibrary library = places.library();
                    checked = library.playbooks().all().size();
                    findings.addAll(PlaybookFit.of(library.playbooks(), places.inventory()));
                } catch (ConfigException e) {
                    findings.add(e.getMessage());
                }
            }
            if (json) {
                print(Map.of("playbooks", checked, "findings", findings));
            } else {
                findings.forEach(finding -> System.out.println(Words.plain(finding)));
                System.out.printf(Locale.ROOT, "%d playbooks checked, %d to mend%n", checked, findings.size());
            }
            return findings.isEmpty() ? 0 : NOT_AS_IT_SHOULD_BE;
        }
    }
}
