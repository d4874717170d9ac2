package io.nightshift.remediate.target;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The releases that a deployment can be rolled back to: its replica sets. */
final class Revisions {

    private static final String REVISION = "deployment.kubernetes.io/revision";

    private Revisions() {}

    /**
     * The replica set that a roll back leads to.
     *
     * @param version of the release: an image's tag or a revision's number; empty for the revision before the present one
     */
    static Optional<ReplicaSet> find(KubernetesClient client, String namespace, WorkloadView workload, String version) {
        long present = number(workload.object().getMetadata().getAnnotations());
        List<ReplicaSet> earlier = client
                .apps()
                .replicaSets()
                .inNamespace(namespace)
                .withLabelSelector(workload.selector())
                .list()
                .getItems()
                .stream()
                .filter(set -> set.getMetadata().getOwnerReferences().stream().anyMatch(owner -> owner.getUid()
                        .equals(workload.object().getMetadata().getUid())))
                .filter(set -> numberOf(set) > 0 && numberOf(set) != present)
                .sorted(Comparator.comparingLong(Revisions::numberOf).reversed())
                .toList();
        return earlier.stream()
                .filter(set -> version.isEmpty()
                        ? numberOf(set) < present
                        : runs(set.getSpec().getTemplate(), version) || version.equals(String.valueOf(numberOf(set))))
                .findFirst();
    }

    /** Whether one of its images is of this version. */
    static boolean runs(PodTemplateSpec template, String version) {
        return template.getSpec().getContainers().stream()
                .map(Container::getImage)
                .anyMatch(image -> image != null && image.endsWith(":" + version));
    }

    static long numberOf(ReplicaSet set) {
        return number(set.getMetadata().getAnnotations());
    }

    private static long number(Map<String, String> annotations) {
        String revision = annotations == null ? null : annotations.get(REVISION);
        try {
            return revision == null ? 0 : Long.parseLong(revision);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
