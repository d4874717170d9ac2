package io.nightshift.detect.domain.log;

import static io.nightshift.detect.domain.log.Chars.isCore;
import static io.nightshift.detect.domain.log.Chars.isDigit;
import static io.nightshift.detect.domain.log.Chars.isNameChar;
import static io.nightshift.detect.domain.log.Chars.isSpace;

/**
 * Cuts a line into words, marks and values in one pass, without regular expressions and without garbage. What is a number, an
 * address, a path or an identifier by its looks is a value; what stands in quotes, in the brackets of a call, or behind a key
 * is one by its place.
 *
 * <p>The scan is bounded: of a longer line the first {@value Line#MAX_CHARS} characters tell its template.
 */
final class LogScanner extends Line {

    private final Core core = new Core(chars);
    private final Tokens tokens = new Tokens(chars);
    /** Where a quotation ends whose text is read as part of the line. */
    private int closing;

    /** The tokens of this line, without their texts; valid until the next line. */
    Tokens scan(String line) {
        return scan(line, false);
    }

    /** The tokens with their texts. */
    Tokens record(String line) {
        return scan(line, true);
    }

    private Tokens scan(String line, boolean recording) {
        take(line);
        closing = -1;
        tokens.begin(recording);
        while (at < length && !tokens.isFull()) {
            next();
        }
        return tokens;
    }

    private void next() {
        char c = chars[at];
        switch (Chars.type(c)) {
            case Chars.SPACE -> {
                at++;
                tokens.space();
            }
            case Chars.LETTER, Chars.DIGIT, Chars.JOINT -> core();
            case Chars.QUOTE -> quote(c);
            case Chars.OPEN -> open(c);
            case Chars.CLOSE -> {
                mark(c);
                tokens.restated();
            }
            case Chars.EQUAL -> equal();
            case Chars.COLON -> colon();
            case Chars.SIGN -> {
                if (isDigit(chars[at + 1]) && (at == 0 || !isNameChar(chars[at - 1]))) {
                    at++;
                } else {
                    mark(c);
                }
            }
            default -> mark(c);
        }
    }

    /** A run of one mark is one token. */
    private void mark(char c) {
        int from = at++;
        while (at < length && chars[at] == c) {
            at++;
        }
        tokens.mark(c, from, at);
    }

    private void core() {
        core.read(at, length);
        if (core.isOnlyMarks()) {
            mark(chars[at]);
            return;
        }
        at = core.end;
        if (isAddress()) {
            tokens.value();
        } else if (core.isValue()) {
            tokens.value();
            if (core.isNumber()) {
                unit();
            }
        } else if (core.isTruth()) {
            tokens.value();
        } else if (core.isVariant()) {
            tokens.keptValue(core.start, core.end);
        } else {
            tokens.word(core.hash, core.start, core.end);
        }
    }

    /** Takes the rest of a URL, a mail address, a path with backslashes, a host with its port, or a time. */
    private boolean isAddress() {
        char after = chars[at];
        boolean isUrl = after == ':' && chars[at + 1] == '/' && chars[at + 2] == '/';
        boolean isMail = after == '@' && isCore(chars[at + 1]);
        boolean isDrive = after == ':' && chars[at + 1] == '\\' && core.end - core.start == 1;
        if (isUrl || isMail || isDrive || after == '\\') {
            skipToEndOfAddress();
            return true;
        }
        if (after != ':') {
            return false;
        }
        int end = core.end - core.start <= 4 ? Core.endOfHexGroups(chars, core.start) : -1;
        if (end > 0) {
            at = end;
            unit();
            return true;
        }
        if (isDigit(chars[at + 1]) && (core.isValue() || core.isHost())) {
            while (isCore(chars[at]) || (chars[at] == ':' || chars[at] == '@') && isNameChar(chars[at + 1])) {
                at++;
            }
            return true;
        }
        return false;
    }

    /** The unit behind a number belongs to it. */
    private void unit() {
        if (chars[at] != ' ' || !Chars.isLetter(chars[at + 1])) {
            return;
        }
        int from = at + 1;
        int to = from;
        while (Chars.isLetter(chars[to])) {
            to++;
        }
        char after = chars[to];
        boolean endsSentence = after == '.' && !isNameChar(chars[to + 1]);
        boolean isKey = after == '=' || after == ':' && isNameChar(chars[to + 1]);
        if (!isKey && (!isCore(after) || endsSentence) && KnownWords.UNITS.has(chars, from, to)) {
            at = to;
            tokens.unit(from, to);
        }
    }

