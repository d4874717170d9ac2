package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nightshift.detect.DetectStages;
import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.MetricKind;
import io.nightshift.events.MetricSeries;
import io.nightshift.events.Resource;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.EmptyConfig;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tools that know nothing of Nightshift read its topics and write to them: Debian's kcat, plain HTTP, generic Avro. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KcatTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int FRAME = 1 + Integer.BYTES;

    @TempDir
    static Path shared;

    private static OutsidePlatform outside;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        assumeTrue(isInstalled(), "kcat is not installed: apt-get install kcat");
        outside = new OutsidePlatform(shared);
    }

    @AfterAll
    static void stop() {
        if (outside != null) {
            outside.close();
        }
    }

    @Test
    void kcatListsAndConsumesActionsAndTheRegistryTellsTheirSchemaByPlainHttp() throws Exception {
        outside.provision("");
        Topics topics = outside.topics("");
        try (TopicProbe probe = new TopicProbe(outside.kafka(""))) {
            probe.commit(topics.actions(), "inc-1", restarted());
        }
        assertThat(text(kcat("-L"))).contains("topic \"actions\" with 2 partitions", "topic \"incidents\"");
        assertThat(text(kcat("-C", "-e", "-q", "-t", "actions", "-f", "%k %S\n")))
                .matches("inc-1 \\d+\n");

        byte[] value = kcat("-C", "-e", "-q", "-t", "actions", "-f", "%s");
        assertThat(value[0]).as("magic byte").isZero();
        int id = ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
        String schema = text(get(outside.registry() + "/schemas/ids/" + id + "/schema"));
        GenericRecord decoded = new GenericDatumReader<GenericRecord>(new Schema.Parser().parse(schema))
                .read(null, DecoderFactory.get().binaryDecoder(Arrays.copyOfRange(value, FRAME, value.length), null));
        assertThat(decoded.get("status")).hasToString("HELD");
        assertThat(decoded.get("sentence")).hasToString("The restart held.");
    }

    @Test
    void whatKcatPutsIntoAnotherPartitionIsReroutedAndCounted() throws Exception {
        String prefix = "kcat.";
        outside.provision(prefix);
        Topics topics = outside.topics(prefix);
        String topic = topics.metrics().name();
        int partitions = topics.metrics().partitions();
        String service = IntStream.range(0, 100)
                .mapToObj(number -> "service-" + number)
                .filter(name -> crc32(key(name)) % partitions != murmur2(key(name)) % partitions)
                .findFirst()
                .orElseThrow();
        Path value = Files.write(
                folder.resolve("value"), topics.metrics().value().serializer().serialize(topic, threads(service)));
        kcat("-P", "-t", topic, "-k", key(service), value.toString());
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (TopicProbe probe = new TopicProbe(outside.kafka(prefix))) {
            assertThat(places(probe, topics)).containsExactly((int) (crc32(key(service)) % partitions));
            List<Stage> detect = DetectStages.of(new StageContext(
                    topics,
                    outside.kafka(prefix),
                    EmptyConfig.INSTANCE,
                    Inventory.empty(),
                    meters,
                    folder,
                    Clock.systemUTC()));
            detect.forEach(Stage::start);
            try {
                await("the record is where its key belongs")
                        .atMost(LIMIT)
                        .until(() -> places(probe, topics).size() == 2);
                assertThat(places(probe, topics)).contains(murmur2(key(service)) % partitions);
                assertThat(meters.counter("nightshift.detect", "what", "rerouted")
                                .count())
                        .isEqualTo(1);
            } finally {
                detect.forEach(Stage::close);
            }
        }
    }

    /** Partitions of the records, in order of their partitions. */
    private static List<Integer> places(TopicProbe probe, Topics topics) {
        return probe.raw(topics.metrics()).stream()
                .map(ConsumerRecord::partition)
                .toList();
    }

    private static String key(String service) {
        return "demo/shop/" + service;
    }

    /** librdkafka's default for records with a key. */
    private static long crc32(String key) {
        CRC32 crc = new CRC32();
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    /** The Java client's, and ours. */
    private static int murmur2(String key) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean isInstalled() {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "kcat")));
    }

    /** Runs kcat with the file that the broker leaves for it, and returns what it printed. */
    private byte[] kcat(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("kcat", "-F", outside.broker().kcatFile().toString()));
        command.addAll(List.of(arguments));
        Path error = folder.resolve("kcat.err");
        Path out = folder.resolve("kcat.out");
        Process kcat = new ProcessBuilder(command)
                .redirectError(error.toFile())
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(kcat.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as("kcat ends: " + Files.readString(error))
                    .isTrue();
            assertThat(kcat.exitValue()).as(Files.readString(error)).isZero();
        } finally {
            kcat.destroyForcibly();
        }
        return Files.readAllBytes(out);
    }

    private static byte[] get(String url) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT).build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(text(answer.body())).isEqualTo(200);
        return answer.body();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static ActionEvent restarted() {
        return ActionEvent.newBuilder()
                .setId("evt-1")
                .setActionId("act-1")
                .setStatus(ActionStatus.HELD)
                .setAt(Instant.now())
                .setIncidentId("inc-1")
                .setEnvironment("demo")
                .setService("demo/shop/inventory")
                .setAction(ActionKind.ROLLING_RESTART)
                .setTarget("demo/shop/inventory")
                .setSentence("The restart held.")
                .build();
    }

    private static MetricBatch threads(String service) {
        long now = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
        return MetricBatch.newBuilder()
                .setResource(Resource.newBuilder()
                        .setEnvironment("demo")
                        .setNamespace("shop")
                        .setService(service)
                        .setInstance(service + "-1")
                        .setVersion("1.0")
                        .build())
                .setSeries(List.of(MetricSeries.newBuilder()
                        .setName("jvm.thread.count")
                        .setUnit("{thread}")
                        .setKind(MetricKind.GAUGE)
                        .setTimesMicros(List.of(now))
                        .setValues(List.of(20.0))
                        .build()))
                .build();
    }
}
