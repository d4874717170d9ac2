package io.nightshift.learn.topology;

import io.nightshift.events.Lesson;
import io.nightshift.learn.domain.LessonBook;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;

/** Adds each outcome to its lesson in the store, and forwards the lesson when it changed. */
final class LessonKeeping implements FixedKeyProcessor<String, Lesson, Lesson> {

    private FixedKeyProcessorContext<String, Lesson> context;
    private KeyValueStore<String, Lesson> lessons;

    @Override
    public void init(FixedKeyProcessorContext<String, Lesson> context) {
        this.context = context;
        this.lessons = context.getStateStore(LearnTopology.LESSONS_STORE);
    }

    @Override
    public void process(FixedKeyRecord<String, Lesson> ofOne) {
        Lesson known = lessons.get(ofOne.key());
        Lesson lesson = LessonBook.add(known, ofOne.value());
        if (!lesson.equals(known)) {
            lessons.put(ofOne.key(), lesson);
            context.forward(ofOne.withValue(lesson));
        }
    }
}
