package io.nightshift.detect.domain.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.Direction;
import io.nightshift.events.EntityRef;
import io.nightshift.events.ForecastEvidence;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.MetricEvidence;
import io.nightshift.events.Signal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;

class CorrelatorTest {

    private static final long T0 = 1_800_000_000_000L;
    private static final long MINUTE = 60_000;

    private final Store store = new Store();
    private final Correlator correlator = new Correlator("demo", CorrelationSettings.defaults(), store);

    @Test
    void neighboursInGraphAndTimeAreOneIncidentAndStrangersAreNot() {
        edge("gateway", "orders");
        edge("orders", "inventory");
        correlator.time(T0);
        correlator.accept(anomaly("gateway", null, AnomalyKind.ERRORS, T0, 3));
        correlator.accept(anomaly("inventory", "inventory-1", AnomalyKind.SATURATION, T0 - 30_000, 2));
        correlator.accept(anomaly("elsewhere", null, AnomalyKind.ERRORS, T0, 3));
        List<Incident> said = correlator.time(T0 + 4_000);
        assertThat(said).hasSize(2);
        assertThat(said).extracting(Incident::getMemberCount).containsExactlyInAnyOrder(2, 1);
        assertThat(said).allSatisfy(i -> assertThat(i.getOtherOpenIncidents()).isEqualTo(1));
    }

    @Test
    void hintsAloneMakeNoIncidentAndJoinOneThatOpens() {
        correlator.time(T0);
        correlator.accept(anomaly("orders", null, AnomalyKind.NEW_TEMPLATE, T0, 9));
        correlator.accept(anomaly("orders", null, AnomalyKind.RATE, T0, 9));
        assertThat(correlator.time(T0 + 10_000)).isEmpty();
        correlator.accept(anomaly("orders", null, AnomalyKind.ERRORS, T0 + 10_000, 2));
        List<Incident> said = correlator.time(T0 + 14_000);
        assertThat(said).hasSize(1);
        assertThat(said.get(0).getMemberCount()).isEqualTo(3);
        assertThat(said.get(0).getAnomalies().get(0).getKind()).isEqualTo(AnomalyKind.ERRORS);
    }

    @Test
    void incidentsThatTurnOutToBeConnectedBecomeTheOlderOne() {
        correlator.time(T0);
        correlator.accept(anomaly("gateway", null, AnomalyKind.ERRORS, T0, 3));
        Incident older = correlator.time(T0 + 4_000).get(0);
        correlator.accept(anomaly("orders", null, AnomalyKind.ERRORS, T0, 3));
        Incident younger = correlator.time(T0 + 9_000).stream()
                .filter(i -> i.getPhase() == IncidentPhase.OPEN)
                .findFirst()
                .orElseThrow();
        edge("gateway", "orders");
        List<Incident> said = correlator.time(T0 + 15_000);
        assertThat(said).anySatisfy(i -> {
            assertThat(i.getId()).isEqualTo(younger.getId());
            assertThat(i.getPhase()).isEqualTo(IncidentPhase.MERGED);
            assertThat(i.getMergedInto()).isEqualTo(older.getId());
        });
        assertThat(correlator.openIncidents()).isEqualTo(1);
    }

    @Test
    void harmPagesWhenItLastsAndAtOnceBesideASaturatedResource() {
        correlator.time(T0);
        correlator.accept(anomaly("gateway", null, AnomalyKind.ERRORS, T0, 3));
        assertThat(correlator.time(T0 + 4_000)).extracting(Incident::getPages).containsExactly(false);
        correlator.accept(anomaly("gateway", "gateway-1", AnomalyKind.SATURATION, T0, 2));
        assertThat(correlator.time(T0 + 8_000)).extracting(Incident::getPages).containsExactly(true);

        Correlator other = new Correlator("demo", CorrelationSettings.defaults(), store);
        other.time(T0);
        other.accept(anomaly("gateway", null, AnomalyKind.ERRORS, T0, 3));
        other.time(T0 + 4_000);
        assertThat(other.time(T0 + 19_000)).extracting(Incident::getPages).doesNotContain(true);
        assertThat(other.time(T0 + 21_000)).extracting(Incident::getPages).containsExactly(true);
    }

    @Test
    void aBudgetThatBurnsFastPagesAndOneThatBurnsSlowlyIsATicket() {
        correlator.time(T0);
        correlator.accept(anomaly("orders", null, AnomalyKind.BURN_RATE, T0, 1.9));
        correlator.time(T0 + 4_000);
        assertThat(correlator.time(T0 + 60_000)).extracting(Incident::getPages).doesNotContain(true);
        assertThat(correlator.openIncidents()).isEqualTo(1);
        correlator.accept(anomaly("elsewhere", null, AnomalyKind.BURN_RATE, T0 + 60_000, 2));
        correlator.time(T0 + 64_000);
        assertThat(correlator.time(T0 + 90_000))
                .filteredOn(Incident::getPages)
                .extracting(Incident::getServices)
                .containsExactly(List.of("demo/shop/elsewhere"));
    }

