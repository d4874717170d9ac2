package io.nightshift.investigate.llm;

import io.nightshift.events.EvidenceItem;
import io.nightshift.events.EvidenceKind;
import io.nightshift.schemas.ServiceKey;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Looks into the evidence pack. */
enum PackLook {
    METRICS(
            "Metrics, anomalies and minutes of one service",
            true,
            EnumSet.of(EvidenceKind.METRIC, EvidenceKind.ROLLUP, EvidenceKind.ANOMALY)),
    LOGS("Log templates of one service with counts", true, EnumSet.of(EvidenceKind.LOG)),
    TRACES("Slow and failed spans of one service", true, EnumSet.of(EvidenceKind.TRACE)),
    GRAPH(
            "Who calls whom as of the incident, with rates, failures, durations",
            false,
            EnumSet.of(EvidenceKind.TOPOLOGY)),
    CHANGES("Changes made around the time of the incident", false, EnumSet.of(EvidenceKind.CHANGE)),
    LESSONS("What earlier actions in incidents like this led to", false, EnumSet.of(EvidenceKind.LESSON)),
    SKILLS("What the team wrote down about incidents like this", false, EnumSet.of(EvidenceKind.SKILL));

    static final String SERVICE = "service";

    private final String description;
    private final boolean ofService;
    private final Set<EvidenceKind> kinds;

    PackLook(String description, boolean ofService, Set<EvidenceKind> kinds) {
        this.description = description;
        this.ofService = ofService;
        this.kinds = kinds;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String description() {
        return description;
    }

    boolean isOfService() {
        return ofService;
    }

    /**
     * @param service service as environment/namespace/service; looked at only where the look is of one service
     */
    List<EvidenceItem> in(List<EvidenceItem> pack, String service) {
        return pack.stream()
                .filter(item -> kinds.contains(item.getKind()))
                .filter(item -> !ofService
                        || item.getSubject() != null
                                && ServiceKey.of(item.getSubject()).toString().equals(service))
                .toList();
    }
}
