package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkillsCommandTest {

    private static final Path EXAMPLE = Path.of("..", "docs", "examples", "skills");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void theShippedSkillsAreListedCheckedAndTested() throws IOException {
        JsonNode listed = JSON.readTree(Told.by("skills", "list", "--json").out());
        assertThat(listed).hasSize(12);
        assertThat(listed.get(0).get("origin").asText()).isEqualTo("shipped");
        assertThat(Told.by("skills", "list").out())
                .contains("memory-leak  shipped  sha256 " + digest(listed, "memory-leak"));

        Told checked = Told.by("skills", "check");
        assertThat(checked.status()).isZero();
        assertThat(checked.out()).isEqualTo("12 skills checked, 0 to mend\n");

        Told tested = Told.by("skills", "test", "--json");
        assertThat(tested.status()).isZero();
        assertThat(JSON.readTree(tested.out()).get("failed")).isEmpty();
        assertThat(JSON.readTree(tested.out()).get("cases").asInt()).isGreaterThan(40);
    }

    @Test
    void theManualsExampleIsGoodAndItsCasesHold() throws IOException {
        Told checked = Told.by("skills", "check", EXAMPLE.toString(), "--json");
        assertThat(checked.status()).isZero();
        assertThat(JSON.readTree(checked.out()).get("findings")).isEmpty();
        assertThat(Told.by("skills", "test", EXAMPLE.toString()).status()).isZero();
    }

    @Test
    void aCaseThatDoesNotHoldIsToldWithWhatWasChosen() throws IOException {
        Path own = Files.createDirectories(folder.resolve("slow-search"));
        Files.copy(EXAMPLE.resolve("slow-search/SKILL.md"), own.resolve("SKILL.md"));
        Files.writeString(own.resolve("cases.yaml"), "- case: a leak\n  causes: {MEMORY_LEAK: 0.9}\n  chosen: true\n");

        Told told = Told.by("skills", "test", folder.toString());

        assertThat(told.status()).isEqualTo(1);
        assertThat(told.out())
                .contains("slow-search/cases.yaml:1: a leak: slow-search should be chosen; chosen were [memory-leak]")
                .endsWith("1 failed\n");
    }

    @Test
    void aPinnedSkillThatWasChangedIsRefused() throws IOException {
        String pin = "investigate: {skills: {folders: [" + folder + "], pin: {slow-search: " + "0".repeat(64) + "}}}\n";
        Path own = Files.createDirectories(folder.resolve("slow-search"));
        Files.copy(EXAMPLE.resolve("slow-search/SKILL.md"), own.resolve("SKILL.md"));
        Path config = Files.writeString(folder.resolve("night.yaml"), pin);

        Told.by("skills", "list", "--config", config.toString())
                .refusesInOneLine("night.yaml:1: the skill slow-search", "is not the one that was pinned");
        Told checked = Told.by("skills", "check", "--config", config.toString());
        assertThat(checked.status()).isEqualTo(1);
        assertThat(checked.out()).contains("is not the one that was pinned", "1 skills checked, 1 to mend");
    }

    @Test
    void aRunbookBecomesADraftThatSaysWhatIsLeftToDo() throws IOException {
        Path runbook = Path.of("..", "docs", "examples", "runbook.md");
        Path out = folder.resolve("skills");

        Told told = Told.by("skills", "import", runbook.toString(), "--out", out.toString());

        assertThat(told.status()).isZero();
        assertThat(told.out())
                .startsWith("a draft of a skill is in " + out.resolve("billing-runs-out-of-memory")
                        + "; nothing uses it yet")
                .contains("left for a person", "SKILL.md:3: ")
                .endsWith("then: ./nightshift skills check " + out.resolve("billing-runs-out-of-memory") + "\n");
        assertThat(Told.by("skills", "check", out.toString()).status()).isEqualTo(1);
        assertThat(Told.by("skills", "list", out.toString()).out()).contains(", a draft: never chosen");
        Told.by("skills", "import", runbook.toString(), "--out", out.toString())
                .refusesInOneLine("there already, and perhaps edited");
    }

    private static String digest(JsonNode listed, String name) {
        for (JsonNode skill : listed) {
            if (skill.get("name").asText().equals(name)) {
                return skill.get("sha256").asText();
            }
        }
        throw new AssertionError(name);
    }
}
