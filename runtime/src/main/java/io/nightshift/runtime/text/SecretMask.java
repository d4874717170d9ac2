package io.nightshift.runtime.text;

import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes text from outside fit to be kept and shown: secrets and personal data are masked, control and direction characters escaped,
 * the length bounded. It errs on the side of masking.
 *
 * <p>Masked: private keys, web tokens, access keys of the large providers, credentials in URLs and connection strings, what is
 * assigned to a name that sounds like a secret, long random text; mail addresses, payment cards (by their check digit), bank
 * accounts (by theirs), telephone numbers in international form, social security numbers, and the end of public network
 * addresses, for those may be a person's. Kept: private addresses and host names, which name machines, and national
 * telephone numbers, which look like any number.
 */
public final class SecretMask {

    /** What is masked is longer than what stands for it: more is read than is told. */
    private static final int READ_MORE = 3;

    private static final int LONGEST_WORD = 200;
    private static final String MASK = "***";

    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----(?s:.*?)(?:-----END [A-Z ]*PRIVATE KEY-----|\\z)");
    private static final Pattern WEB_TOKEN = Pattern.compile("\\beyJ[A-Za-z0-9_-]{5,}(?:\\.[A-Za-z0-9_-]*){0,4}");
    private static final Pattern ACCESS_KEY = Pattern.compile(
            "(?:AKIA|ASIA|AIza|gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|xapp-|[sr]k[-_]|npm_|pypi-|hf_|dop_v1_)"
                    + "[A-Za-z0-9_-]{8,}");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{6,}");
    private static final String SECRET = "(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key"
            + "|account[_-]?key|authorization|credential|session[_-]?id|cookie|private[_-]?key|signature)";
    private static final Pattern NAMED = Pattern.compile("(?i)([\\w.-]{0,64}" + SECRET
            + "[\\w.-]{0,64}[\"']?\\s*(?:[:=]|\\bis\\b)\\s*)(\"[^\"]*\"|'[^']*'|[^\\s;&\"']+)");
    private static final Pattern FLAG =
            Pattern.compile("(?i)(--?[\\w-]{0,32}" + SECRET + "\\s+)(\"[^\"]*\"|'[^']*'|[^\\s;&\"']+)");
    private static final Pattern USER_INFO = Pattern.compile("://[^\\s\"'<>]*@");
    private static final Pattern CREDENTIALS = Pattern.compile("\\b[\\w.-]{1,64}:[^\\s:@/]{1,128}@(?=[\\w(\\[])");
    private static final Pattern MAIL = Pattern.compile("[\\w.+-]{1,64}@[\\w-]{1,64}(?:\\.[\\w-]{1,64})+");
    private static final Pattern CARD = Pattern.compile("(?<![\\d.])\\d(?:[ -]?\\d){12,18}(?!\\d)");
    private static final Pattern ACCOUNT =
            Pattern.compile("\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\\b");
    private static final Pattern TELEPHONE = Pattern.compile("(?<![\\w.+])\\+\\d(?:[ ()/.-]{0,2}\\d){7,14}(?!\\d)");
    private static final Pattern SOCIAL = Pattern.compile("(?<![\\d-])\\d{3}-\\d{2}-\\d{4}(?![\\d-])");
    private static final Pattern ADDRESS =
            Pattern.compile("(?<![\\d.])((\\d{1,3})\\.(\\d{1,3})\\.\\d{1,3}\\.)\\d{1,3}(?![\\d.]*\\d)");
    private static final Pattern ADDRESS_6 =
            Pattern.compile("(?i)(?<![\\w:])([23][0-9a-f]{3}:[0-9a-f]{0,4}:)[0-9a-f:]*[0-9a-f](?![\\w:])");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9+/_=-]{20,}");

    private SecretMask() {}

    /** The text, masked and escaped, at most {@code limit} characters. */
    public static String mask(String text, int limit) {
        return cut(escape(masked(beginning(text, READ_MORE * limit + LONGEST_WORD))), limit);
    }

    /** The whole text, masked and otherwise as it was; for text whose length somebody else bounds. */
    public static String masked(String text) {
        String masked = PRIVATE_KEY.matcher(text).replaceAll(MASK);
        masked = USER_INFO.matcher(masked).replaceAll("://" + MASK + "@");
        masked = BEARER.matcher(masked).replaceAll("$1 " + MASK);
        masked = NAMED.matcher(masked).replaceAll("$1" + MASK);
        masked = FLAG.matcher(masked).replaceAll("$1" + MASK);
        masked = WEB_TOKEN.matcher(masked).replaceAll(MASK);
        masked = ACCESS_KEY.matcher(masked).replaceAll(MASK);
        masked = MAIL.matcher(masked).replaceAll(MASK);
        masked = CREDENTIALS.matcher(masked).replaceAll(MASK + "@");
        masked = where(ACCOUNT, masked, SecretMask::isAccount);
        masked = where(CARD, masked, SecretMask::isCard);
        masked = TELEPHONE.matcher(masked).replaceAll(MASK);
        masked = SOCIAL.matcher(masked).replaceAll(MASK);
        masked = ADDRESS.matcher(masked).replaceAll(SecretMask::address);
        masked = ADDRESS_6.matcher(masked).replaceAll("$1" + MASK);
        return where(WORD, masked, SecretMask::isRandom);
    }

    /** Cut between words: half a secret would not be known as one. */
    private static String beginning(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = limit;
        while (end > limit - LONGEST_WORD && !Character.isWhitespace(text.charAt(end))) {
            end--;
        }
        return cut(text, end);
    }

    /** Never through a surrogate pair. */
    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }

    private static String where(Pattern pattern, String text, Predicate<String> isSecret) {
        return pattern.matcher(text)
                .replaceAll(found -> isSecret.test(found.group()) ? MASK : Matcher.quoteReplacement(found.group()));
    }

    /** The check digit of payment cards (ISO/IEC 7812, Luhn). */
    private static boolean isCard(String text) {
        int sum = 0;
        boolean doubled = false;
        for (int i = text.length() - 1; i >= 0; i--) {
            int digit = text.charAt(i) - '0';
            if (digit >= 0 && digit <= 9) {
                int weighed = doubled ? 2 * digit : digit;
                sum += weighed > 9 ? weighed - 9 : weighed;
                doubled = !doubled;
            }
        }
        return sum % 10 == 0;
    }

    /** The check digits of bank accounts (ISO 13616). */
    private static boolean isAccount(String text) {
        String compact = text.replace(" ", "");
        String turned = compact.substring(4) + compact.substring(0, 4);
        int rest = 0;
        for (int i = 0; i < turned.length(); i++) {
            int value = Character.digit(turned.charAt(i), 36);
            rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
        }
        return compact.length() >= 15 && rest == 1;
    }

    /** Networks of one's own name machines; others may name a person. */
    private static String address(MatchResult found) {
        int first = Integer.parseInt(found.group(2));
        int second = Integer.parseInt(found.group(3));
        boolean isOwn = first == 10
                || first == 127
                || first == 0
                || first >= 224
                || first == 192 && second == 168
                || first == 172 && second >= 16 && second < 32
                || first == 169 && second == 254
                || first == 100 && second >= 64 && second < 128;
        return isOwn ? found.group() : found.group(1) + MASK;
    }

    /** Text that nobody would choose: letters mixed with digits at a length that names don't reach. */
    private static boolean isRandom(String text) {
        int run = 0;
        int longest = 0;
        int digits = 0;
        int upper = 0;
        int lower = 0;
        int slashes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            digits += c >= '0' && c <= '9' ? 1 : 0;
            upper += c >= 'A' && c <= 'Z' ? 1 : 0;
            lower += c >= 'a' && c <= 'z' ? 1 : 0;
            slashes += c == '/' ? 1 : 0;
            run = c == '/' || c == '-' ? 0 : run + 1;
            longest = Math.max(longest, run);
        }
        boolean mixed = digits >= 1 && upper + lower >= 1;
        boolean shuffled = digits >= 2 && upper >= 3 && lower >= 3;
        return mixed && longest >= 28 || shuffled && longest >= 20 || shuffled && text.length() >= 36 && slashes <= 4;
    }

    private static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\t') {
                out.append(' ');
            } else if (isHarmless(c) && !isLoneSurrogate(text, i)) {
                out.append(c);
            } else {
                out.append(String.format("\\u%04x", (int) c));
            }
        }
        return out.toString();
    }

    private static boolean isHarmless(char c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.PRIVATE_USE;
    }

    private static boolean isLoneSurrogate(String text, int i) {
        char c = text.charAt(i);
        boolean beforeLow =
                Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        boolean afterHigh = Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        return Character.isSurrogate(c) && !beforeLow && !afterHigh;
    }
}
