package io.nightshift.detect.domain.log;

import io.nightshift.detect.domain.report.Bounded;
import java.util.Arrays;

/**
 * The tokens of one line in arrays that are used again for the next. Values that stand beside each other, or in a list, are
 * one token, for their number varies.
 */
final class Tokens {

    static final int MAX = 128;
    static final byte WORD = 0;
    static final byte MARK = 1;
    static final byte VALUE = 2;

    /** Of a token; told, not compared. */
    private static final int LONGEST_TEXT = 120;

    /** Text of a token that is a variable and nothing else. */
    static final String VARIABLE = "<*>";

    /** Stands for text that never mattered, such as a number. */
    private static final long ANY = 0x1234567L;

    private static final long COMMA = Mixing.mark(',');
    private static final long STAR = Mixing.mark('*');
    private static final long OPENING = Mixing.mark('(');

    final char[] chars;
    int count;
    final byte[] kind = new byte[MAX];
    final long[] hash = new long[MAX];
    /** Hash of the texts that a value was seen with, numbers left out. */
    final long[] seen = new long[MAX];
    /** What each token adds to the signature; valid after {@link #signature}. */
    final long[] part = new long[MAX];

    final boolean[] spaced = new boolean[MAX];
    final String[] text = new String[MAX];
    private final boolean[] quantity = new boolean[MAX];
    private final int[] from = new int[MAX];
    private final int[] to = new int[MAX];
    private boolean recording;
    private boolean space;

    Tokens(char[] chars) {
        this.chars = chars;
    }

    /** Begins a line; texts are only kept when recording. */
    void begin(boolean recording) {
        this.recording = recording;
        count = 0;
        space = false;
    }

    boolean isFull() {
        return count >= MAX;
    }

    void space() {
        space = true;
    }

    void word(long hash, int from, int to) {
        emit(WORD, hash, 0, from, to);
    }

    /** A word in quotes. */
    void key(long hash, int from, int to) {
        emit(WORD, hash, 0, from, to);
        if (recording) {
            text[count - 1] = text(from - 1, to + 1);
        }
    }

    void mark(char c, int from, int to) {
        emit(MARK, Mixing.mark(c), 0, from, to);
    }

    /** A value whose text never matters. Days and months before it belong to it. */
    void value() {
        while (count > 0 && kind[count - 1] == WORD && isLast(KnownWords.DATES)) {
            count--;
            space = spaced[count];
        }
        value(ANY, 0, 0);
    }

    /** A value whose text is told until another is seen in its place. */
    void keptValue(int from, int to) {
        value(Mixing.text(chars, from, to), from, to);
    }

    /** The unit of the number just added. */
    void unit(int from, int to) {
        space = true;
        keptValue(from, to);
        if (count > 0) {
            quantity[count - 1] = true;
        }
    }

    boolean lastIsWord() {
        return count > 0 && kind[count - 1] == WORD;
    }

    boolean isLast(KnownWords words) {
        return count > 0 && words.has(chars, from[count - 1], to[count - 1]);
    }

    /** Whether the key before the mark just added is one of these. */
    boolean isBeforeLast(KnownWords words) {
        int i = count - 2;
        return i >= 0 && kind[i] == WORD && words.has(chars, from[i], to[i]);
    }

    /** After a closing bracket: a quantity said again in brackets, as in "1301 bytes (1.27 KB)", is the same quantity. */
    void restated() {
        int bracket = count - 1;
        if (bracket >= 3
                && kind[bracket - 1] == VALUE
                && quantity[bracket - 1]
                && hash[bracket - 2] == OPENING
                && kind[bracket - 3] == VALUE) {
            count = bracket - 2;
            seen[count - 1] = ANY;
            text[count - 1] = VARIABLE;
        }
    }

    private void value(long what, int from, int to) {
        int last = count - 1;
        if (last >= 0 && kind[last] == VALUE) {
            join(last, what, from, to, space ? " " : "");
        } else if (last >= 1
                && kind[last] == MARK
                && kind[last - 1] == VALUE
                && (hash[last] == COMMA || hash[last] == STAR)) {
            count--;
            join(last - 1, what, from, to, ", ");
        } else {
            emit(VALUE, Mixing.VALUE, what, from, to);
        }
    }

    private void join(int i, long what, int from, int to, String glue) {
        space = false;
        if (what == ANY && seen[i] == ANY) {
            return;
        }
        seen[i] = seen[i] * 31 + what;
        if (recording) {
            text[i] = Bounded.text(text[i] + glue + (what == ANY ? VARIABLE : text(from, to)), LONGEST_TEXT);
        }
    }

    private void emit(byte kind, long hash, long what, int from, int to) {
        if (isFull()) {
            return;
        }
        this.kind[count] = kind;
        this.hash[count] = hash;
        this.seen[count] = what;
        this.from[count] = from;
        this.to[count] = to;
        quantity[count] = false;
        spaced[count] = space;
        if (recording) {
            text[count] = kind == VALUE && what == ANY ? VARIABLE : text(from, to);
        }
        count++;
        space = false;
    }

    private String text(int from, int to) {
        return new String(chars, from, Math.min(to - from, LONGEST_TEXT));
    }

    /** The sum of what the tokens add; the same for lines of one template. */
    long signature() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            long p = Mixing.part(hash[i], i);
            part[i] = p;
            sum += p;
        }
        return sum;
    }

    /** As the signature, with all words alike. */
    long skeleton() {
        return skeleton(kind, hash, count);
    }

    static long skeleton(byte[] kind, long[] hash, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Mixing.part(kind[i] == WORD ? Mixing.WORD : hash[i], i);
        }
        return sum;
    }

    /** A template of this very line; to be called after recording. */
    LogTemplate template() {
        return new LogTemplate(
                Arrays.copyOf(kind, count),
                Arrays.copyOf(hash, count),
                Arrays.copyOf(seen, count),
                Arrays.copyOf(text, count),
                Arrays.copyOf(spaced, count));
    }
}
