package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The policy of a running admission is changed by two people, from the command line. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PolicyOnKafkaTest {

    @TempDir
    Path folder;

    @Test
    void twoPeopleChangeThePolicyWhileAdmissionRuns() throws Exception {
        try (QuestionedHouse questioned = new QuestionedHouse(folder)) {
            questioned.propose("profile: standard\n");
            String before = policyOfQuestion(questioned);
            changes(questioned.house(), questioned.bob(), before);
            aPendingQuestionIsUnderTheNewPolicy(questioned);
        }
    }

    private void changes(CommandHouse house, String bob, String before) throws IOException {
        house.command("policy", "propose", "regulated").isUsage("--reason");
        assertThat(house.command("policy", "propose", notSound(), "--reason", "x")
                        .out())
                .startsWith("refused: ")
                .contains("would let Nightshift act alone");
        JsonNode proposed = house.json("policy", "propose", "regulated", "--reason", "an audit", "--as", "alice");
        assertThat(proposed.path("done").asBoolean()).isTrue();
        assertThat(proposed.path("wider").asBoolean(true)).isFalse();
        String id = proposed.path("id").asText();
        assertThat(house.command("policy", "show").out()).contains("proposal " + id + " by alice");
        Told alone = house.command("policy", "approve", id, "--as", "alicia");
        assertThat(alone.status()).isEqualTo(1);
        assertThat(alone.out()).contains("refused: who proposed it does not approve it");
        assertThat(house.json("policy", "show").path("version").asText()).isEqualTo(before);
        Told approved = house.command("policy", "approve", id, "--as", "bob", "--key", bob);
        assertThat(approved.out()).contains("is in force");
        assertThat(approved.status()).isZero();
        house.command("policy", "approve", id, "--as", "bob", "--key", bob).isUsage("no proposal '" + id + "' waits");
    }

    private String notSound() throws IOException {
        return Files.writeString(folder.resolve("all.cedar"), "@id(\"all\") permit (principal, action, resource);")
                .toString();
    }

    private void aPendingQuestionIsUnderTheNewPolicy(QuestionedHouse questioned) throws IOException {
        CommandHouse house = questioned.house();
        String version = house.json("policy", "show").path("version").asText();
        await("the question under the new policy")
                .atMost(QuestionedHouse.LIMIT)
                .until(() -> policyOfQuestion(questioned).equals(version));
        String action = questioned.awaitQuestion();
        assertThat(house.command("policy", "explain", "--action-id", action).out())
                .contains("step 1: ", "policy:a-person-approves-every-effect");
        Told told = house.command("approve", action, "--as", "bob", "--key", questioned.bob());
        assertThat(told.out()).startsWith("approved: ");
        assertThat(told.status()).isZero();
    }

    private static String policyOfQuestion(QuestionedHouse questioned) throws IOException {
        String action = questioned.awaitQuestion();
        return questioned
                .house()
                .json("policy", "explain", "--action-id", action)
                .path("policyVersion")
                .asText();
    }
}
