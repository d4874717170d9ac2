package io.nightshift.detect.domain.log;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.schemas.CauseHash;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What lines of one kind have in common.
 *
 * <p>Its id is a hash of the template as it was first seen. When templates turn out to be one, the id of the oldest stays, so
 * that what was said about it remains about it.
 */
public final class LogTemplate {

    final byte[] kind;
    final long[] hash;
    private final long[] seen;
    private final String[] text;
    private final boolean[] spaced;
    /** Positions of values that were words by their looks. */
    private int[] learned = {};

    private int[] kept;
    final long signature;
    final long skeleton;
    private String id;
    long born;
    long lastUsed;
    long lines;
    private LogTemplate mergedInto;
    final LogHistory history = new LogHistory();

    LogTemplate(byte[] kind, long[] hash, long[] seen, String[] text, boolean[] spaced) {
        this.kind = kind;
        this.hash = hash;
        this.seen = seen;
        this.text = text;
        this.spaced = spaced;
        this.kept = keptPositions();
        this.skeleton = Tokens.skeleton(kind, hash, kind.length);
        this.signature = IntStream.range(0, kind.length).mapToLong(this::part).sum();
        this.id = CauseHash.id("tpl", (Object[]) generalTexts());
    }

    /** Stable identifier. */
    public String id() {
        return id;
    }

    /** The template that this one has become part of, or itself. */
    public LogTemplate current() {
        LogTemplate template = this;
        while (template.mergedInto != null) {
            template = template.mergedInto;
        }
        return template;
    }

    /** The template as a line, variables as {@code <*>}. Not masked: it may hold what the first line held. */
    public String text() {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length; i++) {
            line.append(spaced[i] && i > 0 ? " " : "").append(text[i]);
        }
        return line.toString();
    }

    /** Texts of values as far as lines agree in them do not make a template. */
    private String[] generalTexts() {
        String[] general = text.clone();
        for (int i = 0; i < general.length; i++) {
            general[i] = kind[i] == Tokens.VALUE ? Tokens.VARIABLE : general[i];
        }
        return general;
    }

    boolean isWord(int i) {
        return kind[i] == Tokens.WORD;
    }

    /** A value that is a variable and nothing else. */
    boolean isVariable(int i) {
        return kind[i] == Tokens.VALUE && text[i].startsWith(Tokens.VARIABLE);
    }

    String text(int i) {
        return text[i];
    }

    long part(int i) {
        return Mixing.part(hash[i], i);
    }

    int words() {
        int words = 0;
        for (byte k : kind) {
            words += k == Tokens.WORD ? 1 : 0;
        }
        return words;
    }

    int[] learned() {
        return learned;
    }

    /** The skeleton of lines that have words at these positions. */
    long skeletonWithWordsAt(int[] positions) {
        long changed = skeleton;
        for (int p : positions) {
            changed += Mixing.part(Mixing.WORD, p) - Mixing.valuePart(p);
        }
        return changed;
    }

    /** Whether the other is equal but for words at these positions, of which {@code rest} is what is left of a signature. */
    boolean isEqualBut(int[] positions, long skeleton, long rest) {
        if (this.skeleton != skeleton) {
            return false;
        }
        long left = signature;
        for (int p : positions) {
            left -= part(p);
        }
        return left == rest;
    }

    /** A line of this template came: texts in which it differs are no part of the template. */
    void see(Tokens line) {
        lines++;
        boolean differs = false;
        for (int i : kept) {
            differs |= seen[i] != line.seen[i];
        }
        if (differs) {
            for (int i : kept) {
                text[i] = seen[i] == line.seen[i] ? text[i] : Tokens.VARIABLE;
            }
            kept = keptPositions();
        }
    }

    private int[] keptPositions() {
        return IntStream.range(0, kind.length)
                .filter(i -> kind[i] == Tokens.VALUE && !text[i].equals(Tokens.VARIABLE))
                .toArray();
    }

    /** This template with variables at these positions. */
    LogTemplate generalised(int[] positions) {
        byte[] kinds = kind.clone();
        long[] hashes = hash.clone();
        String[] texts = text.clone();
        for (int p : positions) {
            kinds[p] = Tokens.VALUE;
            hashes[p] = Mixing.VALUE;
            texts[p] = Tokens.VARIABLE;
        }
        LogTemplate general = new LogTemplate(kinds, hashes, seen.clone(), texts, spaced);
        general.born = born;
        general.id = id;
        general.learned = union(learned, positions);
        return general;
    }

    /** Lines of this template are lines of the other from now on. */
    void mergeInto(LogTemplate target, int[] positions) {
        mergedInto = target;
        target.lines += lines;
        target.lastUsed = Math.max(target.lastUsed, lastUsed);
        target.learned = union(union(target.learned, learned), positions);
        for (int i : target.kept) {
            target.text[i] = target.text[i].equals(text[i]) ? target.text[i] : Tokens.VARIABLE;
        }
        target.kept = target.keptPositions();
        if (born < target.born) {
            target.born = born;
            target.id = id;
        }
        target.history.add(history);
    }

    private static int[] union(int[] a, int[] b) {
        return IntStream.concat(Arrays.stream(a), Arrays.stream(b))
                .distinct()
                .sorted()
                .toArray();
    }

    /** Bytes when written, at most. */
    int size() {
        int size = 64 + history.size();
        for (String t : text) {
            size += 21 + 3 * t.length();
        }
        return size;
    }

    void write(StateWriter out) {
        out.text(id).int64(born).int64(lastUsed).int64(lines).int8(kind.length);
        for (int i = 0; i < kind.length; i++) {
            boolean isLearned = Arrays.binarySearch(learned, i) >= 0;
            out.int8(kind[i] | (spaced[i] ? 4 : 0) | (isLearned ? 8 : 0))
                    .int64(hash[i])
                    .int64(seen[i])
                    .text(text[i]);
        }
        history.write(out);
    }

    static LogTemplate read(StateReader in) {
        String id = in.text();
        long born = in.int64();
        long lastUsed = in.int64();
        long lines = in.int64();
        int count = in.int8() & 0xff;
        byte[] kind = new byte[count];
        long[] hash = new long[count];
        long[] seen = new long[count];
        String[] text = new String[count];
        boolean[] spaced = new boolean[count];
        int[] learned = new int[count];
        int learnedCount = 0;
        for (int i = 0; i < count; i++) {
            int flags = in.int8();
            kind[i] = (byte) (flags & 3);
            spaced[i] = (flags & 4) != 0;
            hash[i] = in.int64();
            seen[i] = in.int64();
            text[i] = in.text();
            if ((flags & 8) != 0) {
                learned[learnedCount++] = i;
            }
        }
        LogTemplate read = new LogTemplate(kind, hash, seen, text, spaced);
        read.id = id;
        read.born = born;
        read.lastUsed = lastUsed;
        read.lines = lines;
        read.learned = Arrays.copyOf(learned, learnedCount);
        read.history.read(in);
        return read;
    }
}
