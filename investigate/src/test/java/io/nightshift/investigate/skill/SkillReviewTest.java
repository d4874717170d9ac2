package io.nightshift.investigate.skill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.investigate.skill.SkillReview.Finding;
import io.nightshift.runtime.config.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkillReviewTest {

    @TempDir
    private Path folder;

    private static List<String> wrong(String content) {
        return SkillReview.of(SkillFileTest.text(content)).stream()
                .filter(Finding::wrong)
                .map(finding -> finding.where() + " " + finding.says())
                .toList();
    }

    @Test
    void a_good_skill_without_cases_is_only_told_of_them_and_of_what_will_not_be_proposed() {
        assertThat(wrong(SkillFileTest.SKILL)).isEmpty();
        assertThat(SkillReview.of(SkillFileTest.text(SkillFileTest.SKILL)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.says()).startsWith("no cases; write some into cases.yaml"));
        assertThat(SkillReview.of(SkillFileTest.text(SkillFileTest.SKILL.replace("SCALE", "ROTATE_CERTIFICATE"))))
                .extracting(Finding::says)
                .anyMatch(says -> says.startsWith("ROTATE_CERTIFICATE is in the catalogue against none of its causes"));
    }

    @Test
    void what_can_not_be_seen_or_chosen_is_wrong() {
        assertThat(wrong(SkillFileTest.SKILL.replace("Look at", "Look\u200B at")))
                .singleElement()
                .asString()
                .contains("SKILL.md:16 an invisible character");
        assertThat(wrong(SkillFileTest.SKILL
                        .replace("  nightshift-causes: queue-backlog, DEPENDENCY_FAILURE\n", "")
                        .replace("  nightshift-metrics: index.lag*\n", "")))
                .singleElement()
                .asString()
                .contains("no incident can ever fit");
        assertThat(wrong("no front matter")).singleElement().asString().contains("SKILL.md:1: a skill begins with");
    }

    @Test
    void an_imported_draft_says_what_is_missing_until_a_person_has_completed_it() throws IOException {
        Path runbook = Files.writeString(
                folder.resolve("oom.md"), "# Billing OOM\n\nOut of memory.\n\n## Fix\n\nRestart it.\n");
        Path skill = RunbookImport.into(folder.resolve("skills"), runbook);
        SkillText draft = SkillFolders.read(skill, folder);

        assertThat(SkillReview.of(draft).stream().filter(Finding::wrong))
                .extracting(Finding::says)
                .anyMatch(says -> says.startsWith("left for a person: description"))
                .anyMatch(says -> says.contains("the class of cause, or several; guessed from words of the runbook"))
                .anyMatch(says -> says.startsWith("a draft is never chosen"));
        assertThat(SkillFile.parse(draft).draft()).isTrue();
        assertThatThrownBy(() -> RunbookImport.into(folder.resolve("skills"), runbook))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there already");

        String completed = new String(draft.skill(), StandardCharsets.UTF_8)
                .replace("  nightshift-draft: \"true\"\n", "")
                .replaceAll("(?m)^.*# TODO\\(person\\).*\\n", "")
                .replaceAll("TODO\\(person\\)[^\\n\"]*", "Written.");
        assertThat(SkillReview.of(new SkillText(
                                draft.place(),
                                draft.folder(),
                                completed.getBytes(StandardCharsets.UTF_8),
                                Optional.empty(),
                                "team"))
                        .stream()
                        .filter(Finding::wrong))
                .isEmpty();
    }

    @Test
    void a_runbook_that_can_not_be_read_is_refused() throws IOException {
        assertThatThrownBy(() -> RunbookImport.into(folder, folder.resolve("none.md")))
                .hasMessageContaining("there is no such file");
        Path large = Files.writeString(folder.resolve("large.md"), "x".repeat(60 << 10));
        assertThatThrownBy(() -> RunbookImport.into(folder, large)).hasMessageContaining("larger than 56 KiB");
    }

    @Test
    void a_case_that_is_wrong_is_told_with_its_line() {
        String cases = "- case: one\n  chosen: true\n  metrics: {index.lag: SPIKEY}\n";
        SkillText text = new SkillText(
                "team/slow-search",
                "slow-search",
                SkillFileTest.SKILL.getBytes(StandardCharsets.UTF_8),
                Optional.of(cases.getBytes(StandardCharsets.UTF_8)),
                "team");

        assertThat(SkillReview.of(text)).singleElement().satisfies(finding -> assertThat(finding.says())
                .contains("team/slow-search/cases.yaml:3:")
                .contains("did you mean 'SPIKE'?"));
    }
}
