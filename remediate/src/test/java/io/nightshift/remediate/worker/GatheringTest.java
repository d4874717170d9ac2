package io.nightshift.remediate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.events.ActionKind;
import io.nightshift.remediate.target.Confined;
import io.nightshift.remediate.target.DeclaredTargets;
import io.nightshift.remediate.target.Keepsake;
import io.nightshift.remediate.target.Target;
import io.nightshift.runtime.inventory.CommandSpec;
import io.nightshift.runtime.inventory.CommandTarget;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real commands, by the way they take from a target's declaration. */
@Timeout(60)
class GatheringTest {

    /** No other process on this machine sleeps for so long. */
    private static final String LONG = "86391";

    @TempDir
    Path folder;

    private final Map<String, CommandSpec> declared = new TreeMap<>();

    private void declare(String name, String... argv) {
        declared.put(name, new CommandSpec(List.of(argv), Duration.ofSeconds(10)));
    }

    private String gather(Duration limit, String... instances) throws InterruptedException {
        CommandSpec any = new CommandSpec(List.of("/bin/true"), Duration.ofSeconds(1));
        CommandTarget spec =
                new CommandTarget("units", false, Map.of(ActionKind.RESTART, any), any, new TreeMap<>(declared));
        Target target = new DeclaredTargets(new Confined(folder), folder, Clock.systemUTC())
                .of(spec, ActionKind.RESTART)
                .orElseThrow();
        List<Keepsake> keepsakes = target.keepsakes(Arrays.stream(instances)
                .map(instance ->
                        Map.of("instance", instance, "service", "inventory", "serviceId", "demo/shop/inventory"))
                .toList());
        return new Gathering(limit).gather(keepsakes);
    }

    @Test
    void eachInstanceIsAskedAndTheServiceOnce() throws Exception {
        declare("threads", "/bin/echo", "threads", "of", "{instance}", "here");
        declare("version", "/bin/echo", "version-of-{service}");
        assertThat(gather(Duration.ofSeconds(10), "inventory-1", "inventory-2")).isEqualTo("""
                        == threads of inventory-1
                        threads of inventory-1 here
                        == version of inventory
                        version-of-inventory
                        == threads of inventory-2
                        threads of inventory-2 here
                        """);
    }

    @Test
    void whatHangsIsEndedAndSaidAndHidesNothingElse() throws Exception {
        declare("hangs", "/bin/sleep", LONG);
        declare("quick", "/bin/echo", "quick");
        long began = System.nanoTime();
        String gathered = gather(Duration.ofMillis(1500), "inventory-1");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
        assertThat(gathered).contains("== hangs of inventory: not kept: it", "== quick of inventory\nquick\n");
        await().untilAsserted(() -> assertThat(ProcessHandle.allProcesses().filter(process -> process.info()
                        .arguments()
                        .filter(words -> List.of(words).contains(LONG))
                        .isPresent()))
                .isEmpty());
    }

    @Test
    void aHugeOutputIsCutBetweenWords() throws Exception {
        declare("huge", "/usr/bin/seq", "1000000", "1999999");
        String gathered = gather(Duration.ofSeconds(20), "inventory-1");
        assertThat(gathered.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(Confined.OUTPUT_BYTES + 200);
        assertThat(gathered)
                .startsWith("== huge of inventory\n1000000\n1000001\n")
                .endsWith("\n(the rest is left out)\n");
        String[] lines = gathered.split("\n");
        assertThat(lines[lines.length - 2]).hasSize(7);
    }

    @Test
    void whatFailsSaysWhy() throws Exception {
        declare("fails", "/bin/ls", "/nowhere-at-all");
        declare("missing", "/opt/no-such-program");
        assertThat(gather(Duration.ofSeconds(10), "inventory-1"))
                .containsPattern("== fails of inventory: not kept: exit status [12]: .*nowhere-at-all")
                // with util-linux it is prlimit that does not find the program, otherwise the JVM
                .containsPattern("== missing of inventory: not kept: .*no-such-program");
    }

    @Test
    void secretsAreMaskedAndNothingIsLeftThatATerminalWouldObey() throws Exception {
        declare("env", "/usr/bin/printf", "DB_PASSWORD=hunter2hunter\\n\\033[2Jcleared\\tdone\\n");
        assertThat(gather(Duration.ofSeconds(10), "inventory-1"))
                .contains("DB_PASSWORD=***", "?[2Jcleared\tdone")
                .doesNotContain("hunter2", "\033");
    }

    @Test
    void anInstanceThatIsNoWordReachesNoCommand() throws Exception {
        declare("threads", "/bin/echo", "{instance}");
        assertThat(gather(Duration.ofSeconds(10), "--help; reboot"))
                .contains("not kept: it could not be run: the value of {instance} holds what no identifier holds");
    }
}
