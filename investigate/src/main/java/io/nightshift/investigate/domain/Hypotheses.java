package io.nightshift.investigate.domain;

import io.nightshift.events.CauseClass;
import io.nightshift.events.Claim;
import io.nightshift.events.Hypothesis;
import io.nightshift.investigate.domain.CausalRanker.Candidate;
import io.nightshift.investigate.domain.measure.SignKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes candidates down as hypotheses: where, why, what speaks against it, and how it reached the users. */
final class Hypotheses {

    private static final int CLAIMS = 6;
    private static final int RIVALS = 3;
    private static final double RIVAL = 0.15;

    private final Case subject;
    private final ServiceGraph graph;
    private final Map<String, Double> affected;
    private final Instant onset;
    private final List<Suspect> suspects;

    Hypotheses(Case subject, ServiceGraph graph, Map<String, Double> affected, Instant onset, List<Suspect> suspects) {
        this.subject = subject;
        this.graph = graph;
        this.affected = affected;
        this.onset = onset;
        this.suspects = suspects;
    }

    Hypothesis write(Candidate candidate, int rank, double confidence) {
        if (candidate.cause() == CauseClass.NO_CULPRIT) {
            return new Hypothesis(
                    rank,
                    "",
                    null,
                    CauseClass.NO_CULPRIT,
                    confidence,
                    List.of(),
                    List.of(),
                    List.of(),
                    "No service stands out as the cause.");
        }
        List<String> chain = graph.chain(candidate.service(), affected);
        boolean external = candidate.cause() == CauseClass.EXTERNAL;
        String instance = external ? null : onlyInstance(candidate);
        return new Hypothesis(
                rank,
                external ? "" : candidate.service(),
                instance,
                candidate.cause(),
                confidence,
                chain,
                speaksFor(candidate, chain),
                speaksAgainst(candidate, chain),
                sentence(candidate, instance, chain, confidence));
    }

    /** What will be the cause of harm unless something is done, with when. */
    Hypothesis write(Foretold foretold, int rank) {
        Suspect suspect = suspects.stream()
                .filter(one -> one.service().equals(foretold.service()))
                .findFirst()
                .orElseGet(() -> new Suspect(foretold.service(), Map.of(), List.of(), true, 0));
        Candidate candidate = new Candidate(foretold.service(), foretold.cause(), 0, suspect);
        String instance = onlyInstance(candidate);
        return new Hypothesis(
                rank,
                foretold.service(),
                instance,
                foretold.cause(),
                foretold.confidence(),
                List.of(foretold.service()),
                speaksFor(candidate, List.of(foretold.service())),
                List.of(new Claim("Nothing has come of it yet", List.of())),
                what(candidate, instance) + " is coming: " + foretold.words() + " unless something is done"
                        + SignWords.format(" (confidence %.2f).", foretold.confidence()));
    }

    private List<Claim> speaksFor(Candidate candidate, List<String> chain) {
        List<Claim> claims = new ArrayList<>();
        candidate.suspect().signs().stream()
                .filter(sign ->
                        sign.kind() != SignKind.LOGS || candidate.suspect().corroborated())
                .sorted(Comparator.comparing((Sign sign) -> sign.isCause() ? 0 : 1))
                .limit(CLAIMS)
                .forEach(sign -> claims.add(claim(sign.words(), sign.evidence())));
        ChangeReview.release(subject.changes(), candidate.service(), onset)
                .ifPresent(change -> claims.add(claim(
                        ChangeReview.words(change) + ", before the first symptom at " + SignWords.clock(onset),
                        Citations.change(change))));
        ChangeReview.configuration(subject.changes(), candidate.service(), onset)
                .ifPresent(change -> claims.add(
                        claim(ChangeReview.words(change) + ", before the first symptom", Citations.change(change))));
        if (chain.size() > 1) {
            claims.add(new Claim(
                    "It reaches the users along calls: " + arrows(chain),
                    chain.stream()
                            .flatMap(service -> worstEvidence(service).stream())
                            .distinct()
                            .toList()));
        }
        return claims;
    }

    private List<String> worstEvidence(String service) {
        return suspects.stream()
                .filter(suspect -> suspect.service().equals(service))
                .flatMap(suspect -> suspect.signs().stream().limit(1))
                .flatMap(sign -> subject.citations().of(sign.evidence()).stream())
                .toList();
    }

    private List<Claim> speaksAgainst(Candidate candidate, List<String> chain) {
        List<Claim> claims = new ArrayList<>();
        suspects.stream()
                .filter(rival -> !chain.contains(rival.service()))
                .filter(rival -> rival.score() >= RIVAL && !rival.signs().isEmpty())
                .sorted((a, b) -> Double.compare(b.score(), a.score()))
                .limit(RIVALS)
                .forEach(rival -> claims.add(claim(
                        "Not explained by it: " + rival.signs().get(0).words(),
                        rival.signs().get(0).evidence())));
        List<Sign> own = candidate.suspect().signs();
        if (!own.isEmpty() && own.stream().allMatch(sign -> sign.onset().isAfter(onset.plus(ChangeReview.SLACK)))) {
            claims.add(claim(
                    "Its own trouble began only after users felt it", own.get(0).evidence()));
        }
        if (candidate.cause() == CauseClass.BAD_RELEASE && candidate.suspect().part(SignKind.MEMORY) > 0) {
            claims.add(new Claim("Its memory fills, which points to a leak rather than to wrong behaviour", List.of()));
        }
        return claims;
    }

    /** The one instance that all evidence of the service's own names, where it has others; null otherwise. */
    private String onlyInstance(Candidate candidate) {
        List<Sign> onInstances = candidate.suspect().signs().stream()
                .filter(sign -> !sign.onEdge() && sign.instance() != null)
                .toList();
        Set<String> named =
                telling(onInstances).stream().map(Sign::instance).collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = new TreeSet<>(graph.instances(candidate.service()));
        subject.inventory().service(candidate.service()).ifPresent(service -> known.addAll(service.instances()));
        return named.size() == 1 && known.size() > 1 ? named.iterator().next() : null;
    }

    /** Where the cause shows says more than where it is felt, and that more than what else is unusual. */
    private static List<Sign> telling(List<Sign> signs) {
        List<Sign> causes = signs.stream().filter(Sign::isCause).toList();
        List<Sign> symptoms = signs.stream().filter(Sign::isSymptom).toList();
        return !causes.isEmpty() ? causes : !symptoms.isEmpty() ? symptoms : signs;
    }

    private static String sentence(Candidate candidate, String instance, List<String> chain, double confidence) {
        String reach = chain.size() > 1 ? ", reaching users by " + arrows(chain) : "";
        return what(candidate, instance) + reach + SignWords.format(" (confidence %.2f).", confidence);
    }

    private static String what(Candidate candidate, String instance) {
        String where = SignWords.shortName(candidate.service());
        return switch (candidate.cause()) {
            case EXTERNAL -> where + ", which is outside of what is watched here, fails or is slow";
            case TRAFFIC_SURGE -> "More load arrives at " + where + " than usual";
            case UNKNOWN -> "The trouble starts at " + where + ", of a kind that the evidence does not name";
            default ->
                CauseWords.of(candidate.cause()) + " in " + where
                        + (instance == null ? "" : " (" + Quoted.name(instance) + " alone)");
        };
    }

    private static String arrows(List<String> chain) {
        return chain.stream().map(SignWords::shortName).collect(Collectors.joining(" → "));
    }

    private Claim claim(String text, String evidence) {
        return new Claim(text, subject.citations().of(evidence));
    }
}
