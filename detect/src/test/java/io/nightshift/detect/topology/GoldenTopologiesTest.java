package io.nightshift.detect.topology;

import io.nightshift.runtime.testing.GoldenTopology;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import java.util.HashMap;
import org.junit.jupiter.api.Test;

class GoldenTopologiesTest {

    private final Topics topics = new Topics(TopicSettings.embedded(), new AvroSerdes(new InMemoryRegistry()));

    @Test
    void detectHasTheShapeThatWasReviewed() {
        GoldenTopology.assertMatches(House.detectTopology(topics, new HashMap<>()), "detect");
    }

    @Test
    void correlateHasTheShapeThatWasReviewed() {
        GoldenTopology.assertMatches(House.correlateTopology(topics, new HashMap<>()), "correlate");
    }
}
