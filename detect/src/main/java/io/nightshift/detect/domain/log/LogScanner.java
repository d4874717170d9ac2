package io.nightshift.detect.domain.log;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a line into words, punctuation and variables in one pass, without regular expressions. What is a number, an address, a
 * path or an identifier by its looks is a variable; neighbouring variables are one.
 */
final class LogScanner {

    static final String VARIABLE = "<*>";
    private static final int MAX_CHARS = 4_096;
    private static final int MAX_TOKENS = 120;

    private final String line;
    private final List<String> tokens = new ArrayList<>();
    private int at;

    private LogScanner(String line) {
        this.line = line.length() > MAX_CHARS ? line.substring(0, MAX_CHARS) : line;
    }

    static List<String> scan(String line) {
        LogScanner scanner = new LogScanner(line);
        while (scanner.at < scanner.line.length() && scanner.tokens.size() < MAX_TOKENS) {
            scanner.next();
        }
        return scanner.tokens;
    }

    private void next() {
        char c = line.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (isCore(c)) {
            core();
        } else if (c == '"' || c == '\'') {
            quoted(c);
        } else {
            tokens.add(String.valueOf(c));
            at++;
            if ((c == '=' || (c == ':' && at >= 2 && isCore(line.charAt(at - 2)))) && at < line.length()) {
                value();
            } else if ((c == '(' || c == '[') && at < line.length()) {
                enclosed(c == '(' ? ')' : ']');
            }
        }
    }

    private void core() {
        int start = at;
        while (at < line.length() && isCore(line.charAt(at))) {
            at++;
        }
        int end = at;
        if (line.startsWith("://", at) || (at < line.length() && line.charAt(at) == '@')) {
            skipToSpace();
            variable();
            return;
        }
        while (end > start + 1 && (line.charAt(end - 1) == '.' || line.charAt(end - 1) == '-')) {
            end--;
        }
        String text = line.substring(start, end);
        boolean isAddress =
                end == at && at + 1 < line.length() && line.charAt(at) == ':' && Character.isDigit(line.charAt(at + 1));
        if (isAddress && !isVariable(text)) {
            at++;
            while (at < line.length() && isCore(line.charAt(at))) {
                at++;
            }
            variable();
        } else if (isVariable(text)) {
            variable();
        } else {
            tokens.add(text);
        }
        if (end < at && line.charAt(end) != ':' && end - start == text.length() && line.charAt(at - 1) == '.') {
            tokens.add(".");
        }
    }

    /** The value of {@code key=value}, {@code key:value}: a variable, an empty one too. */
    private void value() {
        char c = line.charAt(at);
        if (c == '"' || c == '\'') {
            quoted(c);
            return;
        }
        if (c == ':' || c == '=' || c == '/' && line.startsWith("//", at)) {
            return;
        }
        boolean assigned = line.charAt(at - 1) == '=';
        if (!assigned && Character.isWhitespace(c)) {
            return;
        }
        while (at < line.length() && (isCore(line.charAt(at)) || line.charAt(at) == ':' || line.charAt(at) == '@')) {
            at++;
        }
        variable();
    }

    private void quoted(char quote) {
        int end = line.indexOf(quote, at + 1);
        boolean apostrophe = quote == '\'' && at > 0 && Character.isLetter(line.charAt(at - 1));
        if (end < 0 || apostrophe) {
            tokens.add(String.valueOf(quote));
            at++;
            return;
        }
        at = end + 1;
        variable();
    }

    private void enclosed(char closing) {
        int end = line.indexOf(closing, at);
        boolean isOneWord =
                end >= 0 && end - at <= 64 && line.substring(at, end).chars().noneMatch(Character::isWhitespace);
        if (isOneWord) {
            at = end;
            variable();
        }
    }

    private void skipToSpace() {
        while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
            at++;
        }
    }

    private void variable() {
        int last = tokens.size() - 1;
        if (last >= 0 && tokens.get(last).equals(VARIABLE)) {
            return;
        }
        if (last >= 1 && tokens.get(last).equals(",") && tokens.get(last - 1).equals(VARIABLE)) {
            tokens.remove(last);
            return;
        }
        tokens.add(VARIABLE);
    }

    private static boolean isCore(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.' || c == '/' || c == '$';
    }

    private static boolean isVariable(String text) {
        int digits = 0;
        int slashes = 0;
        int letters = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            digits += Character.isDigit(c) ? 1 : 0;
            slashes += c == '/' ? 1 : 0;
            letters += Character.isLetter(c) ? 1 : 0;
        }
        boolean isNumber = digits > 0 && letters <= 2;
        boolean isFlag = text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
        return isNumber || isFlag || digits > 0 && letters > 0 || slashes >= 2;
    }
}
