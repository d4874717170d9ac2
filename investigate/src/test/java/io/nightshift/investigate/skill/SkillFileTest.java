package io.nightshift.investigate.skill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.investigate.domain.measure.SignKind;
import io.nightshift.investigate.domain.skill.Skill;
import io.nightshift.runtime.config.ConfigException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkillFileTest {

    static final String SKILL = String.join(
            "\n",
            "---",
            "name: slow-search",
            "description: The search index lags behind. Use when queries of the index are slow.",
            "license: Apache-2.0",
            "metadata:",
            "  author: the search team",
            "  nightshift-causes: queue-backlog, DEPENDENCY_FAILURE",
            "  nightshift-evidence: QUEUE",
            "  nightshift-metrics: index.lag*",
            "  nightshift-logs: merge throttled, index read-only",
            "  nightshift-services: '*/shop/search'",
            "  nightshift-actions: SCALE",
            "---",
            "# Slow search",
            "",
            "Look at ${HOME} first.",
            "");

    static SkillText text(String content) {
        return new SkillText(
                "team/slow-search", "slow-search", content.getBytes(StandardCharsets.UTF_8), Optional.empty(), "team");
    }

    @Test
    void a_skill_of_the_format_is_read_with_our_keys_under_metadata() {
        Skill skill = SkillFile.parse(text(SKILL));

        assertThat(skill.name()).isEqualTo("slow-search");
        assertThat(skill.body()).startsWith("# Slow search").endsWith("Look at ${HOME} first.");
        assertThat(skill.fit().causes()).containsOnly(CauseClass.QUEUE_BACKLOG, CauseClass.DEPENDENCY_FAILURE);
        assertThat(skill.fit().kinds()).containsOnly(SignKind.QUEUE);
        assertThat(skill.fit().logs()).containsExactly("merge throttled", "index read-only");
        assertThat(skill.actions()).containsExactly(ActionKind.SCALE);
        assertThat(skill.draft()).isFalse();
        assertThat(skill.isShipped()).isFalse();
        assertThat(skill.digest())
                .hasSize(64)
                .isEqualTo(SkillFile.parse(text(SKILL)).digest());
        assertThat(SkillFile.parse(text(SKILL + " ")).digest()).isNotEqualTo(skill.digest());
    }

    @Test
    void other_line_ends_and_a_byte_order_mark_change_nothing_but_the_digest() {
        Skill plain = SkillFile.parse(text(SKILL));
        Skill windows = SkillFile.parse(text("\uFEFF" + SKILL.replace("\n", "\r\n")));

        assertThat(windows.fit()).isEqualTo(plain.fit());
        assertThat(windows.body()).isEqualTo(plain.body());
    }

    @Test
    void nothing_of_the_environment_gets_into_a_skill() {
        Skill skill = SkillFile.parse(text(SKILL.replace("The search index", "${PATH}")));

        assertThat(skill.description()).startsWith("${PATH} lags");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name: slow-search | name: Slow Search | :2: name: a name has 1 to 64 lower-case letters",
                "name: slow-search | name: fast-search | :2: name: the skill's name and its folder's differ",
                "license: Apache-2.0 | licence: Apache-2.0 | :4: licence: the key 'licence' is unknown; did you mean",
                "nightshift-causes: queue-backlog | nightshift-cause: queue-backlog | :7: metadata.nightshift-cause:",
                "queue-backlog | queue-backlogs | :7: metadata.nightshift-causes: 'queue-backlogs' is no cause class; did you mean",
                "actions: SCALE | actions: rm -rf / | :12: metadata.nightshift-actions: 'rm -rf /' is no action of the",
                "actions: SCALE | actions: UNKNOWN | 'UNKNOWN' is no action of the catalogue",
                "actions: SCALE | actions: [SCALE] | values under metadata are strings",
                "index.lag* | '*' | '*' would fit nearly everything",
                "merge throttled | the | 'the' would fit nearly everything",
                "author: the search team | author: {name: x} | :6: metadata.author: a text is expected here",
            })
    void what_is_wrong_is_told_with_file_line_and_remedy(String right, String wrong, String told) {
        assertThatThrownBy(() -> SkillFile.parse(text(SKILL.replace(right, wrong))))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("team/slow-search/SKILL.md:")
                .hasMessageContaining(told);
    }

    @Test
    void what_is_missing_is_told() {
        assertThatThrownBy(() -> SkillFile.parse(text("# Slow search\n")))
                .hasMessageContaining("SKILL.md:1: a skill begins with YAML between two lines ---");
        assertThatThrownBy(() -> SkillFile.parse(text("---\nname: slow-search\n")))
                .hasMessageContaining("SKILL.md:1: the front matter has no end");
        assertThatThrownBy(() -> SkillFile.parse(text("---\n---\nwords\n")))
                .hasMessageContaining("the front matter is empty");
        assertThatThrownBy(() -> SkillFile.parse(text("---\nname: slow-search\n---\nwords\n")))
                .hasMessageContaining("'description' is missing");
        assertThatThrownBy(() -> SkillFile.parse(text("---\nname: slow-search\ndescription: x\n---\n \n")))
                .hasMessageContaining("SKILL.md:4: nothing follows the front matter");
        assertThatThrownBy(() -> SkillFile.parse(text(SKILL.replace("lags behind", "lags ".repeat(300)))))
                .hasMessageContaining("1 to 1024 characters");
    }

    @Test
    void whatever_a_file_holds_it_is_a_skill_or_an_error_for_people() {
        Random random = new Random(7);
        String scraps = "---\n: -[]{}&*!|>'\"%@`#,?\\\t\u0000\u202E«é";
        int read = 0;
        for (int i = 0; i < 3_000; i++) {
            StringBuilder content = new StringBuilder(SKILL);
            for (int edits = random.nextInt(4) + 1; edits > 0; edits--) {
                int at = random.nextInt(content.length());
                content.setCharAt(at, scraps.charAt(random.nextInt(scraps.length())));
            }
            try {
                SkillFile.parse(text(content.toString()));
                read++;
            } catch (ConfigException e) {
                assertThat(e).hasMessageContaining("team/slow-search/SKILL.md");
            }
        }
        assertThat(read).isBetween(1, 2_999);
    }

    @Test
    void bytes_that_are_no_text_are_refused() {
        SkillText binary =
                new SkillText("team/slow-search", "slow-search", new byte[] {(byte) 0xff, 0}, Optional.empty(), "team");

        assertThatThrownBy(() -> SkillFile.parse(binary)).hasMessageContaining("not UTF-8");
    }
}
