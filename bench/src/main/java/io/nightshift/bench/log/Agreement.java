package io.nightshift.bench.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How well found groups of lines agree with the true ones.
 *
 * <ul>
 *   <li><i>GA</i>, grouping accuracy: the share of lines whose found group holds exactly the lines of a true one (Zhu et al.,
 *       Tools and benchmarks for automated log parsing, ICSE-SEIP 2019).
 *   <li><i>FGA</i>: F1 of groups found exactly, each counting once (Jiang et al., A large-scale evaluation for log parsing
 *       techniques, ISSTA 2024).
 *   <li><i>PA</i>: the share of lines whose template's text is the true one. <i>FTA</i>: F1 of groups found exactly with the
 *       right text.
 * </ul>
 *
 * <p>Texts are compared after {@link #normal}, so that PA and FTA are not comparable with published ones, which compare every
 * character.
 */
final class Agreement {

    /** What is glued to a variable is part of it: whether {@code blk_<*>} or {@code <*>} is a matter of taste. */
    private static final Pattern GLUED =
            Pattern.compile("[^\\s\"'()\\[\\]{}=,;<>]*(?:<\\*>[^\\s\"'()\\[\\]{}=,;<>]*)+");

    private static final Pattern LISTED = Pattern.compile("<\\*>(?:[ ,]*<\\*>)+");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private final double ga;
    private final double fga;

    private Agreement(double ga, double fga) {
        this.ga = ga;
        this.fga = fga;
    }

    double ga() {
        return ga;
    }

    double fga() {
        return fga;
    }

    /** Compares groups: lines of one group are equal in their list. */
    static Agreement of(List<?> found, List<String> truth) {
        Map<String, Integer> sizes = new HashMap<>();
        truth.forEach(t -> sizes.merge(t, 1, Integer::sum));
        int lines = 0;
        int groups = 0;
        Map<Object, List<Integer>> byGroup = members(found);
        for (List<Integer> members : byGroup.values()) {
            if (isExact(members, truth, sizes)) {
                lines += members.size();
                groups++;
            }
        }
        return new Agreement(lines / (double) truth.size(), f1(groups, byGroup.size(), sizes.size()));
    }

    /** PA: both lists hold the text of each line's template. */
    static double pa(List<String> found, List<String> truth) {
        int right = 0;
        Map<String, String> normal = new HashMap<>();
        for (int i = 0; i < truth.size(); i++) {
            String text = normal.computeIfAbsent(found.get(i), Agreement::normal);
            right += text.equals(normal.computeIfAbsent(truth.get(i), Agreement::normal)) ? 1 : 0;
        }
        return right / (double) truth.size();
    }

    /** FTA, given the groups and the texts of their templates. */
    static double fta(List<?> found, List<String> texts, List<String> truth) {
        Map<String, Integer> sizes = new HashMap<>();
        truth.forEach(t -> sizes.merge(t, 1, Integer::sum));
        int right = 0;
        Map<Object, List<Integer>> byGroup = members(found);
        for (List<Integer> members : byGroup.values()) {
            int first = members.get(0);
            boolean sameText = normal(texts.get(first)).equals(normal(truth.get(first)));
            right += sameText && isExact(members, truth, sizes) ? 1 : 0;
        }
        return f1(right, byGroup.size(), sizes.size());
    }

    /** A template's text without what two people would write differently: spaces, lists of variables, what is glued to one. */
    static String normal(String template) {
        String glued = GLUED.matcher(template).replaceAll("<*>");
        return SPACES.matcher(LISTED.matcher(glued).replaceAll("<*>")).replaceAll("");
    }

    private static Map<Object, List<Integer>> members(List<?> found) {
        Map<Object, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < found.size(); i++) {
            members.computeIfAbsent(found.get(i), k -> new ArrayList<>()).add(i);
        }
        return members;
    }

    private static boolean isExact(List<Integer> members, List<String> truth, Map<String, Integer> sizes) {
        Set<String> templates = new HashSet<>();
        members.forEach(i -> templates.add(truth.get(i)));
        return templates.size() == 1 && sizes.get(templates.iterator().next()) == members.size();
    }

    private static double f1(int right, int found, int labelled) {
        double precision = right / (double) found;
        double recall = right / (double) labelled;
        return right == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }
}
