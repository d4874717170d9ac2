package io.nightshift.oversee;

import io.nightshift.runtime.testing.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void theInnerRulesHold() {
        HouseRules.of("io.nightshift.oversee")
                .filesReadIn("..oversee.people..", "..oversee.audit..", "..oversee.console..")
                .check();
    }
}
