package io.nightshift.investigate.topology;

import io.nightshift.events.InvestigationRequest;
import io.nightshift.events.Lesson;
import io.nightshift.investigate.domain.LessonRecall;
import io.nightshift.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * All lessons of an environment in one store: written by {@link Filing} as they are learned, read by {@link Recall} for each
 * investigation. Both are partitioned by environment, so that an incident meets every lesson of its environment.
 */
final class LessonShelf {

    static final String LESSONS = "lessons";

    private LessonShelf() {}

    static StoreBuilder<KeyValueStore<String, Lesson>> store(Topics topics) {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(LESSONS), Serdes.String(), topics.serde(Lesson.class));
    }

    /** A lesson with its key in the topic, on its way to its environment's shelf; null value means forgotten. */
    static final class Filing implements Processor<String, Lesson, Void, Void> {

        private KeyValueStore<String, Lesson> shelf;

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            shelf = context.getStateStore(LESSONS);
        }

        @Override
        public void process(Record<String, Lesson> record) {
            shelf.put(record.key(), record.value());
        }
    }

    /** Joins a request with the lessons that fit its incident. */
    static final class Recall extends ContextualFixedKeyProcessor<String, InvestigationRequest, InvestigationRequest>
            implements FixedKeyProcessor<String, InvestigationRequest, InvestigationRequest> {

        private final UnaryOperator<String> classes;
        private KeyValueStore<String, Lesson> shelf;

        /** @param classes class of a service; the service itself where it has none */
        Recall(UnaryOperator<String> classes) {
            this.classes = classes;
        }

        @Override
        public void init(FixedKeyProcessorContext<String, InvestigationRequest> context) {
            super.init(context);
            shelf = context.getStateStore(LESSONS);
        }

        @Override
        public void process(FixedKeyRecord<String, InvestigationRequest> record) {
            InvestigationRequest request = record.value();
            String environment = request.getIncident().getEnvironment();
            List<Lesson> known = new ArrayList<>();
            try (KeyValueIterator<String, Lesson> all = shelf.all()) {
                while (all.hasNext()) {
                    KeyValue<String, Lesson> entry = all.next();
                    if (entry.value.getService().startsWith(environment + "/")) {
                        known.add(entry.value);
                    }
                }
            }
            context()
                    .forward(record.withValue(new InvestigationRequest(
                            request.getId(),
                            request.getIncident(),
                            LessonRecall.fitting(request.getIncident(), known, classes),
                            request.getRequestedAt(),
                            request.getDeadlineSeconds(),
                            request.getQuestion())));
        }
    }
}
