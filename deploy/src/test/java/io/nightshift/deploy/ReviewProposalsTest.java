package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Decision;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.ProbeResult;
import io.nightshift.events.Verdict;
import io.nightshift.learn.domain.review.Proposals;
import io.nightshift.learn.domain.review.ProposedChange;
import io.nightshift.learn.domain.review.ReviewFile;
import io.nightshift.remediate.RemediateSettings;
import io.nightshift.remediate.policy.PolicyText;
import io.nightshift.runtime.config.ConfigFile;
import io.nightshift.schemas.signing.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a review proposes is what the parts that would read it accept. */
class ReviewProposalsTest {

    private static final Instant NIGHT = Instant.parse("2026-01-10T03:12:00Z");
    private static final String SERVICE = "demo/shop/inventory";

    @TempDir
    Path folder;

    @Test
    void aProposedObjectiveIsReadAsOne() throws IOException {
        Path file = write(only(ActionStatus.HELD, true), "+++ b/objectives/inventory-availability.yaml");

        assertThat(Told.by("slo", "check", file.toString()).status()).isZero();
    }

    @Test
    void aProposedPolicyIsValidAndNamesARuleOfItsOwn() {
        ProposedChange change = only(ActionStatus.NOT_RECOVERED, false);

        assertThat(change.diff()).contains("+++ b/policy.cedar");
        assertThat(new PolicyText("proposed.cedar", change.added()).load().version())
                .isNotEmpty();
    }

    @Test
    void aProposedLongerLookIsAConfiguration() throws IOException {
        Path file = write(only(ActionStatus.RECURRED, false), "+++ b/nightshift-remediate.yaml");

        assertThat(RemediateSettings.from(ConfigFile.read(file).section("remediate"))
                        .soak())
                .isEqualTo(Duration.ofMinutes(6));
    }

    @Test
    void aProposedSkillWantsNothingButAPerson() throws IOException {
        Path file = folder.resolve("skills/not-every-memory-leak/SKILL.md");
        Files.createDirectories(file.getParent());
        Files.writeString(file, only(ActionStatus.ROLLED_BACK, false).added());

        JsonNode checked = new ObjectMapper()
                .readTree(Told.by("skills", "check", folder.resolve("skills").toString(), "--json")
                        .out());

        assertThat(checked.at("/skills").asInt()).isEqualTo(1);
        assertThat(checked.at("/findings"))
                .allSatisfy(finding -> assertThat(finding.at("/says").asText())
                        .containsAnyOf("a draft is never chosen", "left for a person", "no cases"));
    }

    private Path write(ProposedChange change, String header) throws IOException {
        assertThat(change.diff()).contains(header);
        return Files.writeString(folder.resolve("proposed.yaml"), change.added());
    }

    /** The one change that is proposed when an action ended so. */
    private static ProposedChange only(ActionStatus end, boolean pages) {
        ReviewFile file = new ReviewFile("inc-1", TrustedKeys.none(), service -> service);
        file.accept(incident(pages));
        file.accept(event(ActionStatus.STARTED, 1, true));
        if (end == ActionStatus.RECURRED) {
            file.accept(event(ActionStatus.RECOVERED, 4, true));
        }
        boolean harmful = end == ActionStatus.NOT_RECOVERED;
        if (harmful) {
            file.accept(event(ActionStatus.SUCCEEDED, 5, true));
        }
        file.accept(event(end, 9, !harmful));
        List<ProposedChange> changes = Proposals.of(file);
        assertThat(changes).hasSize(1);
        return changes.get(0);
    }

    private static Incident incident(boolean pages) {
        return Incident.newBuilder()
                .setId("inc-1")
                .setVersion(1)
                .setPhase(IncidentPhase.OPEN)
                .setEnvironment("demo")
                .setFingerprint("fp")
                .setOpenedAt(NIGHT)
                .setOnset(NIGHT)
                .setUpdatedAt(NIGHT)
                .setSeverity(2)
                .setPages(pages)
                .setServices(List.of(SERVICE))
                .setMemberCount(1)
                .setSentence("inventory leaks")
                .build();
    }

    private static ActionEvent event(ActionStatus status, long minutes, boolean passed) {
        Instant at = NIGHT.plusSeconds(60 * minutes);
        return ActionEvent.newBuilder()
                .setId("evt-" + status)
                .setActionId("act-1")
                .setStatus(status)
                .setAt(at)
                .setIncidentId("inc-1")
                .setEnvironment("demo")
                .setService(SERVICE)
                .setAction(ActionKind.ROLLING_RESTART)
                .setTarget(SERVICE)
                .setFingerprint("fp")
                .setCauseClass(CauseClass.MEMORY_LEAK)
                .setVerdict(new Verdict(Decision.ALLOW, List.of("policy:x"), List.of(), "v1", 4, List.of(), 0, at))
                .setProbes(List.of(ProbeResult.newBuilder()
                        .setProbe("heap")
                        .setSubject("inventory-1")
                        .setAt(at)
                        .setPassed(passed)
                        .build()))
                .setSentence("an event")
                .build();
    }
}
