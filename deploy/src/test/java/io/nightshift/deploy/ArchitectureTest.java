package io.nightshift.deploy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows that must not be, over all rooms at once; the poms keep some of them, this keeps them all. */
class ArchitectureTest {

    private static final List<String> ROOMS =
            List.of("ingest", "detect", "investigate", "remediate", "learn", "oversee");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.nightshift");

    @Test
    void everyRoomIsLookedAt() {
        ROOMS.forEach(room -> assertThat(CLASSES.stream()).as(room).anyMatch(type -> type.getPackageName()
                .startsWith("io.nightshift." + room)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest", "detect", "investigate", "remediate", "learn", "oversee"})
    void aRoomKnowsNoOtherRoomAndNotWhatComposesThem(String room) {
        String[] others = ROOMS.stream()
                .filter(other -> !other.equals(room))
                .map(other -> "io.nightshift." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("io.nightshift." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("io.nightshift.deploy..", "io.nightshift.shop..", "io.nightshift.embedded..")
                .because("two rooms are joined by topics and nothing else")
                .check(CLASSES);
    }

    @Test
    void schemasAndRuntimeKnowNoRoom() {
        noClasses()
                .that()
                .resideInAnyPackage("io.nightshift.schemas..", "io.nightshift.events..", "io.nightshift.runtime..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOMS.stream()
                        .map(room -> "io.nightshift." + room + "..")
                        .toArray(String[]::new))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage("io.nightshift.schemas..", "io.nightshift.events..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka.streams..", "io.nightshift.runtime..")
                .because("contracts outlive the machinery")
                .check(CLASSES);
    }

    @Test
    void processesAreStartedOnlyWhereEffectsAreConfinedAndByWhatDeploys() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.nightshift.remediate.target..",
                        "io.nightshift.deploy..",
                        "io.nightshift.embedded..",
                        "io.nightshift.shop..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .because("every effect on production passes the fence and the confinement of remediate.target")
                .check(CLASSES);
    }

    @Test
    void languageModelsAreKnownOnlyWhereTheyAnswer() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.nightshift.investigate.llm..", "io.nightshift.investigate.recall..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.langchain4j..")
                .because("a model is one way to answer and never acts")
                .check(CLASSES);
    }

    @Test
    void theRegistrysClientIsKnownOnlyToSchemasRegistry() {
        noClasses()
                .that()
                .resideInAPackage("io.nightshift..")
                .and()
                .resideOutsideOfPackage("io.nightshift.schemas.registry..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.confluent..", "org.apache.flink..", "io.apicurio..")
                .because("any registry of that API will do, and the client can be changed in one place")
                .check(CLASSES);
    }
}
