package io.nightshift.runtime.testing;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Invented secrets and personal data of many formats, in ordinary log text, for tests of what must not be shown. */
public final class PlantedSecrets {

    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";
    private static final String ALNUM = LOWER + LOWER.toUpperCase(Locale.ROOT) + DIGITS;

    private PlantedSecrets() {}

    /** What is planted, with the part that must not be seen again. */
    private record Planted(String text, String secret) {
        static Planted whole(String text) {
            return new Planted(text, text);
        }
    }

    /**
     * @param seed of the random context
     * @param times lines of each format
     * @param check takes a line and the secret in it
     */
    public static void inEachFormat(long seed, int times, BiConsumer<String, String> check) {
        Random random = new Random(seed);
        formats().values().forEach(format -> {
            for (int i = 0; i < times; i++) {
                Planted planted = format.apply(random);
                check.accept(context(random) + planted.text() + end(random) + context(random), planted.secret());
            }
        });
    }

    private static Map<String, Function<Random, Planted>> formats() {
        Map<String, Function<Random, Planted>> formats = new LinkedHashMap<>();
        formats.put(
                "web token",
                r -> Planted.whole("eyJ" + of(r, ALNUM, 20) + ".eyJ" + of(r, ALNUM, 30) + "." + of(r, ALNUM, 43)));
        formats.put("AWS key id", r -> Planted.whole("AKIA" + of(r, ALNUM, 16).toUpperCase(Locale.ROOT)));
        formats.put("AWS secret", r -> named("aws_secret_access_key=", of(r, ALNUM + "/+", 40)));
        formats.put("GitHub token", r -> Planted.whole("ghp_" + of(r, ALNUM, 36)));
        formats.put(
                "GitHub fine-grained", r -> Planted.whole("github_pat_" + of(r, ALNUM, 22) + "_" + of(r, ALNUM, 59)));
        formats.put("GitLab token", r -> Planted.whole("glpat-" + of(r, ALNUM, 20)));
        formats.put("Slack token", r -> Planted.whole("xoxb-" + of(r, DIGITS, 12) + "-" + of(r, ALNUM, 24)));
        formats.put("Stripe key", r -> Planted.whole("sk_live_" + of(r, ALNUM, 24)));
        formats.put("Google key", r -> Planted.whole("AIza" + of(r, ALNUM, 35)));
        formats.put("private key", r -> {
            String body = of(r, ALNUM, 64);
            return new Planted(
                    "-----BEGIN EC PRIVATE KEY-----\n" + body + "\n-----END EC PRIVATE KEY-----",
                    body.substring(0, 20));
        });
        formats.put("password", r -> named("password=", of(r, ALNUM + "!$%*", 10)));
        formats.put("password with colon", r -> named("Password: ", of(r, ALNUM, 9)));
        formats.put("password in JSON", r -> {
            String secret = of(r, LOWER, 8) + " " + of(r, LOWER, 8);
            return new Planted("{\"dbPassword\": \"" + secret + "\"}", secret);
        });
        formats.put("flag", r -> named("--api-key ", of(r, ALNUM, 12)));
        formats.put("bearer", r -> named("Authorization: Bearer ", of(r, ALNUM + "-._~", 24)));
        formats.put("basic", r -> named("basic ", of(r, ALNUM, 16)));
        formats.put("cookie", r -> named("Set-Cookie: sid=", of(r, ALNUM, 16)));
        formats.put("URL", r -> {
            String secret = of(r, ALNUM + "!$", 10);
            return new Planted("postgres://shop:" + secret + "@db.internal:5432/shop", secret);
        });
        formats.put("connection string", r -> {
            String secret = of(r, ALNUM, 10);
            return new Planted("Server=db;Database=shop;User Id=sa;Password=" + secret + ";Encrypt=true", secret);
        });
        formats.put("DSN", r -> {
            String secret = of(r, ALNUM, 10);
            return new Planted("shop:" + secret + "@tcp(db:3306)/shop", secret);
        });
        formats.put("storage key", r -> named("AccountName=shop;AccountKey=", of(r, ALNUM + "+/", 86) + "=="));
        formats.put("card", r -> Planted.whole(card(r, r.nextInt(3))));
        formats.put("account", PlantedSecrets::account);
        formats.put(
                "mail",
                r -> Planted.whole(of(r, LOWER, 7) + "." + of(r, LOWER, 5) + "@" + of(r, LOWER, 6) + ".example"));
        formats.put("telephone", r -> Planted.whole("+49 170 " + (1 + r.nextInt(9)) + of(r, DIGITS, 6)));
        formats.put("social", r -> Planted.whole(of(r, DIGITS, 3) + "-" + of(r, DIGITS, 2) + "-" + of(r, DIGITS, 4)));
        formats.put("random", r -> Planted.whole("a1" + of(r, ALNUM, 40)));
        return formats;
    }

    private static Planted named(String name, String secret) {
        return new Planted(name + secret, secret);
    }

    private static String card(Random random, int form) {
        String digits = "4" + of(random, DIGITS, 14);
        for (int check = 0; check < 10; check++) {
            if (luhn(digits + check) == 0) {
                String card = digits + check;
                String separator = List.of("", " ", "-").get(form);
                return String.join(
                        separator,
                        card.substring(0, 4),
                        card.substring(4, 8),
                        card.substring(8, 12),
                        card.substring(12));
            }
        }
        throw new IllegalStateException("one of ten digits checks");
    }

    private static int luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
        }
        return sum % 10;
    }

    private static Planted account(Random random) {
        String number = of(random, DIGITS, 18);
        BigInteger value = new BigInteger(number + "131400");
        int check = 98 - value.mod(BigInteger.valueOf(97)).intValue();
        return Planted.whole(String.format(Locale.ROOT, "DE%02d%s", check, number));
    }

    private static String context(Random random) {
        StringBuilder words = new StringBuilder();
        for (int left = random.nextInt(6); left > 0; left--) {
            words.append(of(random, LOWER, 2 + random.nextInt(7)))
                    .append(List.of(" ", ": ", ", ", " - ").get(random.nextInt(4)));
        }
        return words.toString();
    }

    private static String end(Random random) {
        return List.of(" ", ", ", "; ", " (again) ", "\n").get(random.nextInt(5));
    }

    private static String of(Random random, String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        for (int left = length; left > 0; left--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
