package io.nightshift.bench.smd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * VUS-PR: the area under the range precision-recall curve, averaged over the lengths of a buffer around each labelled
 * segment. Paparrizos, Boniol, Palpanas, Tsay, Elmore, Franklin: <i>Volume Under the Surface: A New Accuracy Evaluation
 * Measure for Time-Series Anomaly Detection</i>, VLDB 2022, sections 3 and 4.
 *
 * <p>For each buffer length {@code l} from 0 to the greatest: a point {@code d ≤ l/2} steps from a segment counts as
 * {@code √(1 − d/l)} of an anomaly (at most 1 where buffers overlap). Recall is the counted positives among
 * {@code (labelled points + all weights) / 2}, at most 1, times the share of (buffered, merged) segments that were touched;
 * precision is the counted positives among the predicted points. The area is a sum of precision times the step in recall over
 * 250 thresholds at evenly spaced ranks of the score, as the authors' code and TSB-AD compute it.
 */
public final class VolumeUnderSurface {

    private static final int THRESHOLDS = 250;

    private record Segment(int first, int last) {}

    private final boolean[] labels;
    private final List<Segment> segments = new ArrayList<>();
    /** For each point the first threshold, counted from the highest, that predicts it. */
    private final int[] predictedFrom;

    private final long[] predicted = new long[THRESHOLDS];
    private final double[] hits = new double[THRESHOLDS];
    private int positives;

    private VolumeUnderSurface(double[] scores, boolean[] labels) {
        this.labels = labels;
        this.predictedFrom = new int[scores.length];
        double[] thresholds = thresholds(scores);
        for (int i = 0; i < scores.length; i++) {
            int from = firstAtMost(thresholds, scores[i]);
            predictedFrom[i] = from;
            predicted[from]++;
            if (labels[i]) {
                hits[from]++;
                positives++;
            }
        }
        for (int k = 1; k < THRESHOLDS; k++) {
            predicted[k] += predicted[k - 1];
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i]) {
                int first = i;
                while (i + 1 < labels.length && labels[i + 1]) {
                    i++;
                }
                segments.add(new Segment(first, i));
            }
        }
    }

    /**
     * The VUS-PR of a score, 0 to 1.
     *
     * @param scores greater is more anomalous; finite
     * @param labels as long as the scores, at least one of them true
     * @param longestBuffer greatest buffer length in points, both sides together; 0 gives the plain area
     */
    public static double pr(double[] scores, boolean[] labels, int longestBuffer) {
        if (scores.length != labels.length || scores.length == 0) {
            throw new IllegalArgumentException(scores.length + " scores for " + labels.length + " labels");
        }
        VolumeUnderSurface surface = new VolumeUnderSurface(scores, labels);
        if (surface.positives == 0) {
            throw new IllegalArgumentException("no point is labelled");
        }
        double volume = 0;
        for (int length = 0; length <= longestBuffer; length++) {
            volume += surface.area(length);
        }
        return volume / (longestBuffer + 1);
    }

    private double area(int length) {
        double[] weights = weights(length);
        double[] counted = hits.clone();
        int[] touched = new int[THRESHOLDS];
        int ranges = 0;
        double buffered = positives;
        for (Segment range : ranges(length / 2)) {
            int from = THRESHOLDS;
            for (int i = range.first; i <= range.last; i++) {
                from = Math.min(from, predictedFrom[i]);
                if (!labels[i]) {
                    double weight = Math.min(1, weights[i]);
                    buffered += weight;
                    counted[predictedFrom[i]] += weight;
                }
            }
            touched[from]++;
            ranges++;
        }
        return area(counted, touched, ranges, (positives + buffered) / 2);
    }

    private double area(double[] counted, int[] touched, int ranges, double outOf) {
        double area = 0;
        double before = 0;
        double truly = 0;
        double reached = 0;
        for (int k = 0; k < THRESHOLDS; k++) {
            truly += counted[k];
            reached += touched[k];
            double recall = Math.min(1, truly / outOf) * reached / ranges;
            area += (recall - before) * truly / predicted[k];
            before = recall;
        }
        return area;
    }

    private double[] weights(int length) {
        double[] weights = new double[labels.length];
        for (Segment segment : segments) {
            for (int d = 1; d <= length / 2; d++) {
                double weight = Math.sqrt(1 - (double) d / length);
                if (segment.last + d < weights.length) {
                    weights[segment.last + d] += weight;
                }
                if (segment.first - d >= 0) {
                    weights[segment.first - d] += weight;
                }
            }
        }
        return weights;
    }

    /** The segments with their buffers; those that touch are one. */
    private List<Segment> ranges(int half) {
        List<Segment> ranges = new ArrayList<>();
        for (Segment segment : segments) {
            int first = Math.max(0, segment.first - half);
            int last = Math.min(labels.length - 1, segment.last + half);
            if (!ranges.isEmpty() && first <= ranges.get(ranges.size() - 1).last + 1) {
                first = ranges.remove(ranges.size() - 1).first;
            }
            ranges.add(new Segment(first, last));
        }
        return ranges;
    }

    private static double[] thresholds(double[] scores) {
        double[] ascending = scores.clone();
        Arrays.sort(ascending);
        int last = scores.length - 1;
        double[] thresholds = new double[THRESHOLDS];
        for (int k = 0; k < THRESHOLDS; k++) {
            int rank = (int) ((double) k * last / (THRESHOLDS - 1));
            thresholds[k] = ascending[last - rank];
        }
        return thresholds;
    }

    private static int firstAtMost(double[] descending, double score) {
        int low = 0;
        int high = descending.length - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (descending[middle] <= score) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
