package io.nightshift.remediate.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.nightshift.events.ActionKind;
import io.nightshift.remediate.target.Target.Effect;
import io.nightshift.remediate.target.Target.Outcome;
import io.nightshift.remediate.target.Target.Result;
import io.nightshift.runtime.config.ConfigFile;
import io.nightshift.runtime.inventory.InventoryFile;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.inventory.KubernetesTarget;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ClusterTargetTest {

    private static final String YAML = """
            services: []
            targets:
              cluster:
                type: kubernetes
                namespace: NAMESPACE
                workloads: {store: statefulset/store, pool: nodes}
                actions:
                  ROLLING_RESTART: {}
                  RESTART: {}
                  SCALE: {min: 2, max: 5}
                  ROLL_BACK_RELEASE: {}
                  DRAIN: {}
                  UNDRAIN: {}
            """;
    private static final String DEPLOYMENT = """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"inventory","namespace":"shop"},
             "spec":{"replicas":3,"selector":{"matchLabels":{"app":"inventory"}},
              "template":{"metadata":{"labels":{"app":"inventory"}},
               "spec":{"containers":[{"name":"main","image":"registry.example.com/shop/inventory:1.4.0"}]}}}}
            """;
    private static final String STATEFUL = """
            {"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"store","namespace":"shop"},
             "spec":{"replicas":2,"selector":{"matchLabels":{"app":"store"}},
              "template":{"metadata":{"labels":{"app":"store"}},
               "spec":{"containers":[{"name":"main","image":"registry.example.com/shop/cart:2"}]}}}}
            """;

    private final FakeCluster cluster = new FakeCluster();
    private final SmallController controller = new SmallController(cluster.admin());
    private String namespace = "shop";

    @BeforeEach
    void deploy() {
        cluster.admin()
                .resource(Serialization.unmarshal(DEPLOYMENT, Deployment.class))
                .create();
        await().until(() -> settled(3));
    }

    @AfterEach
    void close() {
        controller.close();
        cluster.close();
    }

    private Deployment deployment() {
        return cluster.admin()
                .apps()
                .deployments()
                .inNamespace("shop")
                .withName("inventory")
                .get();
    }

    private boolean settled(int replicas) {
        WorkloadView view = WorkloadView.of(
                        cluster.admin(),
                        "shop",
                        new KubernetesTarget.Workload(KubernetesTarget.Kind.DEPLOYMENT, "inventory"))
                .orElseThrow();
        return view.isSettled()
                && view.available() == replicas
                && pods("inventory").size() == replicas;
    }

    private List<String> pods(String app) {
        return cluster.admin().pods().inNamespace("shop").withLabel("app", app).list().getItems().stream()
                .map(pod -> pod.getMetadata().getUid())
                .toList();
    }

    private void change(String json) {
        cluster.admin().resource(deployment()).patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    private ClusterTarget target(ActionKind kind) {
        KubernetesTarget spec = (KubernetesTarget)
                InventoryFile.of(ConfigFile.parse("inventory.yaml", YAML.replace("NAMESPACE", namespace)))
                        .targets()
                        .get("cluster");
        return new ClusterTarget(spec, kind, any -> cluster.client(), Clock.systemUTC());
    }

    private static Effect act(long token, String action, String service, String instance, String... arguments) {
        Map<String, String> values = new HashMap<>(
                Map.of("service", service, "instance", instance, "actionId", action, "token", String.valueOf(token)));
        for (int i = 0; i < arguments.length; i += 2) {
            values.put(arguments[i], arguments[i + 1]);
        }
        return new Effect("demo/shop/" + service, values, token, Instant.now().plusSeconds(15));
    }

    private static Effect effect(long token, String... arguments) {
        return act(token, "act-" + token, "inventory", "inventory-1", arguments);
    }

    private static void assertEnded(Result result, Outcome outcome, String... words) {
        assertThat(result.outcome()).as(result.message()).isEqualTo(outcome);
        assertThat(List.of(words))
                .allSatisfy(word -> assertThat(result.message()).contains(word));
    }

    @Test
    void aRollingRestartReplacesEveryPodAfterADryRunAndLeavesItsMark() throws Exception {
        List<String> before = pods("inventory");
        ClusterTarget target = target(ActionKind.ROLLING_RESTART);
        String token = target.stateToken(Map.of("service", "inventory", "instance", "inventory-1"));

        assertEnded(target.perform(effect(7)), Outcome.DONE, "done");

        assertThat(pods("inventory")).hasSize(3).doesNotContainAnyElementsOf(before);
        assertThat(deployment().getMetadata().getAnnotations()).containsEntry(ClusterMark.TOKEN, "7");
        assertThat(cluster.changes()).hasSize(2);
        assertThat(cluster.changes().get(0)).contains("PATCH", "dryRun=All");
        assertThat(cluster.changes().get(1)).contains("PATCH").doesNotContain("dryRun");
        assertThat(target.stateToken(Map.of("service", "inventory", "instance", "inventory-1")))
                .isNotEqualTo(token);
    }

    @Test
    void theSameActionIsDoneOnceAndAnOlderExecutorIsRefused() throws Exception {
        ClusterTarget target = target(ActionKind.ROLLING_RESTART);
        target.perform(act(7, "act", "inventory", "inventory-1"));
        List<String> pods = pods("inventory");
        int changes = cluster.changes().size();

        assertEnded(
                target.perform(act(8, "act", "inventory", "inventory-1")), Outcome.DONE, "this action was done before");
        assertEnded(target.perform(act(6, "older", "inventory", "inventory-1")), Outcome.FENCED);
        assertEnded(target.perform(act(7, "other", "inventory", "inventory-1")), Outcome.FENCED);

        assertThat(pods("inventory")).isEqualTo(pods);
        assertThat(cluster.changes()).hasSize(changes);
    }

    @Test
    void aChangeBetweenLookAndEffectIsNotOverwritten() throws Exception {
        cluster.between = () -> {
            cluster.between = () -> {};
            change("{\"metadata\":{\"annotations\":{\"someone\":\"else\"}}}");
        };
        List<String> before = pods("inventory");

        assertEnded(target(ActionKind.ROLLING_RESTART).perform(effect(7)), Outcome.FAILED, "changed between the look");

        assertThat(pods("inventory")).isEqualTo(before);
        assertThat(deployment().getMetadata().getAnnotations()).doesNotContainKey(ClusterMark.TOKEN);
    }

    @Test
    void aCallThatIsCutOffIsUnknownAndItsRepetitionIsNoSecondEffect() throws Exception {
        ClusterTarget target = target(ActionKind.ROLLING_RESTART);
        String before = target.stateToken(Map.of("service", "inventory", "instance", "inventory-1"));
        cluster.cutOff = request -> request.startsWith("PATCH");

        assertEnded(target.perform(act(7, "act", "inventory", "inventory-1")), Outcome.UNKNOWN, "cut off");

        assertThat(target.stateToken(Map.of("service", "inventory", "instance", "inventory-1")))
                .as("it happened, and it shows")
                .isNotEqualTo(before);
        cluster.cutOff = request -> false;
        long sent = cluster.changes().stream()
                .filter(line -> !line.contains("dryRun"))
                .count();
        assertThat(sent).as("nothing was repeated under us").isEqualTo(1);
        assertEnded(target.perform(act(8, "act", "inventory", "inventory-1")), Outcome.DONE, "before");
        assertThat(cluster.changes().stream().filter(line -> !line.contains("dryRun")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 422, 500})
    void whatTheDryRunRefusesIsNotDone(int status) throws Exception {
        cluster.refusal = line -> line.contains("dryRun=All") ? status : 0;
        List<String> before = pods("inventory");

        assertThat(target(ActionKind.ROLLING_RESTART).perform(effect(7)).outcome())
                .isEqualTo(Outcome.FAILED);
        assertThat(target(ActionKind.ROLLING_RESTART).dryRun(effect(7)).possible())
                .isFalse();

        assertThat(pods("inventory")).isEqualTo(before);
        assertThat(cluster.changes()).allMatch(line -> line.contains("dryRun=All"));
    }

    @Test
    void anErrorInsideOfTheApiLeavesTheOutcomeUnknown() throws Exception {
        cluster.refusal = line -> line.startsWith("PATCH") && !line.contains("dryRun") ? 500 : 0;

        assertThat(target(ActionKind.ROLLING_RESTART).perform(effect(7)).outcome())
                .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void anotherNamespaceIsNotLookedInto() throws Exception {
        namespace = "elsewhere";
        ClusterTarget target = target(ActionKind.ROLLING_RESTART);

        assertEnded(target.perform(effect(7)), Outcome.FAILED, "no DEPLOYMENT 'inventory' in namespace elsewhere");
        assertThatThrownBy(() -> target.standing(Map.of("service", "inventory", "instance", "inventory-1")))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("namespace elsewhere");
        assertThat(cluster.changes()).isEmpty();
    }

    @Test
    void aDryRunAsksTheApiAndChangesNothing() throws Exception {
        Deployment before = deployment();
        ClusterTarget target = target(ActionKind.SCALE);

        Target.Preview preview = target.dryRun(effect(7, "replicas", "5"));

        assertThat(preview.possible()).as(preview.message()).isTrue();
        assertThat(preview.message()).contains("scale deployment/inventory from 3 to 5", "the API would take it");
        assertThat(deployment()).isEqualTo(before);
        assertThat(target.promises()).isEqualTo(new Promises(Promises.Fencing.TARGET, Promises.DryRun.ASKED, true));
    }

    @Test
    void aScaleStaysWithinItsBoundsAndStartsFromWhereItWasPlanned() throws Exception {
        ClusterTarget target = target(ActionKind.SCALE);

        assertEnded(target.perform(effect(7, "replicas", "6")), Outcome.FAILED, "not within the declared 2 to 5");
        assertEnded(target.perform(effect(7, "replicas", "1")), Outcome.FAILED, "not within the declared 2 to 5");
        assertEnded(target.perform(effect(7, "replicas", "many")), Outcome.FAILED, "no number");
        assertEnded(target.perform(effect(7, "from", "2", "to", "4")), Outcome.FAILED, "has 3 replicas and not 2");
        assertThat(cluster.changes()).isEmpty();

        assertEnded(target.perform(effect(7, "from", "3", "to", "5")), Outcome.DONE);
        assertThat(pods("inventory")).hasSize(5);
        // Its undo is the same effect the other way round.
        assertEnded(target.perform(effect(8, "from", "5", "to", "3")), Outcome.DONE);
        await().until(() -> settled(3));
    }

    @Test
    void aReleaseIsRolledBackToItsVersionAndOnlyFromTheOneThatRuns() throws Exception {
        change("{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"main\","
                + "\"image\":\"registry.example.com/shop/inventory:1.5.0\"}]}}}}");
        await().until(() ->
                settled(3) && deployment().getMetadata().getAnnotations().containsValue("2"));
        ClusterTarget target = target(ActionKind.ROLL_BACK_RELEASE);

        assertEnded(target.perform(effect(7, "version", "0.9")), Outcome.FAILED, "no revision of version 0.9");
        assertEnded(target.perform(effect(7, "from", "1.4.9", "to", "1.4.0")), Outcome.FAILED, "does not run version");
        assertThat(cluster.changes()).isEmpty();
        assertEnded(target.perform(effect(7, "version", "1.4.0")), Outcome.DONE);

        assertThat(Revisions.runs(deployment().getSpec().getTemplate(), "1.4.0"))
                .isTrue();
        assertThat(deployment().getSpec().getTemplate().getMetadata().getLabels())
                .doesNotContainKey("pod-template-hash");
        assertThat(deployment().getMetadata().getAnnotations()).containsEntry(ClusterMark.TOKEN, "7");
    }

    @Test
    void aRolloutThatStallsFailsAndOneThatTakesTooLongIsUnknown() throws Exception {
        controller.works = false;
        Effect brief = new Effect("s", effect(7).values(), 7, Instant.now().plusSeconds(2));
        assertEnded(target(ActionKind.ROLLING_RESTART).perform(brief), Outcome.UNKNOWN, "did not end in time");
        assertThat(target(ActionKind.ROLLING_RESTART)
                        .standing(Map.of("service", "inventory", "instance", "inventory-1"))
                        .rollout())
                .hasValueSatisfying(running -> assertThat(running).contains("3 of 3 pods of deployment/inventory"));

        change("{\"status\":{\"observedGeneration\":99,\"conditions\":[{\"type\":\"Progressing\",\"status\":\"False\","
                + "\"reason\":\"ProgressDeadlineExceeded\"}]}}");
        assertEnded(target(ActionKind.ROLLING_RESTART).perform(effect(7)), Outcome.FAILED, "does not get on");
    }

    @Test
    void aPodIsEvictedOnceAndItsControllerMakesANewOne() throws Exception {
        cluster.admin().load(stream(STATEFUL)).create();
        await().until(() -> pods("store").size() == 2);
        Map<String, String> look = Map.of("service", "store", "instance", "store-0");
        ClusterTarget target = target(ActionKind.RESTART);
        String before = target.stateToken(look);
        assertThat(target.standing(look).healthyOthers()).hasValue(1);

        assertEnded(target.perform(act(7, "act", "store", "store-0")), Outcome.DONE);
        await().until(() -> pods("store").size() == 2);

        assertThat(target.stateToken(look)).isNotEqualTo(before);
        List<String> pods = pods("store");
        assertEnded(target.perform(act(8, "act", "store", "store-0")), Outcome.DONE, "this action was done before");
        assertEnded(target.perform(act(6, "older", "store", "store-1")), Outcome.FENCED);
        assertThat(pods("store")).isEqualTo(pods);
    }

    @Test
    void anEvictionThatABudgetRefusesIsNotForced() throws Exception {
        cluster.admin().load(stream(STATEFUL)).create();
        await().until(() -> pods("store").size() == 2);
        List<String> before = pods("store");
        cluster.budgeted.add("store-0");
        ClusterTarget target = target(ActionKind.RESTART);

        assertEnded(target.perform(act(7, "act", "store", "store-0")), Outcome.FAILED, "disruption budget");
        assertThat(target.dryRun(act(7, "act", "store", "store-0")).possible()).isFalse();

        assertThat(pods("store")).isEqualTo(before);
    }

    @Test
    void aPodOfAnotherWorkloadIsNotEvicted() throws Exception {
        cluster.admin().load(stream(STATEFUL)).create();
        await().until(() -> pods("store").size() == 2);

        assertEnded(
                target(ActionKind.RESTART).perform(act(7, "act", "inventory", "store-0")),
                Outcome.FAILED,
                "no pod 'store-0' of deployment/inventory");
        assertThat(cluster.changes()).isEmpty();
    }

    @Test
    void whoOwnsAndWhoChangedAWorkloadIsSeen() throws Exception {
        ClusterTarget target = target(ActionKind.SCALE);
        Map<String, String> look = Map.of("service", "inventory", "instance", "inventory-1");
        Standing plain = target.standing(look);
        assertThat(plain.owners()).isEmpty();
        assertThat(plain.holdsData()).isEmpty();
        assertThat(plain.rollout()).isEmpty();

        change("{\"metadata\":{\"labels\":{\"kustomize.toolkit.fluxcd.io/name\":\"shop\"},\"managedFields\":["
                + "{\"manager\":\"kubectl-edit\",\"operation\":\"Update\",\"time\":\"2026-11-23T03:00:00Z\"},"
                + "{\"manager\":\"nightshift\",\"operation\":\"Update\",\"time\":\"2026-11-23T04:00:00Z\"},"
                + "{\"manager\":\"kube-controller-manager\",\"operation\":\"Update\",\"subresource\":\"status\","
                + "\"time\":\"2026-11-23T05:00:00Z\"}]}}");
        cluster.admin().load(stream("""
                {"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"inv","namespace":"shop"},
                 "spec":{"maxReplicas":9,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"inventory"}}}
                """)).create();

        Standing standing = target.standing(look);
        assertThat(standing.owners())
                .containsEntry(InventoryService.GITOPS, "Flux shop")
                .containsEntry(InventoryService.AUTOSCALER, "HorizontalPodAutoscaler inv");
        assertThat(standing.changed())
                .contains(new Standing.Change(Instant.parse("2026-11-23T03:00:00Z"), "kubectl-edit"));
    }

    @Test
    void whatHoldsDataIsSeenWithoutBeingDeclared() throws Exception {
        ClusterTarget target = target(ActionKind.ROLLING_RESTART);
        Map<String, String> look = Map.of("service", "inventory", "instance", "inventory-1");
        change("{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"main\","
                + "\"image\":\"registry.example.com:5000/team/shop-postgres:15\"}]}}}}");
        assertThat(target.standing(look).holdsData()).contains("image registry.example.com:5000/team/shop-postgres:15");
        change("{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"main\",\"image\":\"plain\"}],"
                + "\"volumes\":[{\"name\":\"v\",\"persistentVolumeClaim\":{\"claimName\":\"orders\"}}]}}}}");
        assertThat(target.standing(look).holdsData()).contains("volume claim orders");
        cluster.admin()
                .load(stream(STATEFUL.replace(
                        "\"replicas\":2",
                        "\"replicas\":2,\"volumeClaimTemplates\":[{\"metadata\":{\"name\":\"data\"},\"spec\":{}}]")))
                .create();
        assertThat(target.standing(Map.of("service", "store", "instance", "store-0"))
                        .holdsData())
                .isPresent();
        for (String image : List.of("redis", "bitnami/kafka:4.3", "quay.io/coreos/etcd@sha256:00")) {
            assertThat(ClusterFacts.isDatabase(image)).as(image).isTrue();
        }
        for (String image : List.of("shop/inventory:1", "redis-exporter", "redistribution:2", "mysql/router-ui")) {
            assertThat(ClusterFacts.isDatabase(image)).as(image).isFalse();
        }
    }

    @Test
    void aNodeIsDrainedWithinBudgetsAndOpenedAgain() throws Exception {
        cluster.admin()
                .load(stream("{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"node-1\"},"
                        + "\"spec\":{}}"))
                .create();
        List<Pod> moved = cluster.admin()
                .pods()
                .inNamespace("shop")
                .withLabel("app", "inventory")
                .list()
                .getItems();
        controller.works = false;
        for (Pod pod : moved) {
            cluster.admin()
                    .resource(pod)
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"nodeName\":\"node-1\"}}");
        }
        String kept = moved.get(0).getMetadata().getName();
        cluster.budgeted.add(kept);
        Effect brief = new Effect(
                "s", act(7, "act", "pool", "node-1").values(), 7, Instant.now().plus(Duration.ofSeconds(3)));

        assertEnded(target(ActionKind.DRAIN).perform(brief), Outcome.FAILED, "disruption budgets", kept);
        assertThat(node().getSpec().getUnschedulable()).isTrue();
        assertThat(pods("inventory")).containsExactly(moved.get(0).getMetadata().getUid());

        cluster.budgeted.clear();
        assertEnded(target(ActionKind.DRAIN).perform(act(8, "act", "pool", "node-1")), Outcome.DONE);
        assertThat(pods("inventory")).isEmpty();
        assertEnded(target(ActionKind.UNDRAIN).perform(act(9, "undo", "pool", "node-1")), Outcome.DONE);
        assertThat(node().getSpec().getUnschedulable()).isNotEqualTo(true);
        assertEnded(target(ActionKind.DRAIN).perform(act(10, "a", "pool", "node-9")), Outcome.FAILED, "no node");
        assertEnded(
                target(ActionKind.DRAIN).perform(act(11, "a", "inventory", "node-1")),
                Outcome.FAILED,
                "only nodes are drained");
    }

    @Test
    void aPodThatNobodyWouldMakeAnewStopsADrainBeforeAnythingIsChanged() throws Exception {
        cluster.admin()
                .load(stream("{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"node-1\"},"
                        + "\"spec\":{}}"))
                .create();
        cluster.admin()
                .load(stream("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"lonely\","
                        + "\"namespace\":\"other\"},\"spec\":{\"nodeName\":\"node-1\",\"containers\":[]}}"))
                .create();

        assertEnded(
                target(ActionKind.DRAIN).perform(act(7, "act", "pool", "node-1")),
                Outcome.FAILED,
                "no controller would make pod lonely anew");
        assertThat(node().getSpec().getUnschedulable()).isNotEqualTo(true);
    }

    private io.fabric8.kubernetes.api.model.Node node() {
        return cluster.admin().nodes().withName("node-1").get();
    }

    private static java.io.InputStream stream(String json) {
        return new java.io.ByteArrayInputStream(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
