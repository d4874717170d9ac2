package io.nightshift.oversee.domain.view;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.AuditEntry;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.HaltRecord;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Investigation;
import io.nightshift.events.Lesson;
import io.nightshift.events.ServiceRollup;
import io.nightshift.oversee.domain.night.IncidentFile;
import io.nightshift.oversee.domain.night.Night;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the console shows, put together from the decision records in whatever order they arrive. Bounded. Not thread-safe. */
public final class ConsoleView {

    private static final int MOST_INCIDENTS = 200;
    private static final int MOST_ANOMALIES = 1_000;
    private static final int MOST_CONTROLS = 1_000;
    private static final int MOST_GRAPH_ENTRIES = 5_000;
    private static final int MOST_EVIDENCE = 12;
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(30);

    private final Night night = new Night(MOST_INCIDENTS);
    private final Map<String, Anomaly> anomalies = bounded(MOST_ANOMALIES);
    private final Map<String, ControlRecord> controls = bounded(MOST_CONTROLS);
    private final Map<String, GraphEntry> graph = bounded(MOST_GRAPH_ENTRIES);
    private final SignatureCheck signatures;
    private final HaltWatch halt;
    private final LedgerWatch ledger = new LedgerWatch();
    private final CoverageWatch coverage = new CoverageWatch();
    private long version;

    /** @param signatures whether a resume or a revocation counts */
    public ConsoleView(SignatureCheck signatures) {
        this.signatures = signatures;
        this.halt = new HaltWatch(signatures);
    }

    /** Takes a record of any of the topics that the console reads; others are passed over. */
    public void accept(Object event) {
        version++;
        if (event instanceof Anomaly anomaly) {
            anomalies.merge(anomaly.getId(), anomaly, ConsoleView::newer);
        } else if (event instanceof Incident incident) {
            night.accept(incident);
        } else if (event instanceof Investigation investigation) {
            night.accept(investigation);
        } else if (event instanceof ActionEvent action) {
            night.accept(action);
        } else if (event instanceof Lesson lesson) {
            night.accept(lesson);
        } else if (event instanceof GraphEntry entry) {
            graph.put(entry.getSubject().toString(), entry);
        } else if (event instanceof ControlRecord control) {
            accept(control);
        } else if (event instanceof HaltRecord record) {
            halt.accept(record);
        } else if (event instanceof AuditEntry entry) {
            ledger.accept(entry);
        } else if (event instanceof ServiceRollup rollup) {
            coverage.accept(rollup);
        }
    }

    private void accept(ControlRecord control) {
        controls.put(control.getId(), control);
        if (control.getKind() == ControlKind.REVOKE && signatures.trustsPerson(control)) {
            night.accept(control);
        }
    }

    /** Grows with every record. */
    public long version() {
        return version;
    }

    public ConsoleState state(Instant now) {
        return new ConsoleState(
                version,
                now.toEpochMilli(),
                halt.now(),
                ledger.now(),
                graph(now),
                night.incidents().stream().map(this::card).sorted(ORDER).toList(),
                awaiting(),
                QuestionReading.of(controls.values(), night.questions()),
                coverage.at(now),
                (int) openAnomalies(now).count());
    }

    /** Open ones first, then the newest. */
    private static final Comparator<IncidentCard> ORDER = Comparator.comparing(
                    (IncidentCard card) -> !card.phase().equals("open"))
            .thenComparing(Comparator.comparingLong((IncidentCard card) -> card.onset() == null ? 0 : card.onset())
                    .reversed());

    /** Actions that wait for a person, in the order in which they were asked for. */
    public List<ActionView> awaiting() {
        return night.incidents().stream()
                .flatMap(file -> ActionReading.of(file.actions()).stream())
                .filter(ActionView::waits)
                .toList();
    }

    public Optional<IncidentDetail> incident(String id) {
        return night.incident(id).map(this::detail);
    }

    /** An investigation in full, of an incident or a question. */
    public Optional<ExplanationView> explanation(String investigationId) {
        return night.investigation(investigationId).map(ExplanationView::of);
    }

    /** The records behind an incident, for its summary. */
    public Optional<IncidentFile> file(String id) {
        return night.incident(id);
    }

    public GraphView graph(Instant now) {
        GraphReading reading = new GraphReading();
        openAnomalies(now).forEach(reading::anomaly);
        for (IncidentFile file : night.incidents()) {
            file.latest()
                    .filter(ConsoleView::isOpen)
                    .ifPresent(incident -> reading.incident(incident.getServices(), incident.getPages(), chain(file)));
        }
        return reading.read(graph.values().stream()
                .filter(entry -> entry.getValidTo() == null)
                .toList());
    }