    /** What stands in quotes is a value, except a request line, and except the keys of JSON. */
    private void quote(char quote) {
        boolean apostrophe = quote == '\'' && at > 0 && isNameChar(chars[at - 1]);
        int close = apostrophe || at == closing ? -1 : find(quote, at + 1);
        if (close < 0) {
            mark(quote);
            return;
        }
        int from = at + 1;
        if (quote == '"' && chars[close + 1] == ':') {
            tokens.key(Mixing.text(chars, from, close), from, close);
            at = close + 1;
            mark(':');
            skipSpaces();
            assigned();
        } else if (isRequestLine(from, close)) {
            closing = close;
            mark(quote);
        } else {
            at = close + 1;
            tokens.keptValue(from - 1, at);
        }
    }

    /** One word in brackets, or in those of a call, is a value; none is an empty one. */
    private void open(char c) {
        boolean call = c == '(' && at > 0 && isNameChar(chars[at - 1]);
        mark(c);
        int from = at;
        if (chars[from - 1] != c || from >= 2 && chars[from - 2] == c) {
            return;
        }
        int close = find(c == '(' ? ')' : ']', from);
        if (close == from) {
            tokens.keptValue(from, from);
        } else if (close > 0
                && (call || c == '[')
                && isOneWord(from, close)
                && !KnownWords.LEVELS.has(chars, from, close)) {
            at = close;
            keep(from, close);
        }
    }

    /** A value by its place: with a digit in it its text never matters. */
    private void keep(int from, int to) {
        if (hasDigit(from, to)) {
            tokens.value();
        } else {
            tokens.keptValue(from, to);
        }
    }

    private void equal() {
        boolean key = tokens.lastIsWord() && chars[at + 1] != '=' && chars[at + 1] != '>';
        boolean spaced = at > 0 && isSpace(chars[at - 1]);
        mark('=');
        if (key && spaced && isSpace(chars[at])) {
            at++;
            tokens.space();
            if (!isSpace(chars[at])) {
                assigned();
            }
        } else if (key) {
            assigned();
        }
    }

    private void colon() {
        boolean name = at > 0 && isNameChar(chars[at - 1]);
        int end = chars[at + 1] == ':' && !name ? Core.endOfHexGroups(chars, at) : -1;
        if (end > 0) {
            at = end;
            tokens.value();
            return;
        }
        boolean key = tokens.lastIsWord() && at > 0 && isCore(chars[at - 1]) && isCore(chars[at + 1]);
        mark(':');
        if (key) {
            assigned();
        }
    }

    /** The value behind a key: a quotation, one word, or nothing. Other structure is read on its own. */
    private void assigned() {
        char c = chars[at];
        if (isMessage()) {
            if (c == '"' || c == '\'') {
                closing = find(c, at + 1);
                mark(c);
            }
            return;
        }
        if (c == '"' || c == '\'') {
            int close = find(c, at + 1);
            if (close > 0) {
                int from = at;
                at = close + 1;
                tokens.keptValue(from, at);
                return;
            }
        }
        if (isCore(c)) {
            core.read(at, length);
            if (!core.isOnlyMarks() && core.isValue()) {
                core();
                return;
            }
        } else if (at < length && !Chars.endsValue(c) || c == '(') {
            return;
        }
        word();
    }

    /** Behind the key {@code msg} and its like stands what the line says. */
    private boolean isMessage() {
        return tokens.count >= 2 && tokens.isBeforeLast(KnownWords.MESSAGE_KEYS);
    }

    private void word() {
        int from = at;
        boolean nested = chars[from - 1] == ':';
        while (at < length && !Chars.endsValue(chars[at])) {
            char c = chars[at];
            if (c == '=' && nested) {
                at = from;
                return;
            }
            if (c == '{' || c == '[') {
                int close = find(c == '{' ? '}' : ']', at + 1);
                if (close < 0 || !isOneWord(at + 1, close)) {
                    break;
                }
                at = close;
            }
            at++;
        }
        if (at > from + 1 && chars[at - 1] == '.') {
            at--;
        }
        if (nested || isPlain(from, at)) {
            tokens.keptValue(from, at);
        } else {
            tokens.value();
        }
    }
}
