package io.nightshift.learn.topology;

import io.nightshift.events.Experience;
import io.nightshift.events.Lesson;
import io.nightshift.learn.domain.LessonBook;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the experiences of each lesson, and forwards the lesson that they make when it changed; null when none is left, so that
 * the topic forgets it too.
 */
final class LessonKeeping implements FixedKeyProcessor<String, Experience, Lesson> {

    private final Tallies tallies;
    private FixedKeyProcessorContext<String, Lesson> context;
    private Prefixed<Experience> experiences;
    private KeyValueStore<String, Lesson> lessons;
    private int repeated;

    LessonKeeping(Tallies tallies) {
        this.tallies = tallies;
    }

    @Override
    public void init(FixedKeyProcessorContext<String, Lesson> processorContext) {
        context = processorContext;
        experiences = new Prefixed<>(processorContext.getStateStore(LearnTopology.LESSON_EXPERIENCES_STORE));
        lessons = processorContext.getStateStore(LearnTopology.LESSONS_STORE);
        try (KeyValueIterator<String, Lesson> all = lessons.all()) {
            all.forEachRemaining(entry -> repeat(entry.value.getRepeated()));
        }
    }

    @Override
    public void process(FixedKeyRecord<String, Experience> told) {
        Experience experience = told.value();
        if (experience.getWithdrawn()) {
            experiences.remove(told.key(), experience.getActionId());
        } else {
            experiences.put(told.key(), experience.getActionId(), experience);
        }
        Lesson known = lessons.get(told.key());
        Lesson lesson = LessonBook.of(experiences.of(told.key())).orElse(null);
        if (lesson == null ? known != null : !lesson.equals(known)) {
            lessons.put(told.key(), lesson);
            repeat(repeated(lesson) - repeated(known));
            context.forward(told.withValue(lesson));
        }
    }

    private void repeat(int more) {
        repeated += more;
        tallies.repeated(more);
    }

    private static int repeated(Lesson lesson) {
        return lesson == null ? 0 : lesson.getRepeated();
    }

    @Override
    public void close() {
        tallies.repeated(-repeated);
        repeated = 0;
    }
}
