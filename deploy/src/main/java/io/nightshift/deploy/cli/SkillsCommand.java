package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.investigate.domain.skill.Skill;
import io.nightshift.investigate.domain.skill.SkillCase;
import io.nightshift.investigate.domain.skill.SkillChoice;
import io.nightshift.investigate.skill.RunbookImport;
import io.nightshift.investigate.skill.SkillCases;
import io.nightshift.investigate.skill.SkillFolders;
import io.nightshift.investigate.skill.SkillLibrary;
import io.nightshift.investigate.skill.SkillReview;
import io.nightshift.investigate.skill.SkillReview.Finding;
import io.nightshift.investigate.skill.SkillSettings;
import io.nightshift.investigate.skill.SkillText;
import io.nightshift.runtime.config.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What investigations are helped by. */
@Command(
        name = "skills",
        description = "What is known of kinds of incidents: when it applies, what to check, what may help.",
        subcommands = {
            SkillsCommand.Listing.class,
            SkillsCommand.Check.class,
            SkillsCommand.Test.class,
            SkillsCommand.Import.class
        })
public final class SkillsCommand {

    private static final int NOT_AS_IT_SHOULD_BE = 1;

    private static void print(Object value) throws JsonProcessingException {
        System.out.println(new ObjectMapper().writeValueAsString(value));
    }

    /** {@code nightshift skills list}. */
    @Command(name = "list", description = "Lists the skills with their origin and the SHA-256 to pin them by.")
    public static final class Listing implements Callable<Integer> {

        @Mixin
        private SkillPlaces places;

        @Option(names = "--json", description = "Print one JSON array.")
        private boolean json;

        @Override
        public Integer call() throws JsonProcessingException {
            Collection<Skill> skills = SkillLibrary.read(places.settings()).skills();
            if (json) {
                print(skills.stream().map(Listing::fields).toList());
                return 0;
            }
            for (Skill skill : skills) {
                System.out.printf(
                        Locale.ROOT,
                        "%s  %s%s  sha256 %s%n    %s%n",
                        skill.name(),
                        skill.origin(),
                        skill.draft() ? ", a draft: never chosen" : "",
                        skill.digest(),
                        Words.plain(skill.description()));
            }
            return 0;
        }

