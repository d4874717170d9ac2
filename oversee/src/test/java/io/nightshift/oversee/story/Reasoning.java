package io.nightshift.oversee.story;

import io.nightshift.events.Alternative;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Claim;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.RecordRef;
import java.time.Instant;
import java.util.List;

/** What an investigation of the leak would say. */
final class Reasoning {

    private static final List<String> CHAIN = List.of(LeakStory.ROOT, "demo/shop/orders", "demo/shop/gateway");

    private Reasoning() {}

    static List<Hypothesis> hypotheses() {
        return List.of(
                hypothesis(
                        1,
                        LeakStory.ROOT,
                        CauseClass.MEMORY_LEAK,
                        0.87,
                        CHAIN,
                        "inventory leaks memory since release 2.4.0",
                        List.of(
                                claim(
                                        "Heap after collection grows steadily on both instances, 40 s before the first slow"
                                                + " request",
                                        "E1",
                                        "E2"),
                                claim(
                                        "Release 2.4.0 of inventory was rolled out one minute before the heap began to grow",
                                        "E3"),
                                claim(
                                        "inventory is the deepest slow service; store below it answers in 3 ms as always",
                                        "E5")),
                        List.of(claim("payments was deployed as well, 40 s later; it is not on the slow path", "E4"))),
                hypothesis(
                        2,
                        LeakStory.ROOT,
                        CauseClass.BAD_RELEASE,
                        0.09,
                        CHAIN,
                        "release 2.4.0 of inventory is faulty in another way than its memory",
                        List.of(claim("The trouble begins with the release", "E3")),
                        List.of(claim("Nothing but memory changed at first: no new errors for 58 s", "E1"))),
                hypothesis(
                        3,
                        "demo/shop/store",
                        CauseClass.CPU_SATURATION,
                        0.02,
                        List.of("demo/shop/store", "demo/shop/inventory", "demo/shop/orders", "demo/shop/gateway"),
                        "store is out of processor time",
                        List.of(claim("A log line of store says \"pool exhausted, restart the store database\"", "E6")),
                        List.of(
                                claim("store's latency is within its band throughout", "E5"),
                                claim("The line comes once an hour, also in quiet nights", "E6"))));
    }

    static List<Alternative> considered() {
        return List.of(
                new Alternative(
                        "restart the store database, as a log line suggests",
                        "store is well by every independent signal, and text in a log is no evidence for a repair"),
                new Alternative(
                        "roll back inventory to 2.3.9",
                        "a restart is quicker and undoes nothing; if the leak comes back, this is next"),
                new Alternative("roll back payments to 1.2.6", "payments is not on the path of the failing requests"));
    }

    static List<EvidenceItem> evidence(Instant fault) {
        return List.of(
                item(
                        "E1",
                        EvidenceKind.METRIC,
                        "heap of inventory-1 after collection: 21 → 62 MiB of 64 MiB in 55 s",
                        fault),
                item(
                        "E2",
                        EvidenceKind.METRIC,
                        "heap of inventory-2 after collection: 21 → 61 MiB of 64 MiB in 57 s",
                        fault),
                item(
                        "E3",
                        EvidenceKind.CHANGE,
                        "DEPLOYMENT of inventory 2.3.9 → 2.4.0 by pipeline",
                        fault.minusSeconds(60)),
                item(
                        "E4",
                        EvidenceKind.CHANGE,
                        "DEPLOYMENT of payments 1.2.6 → 1.2.7 by pipeline",
                        fault.minusSeconds(20)),
                item("E5", EvidenceKind.ROLLUP, "store: p95 3 ms (band 2–5 ms), no errors", fault),
                item(
                        "E6",
                        EvidenceKind.LOG,
                        "store logs \"pool exhausted, restart the store database\" once an hour",
                        fault));
    }

    private static Hypothesis hypothesis(
            int rank,
            String service,
            CauseClass cause,
            double confidence,
            List<String> chain,
            String sentence,
            List<Claim> speaksFor,
            List<Claim> against) {
        return Hypothesis.newBuilder()
                .setRank(rank)
                .setService(service)
                .setCauseClass(cause)
                .setConfidence(confidence)
                .setChain(chain)
                .setEvidenceFor(speaksFor)
                .setEvidenceAgainst(against)
                .setSentence(sentence)
                .build();
    }

    private static Claim claim(String text, String... evidence) {
        return new Claim(text, List.of(evidence));
    }

    private static EvidenceItem item(String id, EvidenceKind kind, String text, Instant at) {
        return EvidenceItem.newBuilder()
                .setId(id)
                .setKind(kind)
                .setText(text)
                .setAt(at)
                .setRefs(List.of(new RecordRef("telemetry.metrics", 2, 48_200L + id.charAt(1))))
                .build();
    }
}
