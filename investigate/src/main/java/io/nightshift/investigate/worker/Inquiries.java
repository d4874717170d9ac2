package io.nightshift.investigate.worker;

import io.nightshift.events.Anomaly;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.InvestigationRequest;
import io.nightshift.events.ServiceRollup;
import io.nightshift.investigate.domain.Inquiry;
import io.nightshift.investigate.domain.InquiryAnswer;
import io.nightshift.investigate.domain.InquiryScene;
import io.nightshift.investigate.domain.ServiceWords;
import io.nightshift.investigate.evidence.EvidenceReader;
import io.nightshift.investigate.evidence.Found;
import io.nightshift.investigate.evidence.Sought;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.worker.Outgoing;
import io.nightshift.runtime.worker.Work;
import io.nightshift.runtime.worker.WorkContext;
import io.nightshift.runtime.worker.WorkHandler;
import io.nightshift.schemas.Question;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Answers questions that are about no open incident: finds out what they are about, gathers what was unusual there, and has
 * it investigated like an incident. Every answer to such a question leaves here, and none with a proposal. Requests about
 * incidents pass through untouched.
 */
public final class Inquiries implements WorkHandler<String, InvestigationRequest> {

    /** An anomaly that is open is said again well within this time. */
    private static final Duration ANOMALIES_BEFORE = Duration.ofMinutes(30);

    private final WorkHandler<String, InvestigationRequest> investigator;
    private final Topics topics;
    private final Inventory inventory;
    private final Supplier<EvidenceReader> readers;
    private final Clock clock;

    /** @param investigator who investigates incidents, and what was gathered here */
    public Inquiries(
            WorkHandler<String, InvestigationRequest> investigator,
            Topics topics,
            Inventory inventory,
            Supplier<EvidenceReader> readers,
            Clock clock) {
        this.investigator = investigator;
        this.topics = topics;
        this.inventory = inventory;
        this.readers = readers;
        this.clock = clock;
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> work(Work<String, InvestigationRequest> work, WorkContext context)
            throws Exception {
        if (!Inquiry.is(work.value())) {
            return investigator.work(work, context);
        }
        Instant startedAt = clock.instant();
        InvestigationRequest request = work.value();
        Incident asked = request.getIncident();
        List<String> notes = new ArrayList<>();
        ServiceWords named;
        List<ServiceRollup> minutes;
        InvestigationRequest completed;
        try (EvidenceReader reader = readers.get()) {
            List<GraphEntry> graph = InquiryScene.graphThen(asked, values(reader.latest(topics.topology()), notes));
            named = ServiceWords.resolve(
                    asked.getSentence(), asked.getServices(), asked.getEnvironment(), known(asked, graph));
            if (!named.trouble().isEmpty()) {
                return unanswered(request, String.join(" ", named.trouble(), String.join("; ", notes)), startedAt);
            }
            completed = InquiryScene.of(request, named.services(), graph, anomalies(asked, named, reader, notes));
            minutes = values(
                    reader.seek(topics.rollups(), named.services(), Inquiry.from(asked), Inquiry.until(asked)), notes);
        }
        Work<String, InvestigationRequest> gathered =
                new Work<>(work.source(), work.offset(), work.timestamp(), work.key(), completed);
        List<ProducerRecord<byte[], byte[]>> answers = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : investigator.work(gathered, context)) {
            Investigation found =
                    topics.investigations().value().deserializer().deserialize(record.topic(), record.value());
            answers.add(outgoing(InquiryAnswer.of(noting(found, notes), completed, named.services(), minutes)));
        }
        return answers;
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> onTimeout(Work<String, InvestigationRequest> work) {
        return Inquiry.is(work.value())
                ? unanswered(work.value(), "The question was not answered in time.", clock.instant())
                : investigator.onTimeout(work);
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> onFailure(Work<String, InvestigationRequest> work, Throwable fault)
            throws Exception {
        return Inquiry.is(work.value())
                ? unanswered(
                        work.value(),
                        "The question could not be answered ("
                                + fault.getClass().getSimpleName() + "); ask again, or see the log of investigate.",
                        clock.instant())
                : investigator.onFailure(work, fault);
    }

    /** What an incident was about was there, whether or not the graph of that time is still kept. */
    private Set<String> known(Incident asked, List<GraphEntry> graph) {
        Set<String> known = new TreeSet<>(InquiryScene.services(graph));
        if (!Question.isId(asked.getId())) {
            known.addAll(asked.getServices());
        }
        inventory.services().stream().map(InventoryService::id).forEach(known::add);
        return known;
    }

    private List<Anomaly> anomalies(Incident asked, ServiceWords named, EvidenceReader reader, List<String> notes) {
        List<String> environment =
                List.of(ServiceWords.environmentOf(named.services().get(0)));
        Topic<String, Anomaly> topic = topics.anomalies();
        return values(
                reader.seek(topic, environment, Inquiry.from(asked).minus(ANOMALIES_BEFORE), Inquiry.until(asked)),
                notes);
    }

    private static <V> List<V> values(Sought<V> sought, List<String> notes) {
        if (!sought.truncated().isEmpty()) {
            notes.add(sought.truncated());
        }
        return sought.records().stream().map(Found::value).toList();
    }

    private static Investigation noting(Investigation found, List<String> notes) {
        List<String> truncated = new ArrayList<>(found.getTruncated());
        truncated.addAll(notes);
        return Investigation.newBuilder(found).setTruncated(truncated).build();
    }

    private List<ProducerRecord<byte[], byte[]>> unanswered(
            InvestigationRequest request, String why, Instant startedAt) {
        return List.of(outgoing(InquiryAnswer.unanswered(request, why.strip(), startedAt, clock.instant())));
    }

    /** A few hundred characters more than the investigator's budget: well within what the topic takes beyond it. */
    private ProducerRecord<byte[], byte[]> outgoing(Investigation answer) {
        return Outgoing.to(topics.investigations(), answer.getIncidentId(), answer);
    }
}
