package io.nightshift.ingest;

import io.nightshift.runtime.testing.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void ingestKeepsTheRulesOfTheHouse() {
        HouseRules.of("io.nightshift.ingest").check();
    }
}
