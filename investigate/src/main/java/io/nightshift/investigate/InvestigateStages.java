package io.nightshift.investigate;

import io.nightshift.investigate.evidence.EvidenceReader;
import io.nightshift.investigate.evidence.KafkaSeek;
import io.nightshift.investigate.llm.LlmReasoner;
import io.nightshift.investigate.look.TelemetryLooks;
import io.nightshift.investigate.look.ToolSettings;
import io.nightshift.investigate.recall.LessonFeed;
import io.nightshift.investigate.skill.SkillLibrary;
import io.nightshift.investigate.topology.InvestigateTopology;
import io.nightshift.investigate.topology.Tallies;
import io.nightshift.investigate.worker.Inquiries;
import io.nightshift.investigate.worker.Investigator;
import io.nightshift.investigate.worker.Reasoner;
import io.nightshift.investigate.worker.Recall;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.stream.StreamStage;
import io.nightshift.runtime.stream.Streams;
import io.nightshift.runtime.worker.PausingWorker;
import io.nightshift.schemas.signing.TrustedKeys;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What investigate runs: the topology that asks, and the worker that answers. */
public final class InvestigateStages {

    private InvestigateStages() {}

    /**
     * Reads the settings and the files that they name, and starts nothing.
     *
     * @param folder the stage's own folder
     * @throws io.nightshift.runtime.config.ConfigException naming the place and the remedy
     */
    public static void check(ConfigNode config, Path folder) {
        SkillLibrary.read(InvestigateSettings.from(config).skills());
        ToolSettings.all(config);
        trustedKeys(config, folder);
    }

    public static List<Stage> of(StageContext context) {
        InvestigateSettings settings = InvestigateSettings.from(context.config());
        TrustedKeys keys = trustedKeys(context.config(), context.folder());
        Tallies tallies = what ->
                context.meters().counter("nightshift.investigate", "what", what).increment();
        LookSources looks = looks(context, settings);
        Optional<LessonFeed> lessons = settings.recallByMeaning()
                ? Optional.of(new LessonFeed(context.topics().lessons(), () -> consumer(context), context.inventory()))
                : Optional.empty();
        Investigator investigator = new Investigator(
                context.topics(),
                context.inventory(),
                settings,
                () -> reader(context, settings.seekTime(), settings.seekBytes()),
                SkillLibrary.read(settings.skills()),
                reasoner(context, settings, looks),
                lessons.map(LessonFeed::recall).orElseGet(Recall::none),
                context.clock());
        Inquiries inquiries = new Inquiries(
                investigator,
                context.topics(),
                context.inventory(),
                () -> reader(context, settings.seekTime(), settings.seekBytes()),
                context.clock());
        Stage requests = StreamStage.builder(context, "investigate")
                .build(properties -> InvestigateTopology.build(
                        Streams.builder(properties), settings, context.topics(), context.inventory(), keys, tallies));
        Stage investigations = PausingWorker.builder(
                        context, "investigate-worker", context.topics().investigationRequests())
                .discardable()
                .threads(settings.threads())
                .hardTimeout(settings.deadline())
                .build(inquiries);
        return Stream.concat(Stream.<Stage>of(requests, investigations, looks), lessons.stream())
                .toList();
    }

    /** Nightshift's own topics, and the servers that the operator lists. */
    private static LookSources looks(StageContext context, InvestigateSettings settings) {
        return LookSources.of(ToolSettings.all(context.config()), context.clock())
                .and(new TelemetryLooks(
                        context.topics(),
                        time -> reader(context, time, settings.seekBytes()),
                        settings.seekTime(),
                        context.clock()));
    }

    private static Reasoner reasoner(StageContext context, InvestigateSettings settings, LookSources looks) {
        return settings.llm()
                .<Reasoner>map(
                        llm -> new LlmReasoner(llm, settings.proposalConfidence(), looks::tools, context.clock()))
                .orElseGet(Reasoner::none);
    }

    /** Whose questions count: those whom remediate trusts, unless others are named. */
    private static TrustedKeys trustedKeys(ConfigNode config, Path folder) {
        Optional<Path> named = config.get("trustedKeys").map(ConfigNode::path);
        Path keys = named.orElse(folder.resolveSibling("remediate").resolve("trusted"));
        try {
            return TrustedKeys.read(keys);
        } catch (IOException e) {
            if (named.isEmpty() && e instanceof NoSuchFileException) {
                return TrustedKeys.none(); // Nobody can approve anything either.
            }
            throw config.error("the trusted keys can't be read: " + e.getMessage()
                    + "; correct investigate.trustedKeys, a .pub file or a folder of them");
        }
    }

    private static EvidenceReader reader(StageContext context, Duration time, long bytes) {
        return new KafkaSeek(consumer(context), time, bytes);
    }

    /** A consumer without a group: it only looks. */
    private static KafkaConsumer<byte[], byte[]> consumer(StageContext context) {
        Map<String, Object> properties = new HashMap<>(context.kafka().client());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // A fetch that waits for records at the broker holds up the next search on the same connection.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 0);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
