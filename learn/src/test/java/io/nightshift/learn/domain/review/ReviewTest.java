package io.nightshift.learn.domain.review;

import static io.nightshift.learn.Stories.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.ControlKind;
import io.nightshift.events.Experience;
import io.nightshift.events.Incident;
import io.nightshift.learn.domain.Dossiers;
import io.nightshift.learn.domain.IncidentVerdict;
import io.nightshift.learn.domain.LessonBook;
import io.nightshift.learn.domain.Preventions;
import io.nightshift.learn.domain.TrustBook;
import io.nightshift.learn.domain.TrustSettings;
import io.nightshift.schemas.signing.SigningKey;
import io.nightshift.schemas.signing.TrustedKeys;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReviewTest {

    private static final SigningKey ALICE = SigningKey.generate();
    private static final SigningKey MALLORY = SigningKey.generate();

    private final ReviewFile file = new ReviewFile("inc-1", TrustedKeys.of(ALICE), service -> service);

    @Test
    void aRepairThatHeldIsToldWithItsTimelineItsCauseAndWhatWorked() {
        happened(ActionStatus.HELD);
        learned();

        assertThat(review())
                .contains("# Review of inc-1")
                .containsSubsequence(
                        "2026-01-10 03:12:00 Incident open, pages: orders time out calling inventory",
                        "Investigated: because",
                        "started: test",
                        "held: test")
                .contains("Cause: memory leak of demo/shop/inventory, confidence 0.80")
                .contains("Worked: rolling restart of demo/shop/inventory against memory leak: **held**")
                .contains("Known by now: rolling restart of demo/shop/inventory for memory leak: held once.")
                .contains("4 more held outcomes in a row, then a person's promotion")
                .contains("It came less than three times.");
    }

    @Test
    void theFirstSignBeforeUsersSufferedIsNamedAndAnObjectiveIsProposedWhereNoneBurned() {
        file.accept(incident("inc-1", 1, NIGHT)
                .setMembers(List.of(
                        member(SERVICE, AnomalyKind.DRIFT, NIGHT),
                        member("demo/shop/orders", AnomalyKind.ERRORS, after(12))))
                .build());

        assertThat(review())
                .contains("The first sign was drift of demo/shop/inventory (`DRIFT`), 12 min before errors of"
                        + " demo/shop/orders")
                .contains("No objective of its services burned")
                .contains("+  service: demo/shop/orders");
    }

    @Test
    void aHarmThatPolicyLetThroughProposesAPolicyThatAsks() {
        happened(ActionStatus.HELD);
        file.accept(feedback(ALICE, "inc-1", IncidentVerdict.BAD, ActionKind.UNKNOWN, after(60)));

        assertThat(review())
                .contains("**harmful**", "Put down to policy, which allowed what it should not")
                .contains("+@id(\"ask-before-rolling-restart-against-memory-leak\")")
                .contains("alice said feedback, verdict `bad`, reason: `no reason`.");
    }

    @Test
    void aWrongDiagnosisProposesASkillAndAHastyRecoveryALongerLook() {
        happened(ActionStatus.NOT_RECOVERED);
        assertThat(review()).contains("Put down to a wrong diagnosis", "+++ b/skills/not-every-memory-leak/SKILL.md");

        ReviewFile hasty = new ReviewFile("inc-1", TrustedKeys.of(ALICE), service -> service);
        hasty.accept(incident("inc-1", 1, NIGHT).build());
        hasty.accept(event("inc-1", "act-1", ActionStatus.RECOVERED, after(5)).build());
        hasty.accept(event("inc-1", "act-1", ActionStatus.RECURRED, after(12)).build());
        assertThat(Review.of(hasty, ZoneOffset.UTC, after(100)))
                .contains("Put down to a failure of verification", "+  soak: 8m");
    }

    @Test
    void wordsThatDidNotCountAreVisibleAndInert() {
        happened(ActionStatus.RECURRED);
        file.accept(control(
                MALLORY,
                ControlKind.FEEDBACK,
                "inc-1",
                Map.of("verdict", "good", "did", "ROLLING_RESTART"),
                "`</code><script>alert(1)</script>\n# All is well [here](http://evil)",
                after(60)));

        assertThat(review())
                .contains("Did not count, because its signature is not one of a trusted key: alice is named as saying"
                        + " feedback, did `ROLLING_RESTART`, verdict `good`, reason:"
                        + " `'</code><script>alert(1)</script> # All is well [here](http://evil)`.")
                .doesNotContain("\n# All is well")
                .contains("**recurred**");
    }

    @Test
    void plantedTelemetryIsShownAsTextAndNeverInADiff() {
        String planted = "x\n```\n# Trust level 5 <img src=x> | see http://evil";
        file.accept(incident("inc-1", 1, NIGHT)
                .setSentence(planted)
                .setServices(List.of("demo/shop/a\n+ evil"))
                .build());

        String review = review();
        assertThat(review)
                .contains("x \\`\\`\\` \\# Trust level 5 &lt;img src=x&gt; \\| see http\\://evil")
                .doesNotContain("<img", "+ evil", "openslo");
    }

    @Test
    void theThirdOfItsKindProposesPrevention() {
        happened(ActionStatus.HELD);
        file.accept(Preventions.of(LongStream.range(0, 3)
                        .mapToObj(i -> new Dossiers(service -> service)
                                .with(
                                        Dossiers.empty("inc-" + i),
                                        incident("inc-" + i, 1, after(i)).build()))
                        .map(dossier -> Preventions.sighting(dossier).orElseThrow())
                        .toList())
                .orElseThrow());

        assertThat(review()).contains("**Prevention proposed.** The same incident came 3 times");
    }

    @Test
    void aRevokedIncidentSaysByWhomWhenAndWhy() {
        happened(ActionStatus.HELD);
        file.accept(control(ALICE, ControlKind.REVOKE, "inc-1", Map.of(), "planted *lines*", after(70)));
        file.accept(revoke(ALICE, "inc-1", after(80)));

        assertThat(review())
                .contains("**This incident was revoked: nothing is learned from it.** alice revoked it at "
                        + DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
                                .withZone(ZoneOffset.UTC)
                                .format(after(70))
                        + ", reason: `planted *lines*`.");
    }

    @Test
    void whatNobodyTrustedRevokedIsNot() {
        happened(ActionStatus.HELD);
        file.accept(revoke(MALLORY, "inc-1", after(70)));

        assertThat(review()).doesNotContain("This incident was revoked");
    }

    private void happened(ActionStatus end) {
        file.accept(incident("inc-1", 1, NIGHT).build());
        file.accept(investigation("inv-1", "inc-1", SERVICE, CauseClass.MEMORY_LEAK, after(1)));
        for (ActionEvent event : action("inc-1", "act-1", after(5), end, after(10))) {
            file.accept(event);
        }
        file.accept(Incident.newBuilder(incident("inc-2", 1, NIGHT).build())
                .setSentence("of another one")
                .build());
    }

    private void learned() {
        List<Experience> experiences = file.experiences();
        file.accept(LessonBook.of(experiences).orElseThrow());
        file.accept(new TrustBook(TrustSettings.usual())
                .of(experiences, List.of(), List.of())
                .orElseThrow());
    }

    private String review() {
        return Review.of(file, ZoneOffset.UTC, after(100));
    }
}
