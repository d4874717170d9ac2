package io.nightshift.remediate.target;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nightshift.remediate.target.ClusterEffect.RefusedException;
import io.nightshift.runtime.inventory.KubernetesTarget;
import io.nightshift.runtime.inventory.KubernetesTarget.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What goes away with pods: the last lines of their logs, and the cluster's events about them. Of a workload a few pods are
 * looked at, the sick ones first; of a node only its own events, for its pods are other services'.
 */
final class ClusterEvidence {

    private static final int PODS = 4;
    private static final int CONTAINERS = 4;
    private static final int LINES = 200;
    /** The API begins with the oldest of the last lines: a limit near to what is kept would lose the newest. */
    private static final int MOST_READ = 1 << 20;

    private static final int KEPT_OF_A_CONTAINER = 16 * 1024;
    private static final long EVENTS_READ = 500;
    private static final int EVENTS = 50;

    private final KubernetesTarget target;
    private final boolean perInstance;
    private final Supplier<ClusterApi> api;

    /** @param perInstance whether the effect is on the pod of the instance's name, and not on the whole workload */
    ClusterEvidence(KubernetesTarget target, boolean perInstance, Supplier<ClusterApi> api) {
        this.target = target;
        this.perInstance = perInstance;
        this.api = api;
    }

    List<Keepsake> of(List<Map<String, String>> instances) {
        boolean nodes = target.workloadOf(service(instances.get(0))).kind() == Kind.NODES;
        List<Keepsake> keepsakes = new ArrayList<>();
        for (Map<String, String> values : perInstance ? instances : instances.subList(0, 1)) {
            String what = perInstance ? values.get("instance") : service(values);
            if (!nodes) {
                keepsakes.add(new Keepsake("log of " + what, within -> told(() -> logs(values))));
            }
            keepsakes.add(new Keepsake("events of " + what, within -> told(() -> events(values, nodes))));
        }
        return keepsakes;
    }

    private static String service(Map<String, String> values) {
        return values.getOrDefault("service", "");
    }

    private static String told(Supplier<String> look) throws TargetException {
        try {
            return look.get();
        } catch (KubernetesClientException | RefusedException | IllegalStateException e) {
            throw new TargetException("the cluster does not tell: " + Reading.plain(String.valueOf(e.getMessage())), e);
        }
    }

    private List<Pod> pods(ClusterApi there, Map<String, String> values) {
        WorkloadView workload = WorkloadEffect.workload(there, target, values);
        if (perInstance) {
            return List.of(new PodEffect(target).pod(there, workload, values));
        }
        return there
                .client()
                .pods()
                .inNamespace(target.namespace())
                .withLabelSelector(workload.selector())
                .list()
                .getItems()
                .stream()
                .sorted(Comparator.comparing(ClusterFacts::isReady)
                        .thenComparing(pod -> pod.getMetadata().getName()))
                .limit(PODS)
                .toList();
    }

    private String logs(Map<String, String> values) {
        ClusterApi there = api.get();
        StringBuilder text = new StringBuilder();
        for (Pod pod : pods(there, values)) {
            pod.getSpec().getContainers().stream().limit(CONTAINERS).forEach(container -> text.append("-- ")
                    .append(pod.getMetadata().getName())
                    .append('/')
                    .append(container.getName())
                    .append('\n')
                    .append(log(there, pod, container.getName()).strip())
                    .append('\n'));
        }
        return text.toString();
    }

    /** One container's log that can't be had hides no other's. */
    private String log(ClusterApi there, Pod pod, String container) {
        try {
            String log = there.client()
                    .pods()
                    .inNamespace(target.namespace())
                    .withName(pod.getMetadata().getName())
                    .inContainer(container)
                    .limitBytes(MOST_READ)
                    .tailingLines(LINES)
                    .getLog();
            return log.length() <= KEPT_OF_A_CONTAINER
                    ? log
                    : "(its beginning is left out)\n" + log.substring(log.length() - KEPT_OF_A_CONTAINER);
        } catch (KubernetesClientException e) {
            return "(the cluster does not tell: " + Reading.plain(String.valueOf(e.getMessage())) + ")";
        }
    }

    private String events(Map<String, String> values, boolean nodes) {
        ClusterApi there = api.get();
        Stream<String> names = nodes
                ? Stream.of(values.get("instance"))
                : Stream.concat(
                        Stream.of(target.workloadOf(service(values)).name()),
                        pods(there, values).stream()
                                .map(pod -> pod.getMetadata().getName()));
        List<Event> events = names.distinct()
                .flatMap(name -> events(there, name, nodes).stream())
                .sorted(Comparator.comparing(ClusterEvidence::time))
                .toList();
        return events.stream()
                .skip(Math.max(0, events.size() - EVENTS))
                .map(ClusterEvidence::line)
                .collect(Collectors.joining("\n"));
    }

    /** Events about nodes stand in the namespace {@code default}, for a node has none. */
    private List<Event> events(ClusterApi there, String name, boolean nodes) {
        Set<String> kinds = nodes ? Set.of("Node") : Set.of("Pod", "Deployment", "StatefulSet", "DaemonSet");
        return there
                .client()
                .v1()
                .events()
                .inNamespace(nodes ? "default" : target.namespace())
                .withField("involvedObject.name", name)
                .list(new ListOptionsBuilder().withLimit(EVENTS_READ).build())
                .getItems()
                .stream()
                .filter(event -> name.equals(event.getInvolvedObject().getName())
                        && kinds.contains(event.getInvolvedObject().getKind()))
                .toList();
    }

    private static String time(Event event) {
        if (event.getLastTimestamp() != null) {
            return event.getLastTimestamp();
        }
        return event.getEventTime() != null
                ? event.getEventTime().getTime()
                : Objects.requireNonNullElse(event.getMetadata().getCreationTimestamp(), "");
    }

    private static String line(Event event) {
        return Reading.plain(time(event) + " " + event.getType() + " " + event.getReason() + " "
                + event.getInvolvedObject().getName() + " x" + Objects.requireNonNullElse(event.getCount(), 1) + ": "
                + event.getMessage());
    }
}
