package io.nightshift.remediate.worker;

import static io.nightshift.events.ActionStatus.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.events.ControlKind;
import io.nightshift.events.Execution;
import io.nightshift.events.Trust;
import io.nightshift.events.Verdict;
import io.nightshift.remediate.Stories;
import io.nightshift.remediate.domain.Planning;
import io.nightshift.remediate.policy.Profile;
import io.nightshift.schemas.signing.SigningKey;
import io.nightshift.schemas.trust.TrustKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said or known after the verdict counts at the moment of acting. */
@Timeout(120)
class LaterWordTest {

    private static final Duration LONG = Duration.ofHours(1);

    private ExecutorHouse house;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws Exception {
        house = new ExecutorHouse(folder, true);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aLockThatIsYoungerThanTheVerdictStopsTheEffect() throws Exception {
        Execution execution = house.restart(plan -> plan);
        house.say(ControlKind.HANDS_OFF, execution.getPlan().getTarget(), LONG, house.alice);
        house.start();
        house.send(execution);
        assertThat(house.awaitLast(FAILED).getSentence())
                .contains("Refused at the moment of acting: hands off until")
                .contains("I work on it");
        assertThat(house.shop.ledger()).isEmpty();
    }

    @Test
    void aLockBetweenTwoStepsStopsTheSecond() throws Exception {
        house.shop.set("sick");
        house.start();
        Execution execution = house.restart(plan -> plan);
        house.send(execution);
        await().atMost(Duration.ofSeconds(60)).until(() -> house.shop.ledger().size() == 1);
        house.say(ControlKind.HANDS_OFF, execution.getPlan().getTarget(), LONG, house.alice);
        house.shop.heap("inventory-1", "0.2");
        assertThat(house.awaitLast(FAILED).getSentence()).contains("hands off");
        assertThat(house.shop.ledger()).hasSize(1);
    }

    @Test
    void aLockThatWasLiftedOrForgedOrOfAnotherTargetStopsNothing() throws Exception {
        Execution execution = house.restart(plan -> plan);
        String target = execution.getPlan().getTarget();
        house.say(ControlKind.HANDS_OFF, target, LONG, house.alice);
        house.say(ControlKind.HANDS_ON, target, LONG, house.alice);
        house.say(ControlKind.HANDS_OFF, target, LONG, SigningKey.generate());
        house.say(ControlKind.HANDS_OFF, "demo/shop/orders", LONG, house.alice);
        house.start();
        house.send(execution);
        house.awaitLast(SUCCEEDED);
        assertThat(house.shop.ledger()).hasSize(2);
    }

    @Test
    void anEffectThatCouldOutlastTheRunIsNotBegun() throws Exception {
        int tooLong = (int) Planning.LONGEST_RUN.toSeconds() + 1;
        Execution execution = house.restart(plan -> plan.setTimeoutSeconds(tooLong));
        house.start();
        house.send(Execution.newBuilder(execution)
                .setDeadline(Instant.now().plusSeconds(10L * tooLong))
                .build());
        assertThat(house.awaitLast(FAILED).getSentence()).contains("its run may take 15 min in all");
        assertThat(house.shop.ledger()).isEmpty();
    }

    @Test
    void aPolicyThatPeopleReplacedSinceTheVerdictStopsTheEffect() throws Exception {
        Execution execution = house.restart(plan -> plan);
        house.changePolicy(Profile.REGULATED.policy().text());
        house.start();
        house.send(execution);
        assertThat(house.awaitLast(FAILED).getSentence()).contains("the policy has changed since it was allowed");
        assertThat(house.shop.ledger()).isEmpty();
    }

    @Test
    void aDeclaredFreezeThatBeganSinceTheVerdictStopsTheEffect() throws Exception {
        Execution execution = house.restart(plan -> plan);
        house.start(
                "freezes: [{from: '2020-01-01T00:00:00Z', until: '2999-01-01T00:00:00Z', reason: the great sale}]\n");
        house.send(execution);
        assertThat(house.awaitLast(FAILED).getSentence()).contains("change freeze: the great sale");
        assertThat(house.shop.ledger()).isEmpty();
    }

    private static Trust demoted(int level) {
        return Stories.distrust(level, Instant.now()).build();
    }

    /** What learn writes; null takes it back. */
    private void trust(Trust trust) {
        String key = TrustKey.of(demoted(3)).toString();
        house.night.send(house.night.topics.trust(), null, key, trust);
    }

    private static Execution approved(Execution execution) {
        return Execution.newBuilder(execution)
                .setVerdict(Verdict.newBuilder(execution.getVerdict())
                        .setApprovals(List.of("alice"))
                        .build())
                .build();
    }

    @Test
    void whatDidHarmSinceTheVerdictIsNotDoneAloneAnyMore() throws Exception {
        Execution execution = house.restart(plan -> plan);
        trust(demoted(3));
        house.start();
        house.send(execution);
        assertThat(house.awaitLast(FAILED).getSentence())
                .contains("trusted less since it was allowed: trust: level 3, demoted at", "it did harm in inc-9");
        assertThat(house.shop.ledger()).isEmpty();
    }

    @Test
    void afterASecondHarmNotEvenWhatAPersonApprovedIsDone() throws Exception {
        Execution execution = approved(house.restart(plan -> plan));
        trust(demoted(2));
        house.start();
        house.send(execution);
        assertThat(house.awaitLast(FAILED).getSentence()).contains("trust: level 2");
        assertThat(house.shop.ledger()).isEmpty();
    }

    @Test
    void whatAPersonApprovedIsDoneAfterAHarmToo() throws Exception {
        Execution execution = approved(house.restart(plan -> plan));
        trust(demoted(3));
        house.start();
        house.send(execution);
        house.awaitLast(SUCCEEDED);
        assertThat(house.shop.ledger()).hasSize(2);
    }

    @Test
    void whatWasUnlearnedStopsNothing() throws Exception {
        Execution execution = house.restart(plan -> plan);
        trust(demoted(3));
        trust(null);
        house.start();
        house.send(execution);
        house.awaitLast(SUCCEEDED);
        assertThat(house.shop.ledger()).hasSize(2);
    }
}
