package io.nightshift.shop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The shop is somebody else's system: it knows nothing of Nightshift, and its processes nothing of each other. */
class ShopArchitectureTest {
    private final JavaClasses shop = new ClassFileImporter(java.util.List.of(new ImportOption.DoNotIncludeTests()))
            .importPackages("io.nightshift");

    @Test
    void theShopKnowsNothingOfNightshift() {
        noClasses()
                .that()
                .resideInAPackage("io.nightshift.shop..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.nightshift.schemas..",
                        "io.nightshift.runtime..",
                        "io.nightshift.ingest..",
                        "io.nightshift.detect..",
                        "io.nightshift.remediate..",
                        "org.apache.kafka..")
                .check(shop);
    }

    @Test
    void servicesKnowNeitherTheirKeeperNorTheirUsers() {
        noClasses()
                .that()
                .resideInAPackage("io.nightshift.shop.service..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..shop.keeper..", "..shop.load..", "..shop.control..")
                .check(shop);
    }

    @Test
    void theProbesUseNoTelemetry() {
        noClasses()
                .that()
                .resideInAPackage("io.nightshift.shop.control..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.opentelemetry..", "..shop.service..")
                .check(shop);
    }
}
