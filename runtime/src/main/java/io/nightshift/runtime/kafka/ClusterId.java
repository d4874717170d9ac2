package io.nightshift.runtime.kafka;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** Asks a cluster who it is: the first call of a process, which so finds out whether Kafka can be reached at all. */
public final class ClusterId {

    private ClusterId() {}

    /**
     * The way to a cluster, with its id.
     *
     * @throws KafkaFault when it can't be reached within ten seconds or refuses us
     */
    public static KafkaAccess access(
            String bootstrapServers, Map<String, String> security, String prefix, Path stateFolder) {
        KafkaAccess unidentified = new KafkaAccess(bootstrapServers, "", security, prefix, stateFolder);
        try (Admin admin = Admins.open(unidentified)) {
            String id = Admins.await(unidentified, admin.describeCluster().clusterId());
            return new KafkaAccess(bootstrapServers, id, security, prefix, stateFolder);
        } catch (ExecutionException e) {
            throw KafkaFault.unreachable(unidentified, e.getCause());
        }
    }
}
