package io.nightshift.bench.learn;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The learning curve as a picture: three panels, a line with its interval for each arm, over incidents. */
final class CurvePlot {

    private static final int WINDOW = 100;
    private static final int WIDTH = 900;
    private static final int HEIGHT = 420;
    private static final Color[] COLOURS = {
        new Color(0x0072B2), new Color(0x999999), new Color(0xE69F00), new Color(0x009E73), new Color(0xCC79A7)
    };

    /** What is drawn of a season at a window. */
    private interface Figure {
        double of(Tally tally, int from, int to);
    }

    private CurvePlot() {}

    static void write(Map<Arms, List<Tally>> played, Path file) throws IOException {
        List<XYChart> charts = List.of(
                chart("Resolved without a person, share of " + WINDOW + " incidents", played, Tally::share),
                chart("Harmful actions, approved or not, so far", played, (tally, from, to) -> tally.harms(0, to)),
                chart("Time to recovery, minutes, mean of " + WINDOW + " incidents", played, Tally::recovery));
        BitmapEncoder.saveBitmap(charts, charts.size(), 1, file.toString(), BitmapEncoder.BitmapFormat.PNG);
    }

    private static XYChart chart(String title, Map<Arms, List<Tally>> played, Figure figure) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("incident (right actions change half-way)")
                .build();
        XYStyler styler = chart.getStyler();
        styler.setYAxisMin(0.0);
        styler.setMarkerSize(0);
        styler.setErrorBarsColorSeriesColor(true);
        styler.setLegendPosition(Styler.LegendPosition.OutsideE);
        styler.setChartBackgroundColor(Color.WHITE);
        played.forEach((arm, tallies) -> draw(chart, arm, tallies, figure));
        return chart;
    }

    private static void draw(XYChart chart, Arms arm, List<Tally> tallies, Figure figure) {
        int windows = tallies.get(0).incidents() / WINDOW;
        double[] x = new double[windows];
        double[] mean = new double[windows];
        double[] half = new double[windows];
        for (int i = 0; i < windows; i++) {
            int from = i * WINDOW;
            ToDoubleFunction<Tally> at = tally -> figure.of(tally, from, from + WINDOW);
            Estimate estimate = Estimate.of(tallies, at);
            x[i] = from + WINDOW;
            mean[i] = estimate.mean();
            half[i] = estimate.half();
        }
        XYSeries line = chart.addSeries(arm.words(), x, mean, half);
        line.setLineColor(COLOURS[arm.ordinal()]);
        line.setMarker(SeriesMarkers.NONE);
    }
}
