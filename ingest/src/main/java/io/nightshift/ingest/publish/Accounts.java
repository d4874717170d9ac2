package io.nightshift.ingest.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nightshift.ingest.domain.Normalised;
import io.nightshift.ingest.domain.Parcel;
import io.nightshift.ingest.domain.Refused;
import java.util.List;
import java.util.Locale;

/**
 * The books: accepted = published + quarantined + dropped, in items, per door and signal. They are written when a request
 * has been answered with yes; requests refused as a whole are counted apart.
 */
public final class Accounts {
    private final MeterRegistry meters;

    public Accounts(MeterRegistry meters) {
        this.meters = meters;
    }

    void settle(String signal, String source, Normalised<?> normalised) {
        count("accepted", signal, source, "").increment(normalised.accepted());
        count("published", signal, source, "").increment(items(normalised.parcels()));
        if (!normalised.quarantined().isEmpty()) {
            count("quarantined", signal, source, "far_future").increment(items(normalised.quarantined()));
        }
        normalised.drops().counts().forEach((reason, items) -> count("dropped", signal, source, reason.label())
                .increment(items));
    }

    /** A request that was not taken at all. */
    public void refused(String signal, String source, Refused.Kind kind) {
        count("refused.requests", signal, source, kind.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    static int items(List<? extends Parcel<?>> parcels) {
        return parcels.stream().mapToInt(Parcel::items).sum();
    }

    private Counter count(String what, String signal, String source, String reason) {
        return meters.counter("nightshift.ingest." + what, "signal", signal, "source", source, "reason", reason);
    }
}
