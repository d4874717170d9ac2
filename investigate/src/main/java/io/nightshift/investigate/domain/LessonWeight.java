package io.nightshift.investigate.domain;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Lesson;
import io.nightshift.events.OutcomeKind;
import io.nightshift.investigate.domain.RemedyCatalogue.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What lessons make of a remedy's prior: the mean of a beta distribution, in two steps. The prior weighs as one observation and is
 * moved by what the other services of the class learned; what comes of that is the prior of the service's own lessons and weighs
 * as {@value #MOST_OF_CLASS} observations at most, so that what a service saw itself decides once it saw enough (partial pooling
 * as in A. Gelman and others, Bayesian Data Analysis, chapter 5, with a fixed bound instead of an estimated one). What held raises
 * the mean; what came back, did not help or did harm lowers it, and halves it again while it is the service's own latest word.
 *
 * @param worth how likely the remedy is to hold, 0 to 1
 * @param lessons lessons that it rests on
 */
public record LessonWeight(double worth, List<Lesson> lessons) {

    private static final double PRIOR_WEIGHT = 1;
    private static final double MOST_OF_CLASS = 4;
    private static final double HARM_COUNTS = 2;
    private static final double A_PERSON_COUNTS = 0.5;
    private static final double LATEST_WORD = 0.5;
    private static final Set<OutcomeKind> BAD =
            Set.of(OutcomeKind.RECURRED, OutcomeKind.INEFFECTIVE, OutcomeKind.HARMFUL, OutcomeKind.UNDONE);

    /**
     * A lesson and how far it is about this.
     *
     * @param share 0 to 1
     * @param own whether it is of the very service; else of its class
     */
    public record Weighed(Lesson lesson, double share, boolean own) {}

    /** What speaks for and against, in outcomes. */
    private record Evidence(double good, double bad) {

        Evidence and(Weighed weighed) {
            Lesson lesson = weighed.lesson();
            return new Evidence(
                    good + weighed.share() * (lesson.getHeld() + A_PERSON_COUNTS * lesson.getHumanSame()),
                    bad + weighed.share() * (failures(lesson) + A_PERSON_COUNTS * lesson.getHumanOther()));
        }

        double amount() {
            return good + bad;
        }

        double mean(double prior, double weight) {
            return (prior * weight + good) / (weight + amount());
        }
    }

    static LessonWeight of(Remedy remedy, List<Weighed> lessons) {
        return of(remedy.action(), remedy.prior(), lessons);
    }

    /**
     * @param prior how likely the action is to hold before any lesson, 0 to 1
     * @param lessons those about other actions are passed over
     */
    public static LessonWeight of(ActionKind action, double prior, List<Weighed> lessons) {
        List<Lesson> about = new ArrayList<>();
        Evidence own = new Evidence(0, 0);
        Evidence ofClass = new Evidence(0, 0);
        boolean latestIsBad = false;
        for (Weighed weighed : lessons) {
            Lesson lesson = weighed.lesson();
            if (lesson.getAction() == action && !lesson.getRevoked()) {
                about.add(lesson);
                own = weighed.own() ? own.and(weighed) : own;
                ofClass = weighed.own() ? ofClass : ofClass.and(weighed);
                latestIsBad |= weighed.own() && weighed.share() == 1 && isBad(lesson);
            }
        }
        double classWeight = Math.min(PRIOR_WEIGHT + ofClass.amount(), MOST_OF_CLASS);
        double worth = own.mean(ofClass.mean(prior, PRIOR_WEIGHT), classWeight);
        return new LessonWeight(latestIsBad ? worth * LATEST_WORD : worth, about);
    }

    private static boolean isBad(Lesson lesson) {
        return !lesson.getLatest().isEmpty()
                        && BAD.contains(lesson.getLatest().get(0).getOutcome())
                || lesson.getHeld() == 0 && failures(lesson) > 0;
    }

    private static double failures(Lesson lesson) {
        return lesson.getRecurred() + lesson.getIneffective() + lesson.getUndone() + HARM_COUNTS * lesson.getHarmful();
    }
}
