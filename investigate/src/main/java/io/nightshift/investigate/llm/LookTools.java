package io.nightshift.investigate.llm;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.EvidenceKind;
import io.nightshift.schemas.ServiceKey;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Read-only looks into the evidence pack; there is nothing else that a model could reach. */
final class LookTools {

    private static final int LINES = 40;
    private static final String SERVICE = "service as environment/namespace/service";

    private final List<EvidenceItem> evidence;

    LookTools(List<EvidenceItem> evidence) {
        this.evidence = evidence;
    }

    @Tool("Metrics and minutes of one service")
    String metrics(@P(SERVICE) String service) {
        return show(service, Set.of(EvidenceKind.METRIC, EvidenceKind.ROLLUP, EvidenceKind.ANOMALY));
    }

    @Tool("Log templates of one service with counts")
    String logs(@P(SERVICE) String service) {
        return show(service, Set.of(EvidenceKind.LOG));
    }

    @Tool("Slow and failed spans of one service")
    String traces(@P(SERVICE) String service) {
        return show(service, Set.of(EvidenceKind.TRACE));
    }

    @Tool("Who calls whom, with rates, failures and durations")
    String graph() {
        return show(null, Set.of(EvidenceKind.TOPOLOGY));
    }

    @Tool("Changes made around the time of the incident")
    String changes() {
        return show(null, Set.of(EvidenceKind.CHANGE));
    }

    @Tool("What earlier actions in incidents like this one led to")
    String lessons() {
        return show(null, Set.of(EvidenceKind.LESSON));
    }

    private String show(String service, Set<EvidenceKind> kinds) {
        String lines = evidence.stream()
                .filter(item -> kinds.contains(item.getKind()))
                .filter(item -> service == null
                        || item.getSubject() != null
                                && ServiceKey.of(item.getSubject()).toString().equals(service))
                .limit(LINES)
                .map(Prompt::line)
                .collect(Collectors.joining());
        return lines.isEmpty() ? "nothing of that kind was found" : "<data>\n" + lines + "</data>";
    }
}
