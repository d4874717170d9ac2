package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.CauseClass;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.learn.LearnStages;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.EmptyConfig;
import io.nightshift.runtime.inventory.Inventory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code lessons}, {@code trust}, {@code review} and {@code feedback} of incidents, with a stage that learns. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LearningOnKafkaTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final String SERVICE = "demo/shop/inventory";
    private static final String TRUST = "ROLLING_RESTART|" + SERVICE + "|MEMORY_LEAK";

    @TempDir
    Path folder;

    private CommandHouse house;

    @Test
    void peopleReadWhatWasLearnedSayWhatTheyThinkPromoteAndUnlearn() throws Exception {
        try (CommandHouse opened = new CommandHouse(folder, null)) {
            house = opened;
            house.installation().operatorKey();
            assertThat(house.command("lessons").out()).startsWith("nothing was learned yet");
            assertThat(house.command("trust").out()).contains("nothing is trusted yet", "the same mistake twice: 0");
            try (Stage learn = learn()) {
                learned();
                promoted();
                feedback();
                reviewed();
                revoked();
                assertThat(learn.health().isRunning()).isTrue();
            }
        }
    }

    private void learned() throws Exception {
        for (int i = 0; i < 6; i++) {
            night("inc-" + i, ActionStatus.HELD, NOW.minusSeconds(3600 - 60L * i));
        }
        await().atMost(LIMIT).until(() -> trust().at("/held").asInt() == 6);
        assertThat(house.command("lessons").out()).contains("rolling restart of " + SERVICE, "held 6 times");
        JsonNode lessons = house.json("lessons");
        assertThat(lessons.at("/lessons/0/held").asInt()).isEqualTo(6);
        assertThat(lessons.at("/preventions/0/times").asInt()).isEqualTo(6);
        assertThat(house.json("lessons", "--service", "demo/shop/other").at("/lessons"))
                .isEmpty();
        assertThat(house.command("trust").out())
                .contains(TRUST + "  level 3", "held 6 (6 in a row)", "level 4: earned; only a person's promotion");
    }

    private void promoted() throws Exception {
        house.command("trust", "promote", "nothing|of|it", "4").isUsage("nothing is known of 'nothing|of|it'");
        house.command("trust", "promote", TRUST, "7").isUsage("2 to 5, not 7");
        Told early = house.command("trust", "promote", TRUST, "5");
        assertThat(early.status()).isEqualTo(1);
        assertThat(early.error()).contains("level 5 is not earned yet: 5 more held outcomes in a row");
        forged("promote", ControlKind.PROMOTE, TRUST, Map.of("level", "5"));

        assertThat(house.command("trust", "promote", TRUST, "4", "--as", "ada").out())
                .contains("up to level 4");
        await().atMost(LIMIT).until(() -> trust().at("/level").asInt() == 4);
        assertThat(trust().at("/promotedBy").asText()).isEqualTo("ada");
    }

    private void feedback() throws Exception {
        house.command("feedback", "inc-99", "bad").isUsage("there is no incident 'inc-99'");
        house.command("feedback", "inc-1", "fine").isUsage("good, bad or false-alarm of an incident");
        house.command("feedback", "inc-1", "missed", "--drill").isUsage("of an incident");
        forged("feedback", ControlKind.FEEDBACK, "inc-1", Map.of("verdict", "bad"));
        assertThat(house.command("feedback", "inc-1", "good").out()).startsWith("noted: 'good' for inc-1");
        assertThat(house.command("feedback", "inc-1", "good").out()).startsWith("nothing changes: 'good'");
        assertThat(trust().at("/level").asInt()).isEqualTo(4);

        JsonNode bad = house.json("feedback", "inc-1", "bad", "--because", "policy");
        assertThat(bad.at("/written").asBoolean()).isTrue();
        assertThat(bad.at("/replaces").asText()).isEqualTo("good");
        await().atMost(LIMIT).until(() -> trust().at("/harmful").asInt() == 1);
        assertThat(trust().at("/level").asInt()).isEqualTo(3);
        assertThat(trust().at("/demotedFor").asText()).startsWith("it did harm in inc-");
    }

    private void reviewed() {
        house.command("review", "inc-99").isUsage("there is no incident 'inc-99'");
        assertThat(house.command("review", "inc-1").out())
                .contains("# Review of inc-1", "**harmful**", "Put down to policy", "ask-before-rolling-restart")
                .contains("Did not count, because its signature is not one of a trusted key")
                .contains("**Prevention proposed.**");
    }

    private void revoked() throws Exception {
        house.command("lessons", "revoke", "inc-99").isUsage("there is no incident 'inc-99'");
        assertThat(house.command("lessons", "revoke", "inc-1", "--as", "alice", "--reason", "planted lines")
                        .out())
                .contains("nothing is learned from inc-1");
        await().atMost(LIMIT).until(() -> trust().at("/harmful").asInt() == 0);
        assertThat(house.json("lessons").at("/lessons/0/held").asInt()).isEqualTo(5);
        assertThat(house.json("lessons", "revoke", "inc-1").at("/written").asBoolean(true))
                .isFalse();
        assertThat(house.command("review", "inc-1").out())
                .contains("This incident was revoked", "alice revoked it at", "planted lines");
        assertThat(house.command("summary", "inc-1").out()).contains("**Revoked:** alice", "planted lines");
        assertThat(house.command("lessons").out()).contains("revoked: nothing is learned from inc-1: alice revoked it");
        assertThat(house.json("lessons").at("/revoked/0/reason").asText()).isEqualTo("planted lines");
        for (String other : List.of("inc-0", "inc-2", "inc-3", "inc-4", "inc-5")) {
            house.command("lessons", "revoke", other);
        }
        await().atMost(LIMIT).until(() -> house.json("trust").at("/trust").isEmpty());
        assertThat(house.command("lessons").out()).startsWith("nothing was learned yet");
    }

    private JsonNode trust() throws Exception {
        return house.json("trust").at("/trust/0");
    }

    private void forged(String id, ControlKind kind, String subject, Map<String, String> arguments) throws Exception {
        ControlRecord unsigned = ControlRecord.newBuilder()
                .setId(id)
                .setKind(kind)
                .setSubject(subject)
                .setActor("ada")
                .setPerson(true)
                .setAt(NOW)
                .setReason("trust me")
                .setArguments(arguments)
                .build();
        house.write(house.topics().controls(), subject, unsigned);
    }

    private Stage learn() {
        Stage learn = LearnStages.of(new StageContext(
                        house.topics(),
                        house.kafka(),
                        EmptyConfig.INSTANCE,
                        Inventory.empty(),
                        new SimpleMeterRegistry(),
                        house.installation().stage("learn"),
                        Clock.systemUTC()))
                .get(0);
        learn.start();
        return learn;
    }

    private void night(String incident, ActionStatus end, Instant onset) throws Exception {
        house.write(house.topics().incidents(), incident, incident(incident, onset));
        for (ActionStatus status : List.of(ActionStatus.STARTED, ActionStatus.SUCCEEDED, end)) {
            house.write(house.topics().actions(), incident, event(incident, status, onset.plusSeconds(30)));
        }
    }

    private static Incident incident(String id, Instant onset) {
        return Incident.newBuilder()
                .setId(id)
                .setVersion(1)
                .setPhase(IncidentPhase.OPEN)
                .setEnvironment("demo")
                .setFingerprint("fp")
                .setOpenedAt(onset)
                .setOnset(onset)
                .setUpdatedAt(onset)
                .setSeverity(2)
                .setPages(true)
                .setServices(List.of(SERVICE))
                .setMemberCount(1)
                .setSentence("inventory leaks")
                .build();
    }

    private static ActionEvent event(String incident, ActionStatus status, Instant at) {
        return ActionEvent.newBuilder()
                .setId(incident + status)
                .setActionId("act-" + incident)
                .setStatus(status)
                .setAt(at)
                .setIncidentId(incident)
                .setEnvironment("demo")
                .setService(SERVICE)
                .setAction(ActionKind.ROLLING_RESTART)
                .setTarget(SERVICE)
                .setFingerprint("fp")
                .setCauseClass(CauseClass.MEMORY_LEAK)
                .setSentence("an event")
                .build();
    }
}
