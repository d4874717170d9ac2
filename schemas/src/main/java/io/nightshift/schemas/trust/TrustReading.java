package io.nightshift.schemas.trust;

import io.nightshift.events.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How trust stands at a time after its record was written: weights have faded, a promotion may have ended. It is never more than
 * what the record says.
 *
 * @param level in force, 2 to 5
 * @param earned what the evidence supports
 * @param lowerBound of the share of outcomes that hold, 0 to 1
 */
public record TrustReading(Trust trust, Instant at, int level, int earned, double lowerBound) {

    private static final int MOST_ASKED = 1_000;

    public static TrustReading of(Trust trust, Instant now) {
        double left = left(trust, now);
        double lowerBound = Wilson.lowerBound(trust.getGood() * left, trust.getBad() * left);
        int earned = Levels.earned(lowerBound, trust.getThresholds());
        int granted = hasEnded(trust, now) ? Math.min(Levels.ASSIST, trust.getGranted()) : trust.getGranted();
        int level = Math.min(Math.min(granted, earned), trust.getLevel());
        return new TrustReading(trust, now, level, earned, lowerBound);
    }

    /**
     * Held outcomes in a row that a level still needs; 0 when the evidence is enough.
     *
     * @param wanted 4 or 5
     */
    public int heldNeeded(int wanted) {
        double left = left(trust, at);
        double threshold = Levels.threshold(wanted, trust.getThresholds());
        for (int more = 0; more < MOST_ASKED; more++) {
            if (Wilson.lowerBound(trust.getGood() * left + more, trust.getBad() * left) >= threshold) {
                return more;
            }
        }
        return MOST_ASKED;
    }

    /** What the next level needs, in words; one line each. */
    public List<String> stillNeeded() {
        List<String> needed = new ArrayList<>();
        if (level < Levels.ASSIST) {
            needed.add("level 3: a person's promotion, after two harms");
            return needed;
        }
        if (level == Levels.FULL) {
            return needed;
        }
        int next = level + 1;
        int held = heldNeeded(next);
        if (held > 0) {
            needed.add("level " + next + ": " + held + " more held outcome" + (held == 1 ? "" : "s")
                    + " in a row, then a person's promotion");
        } else {
            needed.add("level " + next + ": earned; only a person's promotion is missing");
        }
        return needed;
    }

    /** What is left of a weight after some time, 0 to 1. */
    public static double fading(Duration age, double halfLifeDays) {
        double days = Math.max(0, age.toMillis()) / (double) Duration.ofDays(1).toMillis();
        return Math.pow(0.5, days / halfLifeDays);
    }

    /**
     * The level that counts where people configured one: that, or less where something was taken away; never more. A key that
     * nobody promoted and that lost nothing stands as it was configured.
     *
     * @param configured 1 to 5
     */
    public int atMost(int configured) {
        boolean speaks = trust.getPromotedAt() != null || trust.getDemotedAt() != null;
        return speaks ? Math.min(level, configured) : configured;
    }

    /** Why it lowers what was configured, in words. */
    public String because() {
        boolean demotedLast = trust.getDemotedAt() != null
                && (trust.getPromotedAt() == null || trust.getDemotedAt().isAfter(trust.getPromotedAt()));
        if (demotedLast) {
            return "demoted at " + trust.getDemotedAt() + ": " + trust.getDemotedFor();
        }
        if (level == trust.getGranted()) {
            return "promoted to level " + level + " by " + trust.getPromotedBy();
        }
        return hasEnded(trust, at)
                ? "the promotion ended at " + trust.getPromotionEnds()
                : "what spoke for level " + trust.getGranted() + " has faded";
    }

    private static boolean hasEnded(Trust trust, Instant now) {
        return trust.getPromotionEnds() != null && !now.isBefore(trust.getPromotionEnds());
    }

    private static double left(Trust trust, Instant now) {
        return fading(Duration.between(trust.getAsOf(), now), trust.getHalfLifeDays());
    }
}
