package io.nightshift.detect.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.detect.domain.feedback.Feedback;
import io.nightshift.detect.domain.feedback.Opinion;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.runtime.Stage;
import io.nightshift.schemas.ServiceKey;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The telemetry of one partition stops while that of the other goes on; ticks go to both, as ingest sends them. */
class SilentPartitionOnKafkaTest {

    private static final ServiceKey INVENTORY = new ServiceKey("demo", "shop", "inventory");
    private static final int SILENT = HouseOnKafka.partitionOf(INVENTORY);
    private static final Predicate<ServiceKey> OTHERS = service -> HouseOnKafka.partitionOf(service) != SILENT;

    @TempDir
    Path folder;

    private HouseOnKafka house;
    private Shop shop;

    @BeforeEach
    void open() throws Exception {
        house = new HouseOnKafka(folder);
        shop = new Shop(house.now - 600 * House.SECOND);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void dropoutIsRaisedByTicksWhatWasOpenThereIsHeldAndClearedAndTheIncidentCloses() {
        assertThat(List.of("gateway", "orders"))
                .as("somebody lives in the other partition")
                .anyMatch(name -> OTHERS.test(new ServiceKey("demo", "shop", name)));
        house.live(shop, 60);
        shop.heapShare = 0.97;
        List<Stage> stages = house.start();
        house.liveUntil(shop, all -> true, () -> isThere(AnomalyKind.SATURATION, AnomalyPhase.OPEN));

        house.liveUntil(shop, OTHERS, () -> isThere(AnomalyKind.DROPOUT, AnomalyPhase.OPEN));
        assertThat(isThere(AnomalyKind.SATURATION, AnomalyPhase.CLEAR))
                .as("silence is no recovery")
                .isFalse();
        assertThat(anomalies(AnomalyKind.DROPOUT))
                .as("who goes on sending is not silent")
                .noneMatch(anomaly -> OTHERS.test(ServiceKey.of(anomaly.getSubject())));

        house.liveUntil(shop, OTHERS, () -> isThere(AnomalyKind.SATURATION, AnomalyPhase.CLEAR));
        assertThat(openIncidents()).as("the silence itself goes on").isNotEmpty();

        shop.heapShare = 0.3;
        house.liveUntil(
                shop,
                all -> true,
                () -> isThere(AnomalyKind.DROPOUT, AnomalyPhase.CLEAR)
                        && openIncidents().isEmpty());
        stages.forEach(Stage::close);
    }

    @Test
    void whatAPersonCalledNoProblemStaysSoOverARestart() throws Exception {
        SigningKey ann = SigningKey.generate();
        Path trusted = folder.resolve("stages/remediate/trusted");
        Files.createDirectories(trusted);
        Files.writeString(trusted.resolve("ann.pub"), ann.publicPem());
        house.live(shop, 60);
        List<Stage> first = house.start();
        house.liveUntil(shop, OTHERS, () -> isThere(AnomalyKind.DROPOUT, AnomalyPhase.OPEN));
        Anomaly whole = wholeService().get(0);
        house.send(house.topics.controls(), whole.getId(), null, noProblem(whole, ann));
        house.liveUntil(shop, OTHERS, () -> wholeService().stream().anyMatch(a -> a.getPhase() == AnomalyPhase.CLEAR));
        first.forEach(Stage::close);

        Instant restarted = Instant.ofEpochMilli(house.now / 1000);
        List<Stage> second = house.start();
        house.liveUntil(shop, OTHERS, () -> anomalies(AnomalyKind.DROPOUT).stream()
                .filter(anomaly -> anomaly.getSubject().getInstance() != null)
                .anyMatch(anomaly -> anomaly.getUpdatedAt().isAfter(restarted.plusSeconds(30))));
        assertThat(wholeService())
                .extracting(Anomaly::getPhase)
                .as("its instance's silence was told again since, its own was not")
                .containsOnlyOnce(AnomalyPhase.OPEN)
                .endsWith(AnomalyPhase.CLEAR);
        second.forEach(Stage::close);
    }

    private ControlRecord noProblem(Anomaly anomaly, SigningKey key) {
        return ControlSignature.sign(
                ControlRecord.newBuilder()
                        .setId("once")
                        .setKind(ControlKind.FEEDBACK)
                        .setSubject(anomaly.getId())
                        .setActor("ann")
                        .setPerson(true)
                        .setAt(Instant.ofEpochMilli(house.now / 1000))
                        .setArguments(Feedback.arguments(anomaly.getSeries(), Opinion.NOT_A_PROBLEM))
                        .build(),
                key);
    }

    private List<Anomaly> wholeService() {
        return anomalies(AnomalyKind.DROPOUT).stream()
                .filter(anomaly -> anomaly.getSubject().getInstance() == null
                        && ServiceKey.of(anomaly.getSubject()).equals(INVENTORY))
                .toList();
    }

    private boolean isThere(AnomalyKind kind, AnomalyPhase phase) {
        return anomalies(kind).stream()
                .anyMatch(anomaly -> anomaly.getPhase() == phase
                        && (kind != AnomalyKind.DROPOUT || anomaly.getSubject().getInstance() == null)
                        && ServiceKey.of(anomaly.getSubject()).equals(INVENTORY));
    }

    private List<Anomaly> anomalies(AnomalyKind kind) {
        return house.read(house.topics.anomalies()).stream()
                .filter(anomaly -> anomaly.getKind() == kind)
                .toList();
    }

    private List<Incident> openIncidents() {
        Map<String, Incident> latest = new HashMap<>();
        house.read(house.topics.incidents()).forEach(incident -> latest.put(incident.getId(), incident));
        return latest.values().stream()
                .filter(incident ->
                        incident.getPhase() == IncidentPhase.OPEN || incident.getPhase() == IncidentPhase.UPDATE)
                .toList();
    }
}
