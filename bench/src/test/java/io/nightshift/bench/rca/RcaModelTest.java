package io.nightshift.bench.rca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.investigate.domain.measure.Ranked;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code eval rca --llm}: a model over HTTP beside the ranker, on faults whose label the ranker gets wrong. */
@Timeout(60)
class RcaModelTest {

    private static final Pattern CALL = Pattern.compile("\\[(E\\d+)] topology: (\\S+) calls (\\S+)");
    private static final int FAULTS = 4;

    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();
    private String progress = "";

    /** The depot fails and the kiosk that calls it fails somewhat more; the label says that it was the kiosk. */
    @BeforeEach
    void faults() throws IOException {
        write("data/shop/graph.csv", ",kiosk,depot\nkiosk,0.0,1.0\ndepot,0.0,0.0\n");
        StringBuilder usual = heading();
        for (int row = 0; row < 60; row++) {
            usual.append(row(300 * row + 300, 100, 100, row));
        }
        write("data/shop/noissue/metrics.csv", usual.toString());
        for (int fault = 1; fault <= FAULTS; fault++) {
            int onset = 90_000 * fault;
            String issue = "data/shop/test/issue_" + fault;
            write(
                    issue + "/metrics.csv",
                    heading()
                            + row(onset - 600, 100, 100, 0)
                            + row(onset - 300, 100, 100, 1)
                            + row(onset, 70, 60, 2)
                            + row(onset + 300, 70, 60, 0));
            write(
                    issue + "/target.json",
                    "{\"target\": {\"node\": \"kiosk\", \"metric\": \"availability\", \"timestamp\": " + onset
                            + "}, \"root_cause\": {\"node\": \"kiosk\"}}");
        }
    }

    @Test
    void a_model_that_is_right_where_the_ranker_is_not_is_heard_and_scored_beside_it() throws IOException {
        try (SpokenModel model = new SpokenModel(200, RcaModelTest::theCaller)) {
            JsonNode all = score("--llm", "--config", config(model, "price: {in: 2, out: 10}"));
            JsonNode found = all.get("llm");

            assertThat(all.get("top1").asDouble()).isZero();
            assertThat(found.get("n").asInt()).isEqualTo(FAULTS);
            assertThat(found.get("model").get("top1").asDouble()).isEqualTo(1);
            assertThat(found.get("ranker").get("top1").asDouble()).isZero();
            assertThat(found.get("model").get("brier").asDouble()).isBetween(0.0, 0.2);
            assertThat(found.get("right_model_alone").asInt()).isEqualTo(FAULTS);
            assertThat(found.get("right_ranker_alone").asInt()).isZero();
            assertThat(found.get("paired_p").asDouble()).isEqualTo(0.125, within(1e-9));
            assertThat(found.get("not_taken").asDouble()).isZero();
            assertThat(found.get("grounded_share").asDouble()).isEqualTo(0.5);
            assertThat(found.get("model_version").asText()).matches("spoken@[0-9a-f]{12}");
            // Each is asked, differs, is challenged, and stays.
            assertThat(found.get("calls").asInt()).isEqualTo(2 * FAULTS);
            assertThat(found.get("tokens_in").asInt()).isEqualTo(2 * FAULTS * 1_000);
            assertThat(found.get("tokens_out").asInt()).isEqualTo(2 * FAULTS * 50);
            assertThat(found.get("cost").asDouble()).isEqualTo(2 * FAULTS * 2_500 / 1e6, within(1e-9));
            assertThat(found.get("seconds_per_case").asDouble()).isPositive();
            assertThat(progress).contains("case 4 of 4: place 1, the ranker's 2");
        }
    }

