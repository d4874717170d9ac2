package io.nightshift.bench.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A plain Drain, to compare with (He et al., Drain: an online log parsing approach with fixed depth tree, ICWS 2017): masks by
 * regular expressions, then a tree by token count and first tokens, then the most similar template in the leaf. It follows
 * the published implementation where the paper leaves room.
 */
final class Drain {

    private static final int MOST_CHILDREN = 100;
    private static final String VARIABLE = "<*>";

    /**
     * @param depth of the tree, its root and its leaves included
     * @param similarity share of equal tokens from which on a line is of a template, 0 to 1
     */
    record Settings(int depth, double similarity, List<Pattern> masks) {

        static Settings of(int depth, double similarity, String... masks) {
            return new Settings(
                    depth,
                    similarity,
                    Arrays.stream(masks).map(Pattern::compile).toList());
        }

        /** One configuration for all systems: addresses, paths, hex and numbers masked. */
        static Settings generic() {
            return of(
                    4,
                    0.4,
                    "(\\d+\\.){3}\\d+(:\\d+)?",
                    "(/[\\w.-]+)+",
                    "\\b0[Xx][a-fA-F\\d]+\\b",
                    "\\b[a-fA-F\\d]*\\d[a-fA-F\\d]*\\b");
        }
    }

    /** Lines of one template. */
    static final class Group {
        private String[] template;

        private Group(String[] template) {
            this.template = template;
        }

        String text() {
            return String.join(" ", template);
        }
    }

    private static final class Node {
        final Map<Object, Node> children = new HashMap<>();
        final List<Group> groups = new ArrayList<>();
    }

    private final Settings settings;
    private final Node root = new Node();

    Drain(Settings settings) {
        this.settings = settings;
    }

    /** The group of a line. */
    Group group(String line) {
        String masked = line;
        for (Pattern mask : settings.masks()) {
            masked = mask.matcher(masked).replaceAll(VARIABLE);
        }
        String[] tokens = masked.strip().split("\\s+");
        Group group = find(tokens);
        if (group == null) {
            group = new Group(tokens);
            leaf(tokens).groups.add(group);
        } else {
            String[] template = group.template.clone();
            for (int i = 0; i < template.length; i++) {
                template[i] = template[i].equals(tokens[i]) ? template[i] : VARIABLE;
            }
            group.template = template;
        }
        return group;
    }

    private Group find(String[] tokens) {
        Node node = root.children.get(tokens.length);
        for (int i = 0; node != null && i < levels(tokens); i++) {
            Node child = node.children.get(tokens[i]);
            node = child == null ? node.children.get(VARIABLE) : child;
        }
        return node == null ? null : mostSimilar(node.groups, tokens);
    }

    private int levels(String[] tokens) {
        return Math.min(settings.depth() - 3, tokens.length);
    }

    private Group mostSimilar(List<Group> groups, String[] tokens) {
        Group best = null;
        int mostEqual = -1;
        int mostVariables = -1;
        for (Group group : groups) {
            int equal = 0;
            int variables = 0;
            for (int i = 0; i < tokens.length; i++) {
                if (group.template[i].equals(VARIABLE)) {
                    variables++;
                } else if (group.template[i].equals(tokens[i])) {
                    equal++;
                }
            }
            if (equal > mostEqual || equal == mostEqual && variables > mostVariables) {
                mostEqual = equal;
                mostVariables = variables;
                best = group;
            }
        }
        return mostEqual / (double) tokens.length >= settings.similarity() ? best : null;
    }

    private Node leaf(String[] tokens) {
        Node node = root.children.computeIfAbsent(tokens.length, k -> new Node());
        for (int i = 0; i < levels(tokens); i++) {
            String token = tokens[i];
            Node child = node.children.get(token);
            node = child == null ? node.children.computeIfAbsent(branch(node, token), k -> new Node()) : child;
        }
        return node;
    }

    /** Tokens with digits, and those for which there is no room, share a branch. */
    private static String branch(Node node, String token) {
        boolean hasVariable = node.children.containsKey(VARIABLE);
        int room = MOST_CHILDREN - (hasVariable ? 0 : 1);
        boolean hasDigit = token.chars().anyMatch(Character::isDigit);
        return hasDigit || node.children.size() >= room ? VARIABLE : token;
    }
}
