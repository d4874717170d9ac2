package io.nightshift.detect.openslo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.detect.domain.slo.Budgeting;
import io.nightshift.detect.domain.slo.EventSource;
import io.nightshift.detect.domain.slo.Indicator;
import io.nightshift.detect.domain.slo.Objective;
import io.nightshift.detect.domain.slo.Period;
import io.nightshift.runtime.config.ConfigException;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenSloFilesTest {

    private static final String SLO = """
            apiVersion: openslo/v1
            kind: SLO
            metadata:
              name: checkout-availability
            spec:
              service: checkout
              indicator:
                spec:
                  ratioMetric:
                    good:
                      metricSource:
                        type: nightshift
                        spec: {spans: {status: ok}}
                    total:
                      metricSource:
                        type: nightshift
                        spec: {spans: {status: any}}
              timeWindow:
                - duration: 28d
                  isRolling: true
              budgetingMethod: Occurrences
              objectives:
                - target: 0.995
            """;

    @TempDir
    private Path folder;

    private Inventory inventory() throws IOException {
        return InventoryFile.read(Files.writeString(folder.resolve("inventory.yml.txt"), """
                environment: demo
                services:
                  - {name: checkout, namespace: shop}
                  - {name: orders, namespace: shop}
                  - {name: orders, namespace: bank}
                """));
    }

    private List<Objective> read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("slo.yaml"), text);
        return OpenSloFiles.read(List.of(file), inventory());
    }

    @Test
    void anAvailabilityOfSpansIsRead() throws IOException {
        Objective read = read(SLO).get(0);
        assertThat(read.name()).isEqualTo("checkout-availability");
        assertThat(read.title()).isEqualTo("availability");
        assertThat(read.service()).hasToString("demo/shop/checkout");
        assertThat(read.target()).isEqualTo(0.995);
        assertThat(read.period()).isEqualTo(new Period.Rolling(Duration.ofDays(28)));
        assertThat(read.budgeting()).isEqualTo(Budgeting.occurrences());
        assertThat(read.indicator())
                .isEqualTo(new Indicator.Ratio(
                        new EventSource.Spans(EventSource.Outcome.OK, 0, ""),
                        false,
                        new EventSource.Spans(EventSource.Outcome.ANY, 0, "")));
        assertThat(read.where()).endsWith("slo.yaml:23");
    }

    @Test
    void theExampleOfTheManualIsRead() {
        Path example = Path.of("..", "docs", "examples", "objectives.yaml");
        List<Objective> read = OpenSloFiles.read(List.of(example), Inventory.empty());
        assertThat(read)
                .extracting(Objective::name)
                .containsExactly(
                        "checkout-availability", "checkout-latency", "checkout-errors", "queue-depth", "minutes");
        assertThat(read.get(2).indicator())
                .isInstanceOfSatisfying(Indicator.Ratio.class, ratio -> assertThat(ratio.part())
                        .isInstanceOfSatisfying(EventSource.Metric.class, metric -> {
                            assertThat(metric.attributes().matches(Map.of("http.response.status_code", "503")))
                                    .isTrue();
                            assertThat(metric.attributes().matches(Map.of("http.response.status_code", "404")))
                                    .isFalse();
                        }));
    }

    @Test
    void referencesCrossFilesAndOneSloMayHaveSeveralObjectives() throws IOException {
        Files.writeString(folder.resolve("b.yaml"), """
                apiVersion: openslo/v1
                kind: SLI
                metadata: {name: latency}
                spec:
                  thresholdMetric:
                    metricSource: {metricSourceRef: telemetry, spec: {metric: latency, service: bank/orders}}
                ---
                apiVersion: openslo/v1
                kind: DataSource
                metadata: {name: telemetry}
                spec: {type: Nightshift}
                ---
                apiVersion: openslo/v1
                kind: Service
                metadata: {name: checkout}
                """);
        Files.writeString(folder.resolve("a.yaml"), """
                apiVersion: openslo/v1
                kind: SLO
                metadata: {name: fast, displayName: Speed}
                spec:
                  service: checkout
                  indicatorRef: latency
                  timeWindow: [{duration: 1Q, calendar: {startTime: 2026-01-01 00:00:00, timeZone: Europe/Berlin}}]
                  budgetingMethod: Timeslices
                  objectives:
                    - {op: lte, value: 0.3, targetPercent: 99, timeSliceTarget: 0.9, timeSliceWindow: 5}
                    - {op: lte, value: 1, targetPercent: 99.9, timeSliceTarget: 0.9, timeSliceWindow: 5m}
                """);
        List<Objective> read = OpenSloFiles.read(List.of(folder), inventory());
        assertThat(read).extracting(Objective::name).containsExactly("fast-1", "fast-2");
        assertThat(read).extracting(Objective::target).containsExactly(0.99, 0.999);
        assertThat(read).allSatisfy(objective -> {
            assertThat(objective.source()).hasToString("demo/bank/orders");
            assertThat(objective.service()).hasToString("demo/shop/checkout");
            assertThat(objective.budgeting()).isEqualTo(new Budgeting(Budgeting.Method.TIMESLICES, 300_000_000L, 0.9));
            assertThat(objective.period()).isInstanceOf(Period.Calendar.class);
            assertThat(objective.period().length().toDays()).isEqualTo(91);
        });
    }

    /** Replaces a text of the file by another and names the line that the error must point at. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "target: 0.995 | target: 1 | 23 | impossible target: it must be above 0 and below 1",
                "target: 0.995 | target: 0 | 23 | impossible target",
                "target: 0.995 | target: 99.5 | 23 | for a percentage write targetPercent",
                "target: 0.995 | targetPercent: 100 | 23 | impossible target: it must be above 0 and below 100",
                "target: 0.995 | target: 0.9999999 | 23 | less than one in a million",
                "target: 0.995 | displayName: x | 23 | either 'target' or 'targetPercent'",
                "target: 0.995 | goal: 0.9 | 23 | the key 'goal' is unknown",
                "type: nightshift | type: Prometheus | 12 | metric source type 'Prometheus' is unknown; write 'type: nightshift'",
                "type: nightshift | metricSourceRef: dd | 12 | there is no DataSource 'dd'",
                "{spans: {status: ok}} | {spans: {status: okay}} | 13 | 'okay' is no outcome; did you mean 'ok'?",
                "{spans: {status: ok}} | {metric: } | 13 | either 'metric' or 'spans'",
                "{spans: {status: ok}} | {metric: requests} | 13 | count in different telemetry",
                "{spans: {status: ok}} | {query: up} | 13 | the key 'query' is unknown",
                "good: | perfect: | 10 | the key 'perfect' is unknown",
                "service: checkout | service: chekout | 6 | not in the inventory; add it there, or correct the name: did you mean 'checkout'",
                "service: checkout | service: orders | 6 | could be demo/shop/orders or demo/bank/orders",
                "duration: 28d | duration: 28 days | 19 | is no duration; write a whole number",
                "duration: 28d | duration: 5m | 19 | out of range; a budget is over 1h to 366d",
                "isRolling: true | isRolling: false | 19 | needs 'calendar'",
                "Occurrences | Sometimes | 21 | 'Sometimes' is no method",
                "Occurrences | Timeslices | 23 | the key 'timeSliceTarget' is missing",
                "kind: SLO | kind: AlertPolicy | 2 | objects of kind AlertPolicy have no effect here",
                "kind: SLO | kind: SLOO | 2 | the kind 'SLOO' is unknown; did you mean 'SLO'",
                "openslo/v1 | openslo/v1alpha | 1 | 'openslo/v1alpha' is not read here; write openslo/v1",
            })
    void whatIsWrongIsSaidWithFileAndLine(String instead, String written, int line, String message) {
        assertThat(SLO).contains(instead);
        assertThatThrownBy(() -> read(SLO.replaceFirst(java.util.regex.Pattern.quote(instead), written)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("slo.yaml:" + line + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void oneNameForTwoSlosIsRefused() {
        assertThatThrownBy(() -> read(SLO + "---\n" + SLO))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("slo.yaml:28: ")
                .hasMessageContaining("stands in")
                .hasMessageContaining("rename one");
    }

    @Test
    void withoutAnInventoryAServiceIsNamedInFull() throws IOException {
        Path file = Files.writeString(folder.resolve("slo.yaml"), SLO);
        assertThatThrownBy(() -> OpenSloFiles.read(List.of(file), Inventory.empty()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("environment/namespace/service");
        Files.writeString(file, SLO.replace("service: checkout", "service: demo/shop/checkout"));
        assertThat(OpenSloFiles.read(List.of(file), Inventory.empty())).hasSize(1);
    }
}
