package io.nightshift.learn;

import io.nightshift.learn.topology.LearnTopology;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.stream.StreamStage;
import java.util.List;
import java.util.Set;

/** What learn runs: one topology. */
public final class LearnStages {

    private LearnStages() {}

    /** @throws io.nightshift.runtime.config.ConfigException when a setting is unknown: there are none */
    public static void check(ConfigNode config) {
        config.allowOnly(Set.of());
    }

    public static List<Stage> of(StageContext context) {
        check(context.config());
        return List.of(
                StreamStage.builder(context, "learn").build(streams -> LearnTopology.build(streams, context.topics())));
    }
}
