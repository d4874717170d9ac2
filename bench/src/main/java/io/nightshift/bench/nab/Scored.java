package io.nightshift.bench.nab;

import java.util.ArrayList;
import java.util.List;

/** A series and a detector's score of each of its rows. */
record Scored(LabelledSeries series, double[] scores) {

    /** Runs a detector over each series, new for each. */
    static List<Scored> by(Detector.Maker maker, List<LabelledSeries> all) {
        List<Scored> scored = new ArrayList<>(all.size());
        for (LabelledSeries series : all) {
            Detector detector = maker.make();
            double[] scores = new double[series.rows()];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = detector.accept(series.timesMicros()[i], series.values()[i]);
            }
            scored.add(new Scored(series, scores));
        }
        return scored;
    }

    /** Every second one: the 1st, 3rd and so on, or the 2nd, 4th and so on. */
    static List<Scored> half(List<Scored> all, boolean odd) {
        List<Scored> half = new ArrayList<>();
        for (int i = odd ? 0 : 1; i < all.size(); i += 2) {
            half.add(all.get(i));
        }
        return half;
    }
}
