package io.nightshift.learn.domain.review;

import io.nightshift.events.ActionStatus;
import io.nightshift.events.Experience;
import io.nightshift.events.Incident;
import io.nightshift.events.OutcomeKind;
import io.nightshift.learn.domain.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a review proposes to change, by what each bad outcome is put down to: a policy that asks first, a skill that says what to
 * check, a longer look before recovery is declared, an objective where none was. Names from telemetry go into a diff only when
 * they look like names.
 */
public final class Proposals {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*){2}");
    private static final Duration LONGEST_SOAK = Duration.ofHours(1);

    private Proposals() {}

    /** None twice; in the order of the experiences. */
    public static List<ProposedChange> of(ReviewFile file) {
        List<ProposedChange> changes = new ArrayList<>();
        for (Experience experience : file.experiences()) {
            switch (experience.getAttribution()) {
                case POLICY -> add(changes, policy(experience));
                case WRONG_DIAGNOSIS -> add(changes, skill(experience));
                case VERIFICATION -> soak(file, experience).ifPresent(change -> add(changes, change));
                default -> {
                    continue; // Nothing of ours to change.
                }
            }
        }
        objective(file.latest()).ifPresent(change -> add(changes, change));
        return changes;
    }

    private static void add(List<ProposedChange> changes, ProposedChange change) {
        if (!changes.contains(change)) {
            changes.add(change);
        }
    }

    private static ProposedChange policy(Experience experience) {
        String id = "ask-before-" + slug(experience.getAction()) + "-against-" + slug(experience.getCauseClass());
        return ProposedChange.before(
                "Policy: a person is asked before a " + Words.of(experience.getAction()) + " against "
                        + Words.of(experience.getCauseClass()) + ".",
                "policy.cedar",
                """
                @id("%s")
                forbid (principal, action == Action::"act", resource)
                when { context.kind == "%s" && context.cause == "%s" };
                """.formatted(id, experience.getAction(), experience.getCauseClass()));
    }

    private static ProposedChange skill(Experience experience) {
        String cause = slug(experience.getCauseClass());
        String name = "not-every-" + cause;
        boolean needless = experience.getOutcome() == OutcomeKind.HUMAN_DID_OTHERWISE;
        return ProposedChange.newFile(
                "Skill, a draft for a person to finish: what tells a " + Words.of(experience.getCauseClass())
                        + " from what looks like one.",
                "skills/" + name + "/SKILL.md",
                """
                ---
                name: %s
                description: "What tells a %s from what looks like one. TODO(person): say in one or two sentences when it applies."
                metadata:
                  nightshift-draft: "true"
                  nightshift-causes: %s
                ---
                # Not every %s

                ## When it applies

                TODO(person): what was seen this time.

                ## What to check

                TODO(person): what would have confirmed the cause, and what would have refuted it.

                ## What may help

                TODO(person): what did help in the end.

                ## What must not be done

                A %s did not help: %s
                """.formatted(
                                name,
                                Words.of(experience.getCauseClass()),
                                experience.getCauseClass(),
                                Words.of(experience.getCauseClass()),
                                Words.of(experience.getAction()),
                                needless ? "nothing was wrong." : "the cause was another one."));
    }

    /** What came back soon would have been seen by a longer look. */
    private static Optional<ProposedChange> soak(ReviewFile file, Experience experience) {
        Optional<Instant> recovered = file.actions().stream()
                .filter(event -> event.getActionId().equals(experience.getActionId())
                        && event.getStatus() == ActionStatus.RECOVERED)
                .map(event -> event.getAt())
                .findFirst();
        Duration lasted =
                recovered.map(at -> Duration.between(at, experience.getAt())).orElse(LONGEST_SOAK.plusSeconds(1));
        if (lasted.compareTo(LONGEST_SOAK) > 0) {
            return Optional.empty();
        }
        long minutes = lasted.toMinutes() + 1;
        return Optional.of(ProposedChange.newFile(
                "Configuration: recovery is declared only after " + minutes
                        + " min without trouble; it came back sooner than that. Merge it with your section remediate.",
                "nightshift-remediate.yaml",
                "remediate:\n  soak: " + minutes + "m\n"));
    }

    private static Optional<ProposedChange> objective(Incident incident) {
        if (!incident.getPages() || EarlierSigns.hasObjective(incident)) {
            return Optional.empty();
        }
        return EarlierSigns.feltAt(incident)
                .filter(service -> NAME.matcher(service).matches())
                .map(Proposals::objective);
    }

    private static ProposedChange objective(String service) {
        String name = service.substring(service.lastIndexOf('/') + 1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                + "-availability";
        return ProposedChange.newFile(
                "Objective: what users are promised of the service at which they felt it first.",
                "objectives/" + name + ".yaml",
                """
                apiVersion: openslo/v1
                kind: SLO
                metadata: {name: %s}
                spec:
                  service: %s
                  indicator:
                    spec:
                      ratioMetric:
                        good: {metricSource: {type: nightshift, spec: {spans: {status: ok}}}}
                        total: {metricSource: {type: nightshift, spec: {spans: {status: any}}}}
                  timeWindow: [{duration: 30d, isRolling: true}]
                  budgetingMethod: Occurrences
                  objectives: [{target: 0.999}]
                """.formatted(name, service));
    }

    private static String slug(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
