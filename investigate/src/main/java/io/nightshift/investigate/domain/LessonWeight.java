package io.nightshift.investigate.domain;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Lesson;
import io.nightshift.events.OutcomeKind;
import io.nightshift.investigate.domain.RemedyCatalogue.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What lessons make of a remedy's prior: the mean of a beta distribution whose prior weighs as one observation. What held
 * raises it; what came back, did not help or did harm lowers it, and halves it again while it is the latest word.
 *
 * @param worth how likely the remedy is to hold, 0 to 1
 * @param lessons lessons that it rests on
 */
public record LessonWeight(double worth, List<Lesson> lessons) {

    private static final double PRIOR_WEIGHT = 1;
    private static final double HARM_COUNTS = 2;
    private static final double A_PERSON_COUNTS = 0.5;
    private static final double LATEST_WORD = 0.5;
    private static final Set<OutcomeKind> BAD =
            Set.of(OutcomeKind.RECURRED, OutcomeKind.INEFFECTIVE, OutcomeKind.HARMFUL, OutcomeKind.UNDONE);

    /**
     * A lesson and how far it is about this.
     *
     * @param share 0 to 1
     */
    record Weighed(Lesson lesson, double share) {}

    static LessonWeight of(Remedy remedy, List<Weighed> lessons) {
        return weighed(remedy.action(), remedy.prior(), lessons);
    }

    /**
     * @param prior how likely the action is to hold before any lesson, 0 to 1
     * @param lessons that fit in full; those about other actions are passed over
     */
    public static LessonWeight of(ActionKind action, double prior, List<Lesson> lessons) {
        return weighed(
                action,
                prior,
                lessons.stream().map(lesson -> new Weighed(lesson, 1)).toList());
    }

    private static LessonWeight weighed(ActionKind action, double prior, List<Weighed> lessons) {
        List<Lesson> about = new ArrayList<>();
        double good = 0;
        double bad = 0;
        boolean latestIsBad = false;
        for (Weighed weighed : lessons) {
            Lesson lesson = weighed.lesson();
            if (lesson.getAction() == action && !lesson.getRevoked()) {
                about.add(lesson);
                good += weighed.share() * (lesson.getHeld() + A_PERSON_COUNTS * lesson.getHumanSame());
                bad += weighed.share() * (failures(lesson) + A_PERSON_COUNTS * lesson.getHumanOther());
                boolean isBad = !lesson.getLatest().isEmpty()
                                && BAD.contains(lesson.getLatest().get(0).getOutcome())
                        || lesson.getHeld() == 0 && failures(lesson) > 0;
                latestIsBad |= isBad && weighed.share() == 1;
            }
        }
        double worth = (prior * PRIOR_WEIGHT + good) / (PRIOR_WEIGHT + good + bad);
        return new LessonWeight(latestIsBad ? worth * LATEST_WORD : worth, about);
    }

    private static double failures(Lesson lesson) {
        return lesson.getRecurred() + lesson.getIneffective() + lesson.getUndone() + HARM_COUNTS * lesson.getHarmful();
    }
}
