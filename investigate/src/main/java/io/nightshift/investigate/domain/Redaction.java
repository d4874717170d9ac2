package io.nightshift.investigate.domain;

import java.util.List;
import java.util.regex.Pattern;

/** Takes secrets out of text: what follows a telling name, and what looks like a key by itself. */
public final class Redaction {

    private static final String GONE = "[redacted]";

    private record Rule(Pattern pattern, String replacement) {}

    private static final List<Rule> RULES = List.of(
            new Rule(Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(-----END [A-Z ]*-----|$)"), GONE),
            new Rule(Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{8,}"), "$1 " + GONE),
            new Rule(
                    Pattern.compile("(?i)([\"']?[\\w.-]*(?:passw(?:or)?d|passwd|pwd|secret|token|api[_-]?key|"
                            + "access[_-]?key|credential|authorization|cookie)[\\w.-]*[\"']?\\s*[=:]\\s*)"
                            + "(\"[^\"]*\"|'[^']*'|[^\\s,;&}]+)"),
                    "$1" + GONE),
            new Rule(Pattern.compile("://[^\\s/:@]+:[^\\s/@]+@"), "://" + GONE + "@"),
            new Rule(Pattern.compile("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*"), GONE),
            new Rule(Pattern.compile("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"), GONE),
            new Rule(Pattern.compile("\\b(?:gh[pousr]_|xox[baprs]-|sk-)[A-Za-z0-9_-]{16,}"), GONE));

    private Redaction() {}

    public static String of(String text) {
        String clean = text;
        for (Rule rule : RULES) {
            clean = rule.pattern().matcher(clean).replaceAll(rule.replacement());
        }
        return clean;
    }
}
