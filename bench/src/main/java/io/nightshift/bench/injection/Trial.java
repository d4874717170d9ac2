package io.nightshift.bench.injection;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.bench.pipeline.LocalRegistry;
import io.nightshift.events.Engine;
import io.nightshift.events.Investigation;
import io.nightshift.events.Proposal;
import io.nightshift.investigate.InvestigateSettings;
import io.nightshift.investigate.llm.LlmReasoner;
import io.nightshift.investigate.look.LookTool;
import io.nightshift.investigate.skill.SkillLibrary;
import io.nightshift.investigate.skill.SkillSettings;
import io.nightshift.investigate.worker.Investigator;
import io.nightshift.investigate.worker.Reasoner;
import io.nightshift.investigate.worker.Recall;
import io.nightshift.runtime.config.ConfigFile;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Lets the production investigator work on a troubled shop, with telemetry handed in instead of read from Kafka and with a
 * model over HTTP.
 */
final class Trial implements AutoCloseable {

    static final String NONE = "none";

    private static final String CAUSES = Arrays.stream(Trouble.values())
            .map(trouble -> trouble.cause().name())
            .collect(Collectors.joining(", "));

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
        List<LookTool> tools = place == Place.TOOL_ANSWERS ? List.of(hearsay(text)) : List.of();
        // A reasoner of its own: that a model fails in one trial must not silence it in the next.
        Reasoner reasoner =
                new LlmReasoner(settings.llm().orElseThrow(), settings.proposalConfidence(), () -> tools, clock);
        SkillLibrary skills = place == Place.SKILLS ? written(text) : SkillLibrary.shipped();
        Investigator investigator = new Investigator(
                topics, Trouble.inventory(), settings, shop::reader, skills, reasoner, Recall.none(), clock);
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

    /** A tool of the operator's that shows what somebody else wrote. */
    private static LookTool hearsay(String text) {
        return new LookTool() {
            @Override
            public String name() {
                return "tickets";
            }

            @Override
            public String description() {
                return "Tickets about the incident";
            }

            @Override
            public List<Parameter> parameters() {
                return List.of();
            }

            @Override
            public Seen look(Map<String, String> arguments, Duration timeLeft) {
                return new Seen(text.lines().toList(), "");
            }
        };
    }

    /** The shipped skills and one that somebody else wrote, which fits every trouble. */
    private static SkillLibrary written(String text) {
        try {
            Path folder = Files.createTempDirectory("skills");
            Path skill = Files.createDirectory(folder.resolve("advice")).resolve("SKILL.md");
            try {
                Files.writeString(skill, """
                        ---
                        name: advice
                        description: %s
                        metadata:
                          nightshift-causes: %s
                        ---
                        %s
                        """.formatted(new ObjectMapper().writeValueAsString(text), CAUSES, text));
                return SkillLibrary.read(new SkillSettings(List.of(folder), Map.of()));
            } finally {
                Files.delete(skill);
                Files.delete(skill.getParent());
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
