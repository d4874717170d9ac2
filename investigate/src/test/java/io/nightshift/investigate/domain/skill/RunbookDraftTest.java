package io.nightshift.investigate.domain.skill;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.investigate.domain.skill.Runbook.Part;
import org.junit.jupiter.api.Test;

class RunbookDraftTest {

    private static final String RUNBOOK = String.join(
            "\n",
            "# Billing: \"out of memory\"",
            "",
            "Billing grows until it is killed.",
            "",
            "## Symptoms",
            "Alerts of billing-oom.",
            "",
            "Diagnosis",
            "---------",
            "```sh",
            "# not a heading",
            "curl -H 'Authorization: Bearer abcdefgh12345678' http://billing/heap",
            "```",
            "## Mitigation",
            "Restart one pod after the other, or roll back.",
            "## Do not",
            "Fail over the database.",
            "## Contacts",
            "The billing team.");

    @Test
    void headings_go_where_they_belong_and_fences_hide_none() {
        Runbook runbook = Runbook.read(RUNBOOK);

        assertThat(runbook.title()).isEqualTo("Billing: \"out of memory\"");
        assertThat(runbook.sections())
                .extracting(Runbook.Section::part)
                .containsExactly(Part.WHEN, Part.WHEN, Part.CHECKS, Part.HELPS, Part.MUST_NOT, Part.OTHER);
        assertThat(runbook.sections().get(2).text()).contains("# not a heading");
    }

    @Test
    void a_draft_guesses_openly_takes_secrets_out_and_says_what_is_left_to_do() {
        RunbookDraft draft = RunbookDraft.of("billing.md", RUNBOOK);

        assertThat(draft.name()).isEqualTo("billing-out-of-memory");
        assertThat(draft.markdown())
                .contains("nightshift-draft: \"true\"")
                .contains("nightshift-causes: \"MEMORY_LEAK\"")
                .contains("nightshift-actions: \"ROLLING_RESTART, ROLL_BACK_RELEASE\"")
                .contains("guessed from words of the runbook")
                .contains("description: \"Billing: \\\"out of memory\\\". TODO(person):")
                .contains(
                        "## What to check", "### Diagnosis", "## What must not be done", "## Further, from the runbook")
                .contains("Nightshift runs nothing of a skill")
                .doesNotContain("abcdefgh12345678");
        assertThat(RunbookDraft.of("billing.md", RUNBOOK)).isEqualTo(draft);
    }

    @Test
    void code_by_indentation_stays_code() {
        Runbook runbook = Runbook.read("# Title\n\n    heap-share billing-1\n\nwords\n\n");

        assertThat(runbook.sections().get(0).text()).isEqualTo("    heap-share billing-1\n\nwords");
    }

    @Test
    void what_the_runbook_does_not_say_is_marked() {
        RunbookDraft draft = RunbookDraft.of("Night Shift №1.md", "Call Ada.\n");

        assertThat(draft.name()).isEqualTo("night-shift-1");
        assertThat(draft.markdown())
                .contains("no word of the runbook tells")
                .contains("TODO(person): the runbook has no such section; write it");
        assertThat(RunbookDraft.of("№.md", "").name()).isEqualTo("runbook");
    }
}
