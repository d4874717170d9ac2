package io.nightshift.investigate.evidence;

import io.nightshift.schemas.Topic;
import java.time.Instant;
import java.util.Collection;

/** Looks into topics by time and service, within a budget that its maker fixed. */
public interface EvidenceReader extends AutoCloseable {

    /**
     * Records of the services between two times, in the order of their partitions.
     *
     * @param services services as environment/namespace/service
     * @param from inclusive
     * @param to inclusive
     */
    <V> Sought<V> seek(Topic<String, V> topic, Collection<String> services, Instant from, Instant to);

    /** A compacted topic as the table that it is: the last record of each key, up to now. */
    default <V> Sought<V> latest(Topic<String, V> topic) {
        return Sought.nothing(topic.name() + " can't be read whole");
    }

    @Override
    void close();
}
