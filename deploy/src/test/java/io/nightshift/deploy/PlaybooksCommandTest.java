package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaybooksCommandTest {

    private static final Path EXAMPLES = Path.of("..", "docs", "examples", "playbooks");
    private static final Path GOLDEN = Path.of("src/test/resources/playbooks");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SERVICES = """
            environment: production
            services:
              - name: search
                namespace: shop
                level: 4
                instances: [search-1, search-2, search-3]
                minHealthy: 2
                target: hosts
                playbooks: {DEPENDENCY_FAILURE: slow-dependency, BAD_RELEASE: bad-release}
                probes:
                  - {name: health, argv: [/opt/look, "{instance}"], supports: [DEPENDENCY_FAILURE], supportsAbove: 1}
            targets:
              hosts:
                fenced: true
                state: {argv: [/opt/state, "{instance}"]}
                actions:
                  DRAIN: {argv: [/opt/do, drain, "{instance}"], timeout: 20s}
                  UNDRAIN: {argv: [/opt/do, undrain, "{instance}"], timeout: 20s}
                  RESTART: {argv: [/opt/do, restart, "{instance}"], timeout: 30s}
                  ROLL_BACK_RELEASE: {argv: [/opt/do, release, "{service}", "{version}"], timeout: 60s}
            """;

    @TempDir
    private Path folder;

    private Path inventory;

    @BeforeEach
    void writeInventory() throws IOException {
        inventory = Files.writeString(folder.resolve("inventory.yaml"), SERVICES);
    }

    private Told dryRun(String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "playbooks",
                "dry-run",
                name,
                "--service",
                "production/shop/search",
                "--inventory",
                inventory.toString()));
        arguments.addAll(List.of(more));
        return Told.by(arguments.toArray(String[]::new));
    }

    @Test
    void theShippedPlaybooksAreListedAndInOrder() throws IOException {
        JsonNode listed = JSON.readTree(Told.by("playbooks", "list", "--json").out());
        assertThat(listed).hasSize(6);
        assertThat(listed.get(0).get("name").asText()).isEqualTo("bad-release");
        assertThat(listed.get(0).get("against").get(0).asText()).isEqualTo("BAD_RELEASE");
        assertThat(Told.by("playbooks", "list").out())
                .contains("memory-leak  version 1  against [MEMORY_LEAK]  level 4  shipped  sha256 ");
        Told checked = Told.by("playbooks", "check", "--inventory", inventory.toString());
        assertThat(checked.out()).isEqualTo("6 playbooks checked, 0 to mend\n");
        assertThat(checked.status()).isZero();
    }

    @Test
    void theManualsExamplesAreInOrderAndAskPeople() throws IOException {
        Told checked = Told.by("playbooks", "check", EXAMPLES.toString(), "--json");
        assertThat(checked.status()).isZero();
        assertThat(JSON.readTree(checked.out()).get("playbooks").asInt()).isGreaterThanOrEqualTo(6);
        Path config = Files.writeString(
                folder.resolve("night.yaml"), "remediate: {playbooks: " + EXAMPLES.toAbsolutePath() + "}\n");
        JsonNode listed = JSON.readTree(Told.by("playbooks", "list", "--config", config.toString(), "--json")
                .out());
        assertThat(listed)
                .filteredOn(one -> !one.get("origin").asText().equals("shipped"))
                .hasSizeGreaterThanOrEqualTo(6)
                .allSatisfy(one -> assertThat(one.get("level").asInt()).isEqualTo(3));
    }

    /** As a reader of the manual would try it. */
    @Test
    void thePlaybookInTheManualIsReadAsItIsWritten() throws IOException {
        String manual = Files.readString(Path.of("..", "docs", "playbooks.md"));
        int begin = manual.indexOf("name: slow-dependency");
        Path file = Files.writeString(
                folder.resolve("slow-dependency.yaml"), manual.substring(begin, manual.indexOf("```", begin)));
        assertThat(Told.by("playbooks", "check", file.toString()).out()).isEqualTo("1 playbooks checked, 0 to mend\n");
    }

    @Test
    void aMistakeIsToldWithFileAndLine() throws IOException {
        Path own = Files.createDirectories(folder.resolve("own"));
        String good = Files.readString(EXAMPLES.resolve("queue-backlog.yaml"));
        Files.writeString(own.resolve("queue-backlog.yaml"), good.replace("action: SCALE", "action: SCALES"));
        Files.writeString(own.resolve("traffic-surge.yaml"), "name: traffic-surge\n");
        Told checked = Told.by("playbooks", "check", own.toString());
        assertThat(checked.status()).isEqualTo(1);
        assertThat(checked.out())
                .contains("own/queue-backlog.yaml:12: ", "did you mean 'SCALE'?")
                .contains("own/traffic-surge.yaml:")
                .endsWith("2 playbooks checked, 2 to mend\n");
        Path config = Files.writeString(folder.resolve("night.yaml"), "remediate: {playbooks: own}\n");
        Told.by("playbooks", "list", "--config", config.toString()).refusesInOneLine("queue-backlog.yaml:12: ");
    }

    @Test
    void whatDoesNotFitAServiceIsToldBeforeItIsNeeded() throws IOException {
        Files.writeString(inventory, SERVICES.replace("UNDRAIN:", "CLEAR_CACHE:"));
        Told checked = Told.by("playbooks", "check", "--inventory", inventory.toString());
        assertThat(checked.status()).isEqualTo(1);
        assertThat(checked.out())
                .contains("production/shop/search declares the playbook slow-dependency against DEPENDENCY_FAILURE: ")
                .contains("shipped/slow-dependency.yaml:18: step undrain: the inventory declares no UNDRAIN");
        Files.writeString(inventory, SERVICES.replace("BAD_RELEASE: bad-release", "BAD_RELEASE: bad-releases"));
        assertThat(Told.by("playbooks", "check", "--inventory", inventory.toString())
                        .out())
                .contains("there is none of that name");
    }

    @Test
    void aDryRunShowsStepsPausesVerificationAndTheUndoInReverse() throws IOException {
        Told told = dryRun("slow-dependency");
        assertThat(told.status()).isZero();
        Path golden = GOLDEN.resolve("slow-dependency.dry-run.txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, told.out());
        }
        assertThat(told.out()).isEqualTo(Files.readString(golden));
    }

    @Test
    void aDryRunInJsonHasThePlan() throws IOException {
        JsonNode run =
                JSON.readTree(dryRun("bad-release", "--arg", "version=1.4.1", "--arg", "fromVersion=1.4.2", "--json")
                        .out());
        assertThat(run.get("refused")).isEmpty();
        assertThat(run.get("reversibility").asText()).isEqualTo("UNDOABLE");
        assertThat(run.get("planHash").asText()).hasSize(64);
        JsonNode step = run.get("steps").get(0);
        assertThat(step.get("subject").asText()).isEqualTo("production/shop/search");
        assertThat(step.get("undoArguments").get("version").asText()).isEqualTo("1.4.2");
        assertThat(run.get("asks").get(0).asText()).contains("no probe of the service can speak for BAD_RELEASE");
    }

    @Test
    void whatWouldBeRefusedIsToldWithItsReason() {
        Told missing = dryRun("bad-release");
        assertThat(missing.status()).isEqualTo(1);
        assertThat(missing.out()).contains("refused (arguments): the playbook bad-release needs the argument version");
        Told undeclared = dryRun("memory-leak");
        assertThat(undeclared.status()).isEqualTo(1);
        assertThat(undeclared.out())
                .contains("refused (declared-playbook): the inventory does not declare the playbook 'memory-leak'")
                .as("the steps are shown all the same")
                .contains("restart: RESTART on search-1");
        assertThat(dryRun("slow-dependency", "--instance", "search-9").out())
                .contains("refused (inventory-target): 'search-9' is not a declared instance");
    }

    @Test
    void whatIsNotThereIsAMistakeOfUse() {
        dryRun("slow-dependencies").isUsage("there is no playbook 'slow-dependencies'", "did you mean");
        Told.by("playbooks", "dry-run", "memory-leak", "--service", "a/b/c")
                .isUsage("there is no service 'a/b/c'", "--inventory");
    }
}
