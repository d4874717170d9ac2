package io.nightshift.remediate.mutation;

import static io.nightshift.remediate.mutation.Mutations.answer;
import static io.nightshift.remediate.mutation.Mutations.words;

import java.util.ArrayList;
import java.util.List;

/** What is muted at the moment of acting. */
final class ActingMutations {

    private static final String EXECUTOR = "worker.ExecutorTest#";
    private static final String LATER = "worker.LaterWordTest#";

    private ActingMutations() {}

    static List<Mutation> all() {
        List<Mutation> all = new ArrayList<>(plan());
        all.addAll(time());
        all.addAll(people());
        all.addAll(target());
        return all;
    }

    private static List<Mutation> plan() {
        return List.of(
                check(
                        "the plan is the allowed one",
                        "the plan is not the one that was allowed",
                        EXECUTOR + "aPlanThatIsNotTheAllowedOneIsRefused"),
                check("something allowed it", "nothing allowed it", EXECUTOR + "whatNothingAllowedIsRefused"),
                check(
                        "the cluster is ours",
                        "the plan belongs to another cluster",
                        EXECUTOR + "aForeignClustersPlanIsRefused"),
                answer(
                        "its steps touch what it names",
                        "worker.Executor",
                        Answer.yes("work", "Step.isWithin"),
                        EXECUTOR + "stepsThatTouchWhatThePlanDoesNotNameAreRefused"));
    }

    private static List<Mutation> time() {
        return List.of(
                check("deadline", "its deadline would pass", EXECUTOR + "aStaleExecutionIsRefused"),
                check("freshness", "it was admitted more than ", EXECUTOR + "aStaleExecutionIsRefused"),
                check(
                        "not of the future",
                        "it was admitted in the future",
                        EXECUTOR + "anExecutionOfTheFutureIsRefused"),
                check(
                        "what is left of the run",
                        "its run may take ",
                        LATER + "anEffectThatCouldOutlastTheRunIsNotBegun"),
                check(
                        "freeze calendar",
                        "change freeze: ",
                        LATER + "aDeclaredFreezeThatBeganSinceTheVerdictStopsTheEffect"));
    }

    private static List<Mutation> people() {
        String halt = "worker.HaltSwitch";
        String tests = "worker.HaltSwitchTest";
        return List.of(
                words("halt", halt, "halted: ", EXECUTOR + "aHaltBetweenTwoStepsStopsTheSecond"),
                words("halt file", halt, "the halt file ", EXECUTOR + "theHaltFileStopsEverything"),
                answer("a halt that can't be read", halt, Answer.yes("look", "Look.unreadable"), tests),
                answer("resume: signed", halt, Answer.yes("hear", "ControlSignature.verify"), tests),
                answer("resume: a person's", halt, Answer.yes("hear", "TrustedKeys.isPerson"), tests),
                answer("resume: counts once", halt, Answer.yes("hear", "Instant.isAfter"), tests),
                words(
                        "lock",
                        "worker.LockWatch",
                        "hands off until ",
                        LATER + "aLockThatIsYoungerThanTheVerdictStopsTheEffect"),
                answer(
                        "lock: signed",
                        "domain.Locks",
                        Answer.yes("hear", "ControlSignature.verify"),
                        "domain.LocksTest"),
                answer(
                        "lock: a person's to shorten or lift",
                        "domain.Locks",
                        Answer.yes("hear", "ControlSignature.verifyPerson"),
                        "domain.LocksTest"),
                words(
                        "the same policy",
                        "worker.PolicyWatch",
                        "the policy has changed since it was allowed",
                        LATER + "aPolicyThatPeopleReplacedSinceTheVerdictStopsTheEffect"),
                words(
                        "the same trust",
                        "worker.TrustWatch",
                        "trusted less since it was allowed: ",
                        LATER + "whatDidHarmSinceTheVerdictIsNotDoneAloneAnyMore"));
    }

    private static List<Mutation> target() {
        return List.of(
                check(
                        "the target speaks for the cause",
                        "no probe of the target speaks for the cause",
                        EXECUTOR + "withoutTheTargetsOwnWordForTheCauseNothingIsDone"),
                check(
                        "enough healthy instances",
                        "the declared minimum is ",
                        EXECUTOR + "aHealthyInstanceIsNotTakenFromTheLastOnes"),
                words(
                        "a step's own prechecks",
                        "domain.StepProbes",
                        " does not pass, which the step ",
                        "domain.StepProbesTest"),
                standing("nobody else just changed it", " changed the target at "),
                standing("no rollout runs", "a rollout runs on the target: "),
                standing("no repository owns it", "its declaration is applied from a repository"),
                standing("no autoscaler owns it", "an autoscaler sets how many"),
                standing("it holds no data", "it holds data ("),
                standing("enough others are well, by its own word", "the target has only "));
    }

    private static Mutation standing(String guard, String words) {
        return words(guard, "worker.Standings", words, "worker.StandingsTest");
    }

    private static Mutation check(String guard, String words, String test) {
        return words(guard, "worker.Checks", words, test);
    }
}
