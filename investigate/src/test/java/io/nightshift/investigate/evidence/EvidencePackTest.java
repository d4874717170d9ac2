package io.nightshift.investigate.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.events.ActionKind;
import io.nightshift.events.AlertState;
import io.nightshift.events.ChangeEvent;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.ExternalAlert;
import io.nightshift.events.InvestigationRequest;
import io.nightshift.events.LogBatch;
import io.nightshift.events.LogLine;
import io.nightshift.events.RecordRef;
import io.nightshift.events.Resource;
import io.nightshift.events.RollupCalls;
import io.nightshift.events.ServiceRollup;
import io.nightshift.events.Span;
import io.nightshift.events.SpanBatch;
import io.nightshift.events.SpanKind;
import io.nightshift.events.SpanStatus;
import io.nightshift.investigate.domain.Citations;
import io.nightshift.investigate.domain.Scenes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvidencePackTest {

    private static final RecordRef ORIGIN = new RecordRef("investigation-requests", 0, 0L);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final Scenes scene = Scenes.leak().lesson("fp-1", "inventory", ActionKind.RESTART, 2, 0);
    private final EvidencePack pack = EvidencePack.of(material(), scene.inventory());

    @Test
    void every_kind_of_evidence_is_there_with_an_id_of_its_own_and_a_place() {
        assertThat(pack.items())
                .extracting(EvidenceItem::getKind)
                .contains(
                        EvidenceKind.ANOMALY,
                        EvidenceKind.CHANGE,
                        EvidenceKind.LESSON,
                        EvidenceKind.TOPOLOGY,
                        EvidenceKind.ROLLUP,
                        EvidenceKind.ALERT,
                        EvidenceKind.TRACE,
                        EvidenceKind.LOG);
        assertThat(pack.items()).extracting(EvidenceItem::getId).doesNotHaveDuplicates();
        assertThat(pack.items()).allSatisfy(item -> assertThat(item.getRefs()).isNotEmpty());
    }

    @Test
    void the_minutes_of_a_service_are_one_window_which_each_of_them_is_cited_by() {
        assertThat(of(EvidenceKind.ROLLUP)).hasSize(2);
        assertThat(text(EvidenceKind.ROLLUP, "demo/shop/payments"))
                .contains("healthy")
                .contains("requests 100 100 100")
                .contains("failed 0 0 0");
        assertThat(text(EvidenceKind.ROLLUP, "demo/shop/inventory")).contains("2 anomalies open");
        List<String> cited = IntStream.range(0, 3)
                .mapToObj(minute -> pack.citations().of(Citations.rollup(rollup("inventory", minute, 2))))
                .flatMap(List::stream)
                .distinct()
                .toList();
        assertThat(cited).hasSize(1);
    }

    @Test
    void a_failing_call_is_shown_with_what_it_waited_for_across_services() {
        assertThat(of(EvidenceKind.TRACE)).hasSize(1);
        EvidenceItem trace = of(EvidenceKind.TRACE).get(0);

        assertThat(trace.getText())
                .contains("a call of demo/shop/orders took 1000 ms and failed")
                .contains("demo/shop/orders client «reserve» to «inventory:8080» 50 ms failed")
                .contains("demo/shop/inventory server «reserve» 800 ms failed")
                .contains("«heap is full»")
                .contains("in trace " + TRACE);
        assertThat(trace.getSubject().getService()).isEqualTo("inventory");
        assertThat(trace.getRefs()).hasSize(2);
    }

    @Test
    void an_alert_of_other_monitoring_is_data() {
        assertThat(text(EvidenceKind.ALERT, "demo/shop/orders"))
                .contains("«HighLatency»")
                .contains("«p95 above 2 s»")
                .contains("«team=shop»");
    }

    @Test
    void a_log_template_comes_with_its_count_and_an_exemplar() {
        assertThat(text(EvidenceKind.LOG, "demo/shop/inventory"))
                .contains("logged 3 times «collection * freed nothing»")
                .contains("first «collection 0 freed nothing»");
    }

    @Test
    void further_items_need_ids_of_their_own() {
        EvidenceItem skill =
                new EvidenceItem(pack.freeId(0), EvidenceKind.SKILL, null, "«look at the heap»", List.of(), null, null);

        assertThat(pack.plus(List.of(skill)).items()).hasSize(pack.items().size() + 1);
        assertThat(pack.freeId(1)).isNotEqualTo(pack.freeId(0));
        assertThatThrownBy(() -> pack.plus(List.of(skill, skill))).hasMessageContaining(skill.getId());
    }

    private List<EvidenceItem> of(EvidenceKind kind) {
        return pack.items().stream().filter(item -> item.getKind() == kind).toList();
    }

    private String text(EvidenceKind kind, String service) {
        return of(kind).stream()
                .map(EvidenceItem::getText)
                .filter(text -> text.startsWith(service))
                .findFirst()
                .orElseThrow();
    }

    private Material material() {
        List<Found<ServiceRollup>> rollups = new ArrayList<>();
        for (int minute = 2; minute >= 0; minute--) {
            rollups.add(found(rollup("inventory", minute, 2), minute));
            rollups.add(found(rollup("payments", minute, 0), minute));
        }
        List<Found<ChangeEvent>> changes =
                scene.changes().stream().map(change -> found(change, 1)).toList();
        return new Material(
                new InvestigationRequest("req-1", scene.incident(), scene.lessons(), Scenes.ONSET, 60, null),
                ORIGIN,
                changes,
                rollups,
                List.of(found(alert(), 4)),
                List.of(found(logs(), 5)),
                List.of(
                        found(
                                spans(
                                        "orders",
                                        span("a", null, SpanKind.SERVER, 0, 1000),
                                        span("b", "a", SpanKind.CLIENT, 50, 950)),
                                6),
                        found(spans("inventory", span("c", "b", SpanKind.SERVER, 100, 900)), 7)),
                List.of(),
                List.of());
    }

    private static ServiceRollup rollup(String service, int minute, int open) {
        return new ServiceRollup(
                Scenes.entity(service, null, null),
                Scenes.ONSET.minusSeconds(60L * (2 - minute)),
                List.of(new RollupCalls(null, null, 100L, 0L, 10.0, 20.0, 30.0)),
                List.of(),
                0,
                open,
                null);
    }

    private static ExternalAlert alert() {
        return new ExternalAlert(
                "a1",
                "elsewhere",
                Scenes.entity("orders", null, null),
                AlertState.FIRING,
                "HighLatency",
                "page",
                micros(Scenes.ONSET),
                null,
                "p95 above 2 s",
                Map.of("team", "shop"));
    }

    private static LogBatch logs() {
        List<LogLine> lines = IntStream.range(0, 3)
                .mapToObj(i -> new LogLine(
                        micros(Scenes.ONSET),
                        17,
                        "ERROR",
                        "collection " + i + " freed nothing",
                        Map.of(),
                        null,
                        null,
                        0))
                .toList();
        return new LogBatch(resource("inventory"), 0L, "", lines);
    }

    private static SpanBatch spans(String service, Span... spans) {
        return new SpanBatch(resource(service), 0L, "", List.of(spans));
    }

    private static Span span(String id, String parent, SpanKind kind, long fromMillis, long toMillis) {
        return new Span(
                TRACE,
                id,
                parent,
                "reserve",
                kind,
                micros(Scenes.ONSET) + fromMillis * 1000,
                (toMillis - fromMillis) * 1000,
                SpanStatus.ERROR,
                id.equals("c") ? "heap is full" : "",
                500,
                kind == SpanKind.CLIENT ? "inventory:8080" : null,
                Map.of());
    }

    private static Resource resource(String service) {
        return new Resource("demo", "shop", service, null, null, null, Map.of());
    }

    private static long micros(Instant at) {
        return at.toEpochMilli() * 1000;
    }

    private static <V> Found<V> found(V value, long offset) {
        return new Found<>(value, new RecordRef("telemetry", 0, offset));
    }
}
