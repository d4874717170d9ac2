package io.nightshift.remediate.target;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nightshift.runtime.inventory.InventoryService;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a cluster's objects say of themselves: who changed them, who owns their fields, whether they hold data. */
final class ClusterFacts {

    /** Who we are in {@code managedFields}. */
    static final String FIELD_MANAGER = "nightshift";

    /** It notes revisions and statuses; nobody decided anything there. */
    private static final Set<String> NOBODY = Set.of(FIELD_MANAGER, "kube-controller-manager", "kubelet");

    /** Marks of controllers that apply a repository, by label or annotation. */
    private static final Map<String, String> GITOPS = Map.of(
            "argocd.argoproj.io/tracking-id", "Argo CD",
            "argocd.argoproj.io/instance", "Argo CD",
            "kustomize.toolkit.fluxcd.io/name", "Flux",
            "helm.toolkit.fluxcd.io/name", "Flux",
            "configsync.gke.io/resource-id", "Config Sync",
            "objectset.rio.cattle.io/id", "Fleet");

    /** Words in the names of images of programs that keep data, Nightshift's own footing among them. */
    private static final Set<String> DATABASES = Set.of(
            "postgres",
            "postgresql",
            "postgis",
            "timescaledb",
            "mysql",
            "mariadb",
            "percona",
            "mongo",
            "mongodb",
            "redis",
            "valkey",
            "keydb",
            "memcached",
            "cassandra",
            "scylla",
            "elasticsearch",
            "opensearch",
            "solr",
            "kafka",
            "redpanda",
            "zookeeper",
            "etcd",
            "consul",
            "vault",
            "clickhouse",
            "cockroach",
            "influxdb",
            "neo4j",
            "couchdb",
            "couchbase",
            "minio",
            "rabbitmq",
            "pulsar",
            "bookkeeper",
            "oracle",
            "mssql",
            "db2",
            "questdb",
            "tidb",
            "tikv",
            "foundationdb",
            "arangodb",
            "dgraph",
            "weaviate",
            "qdrant",
            "milvus");

    private ClusterFacts() {}

    /** The last change of what is declared by anyone but us; empty where the API does not tell. */
    static Optional<Standing.Change> changed(HasMetadata object) {
        return object.getMetadata().getManagedFields().stream()
                .filter(entry ->
                        entry.getSubresource() == null || entry.getSubresource().isEmpty())
                .filter(entry -> !NOBODY.contains(Objects.requireNonNullElse(entry.getManager(), "")))
                .flatMap(entry -> time(entry).stream()
                        .map(at -> new Standing.Change(at, Reading.plain(String.valueOf(entry.getManager())))))
                .max(Comparator.comparing(Standing.Change::at));
    }

    private static Optional<Instant> time(ManagedFieldsEntry entry) {
        try {
            return Optional.ofNullable(entry.getTime())
                    .map(time -> OffsetDateTime.parse(time).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Controllers that own fields of the workload, by kind. */
    static Map<String, String> owners(KubernetesClient client, String namespace, WorkloadView workload) {
        Map<String, String> owners = new HashMap<>();
        Map<String, String> marks =
                new HashMap<>(texts(workload.object().getMetadata().getLabels()));
        marks.putAll(texts(workload.object().getMetadata().getAnnotations()));
        GITOPS.forEach((mark, owner) -> {
            if (marks.containsKey(mark)) {
                owners.put(InventoryService.GITOPS, owner + " " + Reading.plain(marks.get(mark)));
            }
        });
        client.autoscaling().v2().horizontalPodAutoscalers().inNamespace(namespace).list().getItems().stream()
                .filter(scaler -> scaler.getSpec()
                                .getScaleTargetRef()
                                .getKind()
                                .equals(workload.object().getKind())
                        && scaler.getSpec()
                                .getScaleTargetRef()
                                .getName()
                                .equals(workload.object().getMetadata().getName()))
                .findFirst()
                .ifPresent(scaler -> owners.put(
                        InventoryService.AUTOSCALER,
                        "HorizontalPodAutoscaler " + scaler.getMetadata().getName()));
        return owners;
    }

    private static Map<String, String> texts(Map<String, String> texts) {
        return texts == null ? Map.of() : texts;
    }

    /** What says that these pods hold data. */
    static Optional<String> data(PodSpec pod, boolean claims) {
        if (claims) {
            return Optional.of("each pod has a volume claim of its own");
        }
        Optional<String> volume = pod.getVolumes().stream()
                .filter(each -> each.getPersistentVolumeClaim() != null)
                .map(each -> "volume claim " + each.getPersistentVolumeClaim().getClaimName())
                .findFirst();
        return volume.or(() -> pod.getContainers().stream()
                .map(container -> Objects.requireNonNullElse(container.getImage(), ""))
                .filter(ClusterFacts::isDatabase)
                .map(image -> "image " + Reading.plain(image))
                .findFirst());
    }

    /** By the words of the image's last name: {@code registry/team/shop-postgres:15} is one; what only exports its metrics is not. */
    static boolean isDatabase(String image) {
        String last = image.substring(image.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        String name = last.replaceAll("[:@].*", "");
        return !name.contains("exporter") && Arrays.stream(name.split("[-_.]")).anyMatch(DATABASES::contains);
    }

    static boolean isReady(Pod pod) {
        return pod.getStatus() != null
                && pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(each -> each.getType().equals("Ready") && "True".equals(each.getStatus()));
    }
}
