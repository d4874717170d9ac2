package io.nightshift.learn.domain;

import io.nightshift.events.Experience;
import io.nightshift.events.OutcomeKind;
import io.nightshift.events.Trust;
import io.nightshift.schemas.trust.Levels;
import io.nightshift.schemas.trust.TrustKey;
import java.time.Instant;

/** Of one key: what was granted and taken away, and how often what was seen. */
final class TrustStanding {

    private int granted = Levels.ASSIST;
    private String promotedBy = "";
    private Instant promotedAt;
    private Instant promotionEnds;
    private Instant demotedAt;
    private String demotedFor = "";
    private Instant countsFrom;
    private String resetBy = "";
    private String playbook;
    private Instant lastHarm;
    private int failed;
    private int harmful;
    private int agreed;
    private int disagreed;
    private int drills;
    private int inARow;

    int granted() {
        return granted;
    }

    String resetBy() {
        return resetBy;
    }

    int against() {
        return failed + harmful + disagreed;
    }

    /** Time passes: a promotion may end. */
    void pass(Instant now) {
        if (promotionEnds != null && !now.isBefore(promotionEnds)) {
            lower(Levels.ASSIST, promotionEnds, "the promotion ended");
        }
    }

    /** Widens only as far as the evidence goes at that time; a person may lower at any time, and lift to asking. */
    void promote(Promotion promotion, int earned, TrustSettings settings) {
        if (promotion.level() < granted) {
            lower(promotion.level(), promotion.at(), "by " + promotion.actor());
            return;
        }
        boolean supported = promotion.level() <= Math.max(Levels.ASSIST, earned);
        Instant longest = promotion.at().plus(settings.promotionValid());
        Instant ends = promotion.ends() == null || promotion.ends().isAfter(longest) ? longest : promotion.ends();
        if (supported && promotion.at().isBefore(ends)) {
            granted = promotion.level();
            promotedBy = promotion.actor();
            promotedAt = promotion.at();
            promotionEnds = ends;
        } else if (promotion.level() > granted) {
            demotedAt = promotion.at();
            demotedFor = "by what is known now, level " + promotion.level() + " was not earned when "
                    + promotion.actor() + " promoted it";
        }
    }

    /** What the evidence no longer supports is taken away at once. */
    void narrow(int earned, Instant at, String why) {
        if (granted > Math.max(Levels.ASSIST, earned)) {
            lower(Math.max(Levels.ASSIST, earned), at, why);
        }
    }

    /** After a harm a person decides each time; after a second one before a person promoted again, nothing is done. */
    void harm(Instant at, String incident) {
        boolean second = lastHarm != null && (promotedAt == null || !promotedAt.isAfter(lastHarm));
        lastHarm = at;
        reset(at, "a harm");
        lower(second ? Levels.DETECT : Levels.ASSIST, at, "");
        demotedAt = at; // Whatever was granted: a level that is set elsewhere is lowered by it too.
        demotedFor = (second ? "it did harm again in " : "it did harm in ") + incident;
    }

    /** Taking back that something did harm corrects what was learned; it is no promotion, so a person has to give one again. */
    void doubt(Instant at) {
        lower(Levels.ASSIST, at, "a person took back that it did harm: promote it again");
    }

    void reset(Instant at, String by) {
        countsFrom = at;
        resetBy = by;
        inARow = 0;
    }

    /** Everything begins again: what acts now is not what acted before. */
    void anew(Instant at, String by) {
        reset(at, by);
        lower(Levels.ASSIST, at, by);
        failed = 0;
        harmful = 0;
        agreed = 0;
        disagreed = 0;
        drills = 0;
    }

    boolean isOtherPlaybook(String now) {
        boolean other = playbook != null && !playbook.equals(now);
        playbook = now;
        return other;
    }

    void count(Experience experience) {
        OutcomeKind outcome = experience.getOutcome();
        drills += experience.getDrill() ? 1 : 0;
        if (outcome == OutcomeKind.HELD) {
            inARow += experience.getStartedAt() == null ? 0 : 1;
        } else if (outcome == OutcomeKind.HARMFUL) {
            harmful++;
        } else if (Ending.isBad(outcome)) {
            failed++;
            inARow = 0;
        } else if (outcome == OutcomeKind.HUMAN_DID_IT) {
            agreed += experience.getProposed() ? 1 : 0;
        } else if (outcome == OutcomeKind.HUMAN_DID_OTHERWISE) {
            disagreed++;
        }
    }

    private void lower(int level, Instant at, String why) {
        if (level < granted) {
            granted = level;
            demotedAt = at;
            demotedFor = why;
            promotedBy = "";
            promotedAt = null;
        }
        if (granted <= Levels.ASSIST) {
            promotionEnds = null;
        }
    }

    Trust.Builder trust(TrustKey key) {
        return Trust.newBuilder()
                .setAction(key.action())
                .setPlaybook(key.playbook())
                .setServiceClass(key.serviceClass())
                .setCauseClass(key.causeClass())
                .setGranted(granted)
                .setFailed(failed)
                .setHarmful(harmful)
                .setAgreed(agreed)
                .setDisagreed(disagreed)
                .setDrills(drills)
                .setInARow(inARow)
                .setCountsFrom(countsFrom)
                .setResetBy(resetBy)
                .setPromotedBy(promotedBy)
                .setPromotedAt(promotedAt)
                .setPromotionEnds(promotionEnds)
                .setDemotedAt(demotedAt)
                .setDemotedFor(demotedFor);
    }
}
