package io.nightshift.investigate.skill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.investigate.domain.skill.Skill;
import io.nightshift.runtime.config.ConfigException;
import io.nightshift.runtime.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkillLibraryTest {

    @TempDir
    private Path folder;

    private Path skill(Path place, String name) throws IOException {
        Path own = Files.createDirectories(place.resolve(name));
        Files.writeString(own.resolve("SKILL.md"), SkillFileTest.SKILL.replace("slow-search", name));
        return own;
    }

    private static SkillLibrary read(Path... folders) {
        return SkillLibrary.read(new SkillSettings(List.of(folders), Map.of()));
    }

    private static Skill named(SkillLibrary library, String name) {
        return library.skills().stream()
                .filter(skill -> skill.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void an_operators_skills_stand_beside_the_shipped_ones_and_replace_those_of_their_name() throws IOException {
        skill(folder, "slow-search");
        skill(folder, "memory-leak");
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve("README.md"), "no skill");

        SkillLibrary library = read(folder);

        assertThat(library.skills()).hasSize(13);
        assertThat(named(library, "memory-leak").origin()).isEqualTo(folder.toString());
        assertThat(named(library, "disk-filling").isShipped()).isTrue();
    }

    @Test
    void a_skill_is_named_by_its_own_folder_too() throws IOException {
        assertThat(named(read(skill(folder, "slow-search")), "slow-search").isShipped())
                .isFalse();
    }

    @Test
    void one_wrong_skill_refuses_them_all() throws IOException {
        skill(folder, "slow-search");
        Files.writeString(skill(folder, "broken").resolve("SKILL.md"), "no front matter");

        assertThatThrownBy(() -> read(folder))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("broken/SKILL.md:1:");
    }

    @Test
    void one_name_in_two_folders_is_refused() throws IOException {
        skill(folder.resolve("a"), "slow-search");
        skill(folder.resolve("b"), "slow-search");

        assertThatThrownBy(() -> read(folder.resolve("a"), folder.resolve("b")))
                .hasMessageContaining("slow-search stands in")
                .hasMessageContaining("keep one of the two");
    }

    @Test
    void no_symbolic_link_is_followed() throws IOException {
        Path elsewhere = skill(folder.resolve("elsewhere"), "slow-search");
        Path place = Files.createDirectories(folder.resolve("place"));
        Files.createSymbolicLink(place.resolve("slow-search"), elsewhere);
        assertThatThrownBy(() -> read(place)).hasMessageContaining("slow-search: a symbolic link; copy what");

        Path other = Files.createDirectories(folder.resolve("other/slow-search"));
        Files.createSymbolicLink(other.resolve("SKILL.md"), elsewhere.resolve("SKILL.md"));
        assertThatThrownBy(() -> read(folder.resolve("other"))).hasMessageContaining("SKILL.md: a symbolic link");

        Path third = skill(folder.resolve("third"), "slow-search");
        Files.createSymbolicLink(third.resolve("cases.yaml"), elsewhere.resolve("SKILL.md"));
        assertThatThrownBy(() -> read(third)).hasMessageContaining("cases.yaml: a symbolic link");
    }

    @Test
    void limits_on_size_and_number_hold() throws IOException {
        Path large = skill(folder.resolve("large"), "slow-search");
        Files.writeString(large.resolve("SKILL.md"), SkillFileTest.SKILL + "x".repeat(64 << 10));
        assertThatThrownBy(() -> read(large)).hasMessageContaining("larger than 64 KiB");

        Path many = folder.resolve("many");
        for (int i = 0; i < 190; i++) {
            skill(many, "skill-" + i);
        }
        assertThatThrownBy(() -> read(many)).hasMessageContaining("more than 200 skills");
    }

    @Test
    void what_holds_no_skill_is_no_folder_of_skills() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertThatThrownBy(() -> read(empty)).hasMessageContaining("no skill in this folder");
        assertThatThrownBy(() -> read(folder.resolve("none"))).hasMessageContaining("there is no such folder");

        Path misnamed = Files.createDirectories(folder.resolve("misnamed/slow-search"));
        Files.writeString(misnamed.resolve("skill.md"), SkillFileTest.SKILL);
        assertThatThrownBy(() -> read(folder.resolve("misnamed"))).hasMessageContaining("to be called SKILL.md");

        Path inside = Files.createDirectories(folder.resolve("inside/slow-search"));
        Files.createDirectories(inside.resolve("SKILL.md"));
        assertThatThrownBy(() -> read(inside)).hasMessageContaining("no regular file");
    }

    @Test
    void a_skill_that_is_not_what_was_pinned_is_refused() throws IOException {
        Path own = skill(folder, "slow-search");
        String digest = named(read(folder), "slow-search").digest();
        Path config = folder.resolve("night.yaml");
        Files.writeString(config, "folders: [" + folder + "]\npin:\n  slow-search: " + digest + "\n");
        SkillSettings pinned = SkillSettings.from(ConfigFile.read(config));
        assertThat(named(SkillLibrary.read(pinned), "slow-search").digest()).isEqualTo(digest);

        Files.writeString(own.resolve("SKILL.md"), SkillFileTest.SKILL + "\nRestart everything.\n");

        assertThatThrownBy(() -> SkillLibrary.read(pinned))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("night.yaml:3: the skill slow-search")
                .hasMessageContaining("is not the one that was pinned: its SHA-256 is ")
                .hasMessageContaining("then restore the file or write this digest");
    }

    @Test
    void a_pin_must_name_a_skill_and_be_a_digest() throws IOException {
        Path config = folder.resolve("night.yaml");
        Files.writeString(config, "pin: {memory-leek: " + "0".repeat(64) + "}\n");
        SkillSettings unknown = SkillSettings.from(ConfigFile.read(config));
        assertThatThrownBy(() -> SkillLibrary.read(unknown)).hasMessageContaining("did you mean 'memory-leak'?");

        Files.writeString(config, "pin: {memory-leak: 1234}\n");
        assertThatThrownBy(() -> SkillSettings.from(ConfigFile.read(config))).hasMessageContaining("night.yaml:1");
    }
}
