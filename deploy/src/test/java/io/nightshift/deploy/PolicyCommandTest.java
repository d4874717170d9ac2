package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies in files, with nothing running. */
class PolicyCommandTest {

    @TempDir
    Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void theProfilesAreSound() {
        Told told = Told.by("policy", "check", "cautious", "standard", "regulated");
        assertThat(told.status()).isZero();
        assertThat(told.out().lines()).hasSize(3).allMatch(line -> line.startsWith("sound "));
    }

    @Test
    void aPolicyThatIsNotSoundIsRefusedWithFileLineReasonAndRemedy() throws IOException {
        String broken = file("broken.cedar", "@id(\"a\")\npermit (principal, action resource);");
        String open = file("open.cedar", "\n@id(\"all\") permit (principal, action, resource);");
        Told told = Told.by("policy", "check", broken, open, "cautious");
        assertThat(told.status()).isEqualTo(1);
        assertThat(told.out())
                .contains("REFUSED  " + broken + ":1: it is not a Cedar policy")
                .contains("REFUSED  " + open + ":2: the rule 'all' would let Nightshift act alone at level 1")
                .contains("add context.level >= 4")
                .contains("sound    cautious");
        Told.by("policy", "check", "nowhere.cedar").isUsage("nowhere.cedar", "no such file");
    }

    @Test
    void aDiffMarksWhatIsWider() throws IOException {
        Told wider = Told.by("policy", "diff", "cautious", "standard");
        assertThat(wider.status()).isEqualTo(1);
        assertThat(wider.out()).contains("WIDER     ASK -> ALLOW", "level 5", "COMPENSABLE");
        Told narrower = Told.by("policy", "diff", "standard", "regulated", "--json");
        assertThat(narrower.status()).isZero();
        JsonNode json = new ObjectMapper().readTree(narrower.out());
        assertThat(json.path("wider").asBoolean(true)).isFalse();
        assertThat(json.path("changes").size()).isPositive();
    }

    @Test
    void aFileOfCasesIsPutToThePolicyThatItNames() throws IOException {
        file("mine.cedar", "@id(\"ask\") permit (principal, action == Action::\"ask\", resource);");
        String cases = file("cases.yaml", """
                policy: mine.cedar
                cases:
                  - name: asks about everything
                    given: {action: FREE_DISK, level: 5}
                    expect: {decision: ASK, rules: [ask]}
                """);
        assertThat(Told.by("policy", "test", cases).out()).isEqualTo("passed  asks about everything\n");
        Told other = Told.by("policy", "test", cases, "--policy", "cautious");
        assertThat(other.status()).isEqualTo(1);
        assertThat(other.out())
                .contains("FAILED  asks about everything (", "cases.yaml:3)")
                .contains("expected it by ask, but it is by ask-from-level-3");
    }

    @Test
    void aQuestionIsExplainedByTheRulesThatDecideIt() throws IOException {
        Told told = Told.by(
                "policy",
                "explain",
                "--policy",
                "cautious",
                "--action",
                "RESTART",
                "--cause",
                "MEMORY_LEAK",
                "--level",
                "4",
                "--json");
        assertThat(told.status()).isZero();
        JsonNode json = new ObjectMapper().readTree(told.out());
        assertThat(json.path("decision").asText()).isEqualTo("ALLOW");
        assertThat(json.path("rules").path(0).asText()).isEqualTo("act-on-what-restores-itself");
        assertThat(Told.by(
                                "policy",
                                "explain",
                                "--policy",
                                "cautious",
                                "--action",
                                "RESTART",
                                "--level",
                                "4",
                                "--given",
                                "protected=true")
                        .out())
                .contains("ASK by ask-from-level-3", "guards may still");
        Told.by("policy", "explain").isUsage("--action-id", "--action KIND");
    }

    @Test
    void aKeyIsMadeOnceWithItsPublicHalfBesideIt() throws IOException {
        Path key = folder.resolve("bob.pem");
        assertThat(Told.by("key", key.toString()).out()).contains("bob.pem.pub", "stages/remediate/trusted");
        assertThat(Files.readString(folder.resolve("bob.pem.pub")))
                .contains("PUBLIC KEY")
                .doesNotContain("PRIVATE");
        Told.by("key", key.toString()).isUsage("is there already");
    }
}
