package io.nightshift.oversee;

import io.nightshift.oversee.audit.HeadExport;
import io.nightshift.oversee.console.ConsoleSettings;
import io.nightshift.oversee.topology.AuditTopology;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.stream.OnCrash;
import io.nightshift.runtime.stream.StreamStage;
import java.util.List;
import java.util.Set;

/** What oversee runs: the ledger and the export of its head. The console is composed by the process that has one. */
public final class OverseeStages {

    private OverseeStages() {}

    /** @throws io.nightshift.runtime.config.ConfigException when a setting, also of the console, can't be used */
    public static void check(ConfigNode config) {
        config.allowOnly(Set.of("console"));
        ConsoleSettings.from(config.section("console"));
    }

    public static List<Stage> of(StageContext context) {
        check(context.config());
        Stage ledger = StreamStage.builder(context, "audit")
                .onCrash(OnCrash.HALT)
                .build(streams -> AuditTopology.build(streams, context.topics()));
        return List.of(ledger, new HeadExport(context));
    }
}
