package io.nightshift.detect.domain.report;

import io.nightshift.detect.domain.feedback.Concern;
import io.nightshift.detect.domain.feedback.Feedback;
import io.nightshift.detect.domain.feedback.Opinion;
import io.nightshift.detect.domain.feedback.Sensitivities;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.CallEvidence;
import io.nightshift.schemas.CauseHash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what is said about an anomaly: opened once, updated now and then when something moved, cleared once.
 *
 * <p>Detectors repeat a finding while it lasts, so nothing but the last record said has to survive a restart: a finding that
 * is said again continues under its id, one that is not said again is cleared after a hold.
 */
public final class Reporter {

    private static final double MOVED = 0.25;
    private static final int MAX_SENTENCE = 400;

    /**
     * @param updateEvery least time between two records of one anomaly
     * @param refreshEvery an open anomaly is said again this often even when nothing moved
     * @param restoredHold how long an anomaly restored after a restart may stay unconfirmed
     * @param maxOpenPerService further findings of a service are counted and not opened
     */
    public record Settings(Duration updateEvery, Duration refreshEvery, Duration restoredHold, int maxOpenPerService) {
        public static Settings defaults() {
            return new Settings(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(75), 500);
        }
    }

    private static final class Open {
        Anomaly said;
        /** The record of its greatest severity: what it was, once it is over. */
        Anomaly worst;

        long saidAt;
        long assertedAt;
        long holdMicros;
        /** False after a restart until it is found beyond the threshold again: to be near it does not keep it open. */
        boolean confirmed = true;
    }

    private final Settings settings;
    private final Sensitivities sensitivities;
    private final Map<String, Open> open = new HashMap<>();
    private final Map<String, Integer> openByService = new HashMap<>();
    private long refused;
    private long nowMicros;

    public Reporter(Settings settings, Sensitivities sensitivities) {
        this.settings = settings;
        this.sensitivities = sensitivities;
    }

    /** Continues an anomaly that was open before a restart. */
    public void restore(String slot, Anomaly said) {
        Open restored = new Open();
        restored.said = said;
        restored.worst = said;
        restored.confirmed = false;
        restored.saidAt = micros(said.getUpdatedAt());
        restored.assertedAt = restored.saidAt;
        restored.holdMicros = settings.restoredHold().toNanos() / 1000;
        open.put(slot, restored);
        openByService.merge(service(slot), 1, Integer::sum);
    }

    /** A detector found something unusual; what is to be said of it, if anything. */
    public Optional<Anomaly> accept(Finding found) {
        Finding finding = found.withSeverity(
                sensitivities.severity(found.slot(), found::concern, found.kind(), found.severity(), nowMicros));
        Open known = open.get(finding.slot());
        if (known == null) {
            return opened(finding);
        }
        known.confirmed |= finding.severity() >= 1;
        if (!known.confirmed) {
            return Optional.empty();
        }
        known.assertedAt = nowMicros;
        known.holdMicros = finding.holdMicros();
        long since = nowMicros - known.saidAt;
        double before = known.said.getSeverity();
        boolean moved = Math.abs(finding.severity() - before) > MOVED * Math.max(before, 1);
        if (since < micros(settings.updateEvery()) || (!moved && since < micros(settings.refreshEvery()))) {
            return Optional.empty();
        }
        known.saidAt = nowMicros;
        known.said = record(finding, known.said, AnomalyPhase.UPDATE);
        if (known.said.getSeverity() >= known.worst.getSeverity()) {
            known.worst = known.said;
        }
        return Optional.of(known.said);
    }

    /** A person said something; the slots whose open anomalies end with it, because they are below their threshold now. */
    public List<String> accept(Feedback feedback) {
        Map<String, Double> before = thresholds(feedback.series());
        boolean isNew = sensitivities.accept(feedback);
        if (!isNew || feedback.opinion() != Opinion.NOT_A_PROBLEM) {
            return List.of();
        }
        Map<String, Double> after = thresholds(feedback.series());
        List<String> over = before.keySet().stream()
                .filter(slot -> isOverBy(feedback, open.get(slot).said, before.get(slot) / after.get(slot)))
                .toList();
        over.forEach(sensitivities::quieten);
        return over;
    }

    /** By slot, what the thresholds of open anomalies of this series or family are multiplied by. */
    private Map<String, Double> thresholds(String seriesOrFamily) {
        Map<String, Double> thresholds = new TreeMap<>();
        open.forEach((slot, one) -> {
            Concern concern = Concern.of(one.said);
            if (concern.series().equals(seriesOrFamily) || seriesOrFamily.equals(concern.family())) {
                thresholds.put(slot, sensitivities.threshold(concern, nowMicros));
            }
        });
        return thresholds;
    }

    /** A silence never becomes less; what a person says about one ends it until it is broken. */
    private boolean isOverBy(Feedback feedback, Anomaly said, double less) {
        if (said.getKind() == AnomalyKind.DROPOUT && said.getId().equals(feedback.anomaly())) {
            sensitivities.dismiss(feedback.series());
            return true;
        }
        return said.getSeverity() * less < 1;
    }

