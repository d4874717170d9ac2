package io.nightshift.remediate.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionKind;
import io.nightshift.remediate.target.Target.Effect;
import io.nightshift.remediate.target.Target.Preview;
import io.nightshift.runtime.config.ConfigFile;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryFile;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.inventory.KubernetesTarget;
import io.nightshift.runtime.inventory.TargetSpec;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example in the docs is read, and every effect that it declares can be filled. */
class ExampleTargetsTest {

    static final Path EXAMPLES = Path.of("../docs/examples/targets");

    @TempDir
    Path folder;

    static List<Path> examples() {
        return ConfigFile.filesIn(EXAMPLES);
    }

    @Test
    void theToolsThatTheDocsNameHaveAnExample() {
        assertThat(examples())
                .extracting(file -> file.getFileName().toString())
                .contains(
                        "rundeck.yaml",
                        "awx.yaml",
                        "stackstorm.yaml",
                        "jenkins.yaml",
                        "kubernetes.yaml",
                        "supervisor.yaml",
                        "haproxy.yaml",
                        "redis.yaml",
                        "runit.yaml",
                        "systemd.yaml");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsReadAndItsEffectsAreFilled(Path file) throws Exception {
        Inventory inventory = InventoryFile.read(file);
        Targets targets = new DeclaredTargets(new Confined(folder), folder, Clock.systemUTC());
        for (InventoryService service : inventory.services()) {
            TargetSpec spec = inventory.targetOf(service).orElseThrow();
            for (ActionKind kind : spec.actions().keySet()) {
                Target target = targets.of(spec, kind).orElseThrow();
                if (spec instanceof KubernetesTarget) {
                    continue; // a dry run asks the cluster, and there is none here
                }
                Preview preview = target.dryRun(new Effect(
                        service.id(),
                        Map.of(
                                "instance", service.instances().get(0),
                                "service", service.key().service(),
                                "serviceId", service.id(),
                                "actionId", "act/0",
                                "token", "1"),
                        1,
                        Instant.now().plusSeconds(5)));
                assertThat(preview.possible())
                        .as(file + " " + kind + ": " + preview.message())
                        .isTrue();
                assertThat(preview.message())
                        .contains(service.instances().get(0).replaceAll("^(cache)$", "flushdb"));
            }
        }
    }
}
