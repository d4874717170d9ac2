package io.nightshift.remediate.mutation;

import java.util.ArrayList;
import java.util.List;

/** What is muted of admission, besides the guards that {@code Guards} lists. */
final class Mutations {

    /** For the guards. */
    static final List<String> GUARD_TESTS = List.of("domain.guard.GuardsTest", "topology.QuestionsTest");

    private static final String TOPOLOGY = "topology.AdmissionTopologyTest#";
    private static final String REFUSED = "topology.RefusedControlsTest#";

    private Mutations() {}

    static List<Mutation> admission() {
        List<Mutation> all = new ArrayList<>(planning());
        all.addAll(playbooks());
        all.addAll(arguments());
        all.addAll(controls());
        all.addAll(approvals());
        all.addAll(emergencies());
        all.addAll(policyChanges());
        return all;
    }

    private static List<Mutation> planning() {
        return List.of(
                planning("supported-action: in the catalogue", " is not supported by this target"),
                planning("supported-action: a target", ": the inventory declares no target for "),
                planning("inventory-target: known", " is not in the inventory"),
                planning("inventory-target: environment", " is not in environment "),
                planning("inventory-target: instance", " is not a declared instance of "),
                planning("inventory-target: twice", " is named twice"),
                planning("empty-target-set", "empty never means all"),
                planning("instance-cap", " allowed at once"),
                planning("longest-run", " that a run may take"),
                words("arguments: of an action", "domain.OneAction", "arguments", "domain.PlanningTest"),
                words("no-op: of an action", "domain.OneAction", " would end where it begins", "domain.PlanningTest"));
    }

    private static Mutation planning(String guard, String words) {
        return words(guard, "domain.Planning", words, "domain.PlanningTest");
    }

    private static List<Mutation> playbooks() {
        String tests = "domain.PlaybookCourseTest";
        return List.of(
                words("declared-playbook: here", "domain.Planning", "does not declare the playbook ", tests),
                words("declared-playbook: known", "domain.Planning", "there is no playbook ", tests),
                words("declared-playbook: against the cause", "domain.Planning", " is not meant against ", tests),
                words("playbook-size", "domain.PlaybookCourse", " effects on ", tests),
                words("arguments: of a playbook", "domain.PlaybookCourse", "arguments", tests),
                words("arguments: of a step", "domain.Preparation", "arguments", tests),
                words("supported-action: of a step", "domain.Preparation", "the inventory declares no ", tests),
                words("supported-action: its subject", "domain.Preparation", "the step on the service", tests),
                words("no-op: of a step", "domain.Preparation", "it would end where it begins", tests),
                words("no-op: its undo", "domain.Preparation", "its undo ends where", tests),
                words("declared-probe", "domain.Preparation", " has no probe '", tests));
    }

    private static List<Mutation> arguments() {
        String tests = "domain.catalogue.CatalogueTest";
        String playbooks = "domain.PlaybookCourseTest";
        return List.of(
                words("argument: one that is taken", "domain.catalogue.ActionSpec", " takes no argument ", tests),
                words("argument: none missing", "domain.catalogue.ActionSpec", "it needs the argument ", tests),
                words("argument: its form", "domain.catalogue.Argument", " does not look like ", tests),
                words("argument: its range", "domain.catalogue.Argument", " must be ", tests),
                words("argument: a playbook's own", "domain.playbook.Playbook", " takes no argument of", playbooks),
                words(
                        "argument: a playbook's, a plain word",
                        "domain.playbook.Playbook",
                        " is no plain word",
                        playbooks),
                words(
                        "argument: none of a playbook missing",
                        "domain.playbook.Playbook",
                        " needs the argument ",
                        playbooks));
    }

