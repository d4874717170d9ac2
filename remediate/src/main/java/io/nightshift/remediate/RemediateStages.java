package io.nightshift.remediate;

import io.nightshift.remediate.domain.Admission;
import io.nightshift.remediate.domain.Controls;
import io.nightshift.remediate.domain.Judgement;
import io.nightshift.remediate.domain.Planning;
import io.nightshift.remediate.domain.Policies;
import io.nightshift.remediate.domain.PolicyChanges;
import io.nightshift.remediate.domain.Progress;
import io.nightshift.remediate.domain.Shadow;
import io.nightshift.remediate.domain.ShadowWatch;
import io.nightshift.remediate.domain.Verification;
import io.nightshift.remediate.domain.guard.Guards;
import io.nightshift.remediate.domain.playbook.Playbooks;
import io.nightshift.remediate.policy.CedarPolicy;
import io.nightshift.remediate.policy.PolicyText;
import io.nightshift.remediate.topology.AdmissionTopology;
import io.nightshift.remediate.topology.Desk;
import io.nightshift.remediate.worker.Workers;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.stream.OnCrash;
import io.nightshift.runtime.stream.StreamStage;
import io.nightshift.schemas.signing.TrustedKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The stages of remediate: admission decides, the executor acts, the verifier looks. */
public final class RemediateStages {

    /** Caps look back a day; a little more, so that a slow clock forgets nothing too soon. */
    private static final Duration REMEMBERED = Duration.ofDays(2);

    private RemediateStages() {}

    /**
     * @throws io.nightshift.runtime.config.ConfigException when a setting, the policy or a key can't be used; the message
     *     says where and what to do
     */
    public static List<Stage> of(StageContext context) {
        RemediateSettings settings = RemediateSettings.from(context.config());
        RemediateFiles files = new RemediateFiles(context.config(), context.folder(), settings);
        CedarPolicy policy = files.policy();
        files.showPolicy();
        TrustedKeys keys = files.trustedKeys();
        PolicyChanges changes = PolicyText.changes(policy, keys);
        Playbooks playbooks = files.playbooks(context.inventory());
        Workers workers = new Workers(context, settings);
        return List.of(
                admission(context, settings, new Policies(policy, changes), keys, playbooks),
                workers.executor(changes, keys),
                workers.verifier());
    }

    /**
     * Reads all that the settings name and starts nothing.
     *
     * @param folder the stage's own
     * @throws io.nightshift.runtime.config.ConfigException as {@link #of}
     */
    public static void check(ConfigNode config, Inventory inventory, Path folder) {
        RemediateFiles files = new RemediateFiles(config, folder, RemediateSettings.from(config));
        files.policy();
        files.trustedKeys();
        files.playbooks(inventory);
    }

    /** The keys whose signatures count, as these stages read them: for who shows what counts. */
    public static TrustedKeys trustedKeys(StageContext context) {
        return new RemediateFiles(context.config(), context.folder(), RemediateSettings.from(context.config()))
                .trustedKeys();
    }

    private static Stage admission(
            StageContext context,
            RemediateSettings settings,
            Policies policies,
            TrustedKeys keys,
            Playbooks playbooks) {
        Planning planning = new Planning(
                context.inventory(),
                context.kafka().clusterId(),
                settings.guards().maxInstances(),
                settings.settle(),
                settings.verifyWithin(),
                playbooks);
        Admission admission = new Admission(
                planning,
                new Judgement(Guards.all()),
                policies,
                settings.guards().standingOn(kafka(context)),
                settings.questions(),
                new Shadow(settings.shadow()));
        Desk desk = new Desk(
                admission,
                new Controls(admission, keys, settings.emergency()),
                new Progress(REMEMBERED),
                new Verification(settings.probeEvery(), settings.soak(), settings.verifyWithin(), settings.holdFor()),
                new ShadowWatch(settings.shadowWithin()));
        return StreamStage.builder(context, "admission")
                .onCrash(OnCrash.HALT)
                .build(properties -> AdmissionTopology.build(desk, context.topics(), properties));
    }

    /** The addresses of the Kafka that Nightshift stands on. */
    private static Set<String> kafka(StageContext context) {
        return Arrays.stream(context.kafka().bootstrapServers().split(","))
                .map(String::strip)
                .collect(Collectors.toSet());
    }
}
