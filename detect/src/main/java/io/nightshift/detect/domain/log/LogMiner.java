package io.nightshift.detect.domain.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Groups lines by template as they come. A line's signature is a sum of position-mixed token hashes, so that "the signature
 * without word i" costs one subtraction; a word that takes five values where all else is equal is a variable.
 */
final class LogMiner {

    private static final long VARIABLE = hash(LogScanner.VARIABLE);
    private static final int VALUES = 5;
    private static final int VALUES_OF_FIRST = 12;
    private static final int MIN_CONSTANTS = 2;
    private static final int MAX_EVIDENCE = 40_000;
    private static final int MAX_GROUPS = 2_000;

    private static final class Seen {
        final List<LogGroup> groups = new ArrayList<>(VALUES);
        boolean variable;
        LogGroup merged;
    }

    private final Map<Long, LogGroup> bySignature = new HashMap<>();
    private final Map<Long, Seen> evidence = new HashMap<>();
    private final Map<String, LogGroup> groups = new HashMap<>();
    private LogGroup overflow;

    /** The group of a line; a new one when no template fits. */
    LogGroup group(String line) {
        List<String> tokens = LogScanner.scan(line);
        long signature = signature(tokens);
        LogGroup known = bySignature.get(signature);
        if (known == null) {
            known = reduce(tokens, signature);
            bySignature.put(signature, known);
        }
        return known.current();
    }

    /** Replaces words known to be variables, then learns from what is left when it is new. */
    private LogGroup reduce(List<String> tokens, long signature) {
        if (bySignature.size() > MAX_EVIDENCE) {
            bySignature.clear();
        }
        long now = signature;
        List<String> template = new ArrayList<>(tokens);
        for (int i = 0; i < template.size(); i++) {
            if (isWord(template.get(i))) {
                long rest = now - contribution(template.get(i), i);
                Seen seen = evidence.get(key(rest, i));
                if (seen != null && seen.variable) {
                    template.set(i, LogScanner.VARIABLE);
                    now = rest + mix(VARIABLE + i * 0x9E3779B97F4A7C15L);
                }
            }
        }
        LogGroup known = bySignature.get(now);
        if (known != null) {
            return known.current();
        }
        LogGroup fresh = fresh(template);
        bySignature.put(now, fresh);
        return learn(template, now, fresh);
    }

    private LogGroup fresh(List<String> template) {
        if (groups.size() >= MAX_GROUPS) {
            overflow = overflow == null ? new LogGroup(List.of(LogScanner.VARIABLE)) : overflow;
            return overflow;
        }
        LogGroup fresh = new LogGroup(template);
        groups.put(fresh.id(), fresh);
        return fresh;
    }

    private LogGroup learn(List<String> template, long signature, LogGroup fresh) {
        long constants = template.stream().filter(LogMiner::isWord).count();
        if (constants <= MIN_CONSTANTS || fresh == overflow) {
            return fresh;
        }
        if (evidence.size() > MAX_EVIDENCE) {
            evidence.clear();
        }
        LogGroup result = fresh;
        for (int i = 0; i < template.size(); i++) {
            String word = template.get(i);
            if (!isWord(word)) {
                continue;
            }
            long rest = signature - contribution(word, i);
            Seen seen = evidence.computeIfAbsent(key(rest, i), k -> new Seen());
            seen.groups.add(fresh);
            boolean isPlain = i > 0 && !word.equals(word.toUpperCase(java.util.Locale.ROOT));
            if (!seen.variable && seen.groups.size() >= (isPlain ? VALUES : VALUES_OF_FIRST)) {
                seen.variable = true;
                List<String> merged = new ArrayList<>(template);
                merged.set(i, LogScanner.VARIABLE);
                long mergedSignature = rest + mix(VARIABLE + i * 0x9E3779B97F4A7C15L);
                seen.merged = bySignature.computeIfAbsent(mergedSignature, s -> new LogGroup(merged));
                LogGroup target = seen.merged.current();
                groups.putIfAbsent(target.id(), target);
                for (LogGroup part : seen.groups) {
                    if (part.current() != target) {
                        groups.remove(part.current().id());
                        part.current().mergeInto(target);
                    }
                }
                result = target;
            }
        }
        return result;
    }

    Map<String, LogGroup> groups() {
        return groups;
    }

    /** Puts back a group that was known before a restart. */
    void restore(LogGroup group) {
        groups.put(group.id(), group);
        bySignature.put(signature(group.template()), group);
    }

    private static boolean isWord(String token) {
        return Character.isLetterOrDigit(token.charAt(0)) && !token.equals(LogScanner.VARIABLE);
    }

    private static long signature(List<String> tokens) {
        long sum = 0;
        for (int i = 0; i < tokens.size(); i++) {
            sum += contribution(tokens.get(i), i);
        }
        return sum;
    }

    private static long contribution(String token, int position) {
        return mix(hash(token) + position * 0x9E3779B97F4A7C15L);
    }

    private static long key(long rest, int position) {
        return mix(rest ^ (position + 1) * 0xC2B2AE3D27D4EB4FL);
    }

    private static long hash(String token) {
        long h = 1125899906842597L;
        for (int i = 0; i < token.length(); i++) {
            h = 31 * h + token.charAt(i);
        }
        return mix(h);
    }

    private static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
