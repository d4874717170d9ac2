package io.nightshift.remediate.target;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.nightshift.runtime.config.Secrets;
import io.nightshift.runtime.inventory.KubernetesTarget;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connections to clusters, one for each kubeconfig and context. Only what the inventory names is used: a kubeconfig that
 * happens to lie in somebody's home must not decide which cluster is acted on. Nothing is tried again by itself.
 */
final class Clusters {

    private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    private static final String OWN_CLUSTER = "https://kubernetes.default.svc";
    private static final Duration CALL = Duration.ofSeconds(10);

    private final Map<String, KubernetesClient> clients = new ConcurrentHashMap<>();

    /** @throws IllegalStateException when there is no usable credential; the message says where it was looked for */
    KubernetesClient of(KubernetesTarget target) {
        String key = target.kubeconfig().map(Path::toString).orElse("") + "#" + target.context();
        return clients.computeIfAbsent(key, each -> new KubernetesClientBuilder()
                .withConfig(bounded(target.kubeconfig()
                        .map(file -> fromFile(file, target.context()))
                        .orElseGet(Clusters::ofThisPod)))
                .build());
    }

    private static Config fromFile(Path file, String context) {
        if (!Files.isReadable(file)) {
            throw new IllegalStateException("the kubeconfig " + file + " can't be read; check the path and its rights");
        }
        Config config = Config.fromKubeconfig(context.isEmpty() ? null : context, new File(file.toString()));
        if (!context.isEmpty()
                && (config.getCurrentContext() == null
                        || !context.equals(config.getCurrentContext().getName()))) {
            throw new IllegalStateException("the kubeconfig " + file + " has no context '" + context + "'");
        }
        return config;
    }

    private static Config ofThisPod() {
        if (!Files.isReadable(ACCOUNT.resolve("token"))) {
            throw new IllegalStateException("the target names no kubeconfig, and there is no service account in "
                    + ACCOUNT + "; name a kubeconfig, or run in the cluster");
        }
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(OWN_CLUSTER)
                .withCaCertFile(ACCOUNT.resolve("ca.crt").toString())
                .withOauthTokenProvider(
                        () -> Secrets.fromFile(ACCOUNT.resolve("token")).orElse(""))
                .build();
    }

    /** A call that failed may have had its effect, so no call is repeated under us. */
    static Config bounded(Config config) {
        return new ConfigBuilder(config)
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout((int) CALL.toMillis())
                .withConnectionTimeout((int) CALL.toMillis())
                .build();
    }
}
