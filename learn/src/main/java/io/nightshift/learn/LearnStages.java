package io.nightshift.learn;

import io.nightshift.learn.topology.LearnTopology;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.stream.StreamStage;
import java.util.List;
import java.util.Set;

/** What learn runs: one topology. */
public final class LearnStages {

    private LearnStages() {}

    public static List<Stage> of(StageContext context) {
        context.config().allowOnly(Set.of());
        return List.of(
                StreamStage.builder(context, "learn").build(streams -> LearnTopology.build(streams, context.topics())));
    }
}