    @Test
    void aForetoldEndPagesOnlyWhenItIsNearAndWasForetoldForLonger() {
        correlator.time(T0);
        correlator.accept(foretold(T0, T0 + 20 * MINUTE, 85, 100));
        assertThat(correlator.time(T0 + 4_000)).extracting(Incident::getPages).containsExactly(false);
        correlator.accept(foretold(T0 + 8 * MINUTE, T0 + 20 * MINUTE, 90, 100));
        assertThat(correlator.time(T0 + 8 * MINUTE))
                .extracting(Incident::getPages)
                .containsExactly(false);
        correlator.accept(foretold(T0 + 11 * MINUTE, T0 + 20 * MINUTE, 95, 100));
        assertThat(correlator.time(T0 + 11 * MINUTE))
                .extracting(Incident::getPages)
                .containsExactly(true);

        Correlator other = new Correlator("demo", CorrelationSettings.defaults(), store);
        other.time(T0);
        other.accept(foretold(T0, T0 + 20 * 24 * 60 * MINUTE, 1e6, 0));
        assertThat(other.time(T0 + 4_000)).extracting(Incident::getPages).containsExactly(false);
        long later = T0 + (long) (19.5 * 24 * 60 * MINUTE);
        other.accept(foretold(later, T0 + 20 * 24 * 60 * MINUTE, 1e4, 0));
        assertThat(other.time(later)).extracting(Incident::getPages).containsExactly(true);
    }

    @Test
    void whatIsForetoldForTomorrowHasNothingToDoWithWhatBeginsAnHourLater() {
        correlator.time(T0);
        correlator.accept(foretold(T0, T0 + 1_200 * MINUTE, 60, 100));
        correlator.time(T0 + 4_000);
        correlator.accept(foretold(T0 + 60 * MINUTE, T0 + 1_200 * MINUTE, 62, 100));
        correlator.time(T0 + 60 * MINUTE);
        correlator.accept(anomaly("orders", null, AnomalyKind.ERRORS, T0 + 60 * MINUTE, 3));
        assertThat(correlator.time(T0 + 60 * MINUTE + 10_000))
                .filteredOn(i -> i.getPhase() == IncidentPhase.OPEN)
                .extracting(Incident::getMemberCount)
                .containsExactly(1);
        assertThat(correlator.openIncidents()).isEqualTo(2);
    }

    private static Anomaly foretold(long now, long latest, double current, double limit) {
        Instant end = Instant.ofEpochMilli(latest);
        return Anomaly.newBuilder(anomaly("orders", "orders-1", AnomalyKind.EXHAUSTION, T0, 1.5))
                .setUpdatedAt(Instant.ofEpochMilli(now))
                .setForecast(new ForecastEvidence("disk", "By", current, limit, 1.0, end, end, end, Map.of()))
                .build();
    }

    @Test
    void anIncidentEndsAfterAQuietTimeAndNotBefore() {
        correlator.time(T0);
        Anomaly open = anomaly("gateway", null, AnomalyKind.ERRORS, T0, 3);
        correlator.accept(open);
        correlator.time(T0 + 4_000);
        correlator.accept(cleared(open, T0 + 10_000));
        assertThat(correlator.time(T0 + 11_000)).noneMatch(i -> i.getPhase() == IncidentPhase.RESOLVED);
        assertThat(correlator.time(T0 + 30_000)).noneMatch(i -> i.getPhase() == IncidentPhase.RESOLVED);
        assertThat(correlator.time(T0 + 42_000)).anyMatch(i -> i.getPhase() == IncidentPhase.RESOLVED);
        assertThat(store.incidents).isEmpty();
        assertThat(store.members).isEmpty();
    }

    @Test
    void aStormOfHintsLeavesRoomForHarm() {
        correlator.time(T0);
        for (int i = 0; i < 25_000; i++) {
            correlator.accept(anomaly("service-" + i, "one", AnomalyKind.SPIKE, T0, 1 + i % 9));
        }
        correlator.accept(anomaly("orders", null, AnomalyKind.ERRORS, T0, 1));
        for (int i = 25_000; i < 40_000; i++) {
            correlator.accept(anomaly("service-" + i, "one", AnomalyKind.SPIKE, T0, 1 + i % 9));
        }
        assertThat(correlator.time(T0 + 4_000))
                .extracting(Incident::getServices)
                .containsExactly(List.of("demo/shop/orders"));
        assertThat(correlator.dropped()).isBetween(20_000L, 22_001L);
    }

