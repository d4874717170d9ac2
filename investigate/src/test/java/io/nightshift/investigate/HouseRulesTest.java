package io.nightshift.investigate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.nightshift.runtime.testing.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.nightshift.investigate");

    @Test
    void the_rules_of_the_house_hold() {
        HouseRules.of("io.nightshift.investigate")
                .filesReadIn("io.nightshift.investigate.skill..")
                .check();
    }

    @Test
    void only_the_language_model_package_knows_langchain4j() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.nightshift.investigate.llm..", "io.nightshift.investigate.recall..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.langchain4j..")
                .because("a model is one way to answer, and nothing else may come to need it")
                .check(classes);
    }

    @Test
    void the_language_model_package_reaches_neither_kafka_nor_the_registry() {
        noClasses()
                .that()
                .resideInAPackage("io.nightshift.investigate.llm..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.nightshift.schemas.registry..", "java.nio.file..")
                .because("a model gets the evidence pack and nothing that could write or look elsewhere")
                .check(classes);
    }
}
