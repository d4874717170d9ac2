package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An emergency from its approval by one person to its review by another, by the commands that people have. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EmergencyOnKafkaTest {

    @TempDir
    Path folder;

    @Test
    void onePersonApprovesAloneAndAnotherReviewsIt() throws Exception {
        try (QuestionedHouse questioned = new QuestionedHouse(folder)) {
            questioned.propose("emergencies: true\n");
            reviews(questioned.house(), approvesAlone(questioned), questioned.bob());
        }
    }

    private static String approvesAlone(QuestionedHouse questioned) throws IOException {
        String action = questioned.awaitQuestion();
        CommandHouse house = questioned.house();
        house.command("approve", action, "--emergency").isUsage("--reason");
        Told told = house.command("approve", action, "--emergency", "--reason", "I am alone", "--as", "alice");
        assertThat(told.out())
                .startsWith("approved: ")
                .contains("Another person reviews this emergency until", "./nightshift review-emergency " + action);
        assertThat(told.status()).isZero();
        JsonNode waiting = house.json("actions", "--waiting").get(0).path("emergency");
        assertThat(waiting.path("by").asText()).isEqualTo("alice");
        assertThat(waiting.path("reviewedBy").isNull()).isTrue();
        assertThat(house.command("actions").out()).contains("(emergency: another person reviews it until");
        return action;
    }

    private static void reviews(CommandHouse house, String action, String bob) throws IOException {
        house.command("review-emergency", action, "--accept").isUsage("--reason");
        house.command("review-emergency", "act-unheard-of", "--accept", "--reason", "x")
                .isUsage("act-unheard-of");
        Told own = house.command("review-emergency", action, "--accept", "--reason", "mine", "--as", "alicia");
        assertThat(own.out()).contains("who approved it does not review it");
        assertThat(own.status()).isEqualTo(1);
        Told told = house.command(
                "review-emergency", action, "--reject", "--reason", "it could wait", "--as", "bob", "--key", bob);
        assertThat(told.out()).contains("was reviewed by 'bob' and rejected");
        assertThat(told.status()).isZero();
        assertThat(house.json("actions", "--waiting")).isEmpty();
    }
}
