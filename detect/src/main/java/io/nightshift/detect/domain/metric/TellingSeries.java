package io.nightshift.detect.domain.metric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which of an instance's series a reader with little room is shown: those that a general rule calls telling, in a fixed order,
 * and of the others the most unusual ones. Each minute asks, so nothing is sorted then.
 */
final class TellingSeries {

    private static final int MAX_OTHERS = 12;
    private static final Comparator<Series> ORDER = Comparator.comparingInt(Series::rank)
            .thenComparing(series -> series.identity().name());

    private final List<Series> ranked = new ArrayList<>();
    private boolean isSorted;

    void add(Series series) {
        if (series.isTelling()) {
            ranked.add(series);
            isSorted = false;
        }
    }

    void clear() {
        ranked.clear();
    }

    /** Series with points in this minute, at most {@code room}. */
    List<Series> of(List<Series> all, int room) {
        if (!isSorted) {
            ranked.sort(ORDER);
            isSorted = true;
        }
        List<Series> kept = new ArrayList<>(Math.min(room, all.size()));
        for (Series series : ranked) {
            if (series.hasMinute() && kept.size() < room) {
                kept.add(series);
            }
        }
        int others = Math.min(MAX_OTHERS, room - kept.size());
        if (others > 0 && ranked.size() < all.size()) {
            kept.addAll(mostUnusual(all, others));
        }
        return kept;
    }

    /** One pass with insertion into a short list. */
    private static List<Series> mostUnusual(List<Series> all, int count) {
        List<Series> best = new ArrayList<>(count + 1);
        for (Series series : all) {
            if (series.isTelling() || !series.hasMinute()) {
                continue;
            }
            int at = best.size();
            while (at > 0 && best.get(at - 1).severity() < series.severity()) {
                at--;
            }
            if (at < count) {
                best.add(at, series);
                if (best.size() > count) {
                    best.remove(count);
                }
            }
        }
        return best;
    }
}
