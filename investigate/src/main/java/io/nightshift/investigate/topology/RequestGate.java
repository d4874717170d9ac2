package io.nightshift.investigate.topology;

import io.nightshift.events.ControlRecord;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.InvestigationRequest;
import io.nightshift.investigate.domain.Inquiry;
import io.nightshift.investigate.domain.RequestRule;
import io.nightshift.schemas.CauseHash;
import io.nightshift.schemas.Question;
import io.nightshift.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Lets an investigation begin when the rule says so or a person asks; remembers each open incident, its last request, and
 * which questions are in work.
 */
final class RequestGate implements ProcessorSupplier<String, Occasion, String, InvestigationRequest> {

    static final String OPEN_INCIDENTS = "open-incidents";
    static final String LAST_REQUESTS = "last-requests";
    static final String ANSWERED_VERSIONS = "answered-versions";
    static final String QUESTIONS = "questions-in-work";

    private final Topics topics;
    private final RequestRule rule;
    private final Duration deadline;
    private final Tallies tallies;

    RequestGate(Topics topics, RequestRule rule, Duration deadline, Tallies tallies) {
        this.topics = topics;
        this.rule = rule;
        this.deadline = deadline;
        this.tallies = tallies;
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return new LinkedHashSet<>(List.of(
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(OPEN_INCIDENTS), Serdes.String(), topics.serde(Incident.class)),
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(LAST_REQUESTS),
                        Serdes.String(),
                        topics.serde(InvestigationRequest.class)),
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(ANSWERED_VERSIONS), Serdes.String(), Serdes.Integer()),
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(QUESTIONS), Serdes.String(), Serdes.Long())));
    }

    @Override
    public Processor<String, Occasion, String, InvestigationRequest> get() {
        return new Gate();
    }

    private final class Gate implements Processor<String, Occasion, String, InvestigationRequest> {

        private ProcessorContext<String, InvestigationRequest> context;
        private KeyValueStore<String, Incident> incidents;
        private KeyValueStore<String, InvestigationRequest> requests;
        private KeyValueStore<String, Integer> answers;
        private KeyValueStore<String, Long> questions;

        @Override
        public void init(ProcessorContext<String, InvestigationRequest> processorContext) {
            context = processorContext;
            incidents = context.getStateStore(OPEN_INCIDENTS);
            requests = context.getStateStore(LAST_REQUESTS);
            answers = context.getStateStore(ANSWERED_VERSIONS);
            questions = context.getStateStore(QUESTIONS);
        }

        @Override
        public void process(Record<String, Occasion> record) {
            Occasion occasion = record.value();
            if (occasion instanceof Occasion.Reported reported) {
                remember(record.key(), reported.incident());
                requestIfDue(record);
            } else if (occasion instanceof Occasion.Answered answered) {
                answered(record, answered.investigation());
            } else if (occasion instanceof Occasion.Asked asked) {
                answerPerson(record, asked.control());
            }
        }

        private void answered(Record<String, Occasion> record, Investigation investigation) {
            if (investigation.getQuestion() != null) {
                questions.delete(inWork(record.key(), investigation.getQuestion()));
            }
            boolean ofIncident = investigation.getIncidentVersion() > 0 && incidents.get(record.key()) != null;
            if (ofIncident) {
                answers.put(record.key(), investigation.getIncidentVersion());
                requestIfDue(record);
            }
        }

        private void remember(String id, Incident incident) {
            if (RequestRule.isOpen(incident)) {
                incidents.put(id, incident);
            } else {
                incidents.delete(id);
                requests.delete(id);
                answers.delete(id);
            }
        }

        private void requestIfDue(Record<String, Occasion> record) {
            Incident incident = incidents.get(record.key());
            InvestigationRequest last = requests.get(record.key());
            Integer answered = answers.get(record.key());
            boolean done = last != null
                    && answered != null
                    && answered >= last.getIncident().getVersion();
            Instant now = Instant.ofEpochMilli(record.timestamp());
            if (incident != null && rule.isDue(incident, last, done, now)) {
                forward(record, request(incident, now, null, incident.getVersion()));
            }
        }

        /**
         * A person may ask at any time: about an open incident, whether it pages or not, about one that is over, or about no
         * incident at all. A question that is in work already has its answer coming.
         */
        private void answerPerson(Record<String, Occasion> record, ControlRecord control) {
            Instant now = Instant.ofEpochMilli(record.timestamp());
            Question question;
            try {
                question = Question.of(control);
            } catch (IllegalArgumentException e) {
                tallies.count("question.not-understood");
                return;
            }
            String asked = inWork(record.key(), question.text());
            int others = forgetLost(now);
            if (questions.get(asked) != null || others >= RequestRule.MOST_QUESTIONS) {
                tallies.count(questions.get(asked) != null ? "question.in-work" : "question.too-many");
                return;
            }
            questions.put(asked, now.toEpochMilli());
            Incident incident = incidents.get(record.key());
            if (incident != null) {
                forward(record, request(incident, now, question.text(), control.getId()));
            } else {
                Incident about = Inquiry.about(record.key(), question, now);
                context.forward(record.withValue(request(about, now, question.text(), control.getId())));
            }
        }

        /** Questions that are in work here, without those whose answer must have been lost. */
        private int forgetLost(Instant now) {
            List<String> lost = new ArrayList<>();
            int inWork = 0;
            try (KeyValueIterator<String, Long> all = questions.all()) {
                while (all.hasNext()) {
                    KeyValue<String, Long> asked = all.next();
                    if (rule.isLost(Instant.ofEpochMilli(asked.value), now)) {
                        lost.add(asked.key);
                    } else {
                        inWork++;
                    }
                }
            }
            lost.forEach(questions::delete);
            return inWork;
        }

        private static String inWork(String subject, String question) {
            return subject + "|" + question;
        }

        private InvestigationRequest request(Incident incident, Instant now, String question, Object cause) {
            return new InvestigationRequest(
                    CauseHash.id("req", incident.getId(), cause),
                    incident,
                    List.of(),
                    now,
                    (int) deadline.toSeconds(),
                    question);
        }

        private void forward(Record<String, Occasion> record, InvestigationRequest request) {
            requests.put(record.key(), request);
            context.forward(record.withValue(request));
        }
    }
}
