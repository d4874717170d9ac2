package io.nightshift.bench.learn;

import io.nightshift.bench.learn.World.Fault;
import io.nightshift.events.ActionKind;
import io.nightshift.schemas.trust.Levels;
import io.nightshift.schemas.trust.TrustKey;
import io.nightshift.schemas.trust.TrustReading;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A year of incidents with one arm: it proposes, the trust ledger says whether policy alone may do it, a person decides otherwise.
 *
 * <p>What is assumed of the world: the right action holds in 90 of 100, a wrong one in 15; a wrong one does harm in 5 of 100; one
 * repair in 100 holds and yet does harm that half of the time a person notices. The installation's verdict on an outcome is wrong
 * in 10 of 100. A person judges a proposal rightly in 85 of 100, and is awake after a quarter of an hour on average.
 */
final class Season {

    static final double HOLDS_RIGHT = 0.9;
    static final double HOLDS_WRONG = 0.15;
    static final double WRONG_HARMS = 0.05;
    static final double SUCCESS_HARMS = 0.01;
    static final double HARM_IS_SEEN = 0.5;
    static final double WRONG_VERDICT = 0.1;
    static final double PERSON_IS_RIGHT = 0.85;
    static final int REVIEW_EVERY = 50;

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration YEAR = Duration.ofDays(365);
    private static final double ACT_MINUTES = 5;
    private static final double NOTICE_MINUTES = 10;
    private static final double WAKE_MINUTES = 15;
    private static final double REPAIR_MINUTES = 30;

    private final World world;
    private final List<Fault> faults;
    private final Arm arm;
    private final boolean guarded;
    private final Memory memory;
    private final Random random;
    private final Tally tally;
    private final Map<String, Integer> levels = new HashMap<>();

    private Season(Arms arms, long seed, int incidents) {
        world = new World(seed, incidents);
        faults = world.faults();
        memory = new Memory();
        arm = arms.of(world, faults, memory, seed);
        guarded = arms.isGuarded();
        random = new Random(seed * 31 + 7);
        tally = new Tally(incidents);
    }

    static Tally play(Arms arm, long seed, int incidents) {
        Season season = new Season(arm, seed, incidents);
        season.faults.forEach(season::incident);
        return season.tally;
    }

    private void incident(Fault fault) {
        Instant now = BEGIN.plus(YEAR.multipliedBy(fault.number()).dividedBy(faults.size()));
        if (guarded && fault.number() % REVIEW_EVERY == REVIEW_EVERY - 1) {
            review(now);
        }
        ActionKind proposed = arm.choose(fault);
        TrustKey key = new TrustKey(proposed, "", "sim/" + fault.service().serviceClass(), fault.cause());
        int level = guarded ? watched(key, now) : Levels.FULL;
        if (level >= Levels.SUPERVISED) {
            carriedOut(fault, proposed, true, now, 0);
        } else if (level == Levels.ASSIST && approves(fault, proposed)) {
            carriedOut(fault, proposed, false, now, wake());
        } else {
            repairedByAPerson(fault, proposed, now);
        }
    }

    /** The level, and whether it rose without a promotion since it was last looked at: that must never be. */
    private int watched(TrustKey key, Instant now) {
        int level = memory.level(key, now);
        Integer before = levels.put(key.toString(), level);
        if (level > (before == null ? Levels.ASSIST : before)) {
            tally.widenedWithoutApproval();
        }
        return level;
    }

    /** A person reads the trust ledger and promotes what is earned; what was stopped after harm is let ask again. */
    private void review(Instant now) {
        for (Map.Entry<String, TrustReading> entry : memory.readings(now).entrySet()) {
            TrustReading reading = entry.getValue();
            int wanted = Math.max(Levels.ASSIST, Math.min(Levels.FULL, reading.earned()));
            if (wanted > reading.level() && memory.promote(entry.getKey(), wanted, now)) {
                levels.put(entry.getKey(), wanted);
                tally.promoted();
            }
        }
    }

    private boolean approves(Fault fault, ActionKind proposed) {
        boolean right = proposed == world.right(fault);
        return right == (random.nextDouble() < PERSON_IS_RIGHT);
    }

    private void carriedOut(Fault fault, ActionKind action, boolean alone, Instant now, double waited) {
        boolean right = action == world.right(fault);
        boolean holds = random.nextDouble() < (right ? HOLDS_RIGHT : HOLDS_WRONG);
        boolean harms = random.nextDouble() < (holds ? SUCCESS_HARMS : right ? 0 : WRONG_HARMS);
        boolean verdict = holds != (random.nextDouble() < WRONG_VERDICT);
        boolean said = harms && random.nextDouble() < HARM_IS_SEEN;
        double minutes = waited + exponential(ACT_MINUTES);
        if (!holds) {
            minutes += NOTICE_MINUTES + wake() + exponential(REPAIR_MINUTES);
        }
        tally.add(fault.number(), alone && holds && !harms, harms, minutes);
        memory.tell(
                "inc-" + fault.number(), dossier -> Told.carriedOut(dossier, fault, action, verdict, said, alone, now));
        arm.told(fault, action, verdict && !said);
    }

    private void repairedByAPerson(Fault fault, ActionKind proposed, Instant now) {
        ActionKind did = random.nextDouble() < PERSON_IS_RIGHT ? world.right(fault) : proposed;
        tally.add(fault.number(), false, false, wake() + exponential(REPAIR_MINUTES));
        memory.tell("inc-" + fault.number(), dossier -> Told.byAPerson(dossier, fault, proposed, did, now));
        arm.told(fault, did, true);
        if (did != proposed) {
            arm.told(fault, proposed, false);
        }
    }

    private double wake() {
        return exponential(WAKE_MINUTES);
    }

    private double exponential(double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }
}
