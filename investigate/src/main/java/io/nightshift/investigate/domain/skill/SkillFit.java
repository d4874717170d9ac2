package io.nightshift.investigate.domain.skill;

import io.nightshift.events.AnomalyKind;
import io.nightshift.events.CauseClass;
import io.nightshift.investigate.domain.IncidentSigns;
import io.nightshift.investigate.domain.measure.SignKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a skill is recognised by. Any of it may be empty.
 *
 * @param causes classes of cause that it is about
 * @param kinds kinds of evidence that go with it
 * @param anomalies kinds of anomalies that go with it
 * @param metrics words of metric names in sequence, such as {@code cache.misses}; a last {@code *} stands for any rest
 * @param logs phrases of log lines
 * @param services only these services, with {@code *} for any run of characters; empty for all
 */
public record SkillFit(
        Set<CauseClass> causes,
        Set<SignKind> kinds,
        Set<AnomalyKind> anomalies,
        List<String> metrics,
        List<String> logs,
        List<String> services) {

    /** Points for the ranker's first cause; the others of its first three count in proportion to their confidence. */
    private static final double CAUSE = 4;

    /** A cause with less than this part of the first one's confidence says nothing. */
    private static final double NEARLY = 0.25;

    private static final double METRIC = 2;
    private static final double KIND = 1;
    private static final int KINDS_COUNTED = 2;
    private static final double ANOMALY = 1;
    private static final double LOG = 1;

    /** Without the log lines, which anybody may have written, there must be this much. */
    private static final double WITHOUT_LOGS = 2;

    private static final double ENOUGH = 3;

    private static final Pattern SEPARATORS = Pattern.compile("[._:/-]+");
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9_.:/-]{1,160}");

    public SkillFit {
        causes = Set.copyOf(causes);
        kinds = Set.copyOf(kinds);
        anomalies = Set.copyOf(anomalies);
        metrics = List.copyOf(metrics);
        logs = List.copyOf(logs);
        services = List.copyOf(services);
    }

    /**
     * How well an incident fits.
     *
     * @param score points; 0 when it does not fit
     * @param reasons why, in words of ours
     */
    public record Match(double score, List<String> reasons) {
        static final Match NONE = new Match(0, List.of());
    }

    /** Whether any incident could ever fit. */
    public boolean isReachable() {
        double withoutLogs = (causes.isEmpty() ? 0 : CAUSE)
                + (metrics.isEmpty() ? 0 : METRIC)
                + KIND * Math.min(KINDS_COUNTED, kinds.size())
                + (anomalies.isEmpty() ? 0 : ANOMALY);
        return withoutLogs >= WITHOUT_LOGS && withoutLogs + (logs.isEmpty() ? 0 : LOG) >= ENOUGH;
    }

    public Match match(IncidentSigns signs) {
        if (!services.isEmpty() && signs.services().stream().noneMatch(this::isAbout)) {
            return Match.NONE;
        }
        List<String> reasons = new ArrayList<>();
        double score = cause(signs, reasons) + metric(signs, reasons) + kinds(signs, reasons);
        if (signs.anomalies().stream().anyMatch(anomalies::contains)) {
            score += ANOMALY;
        }
        if (score < WITHOUT_LOGS) {
            return Match.NONE;
        }
        if (signs.logs().stream().anyMatch(this::speaksOfIt)) {
            score += LOG;
            reasons.add("log lines sound like it");
        }
        return score < ENOUGH ? Match.NONE : new Match(score, List.copyOf(reasons));
    }

    private double cause(IncidentSigns signs, List<String> reasons) {
        double first = signs.causes().values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        double best = signs.causes().entrySet().stream()
                .filter(cause -> causes.contains(cause.getKey()))
                .mapToDouble(cause -> cause.getValue())
                .max()
                .orElse(0);
        if (first == 0 || best < NEARLY * first) {
            return 0;
        }
        reasons.add(best == first ? "the ranker's first cause is of its class" : "a likely cause is of its class");
        return CAUSE * best / first;
    }

    private double metric(IncidentSigns signs, List<String> reasons) {
        if (signs.metrics().stream().noneMatch(this::names)) {
            return 0;
        }
        reasons.add("a metric that it names is unusual");
        return METRIC;
    }

    private double kinds(IncidentSigns signs, List<String> reasons) {
        Set<SignKind> shared = new TreeSet<>(signs.kinds());
        shared.retainAll(kinds);
        shared.stream().limit(KINDS_COUNTED).forEach(kind -> reasons.add("unusual: " + kind.words()));
        return KIND * Math.min(KINDS_COUNTED, shared.size());
    }

    private boolean names(String metric) {
        if (!WELL_FORMED.matcher(metric).matches()) {
            return false;
        }
        String name = "." + parts(metric) + ".";
        return metrics.stream()
                .anyMatch(words -> words.endsWith("*")
                        ? name.contains("." + parts(words.substring(0, words.length() - 1)))
                        : name.contains("." + parts(words) + "."));
    }

    private static String parts(String name) {
        return SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll(".");
    }

    private boolean speaksOfIt(String template) {
        String line = template.toLowerCase(Locale.ROOT);
        return logs.stream().anyMatch(phrase -> line.contains(phrase.toLowerCase(Locale.ROOT)));
    }

    private boolean isAbout(String service) {
        return services.stream().anyMatch(glob -> matches(glob, service));
    }

    /** A star stands for any run of characters; everything else for itself. No regular expression of others is run. */
    static boolean matches(String glob, String text) {
        int at = 0;
        int in = 0;
        int star = -1;
        int from = 0;
        while (in < text.length()) {
            if (at < glob.length() && glob.charAt(at) == '*') {
                star = at++;
                from = in;
            } else if (at < glob.length() && glob.charAt(at) == text.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++from;
            } else {
                return false;
            }
        }
        while (at < glob.length() && glob.charAt(at) == '*') {
            at++;
        }
        return at == glob.length();
    }
}
