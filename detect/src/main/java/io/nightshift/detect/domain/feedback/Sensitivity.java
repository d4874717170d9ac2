package io.nightshift.detect.domain.feedback;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How sharply one series is judged, by what people said about its anomalies. Each "not a problem" raises its threshold by
 * half, to five times at most; each "missed" divides it by 1.3, to half at least. An opinion counts for ninety days, one per
 * anomaly: the last.
 */
public final class Sensitivity {

    private static final double LESS = 1.5;
    private static final double MORE = 1.3;
    private static final double GREATEST = 5;
    private static final double LEAST = 0.5;
    private static final long COUNTS_MILLIS = TimeUnit.DAYS.toMillis(90);
    /** As many as it takes from one end to the other. */
    private static final int MAX_OPINIONS = 8;

    private final Map<String, Feedback> opinions = new LinkedHashMap<>();
    private boolean dismissed;

    /** Takes an opinion; false when it says nothing new: told before, or older than what was said of that anomaly. */
    boolean accept(Feedback feedback) {
        Feedback before = opinions.get(feedback.anomaly());
        if (before != null && (before.opinion() == feedback.opinion() || before.atMillis() >= feedback.atMillis())) {
            return false;
        }
        boolean isOlderThanAll =
                opinions.values().stream().allMatch(opinion -> opinion.atMillis() > feedback.atMillis());
        if (before == null && opinions.size() >= MAX_OPINIONS && isOlderThanAll) {
            return false;
        }
        opinions.put(feedback.anomaly(), feedback);
        List<Feedback> byAge = new ArrayList<>(opinions.values());
        byAge.sort(Comparator.comparingLong(Feedback::atMillis));
        byAge.stream()
                .limit(Math.max(0, byAge.size() - MAX_OPINIONS))
                .forEach(oldest -> opinions.remove(oldest.anomaly()));
        return true;
    }

    /** By how much the threshold is multiplied, 0.5 to 5; 1 without opinions that count. */
    double threshold(long nowMillis) {
        double threshold = 1;
        for (Feedback opinion : opinions.values()) {
            if (nowMillis - opinion.atMillis() < COUNTS_MILLIS) {
                threshold = opinion.opinion() == Opinion.NOT_A_PROBLEM ? threshold * LESS : threshold / MORE;
            }
        }
        return Math.max(LEAST, Math.min(GREATEST, threshold));
    }

    /** Whether nothing in it counts any more. */
    boolean isOver(long nowMillis) {
        return !dismissed
                && opinions.values().stream().allMatch(opinion -> nowMillis - opinion.atMillis() >= COUNTS_MILLIS);
    }

    boolean isDismissed() {
        return dismissed;
    }

    /** A person said that this silence is no problem: nothing is expected until it is heard again. */
    void dismiss(boolean isDismissed) {
        dismissed = isDismissed;
    }

    public byte[] toBytes() {
        StateWriter out = new StateWriter();
        out.int8(1).flag(dismissed).int32(opinions.size());
        opinions.values().forEach(opinion -> out.text(opinion.series())
                .text(opinion.anomaly())
                .text(opinion.opinion().word())
                .int64(opinion.atMillis()));
        return out.toBytes();
    }

    public static Sensitivity fromBytes(byte[] bytes) {
        Sensitivity read = new Sensitivity();
        StateReader in = new StateReader(bytes);
        if (in.int8() != 1) {
            return read;
        }
        read.dismissed = in.flag();
        for (int left = in.int32(); left > 0; left--) {
            String series = in.text();
            String anomaly = in.text();
            Opinion opinion = Opinion.of(in.text()).orElse(Opinion.MISSED);
            read.opinions.put(anomaly, new Feedback(series, anomaly, opinion, in.int64()));
        }
        return read;
    }
}
