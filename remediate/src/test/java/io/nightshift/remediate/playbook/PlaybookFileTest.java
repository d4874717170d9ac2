package io.nightshift.remediate.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.remediate.domain.catalogue.Effect;
import io.nightshift.remediate.domain.playbook.Batches;
import io.nightshift.remediate.domain.playbook.Playbook;
import io.nightshift.remediate.domain.playbook.PlaybookStep;
import io.nightshift.runtime.config.ConfigException;
import io.nightshift.schemas.CauseHash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlaybookFileTest {

    private static final String GOOD = """
            name: two-steps
            version: "7"
            description: Does two things.
            against: [MEMORY_LEAK, PROCESS_CRASH]
            level: 4
            arguments:
              cache: {default: pages}
            batches: {canary: 2, size: 25%}
            steps:
              - name: clear
                action: CLEAR_CACHE
                arguments: {cache: "{cache}"}
                after: [drain]
                verify: [heap, anomalies-cleared]
              - name: drain
                action: DRAIN
                on: instances
                batches: {size: 3}
                prechecks: [health]
                verify: [others-well]
                pause: 20s
                timeout: 5s
            finally:
              - name: undrain
                action: UNDRAIN
                verify: [probes-well]
            """;

    private static Playbook parse(String text) {
        return PlaybookFile.parse(
                new PlaybookText("two-steps.yaml", "two-steps", text.getBytes(StandardCharsets.UTF_8), "own"));
    }

    private static void assertRefused(String what, String instead, int line, String... says) {
        assertThat(GOOD).as("what is to be changed").contains(what);
        assertThatThrownBy(() -> parse(GOOD.replace(what, instead)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("two-steps.yaml:" + line + ": ")
                .hasMessageContainingAll(says);
    }

    @Test
    void aGoodPlaybookIsReadAsItStands() {
        Playbook playbook = parse(GOOD);
        assertThat(playbook.against()).containsExactlyInAnyOrder(CauseClass.MEMORY_LEAK, CauseClass.PROCESS_CRASH);
        assertThat(playbook.level()).isEqualTo(4);
        assertThat(playbook.id()).isEqualTo("two-steps@" + CauseHash.sha256(GOOD.getBytes(StandardCharsets.UTF_8)));
        assertThat(playbook.steps().stream().map(PlaybookStep::name)).containsExactly("drain", "clear", "undrain");
        PlaybookStep drain = playbook.steps().get(0);
        assertThat(drain.batches()).isEqualTo(new Batches(2, 3, false));
        assertThat(drain.prechecks()).containsExactly("health");
        assertThat(drain.pause()).isEqualTo(Duration.ofSeconds(20));
        assertThat(drain.timeout()).contains(Duration.ofSeconds(5));
        assertThat(drain.where()).isEqualTo("two-steps.yaml:15");
        assertThat(playbook.steps().get(1).batches()).isEqualTo(new Batches(2, 25, true));
        assertThat(playbook.steps().get(1).arguments()).isEqualTo(Map.of("cache", "{cache}"));
        assertThat(playbook.steps().stream().map(PlaybookStep::closing)).containsExactly(false, false, true);
        assertThat(parse(GOOD.replace("level: 4\n", "")).level())
                .as("people are asked")
                .isEqualTo(3);
    }

    @Test
    void aStepWithoutVerificationIsRefused() {
        assertRefused("    verify: [heap, anomalies-cleared]\n", "", 10, "without verification", "add verify:");
        assertRefused("[heap, anomalies-cleared]", "[]", 14, "without verification", "name probes");
    }

    @Test
    void anUndoThatDoesNothingIsRefused() {
        assertRefused(
                "    after: [drain]\n",
                "    undo: {action: CLEAR_CACHE, arguments: {cache: \"{cache}\"}}\n",
                13,
                "the undo does nothing");
        assertRefused(
                "    action: CLEAR_CACHE\n    arguments: {cache: \"{cache}\"}",
                "    action: SCALE\n    arguments: {from: \"3\", to: \"3\"}",
                12,
                "ends where it begins");
        String scale = "    action: SCALE\n    arguments: {from: \"2\", to: \"3\"}\n"
                + "    undo: {action: SCALE, arguments: {from: \"4\", to: \"3\"}}";
        assertRefused(
                "    action: CLEAR_CACHE\n    arguments: {cache: \"{cache}\"}",
                scale,
                13,
                "the undo does nothing",
                "the catalogue undoes it by SCALE");
        Playbook own = parse(GOOD.replace("    after: [drain]\n", "    undo: {action: RESTART}\n"));
        assertThat(own.steps().get(0).undo()).contains(new Effect(ActionKind.RESTART, Map.of()));
    }

    @Test
    void stepsThatWaitForEachOtherAreRefused() {
        assertRefused(
                "    action: DRAIN\n", "    action: DRAIN\n    after: [clear]\n", 13, "clear after drain after clear");
        assertRefused("after: [drain]", "after: [clear]", 13, "clear after clear");
        assertRefused("after: [drain]", "after: [drian]", 13, "no step 'drian'", "did you mean 'drain'?");
    }

    @Test
    void unknownActionsArgumentsAndKeysAreRefusedWithTheNearestKnown() {
        assertRefused("action: DRAIN", "action: DRANE", 16, "did you mean 'DRAIN'?");
        assertRefused("action: DRAIN", "action: UNKNOWN", 16, "is unknown");
        assertRefused("{cache: \"{cache}\"}", "{rule: \"{cache}\"}", 12, "takes no argument 'rule'", "takes cache");
        assertRefused("{cache: \"{cache}\"}", "{}", 12, "needs the argument cache");
        assertRefused("{cache: \"{cache}\"}", "{cache: \"{cash}\"}", 12, "no argument 'cash'", "mean 'cache'?");
        assertRefused("pause: 20s", "pauses: 20s", 21, "did you mean 'pause'?");
        assertRefused("against: [MEMORY_LEAK", "against: [MEMORY_LEAKS", 4, "did you mean 'MEMORY_LEAK'?");
        assertRefused("on: instances", "on: all", 17, "can't be acted on", "instances, service");
        assertRefused("cache: {default: pages}", "cache: {required: false}", 12, "may be missing", "default");
        assertRefused("  cache: {default: pages}", "  cache: {default: pages}\n  rule: {}", 8, "no step uses it");
    }

    @Test
    void nothingThatAShellWouldReadGetsIn() {
        for (String key : List.of("run", "command", "argv", "script", "url")) {
            assertRefused("pause: 20s", key + ": rm -rf /", 21, "no command stands in a playbook", "inventory");
        }
        for (String hostile : List.of("$(id)", "a; b", "-rf", "pages {cache}", "`id`", "a|b", "../x")) {
            assertRefused("\"{cache}\"", "'" + hostile + "'", 12, "does not look like");
        }
        assertThat(parse(GOOD.replace("version: \"7\"", "version: \"${HOME}\"")).version())
                .as("nothing of the environment gets in")
                .isEqualTo("${HOME}");
    }

    @Test
    void emptySetsNeverMeanAll() {
        assertRefused("against: [MEMORY_LEAK, PROCESS_CRASH]", "against: []", 4, "empty never means all");
        String steps = GOOD.substring(GOOD.indexOf("steps:"), GOOD.indexOf("finally:"));
        assertRefused(steps, "steps: []\n", 9, "the list is empty");
    }

    @Test
    void namesThatStandTwiceAreRefused() {
        assertRefused("name: drain", "name: clear", 15, "the step clear stands twice");
        assertRefused("name: undrain", "name: clear", 24, "the step clear stands twice");
        assertRefused("[MEMORY_LEAK, PROCESS_CRASH]", "[MEMORY_LEAK, MEMORY_LEAK]", 4, "stands twice");
        assertRefused("[heap, anomalies-cleared]", "[heap, heap]", 14, "stands twice");
        assertRefused("name: two-steps", "name: other-steps", 1, "a file called two-steps", "call both the same");
    }

    @Test
    void whatStandsUnderFinallyTakesAnEarlierStepBack() {
        assertRefused("action: UNDRAIN", "action: RESTART", 24, "takes an earlier step back");
        assertRefused("    action: UNDRAIN\n", "    action: UNDRAIN\n    undo: {action: DRAIN}\n", 26, "is unknown");
    }

    @Test
    void aPlaybookRunsNoOtherOne() {
        assertRefused("action: DRAIN", "action: PLAYBOOK", 16, "runs no other one", "copy the steps");
    }

    @Test
    void aSurgeIsAnsweredByCapacityOnly() {
        assertRefused("[MEMORY_LEAK, PROCESS_CRASH]", "[TRAFFIC_SURGE]", 4, "SCALE and nothing else");
        assertRefused("[MEMORY_LEAK, PROCESS_CRASH]", "[NO_CULPRIT]", 4, "nothing to repair");
    }

    @Test
    void numbersHaveTheirBounds() {
        assertRefused("level: 4", "level: 6", 5, "must be 1 to 5");
        assertRefused("size: 25%", "size: 0%", 8, "1% to 100%");
        assertRefused("size: 25%", "size: 101%", 8, "1% to 100%");
        assertRefused("canary: 2", "canary: 0", 8, "at least one instance");
        assertRefused("pause: 20s", "pause: 11m", 21, "1s to 10m");
        assertRefused("timeout: 5s", "timeout: 0s", 22, "1s to 10m");
        String more = "  - {name: s%d, action: RESTART, verify: [probes-well]}\n";
        StringBuilder many = new StringBuilder("steps:\n");
        for (int i = 0; i < 19; i++) {
            many.append(more.formatted(i));
        }
        assertRefused("steps:\n", many.toString(), 9, "22 steps are more than 20");
    }
}
