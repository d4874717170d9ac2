package io.nightshift.remediate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.nightshift.runtime.testing.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void theInnerRulesHold() {
        HouseRules.of("io.nightshift.remediate")
                .filesReadIn(
                        "io.nightshift.remediate",
                        "io.nightshift.remediate.playbook..",
                        "io.nightshift.remediate.worker..",
                        "io.nightshift.remediate.target..")
                .check();
    }

    @Test
    void onlyTheTargetPackageStartsProcessesAndHoldsTargetSdks() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.nightshift.remediate.target..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8..", "org.apache.hc..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Runtime.class)
                .because("every effect passes the fence and the confinement; only a failpoint ends this process")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .withImportOption(place -> !place.contains("Failpoints"))
                        .importPackages("io.nightshift.remediate"));
    }
}
