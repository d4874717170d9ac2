package io.nightshift.bench.nab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The score of the Numenta Anomaly Benchmark (A. Lavin and S. Ahmad, Evaluating Real-Time Anomaly Detection Algorithms,
 * 2015; its code of version 1.1 where the two differ): 100 for each window found at its left edge and nothing else, 0 for
 * a detector that never says anything.
 *
 * <p>Of the detections in a window the earliest counts, the more the earlier. One outside costs, the less the closer it
 * follows a window. The first rows of a file are probationary and count nothing.
 */
final class NabScore {

    private static final double AT_LEFT_EDGE = sigmoid(-1);
    private static final int NO_WINDOW = -1;

    private record Point(double score, double worth, int window) {}

    private final Profile profile;
    private final List<Point> points = new ArrayList<>();
    private int windows;

    NabScore(List<Scored> files, Profile profile) {
        this.profile = profile;
        files.forEach(this::add);
        points.sort(Comparator.comparingDouble(Point::score).reversed());
    }

    private void add(Scored file) {
        LabelledSeries series = file.series();
        int next = 0;
        for (int row = 0; row < series.rows(); row++) {
            while (next < series.windows().size()
                    && row > series.windows().get(next).last()) {
                next++;
            }
            LabelledSeries.Window before = next == 0 ? null : series.windows().get(next - 1);
            LabelledSeries.Window in = next < series.windows().size()
                            && row >= series.windows().get(next).first()
                    ? series.windows().get(next)
                    : null;
            if (row >= series.probation()) {
                points.add(
                        new Point(file.scores()[row], worth(row, in, before), in == null ? NO_WINDOW : windows + next));
            }
        }
        windows += series.windows().size();
    }

    private double worth(int row, LabelledSeries.Window in, LabelledSeries.Window before) {
        if (in != null) {
            double position = -(in.last() - row + 1) / (double) in.width();
            return sigmoid(position) * profile.truePositive() / AT_LEFT_EDGE;
        }
        double past = before == null ? Double.MAX_VALUE : (row - before.last()) / (before.width() - 1.0);
        return sigmoid(past) * profile.falsePositive();
    }

    /** 2 / (1 + e^5y) - 1; well behind a window it is -1. */
    private static double sigmoid(double y) {
        return y >= 3 ? -1 : 2 / (1 + Math.exp(5 * y)) - 1;
    }

    /** The score when each point at or above the threshold is a detection. */
    double at(double threshold) {
        Tally tally = new Tally();
        for (Point point : points) {
            if (point.score() < threshold) {
                break;
            }
            tally.detect(point);
        }
        return tally.normalised();
    }

    /** The score at the threshold that makes it greatest, of all scores seen; the same threshold for all files. */
    double best() {
        Tally tally = new Tally();
        double best = tally.normalised();
        for (int i = 0; i < points.size(); i++) {
            tally.detect(points.get(i));
            boolean last = i + 1 == points.size()
                    || points.get(i + 1).score() != points.get(i).score();
            if (last) {
                best = Math.max(best, tally.normalised());
            }
        }
        return best;
    }

    /** Detections at or above the threshold that are in no window. */
    long outside(double threshold) {
        return points.stream()
                .takeWhile(point -> point.score() >= threshold)
                .filter(point -> point.window() == NO_WINDOW)
                .count();
    }

    private final class Tally {
        private final double[] found = new double[windows];
        private double sum = -profile.falseNegative() * windows;

        Tally() {
            Arrays.fill(found, -profile.falseNegative());
        }

        void detect(Point point) {
            if (point.window() == NO_WINDOW) {
                sum += point.worth();
            } else if (point.worth() > found[point.window()]) {
                sum += point.worth() - found[point.window()];
                found[point.window()] = point.worth();
            }
        }

        /** Not a number when there is no window. */
        double normalised() {
            double nothing = -profile.falseNegative() * windows;
            double perfect = profile.truePositive() * windows;
            return windows == 0 ? Double.NaN : 100 * (sum - nothing) / (perfect - nothing);
        }
    }
}
