package io.nightshift.investigate.domain;

import io.nightshift.events.RollupCalls;
import io.nightshift.events.ServiceRollup;
import io.nightshift.schemas.ServiceKey;
import java.util.Collection;
import java.util.List;

/** A service's requests over some minutes, in one sentence. */
final class Figures {

    private Figures() {}

    /** @param minutes minutes of any services, each once */
    static String of(String service, Collection<ServiceRollup> minutes) {
        String name = SignWords.shortName(service);
        List<ServiceRollup> own = minutes.stream()
                .filter(minute -> ServiceKey.of(minute.getService()).toString().equals(service))
                .toList();
        if (own.isEmpty()) {
            return "Nothing was recorded of " + name + " in that time.";
        }
        List<RollupCalls> served = own.stream()
                .flatMap(minute -> minute.getCalls().stream())
                .filter(calls -> calls.getInstance() == null && calls.getPeer() == null)
                .filter(calls -> calls.getCount() > 0)
                .toList();
        long requests = served.stream().mapToLong(RollupCalls::getCount).sum();
        if (requests == 0) {
            return SignWords.format("%s reported in %d minutes and served no request.", name, own.size());
        }
        long failed = served.stream().mapToLong(RollupCalls::getErrors).sum();
        double[] slow =
                served.stream().mapToDouble(RollupCalls::getP95Millis).sorted().toArray();
        return SignWords.format(
                "%s: %d requests in %d minutes, %.1f %% failed, 95th percentile %.0f ms in the middle minute and %.0f ms in"
                        + " the slowest.",
                name, requests, served.size(), 100.0 * failed / requests, slow[slow.length / 2], slow[slow.length - 1]);
    }
}
