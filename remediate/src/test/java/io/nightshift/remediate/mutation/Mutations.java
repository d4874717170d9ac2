package io.nightshift.remediate.mutation;

import java.util.List;

/** What is muted besides the guards that {@code Guards} lists, found by its own words. */
final class Mutations {

    /** Without Kafka, so they run for each guard. */
    static final List<String> ADMISSION_TESTS = List.of(
            "domain.guard.GuardsTest",
            "domain.PlanningTest",
            "topology.QuestionsTest",
            "topology.AdmissionTopologyTest");

    private Mutations() {}

    static List<Mutation> admission() {
        return List.of(
                planning("inventory-target: environment", " is not in environment "),
                planning("inventory-target: instance", " is not a declared instance of "),
                planning("inventory-target: twice", " is named twice"),
                planning("empty-target-set", "empty never means all"),
                planning("instance-cap", " allowed at once"),
                planning("longest-run", " that a run may take"));
    }

    static List<Mutation> acting() {
        return List.of(
                check(
                        "the plan is the allowed one",
                        "the plan is not the one that was allowed",
                        "worker.ExecutorTest#aPlanThatIsNotTheAllowedOneIsRefused"),
                check(
                        "the cluster is ours",
                        "the plan belongs to another cluster",
                        "worker.ExecutorTest#aForeignClustersPlanIsRefused"),
                check("freshness", "it was admitted more than ", "worker.ExecutorTest#aStaleExecutionIsRefused"),
                check(
                        "what is left of the run",
                        "its run may take ",
                        "worker.LaterWordTest#anEffectThatCouldOutlastTheRunIsNotBegun"),
                new Mutation(
                        "the same policy",
                        "worker.PolicyWatch",
                        "the policy has changed since it was allowed",
                        List.of("worker.LaterWordTest#aPolicyThatPeopleReplacedSinceTheVerdictStopsTheEffect")),
                check(
                        "the target speaks for the cause",
                        "no probe of the target speaks for the cause",
                        "worker.ExecutorTest#withoutTheTargetsOwnWordForTheCauseNothingIsDone"),
                check(
                        "enough healthy instances",
                        "the declared minimum is ",
                        "worker.ExecutorTest#aHealthyInstanceIsNotTakenFromTheLastOnes"));
    }

    private static Mutation planning(String guard, String words) {
        return new Mutation(guard, "domain.Planning", words, List.of("domain.PlanningTest"));
    }

    private static Mutation check(String guard, String words, String test) {
        return new Mutation(guard, "worker.Checks", words, List.of(test));
    }
}
