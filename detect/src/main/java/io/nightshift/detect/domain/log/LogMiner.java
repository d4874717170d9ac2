package io.nightshift.detect.domain.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the template of each line as it comes, with one configuration for all logs.
 *
 * <p>A line whose signature is known costs its scan and one look-up. For a new signature, each word is taken away in turn: a
 * place that has taken {@value #VALUES} words where all else is equal holds a variable, and the templates that differ only
 * there are one. Lines with two such places never repeat in one of them, so pairs of places are counted too. A number at a
 * place makes the words there variables, in whichever order they come.
 *
 * <p>Bounded: {@value #MOST_TEMPLATES} templates, of which those not used for longest go first.
 */
public final class LogMiner {

    private static final int VALUES = 5;
    /** The first word tells what a line is about, and words in capitals are mostly names of states. */
    private static final int VALUES_OF_A_NAME = 12;
    /** Behind words such as "user" or "from" a variable is to be expected. */
    private static final int VALUES_OF_A_SLOT = 3;

    private static final int PAIRS_OF_VALUES = 12;
    private static final double DIFFERENT_SHARE = 0.7;
    /** A pair of places is looked for among so many words of a line: the cost is quadratic. */
    private static final int WORDS_IN_PAIRS = 10;

    private static final int CONSTANTS = 2;
    /** A single word seen more often than this does not become a variable because a number came in its place. */
    private static final int LINES_OF_A_CONSTANT = 5;

    static final int MOST_TEMPLATES = 2_000;
    private static final int MOST_SIGNATURES = 40_000;

    private final LogScanner scanner = new LogScanner();
    private final LongMap<LogTemplate> bySignature = new LongMap<>();
    private final Masks masks = new Masks();
    private final Evidence evidence = new Evidence();
    private final Set<LogTemplate> live = new LinkedHashSet<>();
    private long uses;

    /** The template of a line; a new one when none fits. What it is merged into later is its {@code current()}. */
    public LogTemplate template(String line) {
        Tokens tokens = scanner.scan(line);
        long signature = tokens.signature();
        LogTemplate template = bySignature.get(signature);
        if (template == null) {
            template = byMask(tokens, signature);
        }
        if (template == null) {
            template = unknown(line);
        }
        template = template.current();
        template.see(tokens);
        template.lastUsed = ++uses;
        return template;
    }

    /** All templates that are not part of another. */
    public Collection<LogTemplate> templates() {
        return Collections.unmodifiableCollection(live);
    }

    private LogTemplate byMask(Tokens tokens, long signature) {
        List<int[]> known = masks.of(tokens.skeleton());
        for (int m = 0; m < known.size(); m++) {
            long general = signature;
            for (int p : known.get(m)) {
                general += Mixing.valuePart(p) - tokens.part[p];
            }
            LogTemplate template = bySignature.get(general);
            if (template != null) {
                return template;
            }
        }
        return null;
    }

    private LogTemplate unknown(String line) {
        LogTemplate fresh = scanner.record(line).template();
        fresh.born = uses;
        fresh.lastUsed = uses;
        if (live.size() >= MOST_TEMPLATES) {
            forgetOldest();
        } else if (bySignature.size() > MOST_SIGNATURES || evidence.isFull()) {
            rebuild();
            if (evidence.isNearlyFull()) {
                forgetOldest();
            }
        }
        return learn(fresh);
    }

    private LogTemplate learn(LogTemplate fresh) {
        LogTemplate known = bySignature.get(fresh.signature);
        if (known != null && known.current() != fresh) {
            return known.current();
        }
        bySignature.put(fresh.signature, fresh);
        live.add(fresh);
        int words = fresh.words();
        int[] variable = absorbing(fresh, words);
        if (variable == null) {
            variable = count(fresh, words, true);
        }
        return variable == null ? fresh : merge(fresh, variable);
    }

    /** Where a number at its place shows this template's word to be a variable, or the other way round. */
    private int[] absorbing(LogTemplate fresh, int words) {
        for (int i = 0; i < fresh.kind.length; i++) {
            if (fresh.isWord(i) && words > CONSTANTS) {
                LogTemplate general = bySignature.get(fresh.signature - fresh.part(i) + Mixing.valuePart(i));
                if (general != null && general.current().isVariable(i)) {
                    return new int[] {i};
                }
            } else if (fresh.isVariable(i) && words >= CONSTANTS && absorbs(fresh, i)) {
                return new int[] {i};
            }
        }
        return null;
    }

    private boolean absorbs(LogTemplate number, int i) {
        long rest = number.signature - number.part(i);
        if (evidence.count(Evidence.key(rest, i)) == 0) {
            return false;
        }
        List<LogTemplate> words = equalBut(number, new int[] {i}, number.skeletonWithWordsAt(new int[] {i}));
        return words.size() > 1 || words.size() == 1 && words.get(0).lines <= LINES_OF_A_CONSTANT;
    }

    /** Counts this template as evidence; the places that are variables by now, or null. */
    private int[] count(LogTemplate fresh, int words, boolean decide) {
        if (words <= CONSTANTS) {
            return null;
        }
        int[] places = new int[words];
        int found = 0;
        for (int i = 0; i < fresh.kind.length; i++) {
            if (fresh.isWord(i)) {
                places[found++] = i;
                int values = evidence.add(Evidence.key(fresh.signature - fresh.part(i), i));
                if (decide && values >= valuesOfAVariable(fresh, i)) {
                    return new int[] {i};
                }
            }
        }
        return words > CONSTANTS + 1 ? countPairs(fresh, places, decide) : null;
    }

    private int[] countPairs(LogTemplate fresh, int[] places, boolean decide) {
        int most = Math.min(places.length, WORDS_IN_PAIRS);
        for (int a = 0; a < most; a++) {
            for (int b = a + 1; b < most; b++) {
                int i = places[a];
                int j = places[b];
                int values = evidence.add(Evidence.key(fresh.signature - fresh.part(i) - fresh.part(j), i, j));
                if (decide && values >= PAIRS_OF_VALUES && bothDiffer(fresh, i, j)) {
                    return new int[] {i, j};
                }
            }
        }
        return null;
    }

    private boolean bothDiffer(LogTemplate fresh, int i, int j) {
        Set<Long> first = new HashSet<>();
        Set<Long> second = new HashSet<>();
        List<LogTemplate> alike = equalBut(fresh, new int[] {i, j}, fresh.skeleton);
        for (LogTemplate template : alike) {
            first.add(template.hash[i]);
            second.add(template.hash[j]);
        }
        return Math.min(first.size(), second.size()) >= DIFFERENT_SHARE * alike.size();
    }

    private static int valuesOfAVariable(LogTemplate template, int i) {
        if (i > 0 && template.isWord(i - 1)) {
            String before = template.text(i - 1);
            if (KnownWords.SLOTS.has(before.toCharArray(), 0, before.length())) {
                return VALUES_OF_A_SLOT;
            }
        }
        String word = template.text(i);
        boolean capitals = word.length() > 1 && word.chars().noneMatch(Character::isLowerCase);
        return i == 0 || capitals ? VALUES_OF_A_NAME : VALUES;
    }

    /** Templates of this skeleton that are equal to the given one but for the tokens at these places. */
    private List<LogTemplate> equalBut(LogTemplate like, int[] places, long skeleton) {
        long rest = like.signature;
        for (int p : places) {
            rest -= like.part(p);
        }
        List<LogTemplate> found = new ArrayList<>();
        for (LogTemplate template : live) {
            if (template.isEqualBut(places, skeleton, rest)) {
                found.add(template);
            }
        }
        return found;
    }

    /** The places hold variables: what differs only there is one template. */
    private LogTemplate merge(LogTemplate like, int[] places) {
        long general = like.signature;
        for (int p : places) {
            general += Mixing.valuePart(p) - like.part(p);
        }
        long skeleton = like.isWord(places[0]) ? like.skeleton : like.skeletonWithWordsAt(places);
        List<LogTemplate> parts = equalBut(like, places, skeleton);
        LogTemplate known = bySignature.get(general);
        LogTemplate target = known != null ? known.current() : like.generalised(places);
        masks.add(skeleton, places, target.skeleton);
        for (LogTemplate part : parts) {
            part.mergeInto(target, places);
            live.remove(part);
        }
        return known != null ? target : learn(target);
    }

    /** Forgets the quarter of templates that came least lately: often enough to be bounded, seldom enough to be cheap. */
    private void forgetOldest() {
        live.stream()
                .sorted(Comparator.comparingLong(t -> t.lastUsed))
                .limit(live.size() / 4)
                .toList()
                .forEach(live::remove);
        rebuild();
    }

    /** Forgets these; their lines are new when they come again. */
    void forget(Collection<LogTemplate> gone) {
        gone.forEach(live::remove);
        rebuild();
    }

    /** Puts back templates that were known before a restart. */
    void restore(Collection<LogTemplate> templates) {
        live.addAll(templates);
        templates.forEach(t -> uses = Math.max(uses, t.lastUsed));
        rebuild();
    }

    /** Everything but the templates follows from the templates. */
    private void rebuild() {
        bySignature.clear();
        masks.clear();
        evidence.clear();
        for (LogTemplate template : live) {
            bySignature.put(template.signature, template);
            int[] learned = template.learned();
            for (int p : learned) {
                int[] one = {p};
                masks.add(template.skeletonWithWordsAt(one), one, template.skeleton);
            }
            if (learned.length > 1) {
                masks.add(template.skeletonWithWordsAt(learned), learned, template.skeleton);
            }
            count(template, template.words(), false);
        }
    }
}