    @Test
    void fiveThousandMembersStayWithinTheRecordAndTheIncidentLives() throws IOException {
        correlator.time(T0);
        String attribute = "x".repeat(300);
        for (int i = 0; i < 5_000; i++) {
            correlator.accept(
                    Anomaly.newBuilder(anomaly("orders", "instance-" + i, AnomalyKind.SATURATION, T0, 2 + i % 7))
                            .setMetric(MetricEvidence.newBuilder()
                                    .setName("jvm.memory.used_after_last_gc")
                                    .setAttributes(Map.of("a", attribute, "b", attribute, "c", attribute))
                                    .setTimesMicros(Collections.nCopies(60, T0 * 1000))
                                    .setValues(Collections.nCopies(60, 1.0))
                                    .setLower(Collections.nCopies(60, 1.0))
                                    .setUpper(Collections.nCopies(60, 1.0))
                                    .build())
                            .build());
        }
        List<Incident> said = correlator.time(T0 + 4_000);
        assertThat(said).hasSize(1);
        Incident incident = said.get(0);
        assertThat(incident.getMemberCount()).isEqualTo(5_000);
        assertThat(incident.getAnomalies()).hasSizeBetween(10, 24);
        assertThat(incident.getMembers().size()).isGreaterThan(100);
        assertThat(bytes(incident)).isLessThan(256 * 1024);
        correlator.accept(anomaly("orders", null, AnomalyKind.ERRORS, T0 + 5_000, 5));
        assertThat(correlator.time(T0 + 10_000))
                .extracting(Incident::getVersion)
                .containsExactly(2);
    }

    @Test
    void aRestartContinuesTheIncident() {
        correlator.time(T0);
        Anomaly open = anomaly("gateway", null, AnomalyKind.ERRORS, T0, 3);
        correlator.accept(open);
        Incident before = correlator.time(T0 + 4_000).get(0);

        Correlator restarted = new Correlator("demo", CorrelationSettings.defaults(), store);
        store.incidents.values().forEach(restarted::restore);
        store.members.forEach((key, anomaly) -> restarted.restore(key.substring(0, key.indexOf('|')), anomaly));
        restarted.accept(cleared(open, T0 + 20_000));
        List<Incident> said = new ArrayList<>(restarted.time(T0 + 21_000));
        said.addAll(restarted.time(T0 + 60_000));
        assertThat(said).extracting(Incident::getId).containsOnly(before.getId());
        assertThat(said.get(said.size() - 1).getPhase()).isEqualTo(IncidentPhase.RESOLVED);
        assertThat(said.get(0).getVersion()).isEqualTo(before.getVersion() + 1);
    }

    @Test
    void theFingerprintNamesTheStructureAndNotTheSymptoms() {
        edge("gateway", "orders");
        edge("orders", "inventory");
        String first = fingerprint(List.of(
                anomaly("inventory", "inventory-1", AnomalyKind.SATURATION, T0, 3),
                anomaly("gateway", null, AnomalyKind.ERRORS, T0, 3)));
        String second = fingerprint(List.of(
                anomaly("inventory", "inventory-2", AnomalyKind.SATURATION, T0 + 99_000, 5),
                anomaly("orders", null, AnomalyKind.LATENCY, T0, 3),
                anomaly("orders", null, AnomalyKind.RATE, T0, 3)));
        String other = fingerprint(List.of(anomaly("gateway", null, AnomalyKind.ERRORS, T0, 3)));
        assertThat(first).isEqualTo(second).isNotEqualTo(other);
    }

    private static String fingerprint(List<Anomaly> anomalies) {
        return Fingerprint.of(anomalies.stream().map(Member::new).toList(), new Neighbourhood());
    }

    private void edge(String from, String to) {
        correlator.accept(GraphEntry.newBuilder()
                .setSubject(new EntityRef("demo", "shop", from, null, "demo/shop/" + to))
                .setValidFrom(Instant.ofEpochMilli(T0))
                .setLastSeen(Instant.ofEpochMilli(T0))
                .build());
    }

    private static Anomaly anomaly(String service, String instance, AnomalyKind kind, long onset, double severity) {
        return Anomaly.newBuilder()
                .setId("anm-" + service + instance + kind)
                .setPhase(AnomalyPhase.OPEN)
                .setSubject(new EntityRef("demo", "shop", service, instance, null))
                .setSignal(Signal.METRIC)
                .setKind(kind)
                .setDirection(Direction.UP)
                .setName(kind.name())
                .setSeverity(severity)
                .setOnset(Instant.ofEpochMilli(onset))
                .setDetectedAt(Instant.ofEpochMilli(onset))
                .setUpdatedAt(Instant.ofEpochMilli(onset))
                .setSentence("Something is wrong with " + service + ".")
                .build();
    }

    private static Anomaly cleared(Anomaly anomaly, long at) {
        return Anomaly.newBuilder(anomaly)
                .setPhase(AnomalyPhase.CLEAR)
                .setClearedAt(Instant.ofEpochMilli(at))
                .build();
    }

    private static int bytes(Incident incident) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new SpecificDatumWriter<>(Incident.class).write(incident, encoder);
        encoder.flush();
        return out.size();
    }

    private static final class Store implements Correlator.Memory {
        final Map<String, Incident> incidents = new HashMap<>();
        final Map<String, Anomaly> members = new HashMap<>();

        @Override
        public void member(String incidentId, Anomaly anomaly) {
            members.put(incidentId + "|" + anomaly.getId(), anomaly);
        }

        @Override
        public void incident(Incident incident) {
            incidents.put(incident.getId(), incident);
        }

        @Override
        public void forget(String incidentId, Set<String> anomalyIds) {
            incidents.remove(incidentId);
            anomalyIds.forEach(id -> members.remove(incidentId + "|" + id));
        }
    }
}
