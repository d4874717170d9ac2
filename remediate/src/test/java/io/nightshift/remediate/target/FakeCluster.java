package io.nightshift.remediate.target;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.Eviction;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The client's mock server, and what it lacks of a real API: a dry run stores nothing, an eviction asks disruption budgets and
 * the pod's uid. A test can let a change's answer never come, or do something between a dry run and the change.
 */
final class FakeCluster extends Dispatcher implements AutoCloseable {

    private static final Logger REQUEST_LOG = Logger.getLogger(MockWebServer.class.getName());
    private static final String ADMIN = "a person or a controller";
    private static final Pattern EVICTION = Pattern.compile("(/api/v1/namespaces/[^/]+/pods/[^/]+)/eviction");

    private static final Pattern LOG = Pattern.compile("/api/v1/namespaces/[^/]+/pods/([^/]+)/log");

    private final KubernetesCrudDispatcher crud = new KubernetesCrudDispatcher();
    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(Serialization.jsonMapper()), new MockWebServer(), new HashMap<>(), this, false);
    private final KubernetesClient admin;
    private final KubernetesClient client;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** Names of pods that no disruption budget lets go. */
    final Set<String> budgeted = ConcurrentHashMap.newKeySet();

    /** What pods logged, by their names. */
    final Map<String, String> logs = new ConcurrentHashMap<>();

    /** Changes whose answer never comes; they happen all the same. */
    volatile Predicate<String> cutOff = request -> false;

    /** Status with which a request is refused; 0 for none. */
    volatile java.util.function.ToIntFunction<String> refusal = request -> 0;

    /** Done between a dry run and the change. */
    volatile Runnable between = () -> {};

    FakeCluster() {
        REQUEST_LOG.setLevel(Level.WARNING);
        server.init();
        admin = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config()).withUserAgent(ADMIN).build())
                .build();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Clusters.bounded(config()))
                        .withRequestTimeout(1_500)
                        .build())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("between", new Meddler()))
                .build();
    }

    /** Runs on the target's side, just before a change leaves. */
    private final class Meddler implements Interceptor {
        @Override
        public void before(BasicBuilder builder, HttpRequest request, Interceptor.RequestTags tags) {
            if (!request.method().equals("GET") && !request.uri().toString().contains("dryRun")) {
                between.run();
            }
        }
    }

    private Config config() {
        return new ConfigBuilder(Config.empty()).withMasterUrl(server.url("/")).build();
    }

    /** As a person or a controller sees it. */
    KubernetesClient admin() {
        return admin;
    }

    /** As a target sees it. */
    KubernetesClient client() {
        return client;
    }

    /** What targets asked for, oldest first: method, path and query. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** What targets changed or asked to change, oldest first: method, path and query. */
    List<String> changes() {
        return requests.stream().filter(request -> !request.startsWith("GET")).toList();
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        String line = request.getMethod() + " " + request.getPath();
        boolean ours = isOurs(request);
        if (ours) {
            requests.add(line);
            int refused = refusal.applyAsInt(line);
            if (refused != 0) {
                return status(refused, "refused by the test");
            }
        }
        boolean isDry = line.contains("dryRun=All");
        MockResponse response = answer(request, isDry);
        return ours && !isDry && cutOff.test(line) ? response.setBodyDelay(10, TimeUnit.SECONDS) : response;
    }

    private static boolean isOurs(RecordedRequest request) {
        return !ADMIN.equals(request.getHeader("User-Agent"));
    }

    private MockResponse answer(RecordedRequest request, boolean isDry) {
        String path = request.getPath().replaceAll("\\?.*", "");
        Matcher eviction = EVICTION.matcher(path);
        if (eviction.matches()) {
            return evict(eviction.group(1), Serialization.unmarshal(request.getUtf8Body(), Eviction.class));
        }
        Matcher log = LOG.matcher(path);
        if (log.matches()) {
            String lines = logs.get(log.group(1));
            return lines == null
                    ? status(404, "no log")
                    : new MockResponse().setResponseCode(200).setBody(lines);
        }
        if (request.getPath().contains("fieldSelector=")) {
            return crud.handleGet(path); // the mock knows few fields; more than was asked for is no harm here
        }
        if (!isDry) {
            return crud.dispatch(request);
        }
        MockResponse there = crud.handleGet(path);
        if (there.code() != 200) {
            return there;
        }
        HasMetadata present = Serialization.unmarshal(there.getBody().readUtf8());
        return request.getUtf8Body().contains("\"" + present.getMetadata().getResourceVersion() + "\"")
                ? status(200, Serialization.asJson(present))
                : status(409, "the object has been modified");
    }

    private MockResponse evict(String path, Eviction eviction) {
        MockResponse there = crud.handleGet(path);
        if (there.code() != 200) {
            return there;
        }
        Pod pod = Serialization.unmarshal(there.getBody().readUtf8(), Pod.class);
        if (budgeted.contains(pod.getMetadata().getName())) {
            return status(429, "Cannot evict pod as it would violate the pod's disruption budget.");
        }
        String uid = eviction.getDeleteOptions().getPreconditions().getUid();
        if (!pod.getMetadata().getUid().equals(uid)) {
            return status(409, "the UID in the precondition does not match");
        }
        if (!eviction.getDeleteOptions().getDryRun().contains("All")) {
            crud.handleDelete(path);
        }
        return status(201, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Success\"}");
    }

    private static MockResponse status(int code, String body) {
        String json = body.startsWith("{")
                ? body
                : "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":" + code
                        + ",\"message\":\"" + body + "\"}";
        return new MockResponse().setResponseCode(code).setBody(json);
    }

    @Override
    public void close() {
        client.close();
        admin.close();
        server.destroy();
    }
}
