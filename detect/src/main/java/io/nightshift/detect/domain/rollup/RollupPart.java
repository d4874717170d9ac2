package io.nightshift.detect.domain.rollup;

import io.nightshift.detect.domain.call.MinuteCalls;
import io.nightshift.events.RollupCalls;
import io.nightshift.events.RollupSeries;
import java.util.ArrayList;
import java.util.List;

/**
 * What one scoring step saw of a service in a minute.
 *
 * @param minute minutes since the epoch
 * @param omittedSeries series that the step left out itself
 */
public record RollupPart(
        long minute, List<RollupCalls> calls, List<RollupSeries> series, int omittedSeries, Coverage coverage) {

    public static RollupPart calls(long minute, List<MinuteCalls> calls) {
        return new RollupPart(minute, calls.stream().map(MinuteCalls::rollup).toList(), List.of(), 0, Coverage.NONE);
    }

    public static RollupPart series(long minute, List<RollupSeries> series, int omitted, Coverage coverage) {
        return new RollupPart(minute, List.of(), series, omitted, coverage);
    }

    public RollupPart plus(RollupPart other) {
        List<RollupCalls> allCalls = new ArrayList<>(calls);
        allCalls.addAll(other.calls);
        List<RollupSeries> allSeries = new ArrayList<>(series);
        allSeries.addAll(other.series);
        return new RollupPart(
                minute, allCalls, allSeries, omittedSeries + other.omittedSeries, coverage.plus(other.coverage));
    }
}
