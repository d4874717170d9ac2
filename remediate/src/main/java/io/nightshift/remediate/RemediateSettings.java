package io.nightshift.remediate;

import io.nightshift.remediate.domain.EmergencyRule;
import io.nightshift.remediate.domain.GuardSettings;
import io.nightshift.remediate.domain.Questions;
import io.nightshift.remediate.policy.Profile;
import io.nightshift.runtime.config.ConfigNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an installation chooses about acting: the section {@code remediate}.
 *
 * @param profile built-in policy, where no file is named
 * @param policy file of Cedar policies in its place
 * @param shadow whether what would be done at level 4 is recorded where the level is lower
 * @param shadowWithin time after such a record in which a change of the target is compared with it
 * @param trustedKeys file or folder of public keys whose signatures count; empty for those in the stage's folder
 * @param haltFile while this file exists, nothing is done; beside the one in the stage's folder, and relative to that
 * @param guards limits of the guards
 * @param questions how questions to people end
 * @param emergency what one person may approve alone in an emergency
 * @param settle time that an instance may take to be healthy after its step
 * @param evidenceWithin most time for keeping evidence before a repair; at most 10 s
 * @param probeEvery time between two rounds of probes while a recovery is verified
 * @param soak how long probes and telemetry must be well without a break
 * @param verifyWithin time after the last effect within which recovery must be seen
 * @param holdFor time after recovery without the fault's return, after which the repair held
 * @param quietAfterChange time after somebody else's change of a target in which nothing is done to it
 * @param failpoint place at which the process kills itself, for tests; empty for none
 * @param playbooks the operator's folder of playbooks, beside the shipped ones
 */
public record RemediateSettings(
        Profile profile,
        Optional<Path> policy,
        boolean shadow,
        Duration shadowWithin,
        Optional<String> trustedKeys,
        String haltFile,
        GuardSettings guards,
        Questions questions,
        EmergencyRule emergency,
        Duration settle,
        Duration evidenceWithin,
        Duration probeEvery,
        Duration soak,
        Duration verifyWithin,
        Duration holdFor,
        Duration quietAfterChange,
        String failpoint,
        Optional<Path> playbooks) {

    /** In the stage's folder; watched whatever else is configured. */
    public static final String HALT_FILE = "HALT";

    /** In the stage's folder: the public keys that count where no others are configured. */
    public static final String TRUSTED_KEYS = "trusted";

    /** In the stage's folder: the text of the configured policy, for whoever proposes another. */
    public static final String CONFIGURED_POLICY = "configured.cedar";

    private static final Set<String> KEYS = Set.of(
            "profile",
            "policy",
            "shadow",
            "shadowWithin",
            "foundations",
            "trustedKeys",
            "haltFile",
            "freshness",
            "confidenceToAct",
            "confidenceToAsk",
            "caps",
            "wideOutageShare",
            "freezes",
            "approvalsExpire",
            "denialHolds",
            "emergencies",
            "reviewWithin",
            "settle",
            "evidenceWithin",
            "probeEvery",
            "soak",
            "verifyWithin",
            "holdFor",
            "quietAfterChange",
            "failpoint",
            "playbooks");

    private static final Set<String> CAPS = Set.of(
            "instances",
            "perTargetPerDay",
            "perServiceInFlight",
            "perDomainInFlight",
            "perEnvironmentInFlight",
            "perEnvironmentPerHour");

    private static final Duration LONGEST_EVIDENCE = Duration.ofSeconds(10);

    public static RemediateSettings from(ConfigNode node) {
        node.allowOnly(KEYS);
        Duration evidence = node.duration("evidenceWithin", LONGEST_EVIDENCE);
        if (evidence.compareTo(LONGEST_EVIDENCE) > 0) {
            throw node.error("evidenceWithin is at most 10s: a repair must not wait longer for evidence; lower it");
        }
        return new RemediateSettings(
                profile(node),
                node.get("policy").map(ConfigNode::path),
                node.bool("shadow", profile(node).shadow()),
                node.duration("shadowWithin", Duration.ofHours(4)),
                node.get("trustedKeys").map(ConfigNode::text),
                node.text("haltFile", HALT_FILE),
                guards(node),
                new Questions(
                        node.duration("approvalsExpire", Duration.ofMinutes(10)),
                        node.duration("denialHolds", Duration.ofHours(1))),
                new EmergencyRule(
                        node.bool("emergencies", profile(node).emergencies()),
                        node.duration("reviewWithin", Duration.ofDays(1))),
                node.duration("settle", Duration.ofSeconds(60)),
                evidence,
                node.duration("probeEvery", Duration.ofSeconds(2)),
                node.duration("soak", Duration.ofSeconds(60)),
                node.duration("verifyWithin", Duration.ofMinutes(10)),
                node.duration("holdFor", Duration.ofDays(1)),
                node.duration("quietAfterChange", Duration.ofMinutes(5)),
                node.text("failpoint", ""),
                node.get("playbooks").map(ConfigNode::path));
    }

    private static GuardSettings guards(ConfigNode node) {
        GuardSettings defaults = GuardSettings.defaults();
        ConfigNode caps = node.section("caps").allowOnly(CAPS);
        return new GuardSettings(
                node.duration("freshness", defaults.freshness()),
                share(node, "confidenceToAct", defaults.confidenceToAct()),
                share(node, "confidenceToAsk", defaults.confidenceToAsk()),
                caps.integer("instances", defaults.maxInstances()),
                caps.integer("perTargetPerDay", defaults.perTargetPerDay()),
                caps.integer("perServiceInFlight", defaults.perServiceInFlight()),
                caps.integer("perDomainInFlight", defaults.perDomainInFlight()),
                caps.integer("perEnvironmentInFlight", defaults.perEnvironmentInFlight()),
                caps.integer("perEnvironmentPerHour", defaults.perEnvironmentPerHour()),
                share(node, "wideOutageShare", defaults.wideOutageShare()),
                freezes(node),
                Set.copyOf(node.texts("foundations")));
    }

    private static Profile profile(ConfigNode node) {
        String name = node.text("profile", "cautious");
        if (node.get("profile").isPresent() && node.get("policy").isPresent()) {
            throw node.require("profile")
                    .error("a profile is a policy of its own; keep either profile or policy and remove the other");
        }
        return Arrays.stream(Profile.values())
                .filter(profile -> profile.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> node.require("profile")
                        .error("there is no profile '" + name + "'; write cautious, standard or regulated, or name a"
                                + " file of your own under policy"));
    }

    private static double share(ConfigNode node, String key, double fallback) {
        double value = node.number(key, fallback);
        if (!(value >= 0 && value <= 1)) {
            throw node.error(key + " is a share; give a number from 0 to 1");
        }
        return value;
    }

    private static List<GuardSettings.Freeze> freezes(ConfigNode node) {
        return node.get("freezes").map(ConfigNode::items).orElse(List.of()).stream()
                .map(RemediateSettings::freeze)
                .toList();
    }

    private static GuardSettings.Freeze freeze(ConfigNode node) {
        node.allowOnly(Set.of("from", "until", "reason"));
        Instant from = time(node.require("from"));
        Instant until = time(node.require("until"));
        if (!until.isAfter(from)) {
            throw node.error("the freeze ends before it begins; put until after from");
        }
        return new GuardSettings.Freeze(from, until, node.text("reason", "declared freeze"));
    }

    private static Instant time(ConfigNode node) {
        try {
            return Instant.parse(node.text());
        } catch (DateTimeParseException e) {
            throw node.error("'" + node.text() + "' is not a time; write it as 2026-12-24T00:00:00Z");
        }
    }
}
