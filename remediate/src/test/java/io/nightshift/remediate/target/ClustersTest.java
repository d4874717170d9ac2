package io.nightshift.remediate.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.nightshift.runtime.inventory.KubernetesTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClustersTest {

    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            current-context: staging
            clusters:
              - {name: staging, cluster: {server: "https://staging.example.com:6443"}}
              - {name: prod, cluster: {server: "https://prod.example.com:6443"}}
            users:
              - {name: robot, user: {token: abc}}
            contexts:
              - {name: staging, context: {cluster: staging, user: robot}}
              - {name: prod, context: {cluster: prod, user: robot}}
            """;

    @TempDir
    Path folder;

    private static KubernetesTarget target(Optional<Path> kubeconfig, String context) {
        return new KubernetesTarget("cluster", kubeconfig, context, "shop", Map.of(), Map.of());
    }

    private Optional<Path> kubeconfig() throws Exception {
        return Optional.of(Files.writeString(folder.resolve("kubeconfig"), KUBECONFIG));
    }

    @Test
    void theNamedContextIsUsedAndNoCallIsRepeated() throws Exception {
        Clusters clusters = new Clusters();
        try (KubernetesClient prod = clusters.of(target(kubeconfig(), "prod"));
                KubernetesClient present = clusters.of(target(kubeconfig(), ""))) {
            assertThat(prod.getMasterUrl()).hasToString("https://prod.example.com:6443/");
            assertThat(present.getMasterUrl()).hasToString("https://staging.example.com:6443/");
            assertThat(prod.getConfiguration().getRequestRetryBackoffLimit()).isZero();
            assertThat(clusters.of(target(kubeconfig(), "prod"))).isSameAs(prod);
        }
    }

    @Test
    void aContextOrFileThatIsNotThereIsNamed() throws Exception {
        Clusters clusters = new Clusters();
        assertThatThrownBy(() -> clusters.of(target(kubeconfig(), "prd")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no context 'prd'");
        assertThatThrownBy(() -> clusters.of(target(Optional.of(folder.resolve("none")), "")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("can't be read");
    }

    @Test
    void withoutAKubeconfigOnlyTheAccountOfThePodCounts() {
        assertThatThrownBy(() -> new Clusters().of(target(Optional.empty(), "")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("names no kubeconfig, and there is no service account");
    }
}
