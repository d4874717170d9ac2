package io.nightshift.investigate.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.CauseClass;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.InvestigationRequest;
import io.nightshift.events.RecordRef;
import io.nightshift.events.RollupCalls;
import io.nightshift.events.ServiceRollup;
import io.nightshift.investigate.InvestigateSettings;
import io.nightshift.investigate.domain.Inquiry;
import io.nightshift.investigate.domain.Scenes;
import io.nightshift.investigate.evidence.EvidenceReader;
import io.nightshift.investigate.evidence.Found;
import io.nightshift.investigate.evidence.Sought;
import io.nightshift.investigate.skill.SkillLibrary;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.worker.Work;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.Question;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class InquiriesTest {

    private static final Instant NOW = Scenes.ONSET.plusSeconds(300);

    private final Topics topics = new Topics(TopicSettings.embedded(), new AvroSerdes(new InMemoryRegistry()));
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final Shelf kafka = new Shelf();

    @Test
    void a_question_finds_the_cause_several_calls_away_and_proposes_nothing() throws Exception {
        night(Scenes.leak());

        Investigation answer = ask("why is gateway slow?");

        assertThat(answer.getHypotheses().get(0).getService()).isEqualTo(Scenes.id("inventory"));
        assertThat(answer.getHypotheses().get(0).getCauseClass()).isEqualTo(CauseClass.MEMORY_LEAK);
        assertThat(answer.getSentence()).contains("inventory", "gateway").doesNotContain("nearby");
        assertThat(answer.getQuestion()).isEqualTo("why is gateway slow?");
        assertThat(answer.getEnvironment()).isEqualTo("demo");
        assertThat(answer.getIncidentVersion()).isZero();
        assertThat(answer.getProposal()).isNull();
        assertThat(answer.getNoProposalReason()).contains("answers a question");
    }

    @Test
    void the_same_incident_is_worth_a_proposal_when_it_is_an_incident() throws Exception {
        night(Scenes.leak());
        InvestigationRequest request = new InvestigationRequest(
                "req-1", Scenes.leak().incident(), List.of(), Scenes.ONSET, 60, "why is gateway slow?");

        assertThat(answer(request).getProposal()).isNotNull();
    }

    @Test
    void when_nothing_is_wrong_the_answer_is_no_culprit_with_the_figures() throws Exception {
        night(Scenes.shop());
        kafka.put(
                topics.rollups(),
                IntStream.range(0, 10)
                        .mapToObj(i -> minute("gateway", NOW.minusSeconds(60L * (i + 1)), 100, i == 0 ? 5 : 0, 40 + i))
                        .toList());

        Investigation answer = ask("why is gateway slow?");

        assertThat(answer.getHypotheses().get(0).getCauseClass()).isEqualTo(CauseClass.NO_CULPRIT);
        assertThat(answer.getSentence())
                .startsWith("Nothing unusual was seen at gateway and around it between 2026-03-01T02:47:00Z and"
                        + " 2026-03-01T03:17:00Z.")
                .contains("1000 requests in 10 minutes, 0.5 % failed", "45 ms", "49 ms in the slowest");
        assertThat(answer.getHypotheses().get(0).getEvidenceFor())
                .singleElement()
                .satisfies(claim -> assertThat(claim.getEvidenceIds()).isNotEmpty());
        assertThat(answer.getEvidence()).anyMatch(item -> item.getKind() == EvidenceKind.ROLLUP);
    }

    @Test
    void trouble_that_does_not_reach_the_service_is_told_as_such() throws Exception {
        night(Scenes.shop().errors("orders", 0.4, 30, 6, 0));

        assertThat(ask("is payments ok?").getSentence())
                .startsWith("No trouble reaches payments along calls, but nearby:");
    }

    @Test
    void an_anomaly_that_was_over_before_does_not_count() throws Exception {
        Scenes scene = Scenes.leak();
        night(scene);
        kafka.put(
                topics.anomalies(),
                scene.incident().getAnomalies().stream()
                        .map(anomaly -> Anomaly.newBuilder(anomaly)
                                .setPhase(AnomalyPhase.CLEAR)
                                .setUpdatedAt(NOW.minusSeconds(3_600))
                                .build())
                        .toList());

        assertThat(ask("why is gateway slow?").getSentence()).startsWith("Nothing unusual was seen");
    }

    @Test
    void a_question_that_names_nothing_is_answered_with_the_services_that_there_are() throws Exception {
        night(Scenes.leak());

        Investigation answer = ask("why is the billing portal slow?");

        assertThat(answer.getSentence()).contains("names no service", Scenes.id("gateway"), Scenes.id("payments"));
        assertThat(answer.getHypotheses()).isEmpty();
        assertThat(answer.getProposal()).isNull();
    }

    @Test
    void an_incident_that_is_over_is_judged_by_its_anomalies_even_when_the_graph_of_then_is_gone() throws Exception {
        kafka.put(topics.anomalies(), Scenes.leak().incident().getAnomalies());
        Question question = new Question(
                "",
                "demo",
                List.of(Scenes.id("inventory"), Scenes.id("gateway")),
                Scenes.ONSET,
                Scenes.ONSET.plusSeconds(60));
        InvestigationRequest request = new InvestigationRequest(
                "req-1", Inquiry.about("inc-1", question, NOW), List.of(), NOW, 60, question.text());

        Investigation answer = answer(request);

        assertThat(answer.getIncidentId()).isEqualTo("inc-1");
        assertThat(answer.getHypotheses().get(0).getService()).isEqualTo(Scenes.id("inventory"));
        assertThat(answer.getProposal()).isNull();
    }

    @Test
    void what_is_called_without_an_id_of_a_service_can_not_be_asked_about() throws Exception {
        List<GraphEntry> graph = new ArrayList<>(Scenes.shop().incident().getGraph());
        graph.add(GraphEntry.newBuilder(graph.get(0))
                .setSubject(Scenes.entity("payments", null, "bank"))
                .build());
        kafka.put(topics.topology(), graph);

        assertThat(ask("is the bank down?").getSentence())
                .contains("names no service")
                .doesNotContain("bank,");
    }

    @Test
    void a_graph_that_could_not_be_read_is_told() throws Exception {
        assertThat(ask("why is gateway slow?").getSentence()).contains("No service is known yet");
    }

    @Test
    void an_answer_that_is_late_or_failed_holds_no_proposal_and_blames_nobody() throws Exception {
        Work<String, InvestigationRequest> work = work(request("why is gateway slow?"));

        for (Investigation answer : List.of(
                only(inquiries().onTimeout(work)), only(inquiries().onFailure(work, new IllegalStateException("x"))))) {
            assertThat(answer.getProposal()).isNull();
            assertThat(answer.getHypotheses()).isEmpty();
            assertThat(answer.getQuestion()).isEqualTo("why is gateway slow?");
        }
    }

    private void night(Scenes scene) {
        Incident incident = scene.incident();
        kafka.put(topics.topology(), incident.getGraph());
        kafka.put(topics.anomalies(), incident.getAnomalies());
    }

    private Investigation ask(String text) throws Exception {
        return answer(request(text));
    }

    private InvestigationRequest request(String text) {
        Question question = new Question(text, "", List.of(), null, null);
        return new InvestigationRequest(
                "req-1", Inquiry.about(question.id(), question, NOW), List.of(), NOW, 60, question.text());
    }

    private Investigation answer(InvestigationRequest request) throws Exception {
        return only(inquiries().work(work(request), null));
    }

    private Inquiries inquiries() {
        Inventory inventory =
                kafka.isEmpty() ? Inventory.empty() : Scenes.shop().inventory();
        Investigator investigator = new Investigator(
                topics,
                inventory,
                InvestigateSettings.defaults(),
                () -> kafka,
                SkillLibrary.shipped(),
                Reasoner.none(),
                Recall.none(),
                clock);
        return new Inquiries(investigator, topics, inventory, () -> kafka, clock);
    }

    private static Work<String, InvestigationRequest> work(InvestigationRequest request) {
        return new Work<>(
                new TopicPartition("investigation-requests", 0),
                7,
                NOW,
                request.getIncident().getId(),
                request);
    }

    private Investigation only(List<ProducerRecord<byte[], byte[]>> records) {
        assertThat(records).hasSize(1);
        Topic<String, Investigation> topic = topics.investigations();
        return topic.value()
                .deserializer()
                .deserialize(topic.name(), records.get(0).value());
    }

    private static ServiceRollup minute(String service, Instant at, long requests, long errors, double p95) {
        return ServiceRollup.newBuilder()
                .setService(Scenes.entity(service, null, null))
                .setMinute(at)
                .setCalls(List.of(new RollupCalls(null, null, requests, errors, p95 / 2, p95, p95)))
                .build();
    }

    /** Topics as lists; whoever asks gets all of a topic. */
    private static final class Shelf implements EvidenceReader {

        private final Map<String, List<?>> records = new HashMap<>();

        <V> void put(Topic<String, V> topic, List<V> values) {
            records.put(topic.name(), values);
        }

        boolean isEmpty() {
            return records.isEmpty();
        }

        @Override
        public <V> Sought<V> seek(Topic<String, V> topic, Collection<String> keys, Instant from, Instant to) {
            return latest(topic);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <V> Sought<V> latest(Topic<String, V> topic) {
            List<V> values = (List<V>) records.getOrDefault(topic.name(), List.of());
            return new Sought<>(
                    IntStream.range(0, values.size())
                            .mapToObj(i -> new Found<>(values.get(i), new RecordRef(topic.name(), 0, (long) i)))
                            .toList(),
                    "");
        }

        @Override
        public void close() {}
    }
}
