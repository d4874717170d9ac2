package io.nightshift.detect.domain.metric;

/**
 * Whether a series moves less from point to point than it ever did: it froze, or lost its noise. What it moves over about 32
 * points is compared with the least of that over a long time, and news is only what lies as far below that record as the record
 * lies below what is usual. A series that often rests, or is mostly constant, has no such news: its rest is a part of it.
 *
 * <p>Its two words stand in the head of {@link HourBins}, for stillness can't be judged before a day was seen. The constants
 * were chosen by the alarms on labelled series, which they are to leave alone, and by made-up ones that freeze.
 */
final class Stillness {

    private static final int DAY_MINUTES = 1_440;
    private static final int LEAST_POINTS = 500;
    /** By how many times the record must be undercut at least. */
    private static final float NEWS = 1.5f;
    /** A record so many times below what is usual is that of a series that rests. */
    private static final float RESTS = 5;

    /** What is a mean of 32 points changes little from one to the next. */
    private static final int LOOKS_EACH = 8;

    private static final float USUAL_WEIGHT = LOOKS_EACH / 500f;
    /** How slowly the record follows what falls: as fast as the fall itself, and nothing would ever lie below it. */
    private static final float FOLLOWS_DOWN = LOOKS_EACH / 300f;
    /** And how slowly it is forgotten. */
    private static final float FORGETS = LOOKS_EACH / 20_000f;

    private Stillness() {}

    /** Whether this point is one at which stillness is looked at and learned. */
    static boolean looks(int points) {
        return points % LOOKS_EACH == 0;
    }

    /** Whether a series has a record to be compared with. */
    static boolean isKnown(int[] bins, int points, int ageMinutes) {
        return bins != HourBins.NONE && points >= LEAST_POINTS && ageMinutes >= DAY_MINUTES;
    }

    /**
     * How newly still a series is; 1 is worth telling.
     *
     * @param step mean distance of a point from the one before, over about 32 points
     */
    static float evidence(int[] bins, float step) {
        float record = HourBins.get(bins, HourBins.STILLEST);
        float usual = usual(bins);
        if (step >= record || step <= 0 || usual > RESTS * record) {
            return 0;
        }
        return (float) (Math.log(record / step) / Math.log(Math.max(NEWS, usual / record)));
    }

    /**
     * Learns what the series moved.
     *
     * @param isKnown false while the record is still being found
     */
    static void learn(int[] bins, float step, boolean isKnown) {
        float usual = usual(bins);
        float record = HourBins.get(bins, HourBins.STILLEST);
        if (usual <= 0) {
            usual = step;
            record = step;
        }
        if (step >= record) {
            record += FORGETS * (step - record);
        } else {
            record = isKnown ? Math.max(step, record - FOLLOWS_DOWN * record) : step;
        }
        HourBins.set(bins, HourBins.USUAL_STEP, usual + USUAL_WEIGHT * (step - usual));
        HourBins.set(bins, HourBins.STILLEST, record);
    }

    /** It was told: the series has rested, and it takes long until that is news again. */
    static void told(int[] bins) {
        HourBins.set(bins, HourBins.STILLEST, 0);
    }

    /** By how much a point usually differs from the one before; 0 while that is not known. */
    static float usual(int[] bins) {
        return HourBins.get(bins, HourBins.USUAL_STEP);
    }
}