        private static Map<String, Object> fields(Skill skill) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("name", skill.name());
            fields.put("origin", skill.origin());
            fields.put("draft", skill.draft());
            fields.put("sha256", skill.digest());
            fields.put("causes", skill.fit().causes().stream().sorted().toList());
            fields.put("actions", skill.actions());
            fields.put("description", skill.description());
            return fields;
        }
    }

    /** {@code nightshift skills check}. */
    @Command(
            name = "check",
            description = {
                "Tells what is wrong or missing in skills; exit status 1 when something is.",
                "With --config also whether they are what was pinned."
            })
    public static final class Check implements Callable<Integer> {

        @Mixin
        private SkillPlaces places;

        @Option(names = "--json", description = "Print one JSON object: skills, wrong, findings.")
        private boolean json;

        @Override
        public Integer call() throws JsonProcessingException {
            SkillSettings settings = places.settings();
            List<SkillText> texts = SkillPlaces.texts(settings);
            List<Finding> findings = new ArrayList<>();
            texts.forEach(text -> findings.addAll(SkillReview.of(text)));
            together(settings, findings);
            long wrong = findings.stream().filter(Finding::wrong).count();
            if (json) {
                print(Map.of("skills", texts.size(), "wrong", wrong, "findings", findings));
            } else {
                findings.forEach(finding -> System.out.println(line(finding)));
                System.out.printf(Locale.ROOT, "%d skills checked, %d to mend%n", texts.size(), wrong);
            }
            return wrong == 0 ? 0 : NOT_AS_IT_SHOULD_BE;
        }

        /** Names that stand twice and pins concern all skills; what one skill got wrong was told above. */
        private static void together(SkillSettings settings, List<Finding> findings) {
            try {
                SkillLibrary.read(settings);
            } catch (ConfigException e) {
                if (findings.stream().noneMatch(finding -> finding.says().equals(e.getMessage()))) {
                    findings.add(new Finding("", e.getMessage(), true));
                }
            }
        }

        static String line(Finding finding) {
            return (finding.wrong() ? "" : "note: ")
                    + (finding.where().isEmpty() ? "" : finding.where() + ": ")
                    + Words.plain(finding.says());
        }
    }

    /** {@code nightshift skills test}. */
    @Command(
            name = "test",
            description = {
                "Tries the cases beside skills: whether each skill is chosen for the incidents that it should be chosen for,"
                        + " and for no other; exit status 1 when not."
            })
    public static final class Test implements Callable<Integer> {

        @Mixin
        private SkillPlaces places;

        @Option(names = "--json", description = "Print one JSON object: cases, failed.")
        private boolean json;

        @Override
        public Integer call() throws JsonProcessingException {
            SkillSettings settings = places.settings();
            Collection<Skill> skills = SkillLibrary.read(settings).skills();
            List<SkillCase> cases = SkillPlaces.allTexts(settings).stream()
                    .flatMap(text -> SkillCases.parse(text).stream())
                    .toList();
            List<Map<String, Object>> failed = cases.stream()
                    .filter(one -> !one.holds(skills))
                    .map(one -> fields(one, skills))
                    .toList();
            if (json) {
                print(Map.of("cases", cases.size(), "failed", failed));
            } else {
                failed.forEach(one -> System.out.println(line(one)));
                System.out.printf(Locale.ROOT, "%d cases, %d failed%n", cases.size(), failed.size());
            }
            return failed.isEmpty() ? 0 : NOT_AS_IT_SHOULD_BE;
        }

        private static Map<String, Object> fields(SkillCase one, Collection<Skill> skills) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("skill", one.skill());
            fields.put("case", one.name());
            fields.put("where", one.where());
            fields.put("expected", one.expected());
            fields.put(
                    "chosen",
                    SkillChoice.among(skills, one.signs()).stream()
                            .map(choice -> choice.skill().name())
                            .toList());
            return fields;
        }

        private static String line(Map<String, Object> failed) {
            return failed.get("where") + ": " + Words.plain((String) failed.get("case")) + ": " + failed.get("skill")
                    + ((boolean) failed.get("expected") ? " should be chosen" : " should not be chosen")
                    + "; chosen were " + failed.get("chosen");
        }
    }

    /** {@code nightshift skills import}. */
    @Command(
            name = "import",
            description = {
                "Drafts a skill from a team's runbook by its headings, without a model.",
                "A draft is never chosen: it says what a person has to decide, and skills check lists it."
            })
    public static final class Import implements Callable<Integer> {

        @Parameters(paramLabel = "RUNBOOK.md", description = "A runbook in Markdown.")
        private Path runbook;

        @Option(
                names = "--out",
                paramLabel = "DIR",
                defaultValue = "skills",
                description = "Folder of skills that the draft's folder is made in. Default: ${DEFAULT-VALUE}.")
        private Path out;

        @Option(names = "--json", description = "Print one JSON object: folder, missing.")
        private boolean json;

        @Override
        public Integer call() throws JsonProcessingException {
            Path folder = RunbookImport.into(out, runbook);
            List<Finding> missing = SkillReview.of(SkillFolders.read(folder, out)).stream()
                    .filter(Finding::wrong)
                    .toList();
            if (json) {
                print(Map.of("folder", folder.toString(), "missing", missing));
                return 0;
            }
            System.out.println("a draft of a skill is in " + folder + "; nothing uses it yet");
            System.out.println("left for a person, in this file:");
            missing.forEach(finding -> System.out.println("  " + Check.line(finding)));
            System.out.println("then: ./nightshift skills check " + folder);
            return 0;
        }
    }
}
