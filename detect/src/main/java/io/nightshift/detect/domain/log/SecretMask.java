package io.nightshift.detect.domain.log;

import io.nightshift.detect.domain.report.Bounded;
import java.util.regex.Pattern;

/**
 * Makes a log line fit to leave the stage: secrets and personal data are masked, control and direction characters escaped,
 * the length bounded. It errs on the side of masking.
 */
public final class SecretMask {

    private static final int SCANNED = 4_000;
    private static final String MASK = "***";
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{6,}");
    private static final Pattern NAMED = Pattern.compile(
            "(?i)([\\w.-]*(?:password|passwd|pwd|secret|token|api[_-]?key|authorization|credential|session"
                    + "[_-]?id|cookie|private[_-]?key)[\\w.-]*[\"']?\\s*(?:[:=]|\\bis\\b)\\s*)(\"[^\"]*\"|'[^']*'|[^\\s,;&]+)");
    private static final Pattern USER_INFO = Pattern.compile("://[^\\s/@]+@");
    private static final Pattern MAIL = Pattern.compile("[\\w.+-]{1,64}@[\\w-]{1,64}(?:\\.[\\w-]{1,64})+");
    private static final Pattern CARD = Pattern.compile("\\b\\d(?:[ -]?\\d){12,18}\\b");
    private static final Pattern LONG = Pattern.compile("[A-Za-z0-9+/_=-]*[A-Za-z0-9+_=]{28,}[A-Za-z0-9+/_=-]*");
    private static final Pattern ACCESS_KEY = Pattern.compile("\\b(?:AKIA|ASIA|ghp_|xox[bp]-|sk-)[A-Za-z0-9_-]{8,}");

    private SecretMask() {}

    /** The text, masked and escaped, at most {@code limit} characters. */
    public static String mask(String text, int limit) {
        String masked = Bounded.text(text, SCANNED);
        masked = BEARER.matcher(masked).replaceAll("$1 " + MASK);
        masked = NAMED.matcher(masked).replaceAll("$1" + MASK);
        masked = USER_INFO.matcher(masked).replaceAll("://" + MASK + "@");
        masked = ACCESS_KEY.matcher(masked).replaceAll(MASK);
        masked = MAIL.matcher(masked).replaceAll(MASK);
        masked = CARD.matcher(masked).replaceAll(MASK);
        masked = LONG.matcher(masked).replaceAll(MASK);
        return Bounded.text(escape(masked), limit);
    }

    private static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int type = Character.getType(c);
            boolean harmless = type != Character.CONTROL
                    && type != Character.FORMAT
                    && type != Character.LINE_SEPARATOR
                    && type != Character.PARAGRAPH_SEPARATOR
                    && type != Character.PRIVATE_USE;
            boolean lone = Character.isSurrogate(c)
                    && !(Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1)))
                    && !(Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1)));
            if (c == '\n' || c == '\t') {
                out.append(' ');
            } else if (harmless && !lone) {
                out.append(c);
            } else {
                out.append(String.format("\\u%04x", (int) c));
            }
        }
        return out.toString();
    }
}
