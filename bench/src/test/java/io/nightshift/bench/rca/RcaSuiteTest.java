package io.nightshift.bench.rca;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.bench.Suite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RcaSuiteTest {

    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();

    @Test
    void a_failing_callee_is_found_below_its_caller_in_tables_of_services() throws IOException {
        write("shop/graph.csv", ",front,back\nfront,0.0,1.0\nback,0.0,0.0\n");
        StringBuilder usual = heading();
        for (int row = 0; row < 60; row++) {
            usual.append(row(300 * row + 300, 0.1 + row % 3 * 0.01, 100, 0.05 + row % 3 * 0.01, 100));
        }
        write("shop/noissue/metrics.csv", usual.toString());
        write(
                "shop/test/issue_1/metrics.csv",
                heading()
                        + row(90_000, 0.1, 100, 0.05, 100)
                        + row(90_300, 0.1, 100, 0.05, 100)
                        + row(90_600, 0.1, 80, 0.05, 60)
                        + row(90_900, 0.1, 80, 0.05, 60));
        write(
                "shop/test/issue_1/target.json",
                "{\"target\": {\"node\": \"front\", \"metric\": \"availability\", \"timestamp\": 90600},"
                        + " \"root_cause\": {\"node\": \"back\"}}");

        JsonNode found = score();

        assertThat(found.get("n").asInt()).isEqualTo(1);
        assertThat(found.get("top1").asDouble()).isEqualTo(1);
        assertThat(found.get("same_when_renamed").asInt()).isEqualTo(1);
        assertThat(found.get("sets").get("shop").get("constant_top1").asDouble())
                .isEqualTo(1);
    }

    @Test
    void a_service_that_stops_calling_another_is_found_in_traces_of_pods() throws IOException {
        write("train/construct_data/2026-01-01/trace/09_00_trace.csv", spans(40, true));
        write("train/rca_data/2026-01-01/trace/10_00_trace.csv", spans(40, false));
        write("train/rca_data/2026-01-01/metric/order-5b67c48447-mv5hb_metric.csv", metrics());
        write(
                "train/rca_data/2026-01-01/2026-01-01-fault_list.json",
                "{\"10\": [{\"inject_time\": \"2026-01-01 10:00:05\", \"inject_pod\": \"order-5b67c48447-mv5hb\","
                        + " \"inject_type\": \"return\"}]}");

        assertThat(score().get("top1").asDouble()).isEqualTo(1);
    }

    @Test
    void the_entity_of_the_rare_alarm_comes_before_those_that_ring_every_time() throws IOException {
        StringBuilder labels = new StringBuilder("fault_id,fault_entity,fault_type,fault_st_time,fault_ed_time\n");
        StringBuilder metrics = new StringBuilder("{");
        for (int fault = 0; fault < 9; fault++) {
            labels.append(
                    fault + ",a,memory,2026-01-01 1" + fault + ":00:00.000,2026-01-01 1" + fault + ":10:00.000\n");
            metrics.append('"').append(fault).append("\": [[\"1000\", \"b\", \"h\", \"cpu_use_pct\", \"up\"]");
            metrics.append(fault == 8 ? ", [\"1000\", \"a\", \"h\", \"memory_use_pct\", \"up\"]" : "");
            metrics.append(fault == 8 ? "]}" : "],");
        }
        write("alerts/label.csv", labels.toString());
        write("alerts/metric/metrics.json", metrics.toString());

        JsonNode found = score();

        assertThat(found.get("n").asInt()).isEqualTo(9);
        assertThat(found.get("top1").asDouble()).isEqualTo(1.0 / 9);
        assertThat(found.get("top1_of").asText()).startsWith("1 of 9");
    }

    @Test
    void a_folder_without_faults_is_said() throws IOException {
        assertThat(run("--json")).isEqualTo(2);
        assertThat(said.toString()).contains("no labelled faults found").contains("--help");
    }

    private JsonNode score() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            assertThat(run("--json")).as(said.toString()).isZero();
        } finally {
            System.setOut(before);
        }
        return new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
    }

    private int run(String option) {
        Suite suite = new RcaSuite();
        return new CommandLine(suite).setErr(new PrintWriter(said, true)).execute(folder.toString(), option);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static StringBuilder heading() {
        return new StringBuilder("microservice,front,front,front,back,back,back\n")
                .append("metric,latency,requests,availability,latency,requests,availability\n")
                .append("statistic,Average,Sum,Average,Average,Sum,Average\nunix_timestamp,,,,,,\n");
    }

    private static String row(int time, double frontSeconds, double front, double backSeconds, double back) {
        return time + ".0," + frontSeconds + ",500," + front + "," + backSeconds + ",300," + back + "\n";
    }

    /** A gateway calls order, which calls stock; without the last step when it returns early. */
    private static String spans(int requests, boolean whole) {
        StringBuilder spans = new StringBuilder("TraceID,SpanID,ParentID,PodName,OperationName,Duration\n");
        for (int i = 0; i < requests; i++) {
            spans.append("t" + i + ",g,root,gateway-6f6cfc45bb-h5m2n,/,9000\n");
            spans.append("t" + i + ",c,g,gateway-6f6cfc45bb-h5m2n,GET,8000\n");
            spans.append("t" + i + ",o,c,order-5b67c48447-mv5hb,/order,7000\n");
            if (whole) {
                spans.append("t" + i + ",d,o,order-5b67c48447-mv5hb,GET,5000\n");
                spans.append("t" + i + ",s,d,stock-6f6cfc45bb-aaaaa,/stock,4000\n");
            }
        }
        return spans.toString();
    }

    private static String metrics() {
        StringBuilder metrics = new StringBuilder("Time,CpuUsage(m),MemoryUsage(Mi),PodWorkload(Ops)\n");
        for (int minute = 0; minute < 59; minute++) {
            metrics.append(String.format("2026-01-01 09:%02d:10.1 +0000 UTC m=+1,5,100,2%n", minute));
        }
        return metrics.toString();
    }
}