    /** What tests are told by system properties, a command has to do for itself. */
    @Test
    void the_command_does_it_in_a_process_of_its_own() throws IOException, InterruptedException {
        try (SpokenModel model = new SpokenModel(200, RcaModelTest::theCaller)) {
            Path out = folder.resolve("out.txt");
            Path err = folder.resolve("err.txt");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "io.nightshift.deploy.NightshiftCommand",
                            "eval",
                            "rca",
                            folder.resolve("data").toString(),
                            "--llm",
                            "--config",
                            config(model, ""),
                            "--json")
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();

            assertThat(process.waitFor()).as(Files.readString(err)).isZero();
            JsonNode found = new ObjectMapper().readTree(Files.readString(out)).get("llm");
            assertThat(found.get("not_taken").asDouble()).as(found.toString()).isZero();
            assertThat(found.get("model").get("top1").asDouble()).isEqualTo(1);
        }
    }

    @Test
    void a_model_reads_figures_under_neutral_names_and_nothing_that_tells_the_data_set() throws IOException {
        try (SpokenModel model = new SpokenModel(200, RcaModelTest::theCaller)) {
            score("--llm", "--config", config(model, ""), "--cases", "1");

            assertThat(model.requests()).hasSize(2);
            assertThat(model.requests().get(0))
                    .contains("The ranker's hypotheses", "failed requests: share ", "system/parts/entity-")
                    .doesNotContainIgnoringCase("kiosk")
                    .doesNotContainIgnoringCase("depot")
                    .doesNotContain("issue_", "90000", "1970");
        }
    }

    @Test
    void cases_are_spread_over_all_faults() throws IOException {
        try (SpokenModel model = new SpokenModel(200, RcaModelTest::theCaller)) {
            JsonNode all = score("--llm", "--config", config(model, ""), "--cases", "2");

            assertThat(all.get("n").asInt()).isEqualTo(FAULTS);
            assertThat(all.get("llm").get("n").asInt()).isEqualTo(2);
            assertThat(all.get("llm").get("cost").isNull()).isTrue();
        }
    }

    @Test
    void garbage_leaves_the_ranking_and_is_counted() throws IOException {
        try (SpokenModel model = new SpokenModel(200, prompt -> "It is always DNS.")) {
            JsonNode found = score("--llm", "--config", config(model, "")).get("llm");

            assertThat(found.get("model").get("top1"))
                    .isEqualTo(found.get("ranker").get("top1"));
            assertThat(found.get("model").get("top3").asDouble()).isEqualTo(1);
            assertThat(found.get("model").get("brier"))
                    .isEqualTo(found.get("ranker").get("brier"));
            assertThat(found.get("not_taken").asDouble()).isEqualTo(1);
            assertThat(found.get("not_taken_because").fieldNames().next()).contains("answer was not taken");
            assertThat(found.get("model_version").isNull()).isTrue();
            assertThat(found.get("grounded_share").isNull()).isTrue();
        }
    }

    @Test
    void a_key_that_the_server_repeats_is_not_told() throws IOException {
        // Whatever the environment holds serves as a key here.
        Map.Entry<String, String> secret = System.getenv().entrySet().stream()
                .filter(one -> one.getValue().matches("[\\w/:.-]{8,60}"))
                .findFirst()
                .orElseThrow();
        try (SpokenModel model = new SpokenModel(401, prompt -> "Wrong key " + secret.getValue())) {
            JsonNode all = score("--llm", "--config", config(model, "apiKeyEnv: " + secret.getKey()));

            assertThat(all.get("llm").get("not_taken").asDouble()).isEqualTo(1);
            assertThat(all.toString() + progress)
                    .contains("the model failed", "(key)")
                    .doesNotContain(secret.getValue());
        }
    }

    @Test
    void what_is_missing_is_said_before_the_work() throws IOException {
        String config = write("plain.yaml", "investigate: {threads: 1}\n").toString();
        assertThat(run("--llm")).isEqualTo(2);
        assertThat(said.toString()).contains("--llm needs --config FILE");
        assertThat(run("--llm", "--config", config)).isEqualTo(2);
        assertThat(said.toString()).contains("plain.yaml has no section investigate.llm");
        assertThat(run("--llm", "--config", config, "--cases", "0")).isEqualTo(2);
        assertThat(said.toString()).contains("--cases is 0");
        assertThat(run("--cases", "3")).isEqualTo(2);
        assertThat(said.toString()).contains("add --llm");
        assertThat(run("--llm", "--config", folder.resolve("none.yaml").toString()))
                .isEqualTo(2);
        assertThat(said.toString()).contains("there is no such file");
        assertThat(run(
                        "--llm",
                        "--config",
                        write("wrong.yaml", "investigate: {llm: {modell: x}}\n").toString()))
                .isEqualTo(2);
        assertThat(said.toString()).contains("wrong.yaml:1");
    }

    @Test
    void causes_that_the_model_does_not_name_come_after_those_that_it_names() {
        Ranked ranked = new Ranked(List.of(
                new Ranked.Score("a", 3, Map.of()),
                new Ranked.Score("b", 2, Map.of()),
                new Ranked.Score("c", 1, Map.of()),
                new Ranked.Score("d", 1, Map.of())));
        List<String> named = List.of(MeasuredCase.id("c"), "");

        assertThat(Asked.place(named, ranked, "c")).isEqualTo(1);
        assertThat(Asked.place(named, ranked, "a")).isEqualTo(3);
        assertThat(Asked.place(named, ranked, "b")).isEqualTo(4);
        assertThat(Asked.place(named, ranked, "d")).isEqualTo(5);
        assertThat(Asked.place(named, ranked, "e")).isEqualTo(Integer.MAX_VALUE);
    }

    /** Names who calls, which is as much as can be known under neutral names; one of its two claims cites nothing. */
    private static String theCaller(String prompt) {
        Matcher call = CALL.matcher(prompt);
        assertThat(call.find()).as(prompt).isTrue();
        return "{\"hypotheses\": [{\"service\": \"" + call.group(2)
                + "\", \"causeClass\": \"CONFIGURATION_CHANGE\", \"confidence\": 0.9, \"claims\": ["
                + "{\"text\": \"It calls.\", \"evidence\": [\"" + call.group(1) + "\"], \"against\": false},"
                + "{\"text\": \"I feel it.\", \"evidence\": [\"E99\"], \"against\": false}]}],"
                + " \"proposal\": null, \"summary\": \"The caller.\"}";
    }

    private String config(SpokenModel model, String more) throws IOException {
        return write(
                        "nightshift.yaml",
                        "investigate:\n  llm:\n    baseUrl: " + model.baseUrl() + "\n    model: spoken\n"
                                + (more.isEmpty() ? "" : "    " + more + "\n"))
                .toString();
    }

    private JsonNode score(String... options) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream before = System.out;
        PrintStream errBefore = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            assertThat(run(options)).as(said.toString()).isZero();
        } finally {
            System.setOut(before);
            System.setErr(errBefore);
            progress = err.toString(StandardCharsets.UTF_8);
        }
        return new ObjectMapper()
                .readTree(out.toString(StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.startsWith("{"))
                        .findFirst()
                        .orElseThrow());
    }

    private int run(String... options) {
        String[] arguments = Stream.concat(
                        Stream.of(folder.resolve("data").toString(), "--json"), Arrays.stream(options))
                .toArray(String[]::new);
        return new CommandLine(new RcaSuite())
                .setErr(new PrintWriter(said, true))
                .execute(arguments);
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static StringBuilder heading() {
        return new StringBuilder("microservice,kiosk,kiosk,kiosk,depot,depot,depot\n")
                .append("metric,latency,requests,availability,latency,requests,availability\n")
                .append("statistic,Average,Sum,Average,Average,Sum,Average\nunix_timestamp,,,,,,\n");
    }

    private static String row(int time, double kiosk, double depot, int wobble) {
        double more = wobble % 3 * 0.01;
        return time + ".0," + (0.1 + more) + ",500," + kiosk + "," + (0.05 + more) + ",300," + depot + "\n";
    }
}
