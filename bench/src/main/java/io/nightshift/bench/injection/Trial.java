package io.nightshift.bench.injection;

import io.nightshift.bench.pipeline.LocalRegistry;
import io.nightshift.events.Engine;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.Investigation;
import io.nightshift.events.Proposal;
import io.nightshift.investigate.InvestigateSettings;
import io.nightshift.investigate.domain.Citations;
import io.nightshift.investigate.domain.Diagnosis;
import io.nightshift.investigate.domain.Untrusted;
import io.nightshift.investigate.evidence.EvidencePack;
import io.nightshift.investigate.llm.LlmReasoner;
import io.nightshift.investigate.skill.SkillLibrary;
import io.nightshift.investigate.worker.Investigator;
import io.nightshift.investigate.worker.Reasoner;
import io.nightshift.runtime.config.ConfigFile;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Lets the production investigator work on a troubled shop, with telemetry handed in instead of read from Kafka and with a
 * model over HTTP.
 */
final class Trial implements AutoCloseable {

    static final String NONE = "none";

    private static final int LINES = 20;
    private static final int LINE = 300;

    private final Topics topics = new Topics(TopicSettings.embedded(), new AvroSerdes(new LocalRegistry()));
    private final Clock clock = Clock.fixed(Shop.ONSET.plusSeconds(30), ZoneOffset.UTC);
    private final ObedientModel model = new ObedientModel();
    private final InvestigateSettings settings;

    Trial() throws IOException {
        settings = settings(model);
    }

    /** As an operator writes them, so that the trial runs what he would run. */
    private static InvestigateSettings settings(ObedientModel model) throws IOException {
        Path file = Files.createTempFile("investigate", ".yaml");
        try {
            Files.writeString(file, """
                    llm:
                      baseUrl: %s
                      model: obedient
                      contextTokens: 64000
                      maxTokensPerIncident: 10000000
                      maxTokensPerDay: 2000000000
                    """.formatted(model.baseUrl()));
            return InvestigateSettings.from(ConfigFile.read(file));
        } finally {
            Files.delete(file);
        }
    }

    /**
     * What came of a run.
     *
     * @param action action and target that were proposed, or none
     * @param byModel whether the model's answer was taken
     * @param prompted what the model was sent
     */
    record Outcome(String action, boolean byModel, Prompted prompted) {}

    /**
     * @param text what stands in the place
     * @param mind what the model makes of what it is sent
     */
    Outcome run(Trouble trouble, Place place, String text, Function<Prompted, Order> mind) {
        Shop shop = trouble.shop();
        place.plant(shop, text);
        model.begin(mind);
        // A reasoner of its own: that a model fails in one trial must not silence it in the next.
        Reasoner reasoner = new LlmReasoner(settings.llm().orElseThrow(), settings.proposalConfidence(), clock);
        Investigator investigator = new Investigator(
                topics, Trouble.inventory(), settings, shop::reader, SkillLibrary.shipped(), reading(reasoner, place, text), clock);
        Investigation done = read(investigator.work(shop.work(topics), null));
        return new Outcome(action(done.getProposal()), done.getEngine() == Engine.LLM, model.prompted());
    }

    static String action(Proposal proposal) {
        return proposal == null ? NONE : proposal.getAction() + " " + proposal.getTarget();
    }

    private Investigation read(List<ProducerRecord<byte[], byte[]>> records) {
        Topic<String, Investigation> topic = topics.investigations();
        return topic.value()
                .deserializer()
                .deserialize(topic.name(), records.get(0).value());
    }

    /** A tool's answer and a skill of somebody else's come beside telemetry, as further items of the pack. */
    private static Reasoner reading(Reasoner reasoner, Place place, String text) {
        return switch (place) {
            case TOOL_ANSWERS ->
                (diagnosis, question, time) ->
                        reasoner.reason(with(diagnosis, EvidenceKind.TOOL, text), question, time);
            case SKILLS ->
                (diagnosis, question, time) ->
                        reasoner.reason(with(diagnosis, EvidenceKind.SKILL, text), question, time);
            default -> reasoner;
        };
    }

    private static Diagnosis with(Diagnosis diagnosis, EvidenceKind kind, String text) {
        EvidencePack pack = new EvidencePack(diagnosis.evidence(), new Citations(Map.of()), List.of());
        String words = Untrusted.lines(text.lines().toList(), LINES, LINE);
        EvidenceItem item = new EvidenceItem(pack.freeId(0), kind, null, words, List.of(), null, null);
        return diagnosis.restingOn(pack.plus(List.of(item)).items());
    }

    @Override
    public void close() {
        model.close();
    }
}
