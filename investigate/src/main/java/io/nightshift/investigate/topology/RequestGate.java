package io.nightshift.investigate.topology;

import io.nightshift.events.ControlRecord;
import io.nightshift.events.Incident;
import io.nightshift.events.InvestigationRequest;
import io.nightshift.investigate.domain.RequestRule;
import io.nightshift.schemas.CauseHash;
import io.nightshift.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Lets an investigation begin when the rule says so or a person asks; remembers each open incident and its last request. */
final class RequestGate implements ProcessorSupplier<String, Occasion, String, InvestigationRequest> {

    static final String OPEN_INCIDENTS = "open-incidents";
    static final String LAST_REQUESTS = "last-requests";
    static final String ANSWERED_VERSIONS = "answered-versions";

    private final Topics topics;
    private final RequestRule rule;
    private final Duration deadline;

    RequestGate(Topics topics, RequestRule rule, Duration deadline) {
        this.topics = topics;
        this.rule = rule;
        this.deadline = deadline;
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(OPEN_INCIDENTS), Serdes.String(), topics.serde(Incident.class)),
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(LAST_REQUESTS),
                        Serdes.String(),
                        topics.serde(InvestigationRequest.class)),
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(ANSWERED_VERSIONS), Serdes.String(), Serdes.Integer()));
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

        @Override
        public void init(ProcessorContext<String, InvestigationRequest> processorContext) {
            context = processorContext;
            incidents = context.getStateStore(OPEN_INCIDENTS);
            requests = context.getStateStore(LAST_REQUESTS);
            answers = context.getStateStore(ANSWERED_VERSIONS);
        }

        @Override
        public void process(Record<String, Occasion> record) {
            Occasion occasion = record.value();
            if (occasion instanceof Occasion.Reported reported) {
                remember(record.key(), reported.incident());
                requestIfDue(record);
            } else if (occasion instanceof Occasion.Answered answered) {
                if (incidents.get(record.key()) != null) {
                    answers.put(record.key(), answered.investigation().getIncidentVersion());
                    requestIfDue(record);
                }
            } else if (occasion instanceof Occasion.Asked asked) {
                answerPerson(record, asked.control());
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

        /** A person may ask about any open incident, whether it pages or not, and at any time. */
        private void answerPerson(Record<String, Occasion> record, ControlRecord control) {
            Incident incident = incidents.get(record.key());
            if (incident != null) {
                Instant now = Instant.ofEpochMilli(record.timestamp());
                String question = control.getArguments().getOrDefault("question", control.getReason());
                forward(record, request(incident, now, question, control.getId()));
            }
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
