package io.nightshift.investigate.look;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.investigate.look.LookTool.LookException;
import io.nightshift.investigate.look.LookTool.Seen;
import io.nightshift.investigate.look.ToolSettings.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KubernetesTest {

    private static final String PODS = """
            {"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1","continue":""},"items":[
            {"metadata":{"name":"cart-1","namespace":"shop","annotations":{"note":"secret-annotation"}},
             "spec":{"nodeName":"node-a","containers":[{"name":"app","image":"cart:1.2","env":[{"name":"PASSWORD","value":"hunter2"}]}]},
             "status":{"phase":"Running","startTime":"2026-03-01T01:00:00Z","containerStatuses":[
               {"name":"app","ready":true,"restartCount":0,"image":"cart:1.2","state":{"running":{"startedAt":"2026-03-01T01:00:00Z"}},"lastState":{}}]}},
            {"metadata":{"name":"cart-2","namespace":"shop"},"spec":{"nodeName":"node-b"},
             "status":{"phase":"Running","startTime":"2026-03-01T01:00:00Z","containerStatuses":[
               {"name":"app","ready":false,"restartCount":7,"image":"cart:1.3","state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off"}},
                "lastState":{"terminated":{"exitCode":137,"reason":"OOMKilled","finishedAt":"2026-03-01T03:10:00Z"}}}]}}]}""";

    private FakeApi api;
    private Kubernetes kubernetes;

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
        kubernetes = new Kubernetes(api.settings(Kind.KUBERNETES, "shop"));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void pods_that_are_not_well_come_first_and_nothing_secret_is_shown() throws LookException {
        api.on("/api/v1/namespaces/shop/pods", PODS);

        Seen seen = Looking.at(kubernetes, "kubernetes_pods", Map.of("namespace", "shop"));

        assertThat(seen.lines())
                .containsExactly(
                        "pod cart-2: Running, node node-b, since 2026-03-01T01:00:00Z; container app not ready, restarts 7,"
                                + " image cart:1.3, waiting: CrashLoopBackOff, before that ended: OOMKilled with code 137"
                                + " at 2026-03-01T03:10:00Z",
                        "pod cart-1: Running, node node-a, since 2026-03-01T01:00:00Z; container app ready, restarts 0,"
                                + " image cart:1.2");
        assertThat(api.last().method()).isEqualTo("GET");
        assertThat(kubernetes.check(Duration.ofSeconds(5))).isEqualTo("sees 2 pods in shop");
    }

    @Test
    void deployments_show_wanted_and_available() throws LookException {
        api.on("/apis/apps/v1/namespaces/shop/deployments", """
                {"kind":"DeploymentList","metadata":{},"items":[{"metadata":{"name":"cart"},
                "spec":{"replicas":3,"template":{"spec":{"containers":[{"name":"app","image":"cart:1.3"}]}}},
                "status":{"replicas":3,"updatedReplicas":1,"availableReplicas":2,"conditions":[
                {"type":"Progressing","status":"False","reason":"ProgressDeadlineExceeded","message":"timed out",
                "lastTransitionTime":"2026-03-01T03:05:00Z"}]}}]}""");

        assertThat(Looking.at(kubernetes, "kubernetes_deployments", Map.of("namespace", "shop"))
                        .lines())
                .containsExactly(
                        "deployment cart: 3 wanted, 1 updated, 2 available; image cart:1.3; Progressing False since"
                                + " 2026-03-01T03:05:00Z: timed out");
    }

    @Test
    void events_show_warnings_first_and_may_be_those_of_one_object() throws LookException {
        api.on("/api/v1/namespaces/shop/events", """
                {"kind":"EventList","metadata":{"continue":"more"},"items":[
                {"type":"Normal","reason":"Pulled","message":"pulled","count":1,"lastTimestamp":"2026-03-01T03:14:00Z",
                 "involvedObject":{"kind":"Pod","name":"cart-2"}},
                {"type":"Warning","reason":"BackOff","message":"back-off restarting","count":null,"lastTimestamp":null,
                 "eventTime":"2026-03-01T03:12:00.000000Z","series":{"count":9,"lastObservedTime":"2026-03-01T03:13:00.000000Z"},
                 "involvedObject":{"kind":"Pod","name":"cart-2"}}]}""");

        Seen seen = Looking.at(kubernetes, "kubernetes_events", Map.of("namespace", "shop", "object", "cart-2"));

        assertThat(seen.lines())
                .containsExactly(
                        "2026-03-01T03:13:00.000000Z Warning BackOff Pod cart-2 (9 times): back-off restarting",
                        "2026-03-01T03:14:00Z Normal Pulled Pod cart-2 (1 times): pulled");
        assertThat(seen.truncated()).isEqualTo("only the first 250 objects were asked for");
        assertThat(api.last().query()).containsEntry("fieldSelector", "involvedObject.name=cart-2");
    }

    @Test
    void the_log_of_a_pod_is_its_last_lines() throws LookException {
        api.on(
                "/api/v1/namespaces/shop/pods/cart-2/log",
                FakeApi.says(
                        200,
                        "text/plain",
                        "2026-03-01T03:09:59Z java.lang.OutOfMemoryError\n2026-03-01T03:10:00Z bye\n"));

        assertThat(Looking.at(
                                kubernetes,
                                "kubernetes_logs",
                                Map.of("namespace", "shop", "pod", "cart-2", "container", "app", "previous", "true"))
                        .lines())
                .containsExactly("2026-03-01T03:09:59Z java.lang.OutOfMemoryError", "2026-03-01T03:10:00Z bye");
        assertThat(api.last().query())
                .containsEntry("container", "app")
                .containsEntry("previous", "true")
                .containsEntry("tailLines", "40")
                .containsEntry("limitBytes", "262144");
    }

    @Test
    void no_argument_reaches_another_namespace_or_resource() {
        assertThat(Looking.refusal(kubernetes, "kubernetes_pods", Map.of("namespace", "kube-system")))
                .contains("must be one of shop");
        assertThat(Looking.refusal(kubernetes, "kubernetes_pods", Map.of("namespace", "shop/secrets?x=")))
                .contains("must be one of shop");
        for (String pod : new String[] {"../secrets", "a/../../secrets/x", "..", ".", "a%2F..", "cart-2/exec", "A"}) {
            assertThat(Looking.refusal(kubernetes, "kubernetes_logs", Map.of("namespace", "shop", "pod", pod)))
                    .as(pod)
                    .contains("must be a name of small letters");
        }
        assertThat(Looking.refusal(
                        kubernetes, "kubernetes_events", Map.of("namespace", "shop", "object", "a,type=Normal")))
                .contains("must be a name of small letters");
        assertThat(api.asked()).isEmpty();
    }
}
