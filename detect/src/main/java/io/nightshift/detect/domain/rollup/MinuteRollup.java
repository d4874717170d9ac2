package io.nightshift.detect.domain.rollup;

import io.nightshift.detect.domain.report.Bounded;
import io.nightshift.events.RollupCalls;
import io.nightshift.events.RollupSeries;
import io.nightshift.events.ServiceRollup;
import io.nightshift.schemas.ServiceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One service's minute as a record within its byte budget; what does not fit is counted. */
public final class MinuteRollup {

    private static final int CALL_BYTES = 10 * 1024;
    private static final int TOTAL_BYTES = 30 * 1024;

    private MinuteRollup() {}

    public static ServiceRollup of(ServiceKey service, RollupPart part) {
        int bytes = 100 + Bounded.of(service.entity());
        List<RollupCalls> calls = new ArrayList<>();
        for (RollupCalls one : part.calls()) {
            int size = 50 + Bounded.of(one.getInstance()) + Bounded.of(one.getPeer());
            if (bytes + size <= CALL_BYTES) {
                bytes += size;
                calls.add(one);
            }
        }
        List<RollupSeries> series = new ArrayList<>();
        for (RollupSeries one : part.series()) {
            int size = sizeOf(one);
            if (bytes + size <= TOTAL_BYTES) {
                bytes += size;
                series.add(one);
            }
        }
        return ServiceRollup.newBuilder()
                .setService(Bounded.entity(service.entity()))
                .setMinute(Instant.ofEpochSecond(part.minute() * 60))
                .setCalls(calls)
                .setSeries(series)
                .setOmittedSeries(part.omittedSeries() + part.series().size() - series.size())
                .setCoverage(part.coverage().told())
                .build();
    }

    private static int sizeOf(RollupSeries series) {
        int size = 80 + Bounded.of(series.getName()) + Bounded.of(series.getUnit()) + Bounded.of(series.getInstance());
        for (var attribute : series.getAttributes().entrySet()) {
            size += Bounded.of(attribute.getKey()) + Bounded.of(attribute.getValue());
        }
        return size;
    }
}
