package io.nightshift.bench.rca;

import io.nightshift.investigate.domain.measure.Entry;
import io.nightshift.investigate.domain.measure.Hop;
import io.nightshift.investigate.domain.measure.Traces;
import java.util.List;
import java.util.Random;

/** One half of what a window saw, so that a normal time can be laid beside another when there is but one. */
final class Halves {

    private Halves() {}

    /** Requests fall to a half whole: by the trace that their ids begin with. */
    static Traces of(Traces all, Random coin, boolean first) {
        int salt = coin.nextInt();
        List<Entry> entries = all.entries().stream()
                .filter(entry -> first
                        == isFirst(
                                entry.id().substring(0, Math.min(32, entry.id().length())), salt))
                .toList();
        List<Hop> hops = all.hops().stream()
                .filter(hop -> first == isFirst(Double.toString(hop.millis()), salt))
                .toList();
        return new Traces(entries, hops);
    }

    private static boolean isFirst(String id, int salt) {
        return ((id.hashCode() * 31 + salt) * 0x9E3779B9 >>> 31) == 0;
    }
}
