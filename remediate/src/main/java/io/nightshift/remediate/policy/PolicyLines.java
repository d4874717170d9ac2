package io.nightshift.remediate.policy;

import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.PolicySet;

/** Finds lines in policy text; Cedar's Java interface does not tell them. */
final class PolicyLines {

    private PolicyLines() {}

    /** Line, from 1, on which this part of the text begins; 1 when it is not found. */
    static int lineOf(String text, String part) {
        int at = part.isEmpty() ? -1 : text.indexOf(part);
        return at < 0
                ? 1
                : 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    }

    /**
     * Line, from 1, of the first rule that does not parse: rules end with a semicolon at the end of a line, and the
     * text up to each one is parsed in turn.
     */
    static int lineOfFault(String text) {
        String[] lines = text.split("\n", -1);
        StringBuilder rule = new StringBuilder();
        int start = 0;
        for (int i = 0; i < lines.length; i++) {
            if (rule.toString().isBlank()) {
                rule.setLength(0);
                start = i;
            }
            String line = lines[i].strip();
            rule.append(line.startsWith("//") ? "" : lines[i]).append('\n');
            boolean ends = line.endsWith(";") || i == lines.length - 1;
            if (ends && !rule.toString().isBlank()) {
                if (!parses(rule.toString())) {
                    return start + 1;
                }
                rule.setLength(0);
            }
        }
        return 1;
    }

    private static boolean parses(String rule) {
        try {
            PolicySet.parsePolicies(rule);
            return true;
        } catch (InternalException e) {
            return false;
        }
    }
}
