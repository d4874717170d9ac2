package io.nightshift.investigate.llm;

import static io.nightshift.investigate.llm.ModelHouse.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.Engine;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Investigation;
import io.nightshift.events.InvestigationRequest;
import io.nightshift.investigate.InvestigateSettings;
import io.nightshift.investigate.domain.Scenes;
import io.nightshift.investigate.evidence.EvidenceReader;
import io.nightshift.investigate.evidence.Sought;
import io.nightshift.investigate.skill.SkillLibrary;
import io.nightshift.investigate.worker.Investigator;
import io.nightshift.investigate.worker.Recall;
import io.nightshift.runtime.worker.Work;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole worker with a model behind HTTP: many incidents at once, and a model that never answers. */
@Timeout(60)
class ParallelIncidentsTest {

    private static final int INCIDENTS = 12;

    private final Topics topics = new Topics(TopicSettings.embedded(), new AvroSerdes(new InMemoryRegistry()));
    private final Scenes scene = Scenes.leak();

    /** The odd ones look first; each is asked about in its question, so that answers can't be mixed up unnoticed. */
    @Test
    void parallel_incidents_each_get_their_own_answer_and_their_own_record() throws Exception {
        ScriptedModel.Scene byIncident = ScriptedModel.plays(request -> {
            int number = Integer.parseInt(request.replaceAll("(?s).*Is it number (\\d+)\\?.*", "$1"));
            boolean looked = request.contains("call-1");
            return number % 2 == 1 && !looked
                    ? ScriptedModel.callsTool("metrics", Map.of("service", Scenes.id("inventory")))
                    : ScriptedModel.says(answer("inventory", "MEMORY_LEAK", "ROLLING_RESTART", "inventory", "E1")
                            .replace("Found it.", "Number " + number + "."));
        });
        ExecutorService threads = Executors.newFixedThreadPool(INCIDENTS);
        try (ScriptedModel server = new ScriptedModel(byIncident)) {
            Investigator investigator = investigator(ModelHouse.reasoner(server));
            List<Future<Investigation>> answers = new ArrayList<>();
            for (int i = 0; i < INCIDENTS; i++) {
                int number = i;
                answers.add(threads.submit(() -> only(investigator.work(work(number, 30), null))));
            }
            for (int i = 0; i < INCIDENTS; i++) {
                Investigation done = answers.get(i).get();
                assertThat(done.getIncidentId()).isEqualTo("inc-" + i);
                assertThat(done.getEngine()).isEqualTo(Engine.LLM);
                assertThat(done.getSentence()).isEqualTo("Number " + i + ".");
                assertThat(done.getModelCalls()).hasSize(i % 2 == 1 ? 2 : 1);
                assertThat(done.getLooks()).hasSize(i % 2);
                assertThat(done.getGroundedShare()).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_model_that_never_answers_costs_no_more_than_the_deadline_and_the_ranker_answers_marked_as_such()
            throws IOException {
        for (ScriptedModel.Scene scene : List.of(ScriptedModel.hangs(), ScriptedModel.drips())) {
            try (ScriptedModel server = new ScriptedModel(scene)) {
                long begin = System.nanoTime();
                Investigation done =
                        only(investigator(ModelHouse.reasoner(server)).work(work(0, 4), null));

                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4 + 10));
                assertThat(done.getEngine()).isEqualTo(Engine.DETERMINISTIC);
                assertThat(done.getEngineNote()).isEqualTo("the model did not answer in time");
                assertThat(done.getProposal().getTarget()).isEqualTo(Scenes.id("inventory"));
            }
        }
    }

    @Test
    void dropped_claims_looks_and_a_disagreement_stand_in_the_record() throws IOException {
        String differs = answer("payments", "CPU_SATURATION", "-", "", "E1", "E999");
        try (ScriptedModel server =
                new ScriptedModel(ScriptedModel.callsTool("graph", Map.of()), ScriptedModel.says(differs))) {
            Investigation done = only(investigator(ModelHouse.reasoner(server)).work(work(0, 30), null));

            assertThat(done.getEngine()).isEqualTo(Engine.DETERMINISTIC);
            assertThat(done.getDisagreement()).contains("payments (CPU_SATURATION)");
            assertThat(done.getDroppedClaims()).isEqualTo(1);
            assertThat(done.getGroundedShare()).isEqualTo(0.5);
            assertThat(done.getLooks()).singleElement().satisfies(look -> {
                assertThat(look.getTool()).isEqualTo("graph");
                assertThat(look.getEvidenceIds()).isNotEmpty();
            });
            assertThat(done.getProposal().getConfidence())
                    .isEqualTo(done.getHypotheses().get(0).getConfidence());
        }
    }

    private Investigator investigator(LlmReasoner reasoner) {
        return new Investigator(
                topics,
                scene.inventory(),
                InvestigateSettings.defaults(),
                Nothing::new,
                SkillLibrary.shipped(),
                reasoner,
                Recall.none(),
                Clock.systemUTC());
    }

    private Work<String, InvestigationRequest> work(int number, int deadlineSeconds) {
        Incident incident = Incident.newBuilder(scene.incident(1, IncidentPhase.OPEN))
                .setId("inc-" + number)
                .build();
        InvestigationRequest request = new InvestigationRequest(
                "req-" + number, incident, List.of(), Scenes.ONSET, deadlineSeconds, "Is it number " + number + "?");
        return new Work<>(new TopicPartition("investigation-requests", 0), 7, Scenes.ONSET, incident.getId(), request);
    }

    private Investigation only(List<ProducerRecord<byte[], byte[]>> records) {
        Topic<String, Investigation> topic = topics.investigations();
        return topic.value()
                .deserializer()
                .deserialize(topic.name(), records.get(0).value());
    }

    private static final class Nothing implements EvidenceReader {
        @Override
        public <V> Sought<V> seek(Topic<String, V> topic, Collection<String> services, Instant from, Instant to) {
            return Sought.nothing("");
        }

        @Override
        public void close() {}
    }
}
