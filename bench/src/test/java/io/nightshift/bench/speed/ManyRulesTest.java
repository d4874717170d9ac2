package io.nightshift.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.remediate.policy.PolicyText;
import org.junit.jupiter.api.Test;

class ManyRulesTest {

    @Test
    void itIsAValidPolicyOfSoManyRules() {
        String text = ManyRules.text(200, number -> "prod/shop/service-" + number);
        assertThat(text.split("@id\\(", -1)).hasSize(201);
        assertThat(new PolicyText("test", text).load().version()).hasSize(64);
    }
}
