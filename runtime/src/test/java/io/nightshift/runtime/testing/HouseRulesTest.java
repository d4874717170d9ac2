package io.nightshift.runtime.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The runtime keeps the rules, and each rule notices a class that breaks it. */
class HouseRulesTest {

    private static JavaClasses sample(String name) {
        String path = "io/nightshift/runtime/testing/sample/" + name + ".class";
        return new ClassFileImporter()
                .importLocations(List.of(
                        Location.of(HouseRulesTest.class.getClassLoader().getResource(path))));
    }

    @Test
    void theRuntimeKeepsTheHouseRules() {
        HouseRules.of("io.nightshift.runtime").check();
    }

    @ParameterizedTest
    @CsvSource({
        "domain/Impure, Instant.now()",
        "domain/Impure, TopicPartition",
        "topology/Blocking, Thread.sleep",
        "names/ThingManager, getenv",
    })
    void aClassThatBreaksARuleIsNamed(String name, String culprit) {
        HouseRules rules = HouseRules.of("io.nightshift.runtime.testing.sample").filesReadIn("..sample.names..");

        assertThatThrownBy(() -> rules.checkAll(sample(name)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(culprit);
    }

    @Test
    void filesMayBeReadOnlyWhereDeclaredAndNamesSayWhatAClassIs() {
        assertThatThrownBy(() -> HouseRules.of("x").checkAll(sample("names/ThingManager")))
                .hasMessageContaining("java.nio.file.Files")
                .hasMessageContaining("a name says what a class is");
    }

    @Test
    void aPureDomainClassPasses() {
        assertThatCode(() -> HouseRules.of("x").checkAll(sample("domain/Pure"))).doesNotThrowAnyException();
    }

    @Test
    void rulesOverNothingDoNotHold() {
        assertThatThrownBy(() -> HouseRules.of("io.nightshift.nowhere").check()).hasMessageContaining("no class found");
    }
}
