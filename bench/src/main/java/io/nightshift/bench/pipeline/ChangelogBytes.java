package io.nightshift.bench.pipeline;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;

/** Bytes that the changelogs of a run take on the broker's disk, compressed as the producer does it and not yet compacted. */
final class ChangelogBytes {

    private static final List<Integer> THE_ONE_BROKER = List.of(1);

    private ChangelogBytes() {}

    static long of(Admin admin, String run) {
        try {
            long bytes = 0;
            for (LogDirDescription folder : admin.describeLogDirs(THE_ONE_BROKER)
                    .allDescriptions()
                    .get()
                    .get(1)
                    .values()) {
                bytes += folder.replicaInfos().entrySet().stream()
                        .filter(replica -> replica.getKey().topic().startsWith(run + "-")
                                && replica.getKey().topic().endsWith("-changelog"))
                        .mapToLong(replica -> replica.getValue().size())
                        .sum();
            }
            return bytes;
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("the embedded broker does not answer", e);
        }
    }
}