    private static List<Mutation> controls() {
        String type = "domain.Controls";
        String service = REFUSED + "whatIsAPersonsToSayIsNotSaidByAService";
        String locks = TOPOLOGY + "aServiceNeitherShortensNorLiftsAPersonsLock";
        return List.of(
                answer(
                        "control: signed",
                        type,
                        Answer.yes("refusal", "ControlSignature.verify"),
                        REFUSED + "aForgedHandsOffLocksNothing"),
                words("control: not expired", type, "it expired at ", TOPOLOGY + "anExpiredApprovalDoesNotCount"),
                answer(
                        "control: used once",
                        type,
                        Answer.no("refusal", "Notes.isUsed"),
                        TOPOLOGY + "aControlThatIsReplayedDoesNotCountAgain"),
                answer(
                        "level: a person's to set",
                        type,
                        Answer.yes("setLevel", "ControlSignature.verifyPerson"),
                        service),
                answer(
                        "level: 1 to 5",
                        type,
                        Answer.yes("setLevel", "String.matches"),
                        REFUSED + "aLevelThatIsNoneIsRefused"),
                answer(
                        "lock: a person's to shorten",
                        type,
                        Answer.yes("handsOff", "ControlSignature.verifyPerson"),
                        locks),
                answer("lock: a person's to lift", type, Answer.yes("handsOn", "ControlSignature.verifyPerson"), locks),
                answer(
                        "resume: signed",
                        type,
                        Answer.yes("on", "ControlSignature.verify"),
                        REFUSED + "aForgedResumeLiftsNeitherAHaltNorAFreeze"),
                answer("resume: a person's", type, Answer.yes("on", "TrustedKeys.isPerson"), service),
                answer(
                        "resume: counts once",
                        "domain.Notes",
                        Answer.yes("resume", "Optional.map"),
                        TOPOLOGY + "aCopyOfAnEarlierResumeLiftsNoLaterHalt"));
    }

    private static List<Mutation> approvals() {
        String type = "domain.Approvals";
        return List.of(
                words(
                        "approval: a person's",
                        type,
                        "only a person approves",
                        TOPOLOGY + "aForgedOrAssistantsApprovalDoesNotCount"),
                words(
                        "approval: of this plan",
                        type,
                        "it is bound to another plan",
                        TOPOLOGY + "anApprovalOfAnotherPlanDoesNotCount"),
                words(
                        "approval: one person once",
                        type,
                        "the same person approved before",
                        TOPOLOGY + "anApprovalIsUsedOnceAndOnePersonIsNotTwo"),
                words(
                        "approval: of what waits for one",
                        type,
                        "the action does not wait for an approval",
                        TOPOLOGY + "aPersonsDenialEndsTheQuestion"),
                words("approval: four eyes", type, "who asked for it, or set the level", "topology.PolicyLiveTest"));
    }

    private static List<Mutation> emergencies() {
        return List.of(
                emergency("where permitted", "emergencies are not permitted", "whereItIsNotPermittedItIsNoApproval"),
                emergency(
                        "with a reason",
                        "an emergency needs a reason",
                        "withoutAReasonOrWithAnotherPlanOrAForgedSignatureItIsNoApproval"),
                emergency(
                        "two people for what stays",
                        "needs two people in an emergency too",
                        "whatIsProtectedNeedsTwoPeopleHereToo"),
                emergency(
                        "none while one is overdue",
                        "of the same person is overdue",
                        "anOverdueReviewIsToldOnceAndRefusesFurtherEmergenciesOfThatPersonUntilItComes"),
                emergency("review: another person's", "who approved it does not", "anotherPersonReviewsItOnce"),
                emergency("review: once", "it was reviewed before", "anotherPersonReviewsItOnce"));
    }

    private static Mutation emergency(String guard, String words, String test) {
        return words("emergency: " + guard, "domain.Emergencies", words, "topology.EmergencyTest#" + test);
    }

    private static List<Mutation> policyChanges() {
        String type = "domain.PolicyChanges";
        String tests = "policy.PolicyChangesTest";
        return List.of(
                answer(
                        "policy change: signed by a person",
                        type,
                        Answer.yes("hear", "ControlSignature.verifyPerson"),
                        tests),
                answer("policy change: not expired", type, Answer.yes("hear", "Instant.isBefore"), tests),
                answer("policy change: used once", type, Answer.no("hear", "Notes.isUsed"), tests),
                answer("policy change: of the policy in force", type, Answer.yes("hear", "String.equals"), tests),
                answer("policy change: of exactly its text", type, Answer.yes("approve", "String.equals"), tests),
                answer("policy change: by two people", type, Answer.no("approve", "Signer.isSame"), tests));
    }

    static Mutation words(String guard, String type, String words, String test) {
        return new Mutation(guard, type, new Words(words), List.of(test));
    }

    static Mutation answer(String guard, String type, Answer answer, String test) {
        return new Mutation(guard, type, answer, List.of(test));
    }
}
