package io.nightshift.learn.domain.review;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyBrief;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.EntityRef;
import io.nightshift.events.Incident;
import io.nightshift.learn.domain.Words;
import io.nightshift.runtime.text.Markdown;
import io.nightshift.schemas.ServiceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What would have caught an incident earlier: its first signs beside the moment at which users began to suffer. */
final class EarlierSigns {

    private static final Set<AnomalyKind> FELT =
            EnumSet.of(AnomalyKind.ERRORS, AnomalyKind.LATENCY, AnomalyKind.DROPOUT, AnomalyKind.BURN_RATE);

    private record Sign(String service, AnomalyKind kind, String name, Instant onset) {}

    private EarlierSigns() {}

    /** Escaped sentences. */
    static List<String> of(List<Incident> versions) {
        Incident latest = versions.get(versions.size() - 1);
        List<Sign> signs = signs(latest);
        List<String> told = new ArrayList<>();
        Instant opened = versions.get(0).getOpenedAt();
        told.add("It began at " + latest.getOnset() + " and was opened " + lasting(latest.getOnset(), opened)
                + " later.");
        versions.stream()
                .filter(Incident::getPages)
                .findFirst()
                .ifPresentOrElse(
                        paging -> told.add("It would have paged from " + paging.getUpdatedAt() + " on."),
                        () -> told.add("It would not have paged."));
        Optional<Sign> felt = first(signs, true);
        Optional<Sign> sign = first(signs, false);
        if (sign.isPresent()
                && felt.isPresent()
                && sign.get().onset().isBefore(felt.get().onset())) {
            told.add("The first sign was " + words(sign.get()) + ", "
                    + lasting(sign.get().onset(), felt.get().onset()) + " before " + words(felt.get())
                    + ": an alarm on it would have come by then.");
        } else if (felt.isPresent()) {
            told.add("Nothing unusual was seen before " + words(felt.get())
                    + ": telemetry that shows its cause is missing, or is not sent.");
        }
        boolean foretold = signs.stream().anyMatch(one -> one.kind() == AnomalyKind.EXHAUSTION);
        if (foretold) {
            told.add("A forecast had said that something would run out.");
        }
        if (!hasObjective(latest)) {
            told.add("No objective of its services burned: nobody had said what users were promised there.");
        }
        return told;
    }

    static boolean hasObjective(Incident incident) {
        return signs(incident).stream().anyMatch(sign -> sign.kind() == AnomalyKind.BURN_RATE);
    }

    /** The service at which users felt it first. */
    static Optional<String> feltAt(Incident incident) {
        return first(signs(incident), true).map(Sign::service).or(() -> incident.getServices().stream()
                .findFirst());
    }

    private static Optional<Sign> first(List<Sign> signs, boolean felt) {
        return signs.stream()
                .filter(sign -> FELT.contains(sign.kind()) == felt)
                .min(Comparator.comparing(Sign::onset).thenComparing(Sign::service));
    }

    private static List<Sign> signs(Incident incident) {
        return Stream.concat(
                        incident.getAnomalies().stream().map(EarlierSigns::sign),
                        incident.getMembers().stream().map(EarlierSigns::sign))
                .toList();
    }

    private static Sign sign(Anomaly anomaly) {
        return sign(anomaly.getSubject(), anomaly.getKind(), anomaly.getName(), anomaly.getOnset());
    }

    private static Sign sign(AnomalyBrief member) {
        return sign(member.getSubject(), member.getKind(), member.getName(), member.getOnset());
    }

    private static Sign sign(EntityRef subject, AnomalyKind kind, String name, Instant onset) {
        return new Sign(ServiceKey.of(subject).toString(), kind, name, onset);
    }

    private static String words(Sign sign) {
        return Words.of(sign.kind()) + " of " + Markdown.escape(sign.service()) + " (" + Markdown.code(sign.name())
                + ")";
    }

    static String lasting(Instant from, Instant until) {
        long seconds = Math.max(0, Duration.between(from, until).toSeconds());
        return seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}