    /** The slot is usual again. */
    public Optional<Anomaly> normal(String slot) {
        return normal(slot, null);
    }

    /** The slot's anomaly is over, for a reason that is said, or null. */
    public Optional<Anomaly> normal(String slot, String sentence) {
        Open known = open.remove(slot);
        if (known == null) {
            return Optional.empty();
        }
        openByService.merge(service(slot), -1, Integer::sum);
        Instant now = instant(Math.max(nowMicros, micros(known.said.getUpdatedAt())));
        return Optional.of(Anomaly.newBuilder(known.worst)
                .setPhase(AnomalyPhase.CLEAR)
                .setUpdatedAt(now)
                .setClearedAt(now)
                .setSentence(sentence == null ? known.worst.getSentence() : Bounded.text(sentence, MAX_SENTENCE))
                .build());
    }

    /** Moves time on; slots that nobody confirmed for their hold are to be ended with {@link #normal}. */
    public List<String> time(long nowMicros) {
        // After a pause of our own, silence since then is ours and not the detectors'.
        long jump = this.nowMicros == 0 ? 0 : nowMicros - this.nowMicros;
        boolean first = this.nowMicros == 0;
        this.nowMicros = Math.max(nowMicros, this.nowMicros);
        List<String> stale = new ArrayList<>();
        for (Map.Entry<String, Open> entry : open.entrySet()) {
            Open known = entry.getValue();
            if (first || jump > TimeUnit.SECONDS.toMicros(15)) {
                known.assertedAt = this.nowMicros;
            }
            if (this.nowMicros - known.assertedAt > known.holdMicros) {
                stale.add(entry.getKey());
            }
        }
        stale.sort(null);
        sensitivities.time(this.nowMicros);
        return stale;
    }

    public long nowMicros() {
        return nowMicros;
    }

    /** Findings that were not opened because their service had too many open already. */
    public long refused() {
        return refused;
    }

    public int openCount() {
        return open.size();
    }

    private Optional<Anomaly> opened(Finding finding) {
        if (finding.severity() < 1) {
            return Optional.empty();
        }
        String service = service(finding.slot());
        if (openByService.getOrDefault(service, 0) >= settings.maxOpenPerService()) {
            refused++;
            return Optional.empty();
        }
        if (nowMicros == 0) {
            // No tick yet. Later only ticks move time: an onset is a sender's clock, and this time is everybody's.
            nowMicros = finding.onsetMicros();
        }
        Open opened = new Open();
        opened.said = record(finding, null, AnomalyPhase.OPEN);
        opened.worst = opened.said;
        opened.saidAt = nowMicros;
        opened.assertedAt = nowMicros;
        opened.holdMicros = finding.holdMicros();
        open.put(finding.slot(), opened);
        openByService.merge(service, 1, Integer::sum);
        return Optional.of(opened.said);
    }

    private Anomaly record(Finding finding, Anomaly before, AnomalyPhase phase) {
        Anomaly.Builder builder = Anomaly.newBuilder()
                .setId(before != null ? before.getId() : CauseHash.id("anm", finding.slot(), finding.onsetMicros()))
                .setPhase(phase)
                .setSubject(Bounded.entity(finding.subject()))
                .setSignal(finding.signal())
                .setKind(finding.kind())
                .setDirection(finding.direction())
                .setName(Bounded.text(finding.name(), Finding.MAX_NAME))
                .setSeverity(finding.severity())
                .setTailProbability(finding.tailProbability())
                .setOnset(before != null ? before.getOnset() : instant(finding.onsetMicros()))
                .setDetectedAt(before != null ? before.getDetectedAt() : instant(nowMicros))
                .setUpdatedAt(instant(nowMicros))
                .setSentence(Bounded.text(finding.sentence(), MAX_SENTENCE))
                .setRefs(finding.refs())
                .setSeries(
                        before != null ? before.getSeries() : finding.concern().series());
        finding.evidence().addTo(builder);
        Anomaly anomaly = builder.build();
        if (anomaly.getCalls() != null && Bounded.sizeOf(anomaly) > Bounded.ANOMALY_BYTES) {
            anomaly = builder.setCalls(CallEvidence.newBuilder(anomaly.getCalls())
                            .clearExemplars()
                            .build())
                    .build();
        }
        if (Bounded.sizeOf(anomaly) > Bounded.ANOMALY_BYTES) {
            // The claim stays; proof that does not fit is found by its references.
            return builder.clearMetric().clearLog().clearCalls().build();
        }
        return anomaly;
    }

    private static String service(String slot) {
        return slot.substring(0, slot.indexOf('|'));
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochMilli(micros / 1000);
    }

    private static long micros(Instant instant) {
        return instant.toEpochMilli() * 1000;
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}
