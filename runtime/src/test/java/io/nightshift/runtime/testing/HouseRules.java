package io.nightshift.runtime.testing;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The inner rules of the house, which each module's test applies to its own packages:
 *
 * <pre>{@code
 * HouseRules.of("io.nightshift.detect").check();
 * HouseRules.of("io.nightshift.remediate").filesReadIn("io.nightshift.remediate.halt..").check();
 * }</pre>
 *
 * The outer rules, which module may use which, are kept by the poms.
 */
public final class HouseRules {

    private static final Set<String> CLOCKS = Set.of(
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalTime",
            "java.time.LocalDateTime",
            "java.time.ZonedDateTime",
            "java.time.OffsetDateTime",
            "java.time.Year");
    private static final Set<String> CLOCK_NAMES = Set.of("currentTimeMillis", "nanoTime");
    private static final Set<String> HARMLESS_IO =
            Set.of("java.io.Serializable", "java.io.IOException", "java.io.UncheckedIOException", "java.net.URI");

    private final String basePackage;
    private final List<String> fileReaders = new ArrayList<>(List.of("..runtime.config..", "io.nightshift.deploy.."));

    private HouseRules(String basePackage) {
        this.basePackage = basePackage;
    }

    public static HouseRules of(String basePackage) {
        return new HouseRules(basePackage);
    }

    /** Packages (ArchUnit patterns) that may touch files besides configuration, such as the one that reads the halt file. */
    public HouseRules filesReadIn(String... packages) {
        fileReaders.addAll(List.of(packages));
        return this;
    }

    public void check() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(basePackage);
        checkAll(classes);
    }

    /** Every rule is tried, so that one run tells all that is broken. */
    void checkAll(JavaClasses classes) {
        if (classes.isEmpty()) {
            throw new AssertionError("no class found in " + basePackage + ": the rules would hold for nothing");
        }
        List<String> broken = rules().stream()
                .map(rule -> rule.allowEmptyShould(true).evaluate(classes))
                .filter(EvaluationResult::hasViolation)
                .map(result -> result.getFailureReport().toString())
                .toList();
        if (!broken.isEmpty()) {
            throw new AssertionError(String.join(System.lineSeparator(), broken));
        }
    }

    private List<ArchRule> rules() {
        return List.of(
                domainIsPure(),
                domainAsksNoClock(),
                topologyDoesNotBlock(),
                environmentIsReadByConfigOnly(),
                filesAreReadWhereDeclared(),
                namesSayWhatAClassIs());
    }

    static ArchRule domainIsPure() {
        return noClasses()
                .that(resideInAPackage("..domain.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.apache.kafka..", "org.apache.avro..", "dev.langchain4j..")
                        .or(inputOrOutput()))
                .because("domain logic is (State, Event) -> Decision and tested without Kafka, files or network");
    }

    private static DescribedPredicate<JavaClass> inputOrOutput() {
        return resideInAnyPackage("java.io..", "java.net..", "java.nio.file..", "java.nio.channels..", "java.sql..")
                .and(DescribedPredicate.describe("do I/O", type -> !HARMLESS_IO.contains(type.getFullName())))
                .or(type(ProcessBuilder.class));
    }

    static ArchRule domainAsksNoClock() {
        return noClasses()
                .that(resideInAPackage("..domain.."))
                .should()
                .callMethodWhere(DescribedPredicate.describe("asks the clock or chance", HouseRules::asksClockOrChance))
                .orShould()
                .callConstructorWhere(DescribedPredicate.describe(
                        "makes a Date or a Random of its own",
                        call -> call.getTarget().getRawParameterTypes().isEmpty()
                                && Set.of("java.util.Date", "java.util.Random")
                                        .contains(call.getTargetOwner().getFullName())))
                .because("time is a parameter and ids are hashes of causes: replay must decide the same");
    }

    private static boolean asksClockOrChance(JavaCall<?> call) {
        String owner = call.getTargetOwner().getFullName();
        String name = call.getName();
        return (owner.equals("java.lang.System") && CLOCK_NAMES.contains(name))
                || (CLOCKS.contains(owner)
                        && name.equals("now")
                        && call.getTarget().getRawParameterTypes().isEmpty())
                || (owner.equals("java.time.Clock") && name.startsWith("system"))
                || (owner.equals("java.util.UUID") && name.equals("randomUUID"))
                || (owner.equals("java.lang.Math") && name.equals("random"))
                || (owner.equals("java.util.concurrent.ThreadLocalRandom") && name.equals("current"));
    }

    static ArchRule topologyDoesNotBlock() {
        return noClasses()
                .that(resideInAPackage("..topology.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "java.net.http..",
                                "com.sun.net.httpserver..",
                                "io.javalin..",
                                "java.util.concurrent.locks..")
                        .or(blocking()))
                .because("a topology holds no HTTP, no threads and no blocking call; what blocks runs in a worker");
    }

    private static DescribedPredicate<JavaClass> blocking() {
        Set<String> names = Set.of(
                "java.lang.Thread",
                "java.lang.ProcessBuilder",
                "java.net.Socket",
                "java.net.URL",
                "java.util.concurrent.Executor",
                "java.util.concurrent.ExecutorService",
                "java.util.concurrent.Executors",
                "java.util.concurrent.CompletableFuture",
                "java.util.concurrent.Future",
                "java.util.concurrent.CountDownLatch",
                "java.util.concurrent.Semaphore",
                "java.util.concurrent.BlockingQueue");
        return DescribedPredicate.describe("block or run beside", type -> names.contains(type.getFullName()));
    }

    private ArchRule environmentIsReadByConfigOnly() {
        return noClasses()
                .that(not(resideInAnyPackage("..runtime.config..", "io.nightshift.deploy..")))
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "reads environment variables",
                        call -> call.getTargetOwner().isEquivalentTo(System.class)
                                && call.getName().equals("getenv")))
                .because("environment variables are read only in runtime.config and deploy");
    }

    private ArchRule filesAreReadWhereDeclared() {
        Set<String> readers = Set.of(
                Files.class.getName(),
                "java.io.FileInputStream",
                "java.io.FileReader",
                "java.io.RandomAccessFile",
                "java.nio.channels.FileChannel");
        return noClasses()
                .that(not(resideInAnyPackage(fileReaders.toArray(String[]::new))))
                .should()
                .dependOnClassesThat(
                        DescribedPredicate.describe("read files", type -> readers.contains(type.getFullName())))
                .because(
                        "files are read only in runtime.config, deploy and the packages that a module's test declares");
    }

    static ArchRule namesSayWhatAClassIs() {
        return noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameStartingWith("Common")
                .because("a name says what a class is");
    }
}
