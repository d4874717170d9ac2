package io.nightshift.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {

    @TempDir
    private Path folder;

    private static ConfigNode parse(String... lines) {
        return ConfigFile.parse("night.yaml", String.join("\n", lines), Map.of("HOME_TOWN", "Ulm"));
    }

    @Test
    void valuesAreReadInTheirTypes() {
        ConfigNode node =
                parse("text: night", "count: 1_000", "share: 0.25", "on: true", "list: [a, b]", "deep:", "  at: 3");

        assertThat(node.require("text").text()).isEqualTo("night");
        assertThat(node.integer("count", 0)).isEqualTo(1000);
        assertThat(node.number("share", 0)).isEqualTo(0.25);
        assertThat(node.bool("on", false)).isTrue();
        assertThat(node.texts("list")).containsExactly("a", "b");
        assertThat(node.require("list").isList()).isTrue();
        assertThat(node.require("text").isList()).isFalse();
        assertThat(node.section("deep").integer("at", 0)).isEqualTo(3);
        assertThat(node.integer("absent", 7)).isEqualTo(7);
        assertThat(node.keys()).startsWith("text", "count");
    }

    @ParameterizedTest
    @CsvSource({"250ms,PT0.25S", "10s,PT10S", "5m,PT5M", "2h,PT2H", "1d,PT24H"})
    void durationsCarryTheirUnit(String written, Duration expected) {
        assertThat(parse("wait: " + written).require("wait").duration()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'wait: 10', duration, '10'",
        "'wait: -5s', duration, '-5s'",
        "'wait: 1.5h', duration, '1.5h'",
    })
    void aDurationWithoutAUnitIsRefused(String line, String expected, String written) {
        assertThatThrownBy(() -> parse("a: 1", line).require("wait").duration())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("night.yaml:2: wait:")
                .hasMessageContaining(expected)
                .hasMessageContaining(written);
    }

    @Test
    void wrongTypesNameFileLineAndPath() {
        ConfigNode node = parse("stage:", "  threads: many", "  ratio: .nan", "  on: yes", "  list: one");
        ConfigNode stage = node.section("stage");

        assertThatThrownBy(() -> stage.integer("threads", 1))
                .hasMessage("night.yaml:2: stage.threads: a whole number is expected here, not 'many'");
        assertThatThrownBy(() -> stage.number("ratio", 1)).hasMessageContaining("night.yaml:3");
        assertThatThrownBy(() -> stage.bool("on", true))
                .hasMessageContaining("night.yaml:4")
                .hasMessageContaining("true or false");
        assertThatThrownBy(() -> stage.texts("list"))
                .hasMessageContaining("night.yaml:5")
                .hasMessageContaining("a list");
        assertThatThrownBy(() -> node.text("stage", "")).hasMessageContaining("a text is expected here, not a mapping");
        assertThatThrownBy(() -> stage.require("absent")).hasMessageContaining("'absent' is missing");
    }

    @Test
    void aMisspeltKeyIsRefusedWithTheNearestOne() {
        ConfigNode node = parse("threads: 1", "hardTimout: 5s");

        assertThatThrownBy(() -> node.allowOnly(Set.of("threads", "hardTimeout")))
                .hasMessageContaining("night.yaml:2")
                .hasMessageContaining("'hardTimout' is unknown")
                .hasMessageContaining("did you mean 'hardTimeout'?");
        assertThatThrownBy(() -> parse("zzz: 1").allowOnly(Set.of("threads")))
                .hasMessageContaining("known here: threads")
                .hasMessageNotContaining("did you mean");
    }

    @Test
    void aKeyThatStandsTwiceIsRefused() {
        assertThatThrownBy(() -> parse("a: 1", "b: 2", "a: 3"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("night.yaml:3")
                .hasMessageContaining("a");
    }

    @ParameterizedTest
    @CsvSource({"'a: [1, 2', 2", "'a: \"x', 2", "'a: b: c', 1"})
    void badYamlNamesFileAndLine(String yaml, int line) {
        assertThatThrownBy(() -> parse(yaml, ""))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("night.yaml:" + line + ": not valid YAML")
                .hasMessageContaining("check indentation");
    }

    @Test
    void manyAliasesOfAliasesAreRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(9)).append("x]\n");
        }
        assertThatThrownBy(() -> parse(bomb.toString()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("aliases");
    }

    @Test
    void environmentVariablesStandInTexts() {
        ConfigNode node =
                parse("a: ${HOME_TOWN}", "b: in ${HOME_TOWN}!", "c: ${NONE:-x}", "d: $${HOME_TOWN}", "e: ${NONE}");

        assertThat(node.text("a", "")).isEqualTo("Ulm");
        assertThat(node.text("b", "")).isEqualTo("in Ulm!");
        assertThat(node.text("c", "")).isEqualTo("x");
        assertThat(node.text("d", "")).isEqualTo("${HOME_TOWN}");
        assertThatThrownBy(() -> node.text("e", ""))
                .hasMessageContaining("night.yaml:5")
                .hasMessageContaining("NONE is not set");
    }

    @Test
    void textOfOthersIsTakenAsItStands() {
        assertThat(ConfigFile.literal("skill.yaml", "a: ${PATH}").text("a", "")).isEqualTo("${PATH}");
        assertThatThrownBy(() -> ConfigFile.literal("skill.yaml", "a: 1\nb: [").keys())
                .hasMessageContaining("skill.yaml:2: not valid YAML");
    }

    @Test
    void whatIsNestedTooDeeplyIsRefused() {
        assertThatThrownBy(() -> ConfigFile.literal("skill.yaml", "a: " + "[".repeat(60_000)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("skill.yaml: nested too deeply; a few levels are enough");
    }

    @Test
    void aMissingFileAndOneThatIsNotUtf8AreToldApart() throws Exception {
        Path absent = folder.resolve("absent.yaml");
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThatThrownBy(() -> ConfigFile.read(absent)).hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> ConfigFile.read(binary)).hasMessageContaining("not UTF-8");
        assertThatThrownBy(() -> ConfigFile.read(folder)).isInstanceOf(ConfigException.class);
    }

    @Test
    void anEmptyFileHasOnlyDefaults() {
        assertThat(parse("# nothing").integer("threads", 3)).isEqualTo(3);
    }

    @Test
    void theInstanceIdStaysInItsFolder() {
        String first = InstanceId.in(folder.resolve("one"));

        assertThat(first).isNotBlank().isEqualTo(InstanceId.in(folder.resolve("one")));
        assertThat(InstanceId.in(folder.resolve("two"))).isNotEqualTo(first);
    }

    @Test
    void documentsOfOneFileKeepTheirLinesAndEmptyOnesAreLeftOut() throws Exception {
        Path file = Files.writeString(folder.resolve("two.yaml"), "a: 1\n---\n---\nb: x\n");
        assertThat(ConfigFile.documents(file)).hasSize(2);
        assertThatThrownBy(() -> ConfigFile.documents(file).get(1).require("b").integer())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("two.yaml:4: b:");
    }

    @Test
    void aFolderStandsForItsYamlFilesAndARelativePathStartsBesideItsFile() throws Exception {
        Files.createDirectory(folder.resolve("more"));
        Files.writeString(folder.resolve("more/b.yml"), "b: 1");
        Files.writeString(folder.resolve("more/a.yaml"), "a: 1");
        Files.writeString(folder.resolve("more/readme.txt"), "not YAML");
        Path config = Files.writeString(folder.resolve("night.yaml"), "files: more");
        Path named = ConfigFile.read(config).require("files").path();
        assertThat(ConfigFile.filesIn(named))
                .containsExactly(folder.resolve("more/a.yaml"), folder.resolve("more/b.yml"));
        Files.createDirectory(folder.resolve("none"));
        assertThatThrownBy(() -> ConfigFile.filesIn(folder.resolve("none")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no .yaml or .yml file");
    }
}
