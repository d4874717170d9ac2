package io.nightshift.oversee.domain.view;

import io.nightshift.events.RollupCoverage;
import io.nightshift.events.ServiceRollup;
import io.nightshift.schemas.ServiceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The newest coverage of each service, from its rollups. Bounded. Not thread-safe. */
public final class CoverageWatch {

    /** A service of which nothing was heard for so long is not shown. */
    public static final Duration SHOWN = Duration.ofMinutes(15);

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MOST_SERVICES = 5_000;

    private final Map<String, CoverageView> services = new TreeMap<>();

    /** Takes a rollup. Those of one minute are parts of a service that is spread over several tasks. */
    public void accept(ServiceRollup rollup) {
        RollupCoverage told = rollup.getCoverage();
        if (told == null) {
            return;
        }
        String service = ServiceKey.of(rollup.getService()).toString();
        CoverageView known = services.get(service);
        CoverageView heard = view(service, rollup.getMinute().plus(MINUTE).toEpochMilli(), told);
        if (known == null && services.size() >= MOST_SERVICES || known != null && known.at() > heard.at()) {
            return;
        }
        services.put(service, known != null && known.at() == heard.at() ? sum(known, heard) : heard);
    }

    /** By service, those heard of lately. */
    public List<CoverageView> at(Instant now) {
        long since = now.minus(SHOWN).toEpochMilli();
        for (Iterator<CoverageView> all = services.values().iterator(); all.hasNext(); ) {
            if (all.next().at() < since) {
                all.remove();
            }
        }
        return List.copyOf(services.values());
    }

    private static CoverageView view(String service, long at, RollupCoverage told) {
        return new CoverageView(
                service,
                at,
                told.getSeries(),
                told.getSeries() - told.getSilent(),
                told.getLearning(),
                told.getSeasonal(),
                told.getSilent(),
                told.getSilentPoints(),
                told.getSilentSeconds(),
                told.getRefused());
    }

    private static CoverageView sum(CoverageView one, CoverageView other) {
        return new CoverageView(
                one.service(),
                one.at(),
                one.series() + other.series(),
                one.judged() + other.judged(),
                one.learning() + other.learning(),
                one.seasonal() + other.seasonal(),
                one.silent() + other.silent(),
                Math.max(one.silentPoints(), other.silentPoints()),
                Math.max(one.silentSeconds(), other.silentSeconds()),
                one.refused() + other.refused());
    }
}
