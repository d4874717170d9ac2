package io.nightshift.remediate.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.nightshift.events.ActionKind;
import io.nightshift.runtime.config.ConfigFile;
import io.nightshift.runtime.inventory.InventoryFile;
import io.nightshift.runtime.inventory.KubernetesTarget;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClusterEvidenceTest {

    private static final String YAML = """
            services: []
            targets:
              cluster:
                type: kubernetes
                namespace: shop
                workloads: {pool: nodes}
                actions:
                  ROLLING_RESTART: {}
                  RESTART: {}
                  DRAIN: {}
            """;
    private static final String DEPLOYMENT = """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"inventory","namespace":"shop"},
             "spec":{"replicas":2,"selector":{"matchLabels":{"app":"inventory"}},
              "template":{"metadata":{"labels":{"app":"inventory"}},
               "spec":{"containers":[{"name":"main","image":"registry.example.com/shop/inventory:1.4.0"}]}}}}
            """;

    private final FakeCluster cluster = new FakeCluster();
    private final SmallController controller = new SmallController(cluster.admin());

    @BeforeEach
    void deploy() {
        cluster.admin()
                .resource(Serialization.unmarshal(DEPLOYMENT, Deployment.class))
                .create();
        await().until(() -> pods().size() == 2);
        pods().forEach(pod -> cluster.logs.put(pod, "last words of " + pod));
    }

    @AfterEach
    void close() {
        controller.close();
        cluster.close();
    }

    private List<String> pods() {
        return cluster.admin().pods().inNamespace("shop").withLabel("app", "inventory").list().getItems().stream()
                .map((Pod pod) -> pod.getMetadata().getName())
                .toList();
    }

    private void event(String namespace, String kind, String name, String at, String message) {
        cluster.admin()
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withName(name + "." + at.hashCode())
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewInvolvedObject()
                        .withKind(kind)
                        .withName(name)
                        .endInvolvedObject()
                        .withLastTimestamp(at)
                        .withType("Warning")
                        .withReason("BackOff")
                        .withCount(3)
                        .withMessage(message)
                        .build())
                .create();
    }

    private List<Keepsake> keepsakes(ActionKind kind, String service, String... instances) {
        KubernetesTarget spec = (KubernetesTarget) InventoryFile.of(ConfigFile.parse("inventory.yaml", YAML))
                .targets()
                .get("cluster");
        List<Map<String, String>> values = java.util.Arrays.stream(instances)
                .map(instance -> Map.of("service", service, "instance", instance))
                .toList();
        return new ClusterTarget(spec, kind, any -> cluster.client(), Clock.systemUTC()).keepsakes(values);
    }

    private static String tell(Keepsake keepsake) throws Exception {
        return keepsake.source().tell(Duration.ofSeconds(5));
    }

    @Test
    void theLastLinesAndEventsOfTheOnePodAreToldInTheirOrder() throws Exception {
        String pod = pods().get(0);
        event("shop", "Pod", pod, "2026-11-23T03:02:00Z", "Back-off restarting");
        event("shop", "Pod", pod, "2026-11-23T03:01:00Z", "OOM killed");
        event("shop", "Pod", pods().get(1), "2026-11-23T03:01:30Z", "another pod's");

        List<Keepsake> keepsakes = keepsakes(ActionKind.RESTART, "inventory", pod);

        assertThat(keepsakes).extracting(Keepsake::name).containsExactly("log of " + pod, "events of " + pod);
        assertThat(tell(keepsakes.get(0))).contains("-- " + pod + "/main", "last words of " + pod);
        assertThat(tell(keepsakes.get(1)))
                .containsSubsequence("03:01:00Z Warning BackOff", "x3: OOM killed", "Back-off restarting")
                .doesNotContain("another pod's");
        assertThat(cluster.changes()).isEmpty();
        assertThat(cluster.requests())
                .anyMatch(request -> request.contains("/log?") && request.contains("tailLines=200"))
                .anyMatch(request -> request.contains("/events?") && request.contains("limit=500"));
    }

    @Test
    void aWorkloadIsAskedForOnceWhateverItsInstancesAndOneLogThatIsNotThereHidesNoOther() throws Exception {
        cluster.logs.remove(pods().get(0));
        event("shop", "Deployment", "inventory", "2026-11-23T03:00:00Z", "scaled up");

        List<Keepsake> keepsakes = keepsakes(ActionKind.ROLLING_RESTART, "inventory", "inventory-1", "inventory-2");

        assertThat(keepsakes).hasSize(2);
        assertThat(tell(keepsakes.get(0))).contains("the cluster does not tell", "last words of " + pods().get(1));
        assertThat(tell(keepsakes.get(1))).contains("scaled up");
    }

    @Test
    void ofANodeItsEventsAreToldAndNoLogsOfOthers() throws Exception {
        event("default", "Node", "node-1", "2026-11-23T03:00:00Z", "disk pressure");
        List<Keepsake> keepsakes = keepsakes(ActionKind.DRAIN, "pool", "node-1");
        assertThat(keepsakes).extracting(Keepsake::name).containsExactly("events of node-1");
        assertThat(tell(keepsakes.get(0))).contains("disk pressure");
    }

    @Test
    void aPodOfAnotherWorkloadIsNotReadFrom() {
        List<Keepsake> keepsakes = keepsakes(ActionKind.RESTART, "inventory", "orders-1");
        assertThatThrownBy(() -> tell(keepsakes.get(0)))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("no pod 'orders-1'");
        assertThat(cluster.requests()).noneMatch(request -> request.contains("/log"));
    }
}
