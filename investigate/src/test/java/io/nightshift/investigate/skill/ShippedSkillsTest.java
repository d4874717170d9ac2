package io.nightshift.investigate.skill;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionKind;
import io.nightshift.investigate.domain.skill.Skill;
import io.nightshift.investigate.domain.skill.SkillCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedSkillsTest {

    private static final SkillLibrary LIBRARY = SkillLibrary.shipped();

    static Stream<SkillText> texts() {
        return ShippedSkills.texts().stream();
    }

    static Stream<SkillCase> cases() {
        return texts().flatMap(text -> SkillCases.parse(text).stream());
    }

    @Test
    void all_twelve_are_in_the_build_and_no_folder_is_forgotten() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("src/main/resources/skills"))) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(ShippedSkills.NAMES)
                    .hasSize(12);
        }
        assertThat(LIBRARY.skills()).hasSize(12).allMatch(Skill::isShipped);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void each_case_beside_a_skill_holds_among_all_skills(SkillCase one) {
        assertThat(one.holds(LIBRARY.skills()))
                .as(one.where() + " " + one.name())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void each_says_when_to_be_chosen_and_when_not(SkillText text) {
        List<SkillCase> cases = SkillCases.parse(text);

        assertThat(cases).filteredOn(SkillCase::expected).hasSizeGreaterThanOrEqualTo(1);
        assertThat(cases).filteredOn(one -> !one.expected()).hasSizeGreaterThanOrEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void each_is_whole_fits_into_the_pack_and_says_what_to_check_and_what_not_to_do(SkillText text) {
        Skill skill = SkillFile.parse(text);

        assertThat(skill.body().length()).isLessThanOrEqualTo(ShownSkills.BODY);
        assertThat(skill.body())
                .contains("## When it applies", "## What to check", "Confirms:", "Refutes:")
                .contains("## What may help", "## What must not be done");
        assertThat(SkillReview.of(text)).isEmpty();
        assertThat(skill.actions()).doesNotContain(ActionKind.PLAYBOOK, ActionKind.UNKNOWN);
    }
}
