package io.nightshift.bench.log;

import java.util.Locale;
import java.util.Random;

/** Log lines of an imagined shop, the same each time: 120 templates with numbers, addresses, ids, keys and quotations. */
final class LogLoad {

    private static final int TEMPLATES = 120;
    private static final int LINES = 100_000;

    private static final String[] VERBS = {
        "placed", "shipped", "rejected", "priced", "queued", "settled", "merged", "checked"
    };
    private static final String[] THINGS = {
        "Order", "Parcel", "Invoice", "Payment", "Basket", "Session", "Voucher", "Stock"
    };
    private static final String[] PLACES = {
        "after retry", "in the second round", "without a warning", "for the night batch"
    };

    private final Random random;

    LogLoad(long seed) {
        random = new Random(seed);
    }

    /** What services log: values that show by their looks. */
    String[] ordinary() {
        String[] lines = new String[LINES];
        for (int i = 0; i < LINES; i++) {
            lines[i] = line(random.nextInt(TEMPLATES));
        }
        return lines;
    }

    /** Two words of each line are variables and look like words. */
    String[] twoParameters() {
        String[] lines = new String[LINES];
        for (int i = 0; i < LINES; i++) {
            lines[i] = "Session of customer " + word() + " moved to region " + word() + " without delay in "
                    + random.nextInt(1_000) + " ms";
        }
        return lines;
    }

    private String line(int template) {
        String what = THINGS[template % 8] + " " + hex() + " " + VERBS[template / 8 % 8] + " " + PLACES[template % 4];
        return switch (template % 5) {
            case 0 ->
                what + " by 10." + random.nextInt(256) + ".3." + random.nextInt(256) + ":" + port() + " in "
                        + random.nextInt(900) + " ms";
            case 1 -> what + ", total=" + random.nextInt(5_000) + ", currency=EUR, user=" + word();
            case 2 -> what + ": path /var/lib/shop/" + hex() + "/" + word() + " holds " + random.nextInt(64) + " KB";
            case 3 ->
                what + " \"" + word() + "\" on node-" + random.nextInt(40) + " at 2026-11-2" + random.nextInt(10)
                        + " 03:12:" + (10 + random.nextInt(50)) + "," + random.nextInt(1_000);
            default ->
                what + " (attempt " + random.nextInt(5) + " of 5), next check of https://shop.example/v1/orders/"
                        + hex() + "?full=true";
        };
    }

    private int port() {
        return 1_024 + random.nextInt(60_000);
    }

    private String hex() {
        return String.format(Locale.ROOT, "%08x", random.nextInt());
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        for (int left = 4 + random.nextInt(6); left > 0; left--) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }
}
