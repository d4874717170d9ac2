package io.nightshift.learn.domain;

import static io.nightshift.learn.Stories.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.Attribution;
import io.nightshift.events.CauseClass;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Dossier;
import io.nightshift.events.Experience;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.OutcomeKind;
import io.nightshift.events.PeopleDid;
import io.nightshift.events.ProbeResult;
import io.nightshift.events.StepResult;
import io.nightshift.schemas.signing.SigningKey;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class ExperiencesTest {

    private static final SigningKey ALICE = SigningKey.generate();
    private static final SigningKey BOB = SigningKey.generate();
    private static final Dossiers DOSSIERS = new Dossiers(service -> service);

    @Test
    void onlyAnEndTeaches() {
        for (ActionStatus status : List.of(ActionStatus.RECOVERED, ActionStatus.ESCALATED, ActionStatus.IN_DOUBT)) {
            assertThat(taught(night(status))).as("%s", status).isEmpty();
        }
        assertThat(taught(night(ActionStatus.HELD)))
                .extracting(Experience::getOutcome)
                .containsExactly(OutcomeKind.HELD);
        assertThat(outcome(night(ActionStatus.RECURRED))).isEqualTo(OutcomeKind.RECURRED);
        assertThat(outcome(night(ActionStatus.NOT_RECOVERED))).isEqualTo(OutcomeKind.INEFFECTIVE);
        assertThat(outcome(night(ActionStatus.ROLLED_BACK))).isEqualTo(OutcomeKind.UNDONE);
    }

    @Test
    void whatFailedBeforeItBeganSaysNothingOfTheRemedy() {
        assertThat(taught(dossier(failed()))).isEmpty();
        assertThat(outcome(dossier(
                        event("inc-1", "act-1", ActionStatus.STARTED, after(1)).build(), failed())))
                .isEqualTo(OutcomeKind.INEFFECTIVE);
    }

    @Test
    void aLaterEndOfTheSameActionReplacesTheEarlierOneInWhateverOrderTheyCome() {
        ActionEvent held = event("inc-1", "act-1", ActionStatus.HELD, after(10)).build();
        ActionEvent recurred =
                event("inc-1", "act-1", ActionStatus.RECURRED, after(20)).build();

        assertThat(outcome(dossier(held, recurred))).isEqualTo(OutcomeKind.RECURRED);
        assertThat(taught(dossier(held, recurred))).isEqualTo(taught(dossier(recurred, held)));
    }

    @Test
    void theSameStatusToldAgainChangesNothingInWhateverOrderTheyCome() {
        ActionEvent held = event("inc-1", "act-1", ActionStatus.HELD, after(10)).build();
        ActionEvent reviewed =
                event("inc-1", "act-1", ActionStatus.HELD, after(90)).build();

        assertThat(taught(dossier(held, reviewed))).isEqualTo(taught(dossier(held)));
        assertThat(taught(dossier(reviewed, held))).isEqualTo(taught(dossier(held)));
    }

    @Test
    void whatChangeEventsTellOfWhatWasShadowedTeachesNothing() {
        for (PeopleDid did : PeopleDid.values()) {
            ActionEvent told = event("inc-1", "act-1", ActionStatus.SHADOWED, after(1))
                    .setShadow(true)
                    .setPeopleDid(did)
                    .build();
            assertThat(taught(dossier(told))).as("%s", did).isEmpty();
        }
    }

    @Test
    void whatWasOnlyShadowedTeachesNothingUntilAPersonSaysWhatTheyDid() {
        ActionEvent shadowed = event("inc-1", "act-1", ActionStatus.SHADOWED, after(1))
                .setShadow(true)
                .build();

        assertThat(taught(dossier(shadowed))).isEmpty();
        assertThat(outcome(dossier(shadowed, said(IncidentVerdict.GOOD, ActionKind.ROLLING_RESTART))))
                .isEqualTo(OutcomeKind.HUMAN_DID_IT);
    }

    @Test
    void aPersonWhoDidOtherwiseTeachesBothWhatWasWrongAndWhatWasRight() {
        Dossier dossier = dossier(
                incident("inc-1", 1, NIGHT).build(),
                investigation("inv-1", "inc-1", SERVICE, CauseClass.MEMORY_LEAK, after(1)),
                event("inc-1", "act-1", ActionStatus.DENIED, after(2)).build(),
                said(IncidentVerdict.GOOD, ActionKind.ROLL_BACK_RELEASE));

        assertThat(taught(dossier))
                .extracting(Experience::getAction, Experience::getOutcome, Experience::getProposed)
                .containsExactly(
                        tuple(ActionKind.ROLLING_RESTART, OutcomeKind.HUMAN_DID_OTHERWISE, true),
                        tuple(ActionKind.ROLL_BACK_RELEASE, OutcomeKind.HUMAN_DID_IT, false));
    }

    @Test
    void praiseDoesNotTurnARecurrenceIntoARepairThatHeld() {
        assertThat(outcome(night(ActionStatus.RECURRED, said(IncidentVerdict.GOOD, ActionKind.UNKNOWN))))
                .isEqualTo(OutcomeKind.RECURRED);
    }

    @Test
    void aPersonWhoSaysItWasBadIsBelievedOverProbesThatPassed() {
        Experience experience = taught(night(ActionStatus.HELD, said(IncidentVerdict.BAD, ActionKind.UNKNOWN)))
                .get(0);

        assertThat(experience.getOutcome()).isEqualTo(OutcomeKind.HARMFUL);
        assertThat(experience.getAttribution()).isEqualTo(Attribution.POLICY);
        assertThat(experience.getBecause()).contains("no person was asked", "policy:act-on-what-restores-itself");
    }

    @Test
    void wherePeopleContradictEachOtherCautionWinsAndOfOnePersonTheLastWord() {
        ControlRecord good = feedback(ALICE, "inc-1", IncidentVerdict.GOOD, ActionKind.UNKNOWN, after(60));
        ControlRecord bad = feedback(BOB, "inc-1", IncidentVerdict.BAD, ActionKind.UNKNOWN, after(50));
        ControlRecord takenBack = feedback(BOB, "inc-1", IncidentVerdict.GOOD, ActionKind.UNKNOWN, after(70));

        assertThat(outcome(night(ActionStatus.HELD, good, bad))).isEqualTo(OutcomeKind.HARMFUL);
        assertThat(outcome(night(ActionStatus.HELD, bad, good, bad, takenBack, bad)))
                .isEqualTo(OutcomeKind.HELD);
    }

    @Test
    void aHarmThatIsTakenBackIsRememberedAsTakenBack() {
        ControlRecord bad = feedback(BOB, "inc-1", IncidentVerdict.BAD, ActionKind.UNKNOWN, after(50));
        ControlRecord takenBack = feedback(BOB, "inc-1", IncidentVerdict.GOOD, ActionKind.UNKNOWN, after(70));

        Experience experience = taught(night(ActionStatus.HELD, bad, takenBack)).get(0);
        assertThat(experience.getOutcome()).isEqualTo(OutcomeKind.HELD);
        assertThat(experience.getTakenBackAt()).isEqualTo(after(70));
        assertThat(taught(night(ActionStatus.HELD, takenBack, bad))).containsExactly(experience);
        assertThat(taught(night(ActionStatus.HELD, takenBack)).get(0).getTakenBackAt())
                .isNull();
    }

    @Test
    void aBadIsAboutWhatWasDoneAndNotAboutWhatWasOnlyProposedBesideIt() {
        Dossier dossier = night(
                ActionStatus.HELD,
                event("inc-1", "act-2", ActionStatus.DENIED, after(2))
                        .setAction(ActionKind.SCALE)
                        .build(),
                said(IncidentVerdict.BAD, ActionKind.UNKNOWN));

        assertThat(taught(dossier))
                .extracting(Experience::getAction, Experience::getOutcome)
                .containsExactly(tuple(ActionKind.ROLLING_RESTART, OutcomeKind.HARMFUL));
    }

    @Test
    void aFalseAlarmMakesARepairNeedlessNotProven() {
        Experience experience = taught(night(ActionStatus.HELD, said(IncidentVerdict.FALSE_ALARM, ActionKind.UNKNOWN)))
                .get(0);

        assertThat(experience.getOutcome()).isEqualTo(OutcomeKind.HUMAN_DID_OTHERWISE);
        assertThat(experience.getAttribution()).isEqualTo(Attribution.WRONG_DIAGNOSIS);
    }

    @Test
    void aRepairAfterWhichANeighbourBeganToSufferDidHarmUnlessItHeld() {
        SpecificRecord worse = incident("inc-1", 2, NIGHT)
                .setMembers(List.of(
                        member("demo/shop/orders", AnomalyKind.ERRORS, after(1)),
                        member("demo/shop/orders", AnomalyKind.LATENCY, after(6)),
                        member("demo/shop/payments", AnomalyKind.ERRORS, after(6))))
                .build();

        Experience harmful = taught(night(ActionStatus.NOT_RECOVERED, worse)).get(0);
        assertThat(harmful.getOutcome()).isEqualTo(OutcomeKind.HARMFUL);
        assertThat(harmful.getBecause())
                .contains("errors of demo/shop/payments")
                .as("orders suffered before")
                .doesNotContain("orders");
        assertThat(outcome(night(ActionStatus.HELD, worse))).isEqualTo(OutcomeKind.HELD);
    }

    @Test
    void aProbeThatHadPassedAndFailedLaterIsAHarm() {
        ActionEvent recovered = event("inc-1", "act-1", ActionStatus.RECOVERED, after(7))
                .setProbes(List.of(probe(true)))
                .build();
        ActionEvent recurred = event("inc-1", "act-1", ActionStatus.RECURRED, after(9))
                .setProbes(List.of(probe(false)))
                .build();

        assertThat(outcome(dossier(recovered, recurred))).isEqualTo(OutcomeKind.HARMFUL);
    }

    @Test
    void badOutcomesArePutDownToWhatTheEvidenceShows() {
        assertThat(blame(night(ActionStatus.NOT_RECOVERED))).isEqualTo(Attribution.WRONG_DIAGNOSIS);
        assertThat(blame(dossier(
                        event("inc-1", "act-1", ActionStatus.RECOVERED, after(7))
                                .build(),
                        event("inc-1", "act-1", ActionStatus.RECURRED, after(9)).build())))
                .isEqualTo(Attribution.VERIFICATION);
        assertThat(blame(dossier(
                        event("inc-1", "act-1", ActionStatus.STARTED, after(1)).build(), failed())))
                .isEqualTo(Attribution.EXECUTION);
        assertThat(blame(night(
                        ActionStatus.RECURRED,
                        investigation("inv-2", "inc-1", "demo/shop/store", CauseClass.DISK_FILLING, after(30)))))
                .isEqualTo(Attribution.WRONG_DIAGNOSIS);
        assertThat(blame(night(
                        ActionStatus.RECURRED, investigation("inv-2", "inc-1", "", CauseClass.EXTERNAL, after(30)))))
                .isEqualTo(Attribution.EXTERNAL);
        assertThat(blame(night(
                        ActionStatus.RECURRED,
                        control(
                                ALICE,
                                ControlKind.FEEDBACK,
                                "inc-1",
                                Remarks.arguments(
                                        IncidentVerdict.GOOD, ActionKind.UNKNOWN, Attribution.EXTERNAL, false),
                                "",
                                after(90)))))
                .as("a person's word counts first")
                .isEqualTo(Attribution.EXTERNAL);
        assertThat(taught(night(ActionStatus.HELD)).get(0).getAttribution()).isEqualTo(Attribution.UNKNOWN);
    }

    @Test
    void aRevokedIncidentTeachesNothingWhateverIsToldLater() {
        Dossier revoked = Dossiers.revoked(night(ActionStatus.HELD));
        assertThat(taught(revoked)).isEmpty();
        assertThat(Dossiers.revoked(revoked)).isEqualTo(revoked);
        Dossier later = DOSSIERS.with(
                revoked, event("inc-1", "act-2", ActionStatus.HELD, after(99)).build());
        assertThat(taught(later)).isEmpty();

        assertThat(Experiences.changes(night(ActionStatus.HELD), revoked))
                .extracting(Experience::getActionId, Experience::getWithdrawn)
                .containsExactly(tuple("act-1", true));
    }

    @Test
    void anEditedInventoryLeavesTheClassOfWhatWasSeenBefore() {
        Dossier first =
                dossier(event("inc-1", "act-1", ActionStatus.STARTED, after(1)).build());
        Dossiers edited = new Dossiers(service -> "demo/web");

        Dossier after = edited.with(
                first, event("inc-1", "act-1", ActionStatus.HELD, after(9)).build());

        assertThat(taught(after).get(0).getServiceClass()).isEqualTo(SERVICE);
    }

    @Test
    void feedbackThatIsNotAboutAnIncidentIsLeftToOthers() {
        assertThat(Remarks.of(control(
                        ALICE,
                        ControlKind.FEEDBACK,
                        "anm-1",
                        Map.of("verdict", "not-a-problem", "series", "s"),
                        "",
                        NIGHT)))
                .isEmpty();
        assertThat(Remarks.of(control(
                                ALICE,
                                ControlKind.FEEDBACK,
                                "inc-1",
                                Map.of("verdict", "bad", "did", "FLY"),
                                "",
                                NIGHT))
                        .orElseThrow()
                        .getDid())
                .as("an action of a newer release")
                .isEqualTo(ActionKind.UNKNOWN);
    }

    private static ControlRecord said(IncidentVerdict verdict, ActionKind did) {
        return feedback(ALICE, "inc-1", verdict, did, after(60));
    }

    private static Dossier night(ActionStatus end, SpecificRecord... further) {
        Dossier dossier = dossier(incident("inc-1", 1, NIGHT).build());
        for (ActionEvent event : action("inc-1", "act-1", after(5), end, after(10))) {
            dossier = DOSSIERS.with(dossier, event);
        }
        return dossier(dossier, further);
    }

    private static Dossier dossier(SpecificRecord... told) {
        return dossier(Dossiers.empty("inc-1"), told);
    }

    private static Dossier dossier(Dossier known, SpecificRecord... told) {
        Dossier dossier = known;
        for (SpecificRecord record : told) {
            if (record instanceof Incident incident) {
                dossier = DOSSIERS.with(dossier, incident);
            } else if (record instanceof ActionEvent event) {
                dossier = DOSSIERS.with(dossier, event);
            } else if (record instanceof Investigation investigation) {
                dossier = DOSSIERS.with(dossier, investigation);
            } else {
                dossier = DOSSIERS.with(
                        dossier, Remarks.of((ControlRecord) record).orElseThrow());
            }
        }
        return dossier;
    }

    private static List<Experience> taught(Dossier dossier) {
        return Experiences.of(dossier);
    }

    private static OutcomeKind outcome(Dossier dossier) {
        assertThat(taught(dossier)).hasSize(1);
        return taught(dossier).get(0).getOutcome();
    }

    private static Attribution blame(Dossier dossier) {
        return taught(dossier).get(0).getAttribution();
    }

    private static ActionEvent failed() {
        return event("inc-1", "act-1", ActionStatus.FAILED, after(2))
                .setSteps(List.of(StepResult.newBuilder()
                        .setInstance("inventory-1")
                        .setStatus(ActionStatus.FAILED)
                        .setMessage("exit status 1")
                        .build()))
                .build();
    }

    private static ProbeResult probe(boolean passed) {
        return ProbeResult.newBuilder()
                .setProbe("heap")
                .setSubject("inventory-1")
                .setAt(NIGHT)
                .setPassed(passed)
                .build();
    }
}