    /** An anomaly that has not been heard of for long is held to be over: its clearing was missed. */
    private Stream<Anomaly> openAnomalies(Instant now) {
        return anomalies.values().stream()
                .filter(anomaly -> anomaly.getPhase() != AnomalyPhase.CLEAR)
                .filter(anomaly -> anomaly.getUpdatedAt().isAfter(now.minus(FORGOTTEN_AFTER)));
    }

    private IncidentDetail detail(IncidentFile file) {
        Collection<Anomaly> members = members(file);
        List<ActionView> actions = ActionReading.of(file.actions());
        List<ControlRecord> decisions = controls.values().stream()
                .filter(control -> control.getSubject().equals(file.id())
                        || actions.stream().anyMatch(action -> action.actionId().equals(control.getSubject())))
                .toList();
        return new IncidentDetail(
                card(file),
                file.latest().map(Incident::getEnvironment).orElse(""),
                file.latest().map(Incident::getServices).map(List::copyOf).orElse(List.of()),
                Milestones.of(file, members),
                Timeline.of(file, members, decisions),
                members.stream().limit(MOST_EVIDENCE).map(EvidenceReading::of).toList(),
                file.answer().map(AnswerReading::of).orElse(null),
                InvestigationRef.of(file.investigations()),
                actions,
                file.lessons().stream().map(Lesson::getSentence).distinct().toList(),
                chain(file));
    }

    /** The incident's anomalies, most telling first, each as it stands now. */
    private Collection<Anomaly> members(IncidentFile file) {
        Map<String, Anomaly> members = new LinkedHashMap<>();
        file.latest().ifPresent(incident -> {
            incident.getAnomalies()
                    .forEach(anomaly -> members.put(
                            anomaly.getId(), anomalies.merge(anomaly.getId(), anomaly, ConsoleView::newer)));
            incident.getMembers().forEach(brief -> {
                Anomaly whole = anomalies.get(brief.getId());
                if (whole != null) {
                    members.putIfAbsent(brief.getId(), whole);
                }
            });
        });
        return members.values();
    }

    private IncidentCard card(IncidentFile file) {
        Optional<Incident> incident = file.latest();
        Optional<Hypothesis> best = best(file);
        Standing standing = Standing.of(file);
        List<ActionView> actions = ActionReading.of(file.actions());
        ActionView last = file.tellingAction()
                .flatMap(event -> actions.stream()
                        .filter(action -> action.actionId().equals(event.getActionId()))
                        .findFirst())
                .orElse(null);
        String seen = incident.map(Incident::getSentence)
                .or(() -> file.answer().map(Investigation::getSentence))
                .orElse("Incident " + file.id());
        return new IncidentCard(
                file.id(),
                incident.map(ConsoleView::phase).orElse("unknown"),
                standing.words(),
                standing.tone(),
                Headline.of(best, seen),
                seen,
                incident.map(Incident::getOnset).map(Instant::toEpochMilli).orElse(null),
                incident.map(Incident::getUpdatedAt).map(Instant::toEpochMilli).orElse(null),
                incident.map(Incident::getResolvedAt).map(Instant::toEpochMilli).orElse(null),
                incident.map(Incident::getPages).orElse(false),
                incident.map(Incident::getSeverity).filter(Double::isFinite).orElse(0.0),
                incident.map(Incident::getMemberCount).orElse(0),
                best.map(Hypothesis::getService).orElse(""),
                best.map(Hypothesis::getCauseClass).map(Words::of).orElse(""),
                best.map(Hypothesis::getConfidence).orElse(null),
                last == null ? "" : last.action() + " of " + Words.serviceName(last.target()),
                last == null ? null : last.recoverySeconds(),
                spark(file));
    }

    private List<Double> spark(IncidentFile file) {
        return members(file).stream()
                .map(EvidenceReading::of)
                .map(EvidenceView::values)
                .filter(values -> values.size() > 1)
                .findFirst()
                .orElse(List.of());
    }

    private static String phase(Incident incident) {
        return switch (incident.getPhase()) {
            case RESOLVED -> "resolved";
            case MERGED -> "merged";
            case OPEN, UPDATE, UNKNOWN -> "open";
        };
    }

    private static boolean isOpen(Incident incident) {
        return incident.getPhase() == IncidentPhase.OPEN || incident.getPhase() == IncidentPhase.UPDATE;
    }

    private static Optional<Hypothesis> best(IncidentFile file) {
        return file.answer().filter(answer -> !answer.getHypotheses().isEmpty()).map(answer -> answer.getHypotheses()
                .get(0));
    }

    private static List<String> chain(IncidentFile file) {
        return best(file).map(Hypothesis::getChain).map(List::copyOf).orElse(List.of());
    }

    private static Anomaly newer(Anomaly known, Anomaly other) {
        return other.getUpdatedAt().isBefore(known.getUpdatedAt()) ? known : other;
    }

    private static <V> Map<String, V> bounded(int most) {
        return new BoundedMap<>(most);
    }
}
