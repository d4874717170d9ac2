package io.nightshift.detect.domain.forecast;

import io.nightshift.detect.domain.forecast.Naming.Meaning;
import io.nightshift.detect.domain.forecast.Naming.Role;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names of widespread Prometheus exporters (node, cAdvisor, kubelet, client libraries, Micrometer, Redis, MySQL) that tell of a
 * resource and follow no rule. Those that only look as if they did mean nothing here.
 */
final class Irregular {

    private static final Map<String, Optional<Meaning>> BY_NAME = new HashMap<>();

    static {
        pair("process_fds", "process.open.fds", "process.max.fds");
        pair("node.filefd", "node.filefd.allocated", "node.filefd.maximum");
        pair("tomcat.threads", "tomcat.threads.busy", "tomcat.threads.config.max");
        pair("tomcat.threads", "tomcat.threads.busy.threads", "tomcat.threads.config.max.threads");
        pair("redis.clients", "redis.connected.clients", "redis.config.maxclients");
        pair("mysql.connections", "mysql.global.status.threads.connected", "mysql.global.variables.max.connections");
        // What counts against the limit is the working set; usage holds the page cache too.
        pair("container.memory", "container.memory.working.set", "container.spec.memory.limit");
        nothing("container.memory.usage");
        left("node.memory", "node.memory.MemAvailable", "node.memory.MemTotal");
        left("node.filesystem.files", "node.filesystem.files.free", "node.filesystem.files");
        left("kubelet.volume.stats.inodes", "kubelet.volume.stats.inodes.free", "kubelet.volume.stats.inodes");
        nothing("kubelet.volume.stats.inodes.used"); // the same told twice
        nothing("node.filesystem.free"); // a part of it is kept for root: what is available counts
        say(Role.USED_AFTER_COLLECTION, "jvm.heap.data", "jvm.gc.live.data.size");
        say(Role.LIMIT, "jvm.heap.data", "jvm.gc.max.data.size");
    }

    private Irregular() {}

    private static void pair(String stem, String used, String limit) {
        say(Role.USED, stem, used);
        say(Role.LIMIT, stem, limit);
    }

    private static void left(String stem, String available, String limit) {
        say(Role.AVAILABLE, stem, available);
        say(Role.LIMIT, stem, limit);
    }

    private static void say(Role role, String stem, String name) {
        BY_NAME.put(name, Optional.of(new Meaning(role, stem, 1)));
    }

    private static void nothing(String name) {
        BY_NAME.put(name, Optional.empty());
    }

    /** @param dotted the name as {@link Naming#dotted} writes it */
    static boolean isKnown(String dotted) {
        return BY_NAME.containsKey(dotted);
    }

    static Optional<Meaning> meaning(String dotted) {
        return BY_NAME.get(dotted);
    }
}
