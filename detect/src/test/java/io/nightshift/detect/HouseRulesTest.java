package io.nightshift.detect;

import io.nightshift.runtime.testing.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void theInnerRulesHold() {
        HouseRules.of("io.nightshift.detect").check();
    }
}
