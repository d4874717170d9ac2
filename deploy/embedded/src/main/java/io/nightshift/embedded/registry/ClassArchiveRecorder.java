package io.nightshift.embedded.registry;

import io.nightshift.embedded.EmbeddedException;
import io.nightshift.embedded.FolderLock;
import io.nightshift.embedded.broker.EmbeddedBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A step of the build: runs a registry once against a broker, as Nightshift will, and keeps its {@link ClassArchive}.
 * Does nothing when this JVM's archive is there. A registry starts without one too, only slower, so a recording that
 * fails is told and does not fail the build.
 */
public final class ClassArchiveRecorder {
    /** Generous: the archive is written within the stop, on a machine that may be busy. */
    private static final Duration STOP = Duration.ofSeconds(60);

    private static final String SCHEMA = "{\"schema\": \"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Recorded\\\","
            + "\\\"fields\\\":[{\\\"name\\\":\\\"text\\\",\\\"type\\\":\\\"string\\\"}]}\"}";

    private ClassArchiveRecorder() {}

    /** @param arguments the folder of the unpacked registry */
    public static void main(String[] arguments) {
        try {
            RegistryDistribution distribution = RegistryDistribution.in(Path.of(arguments[0]));
            ClassArchive archive = ClassArchive.of(distribution);
            if (!archive.recorded()) {
                record(distribution, archive, distribution.runner().resolveSibling("recording"));
            }
        } catch (IOException | RuntimeException e) {
            System.err.println("The registry's class archive was not recorded; it will start slower: " + e);
        }
        // the HTTP client's threads would keep this JVM for a while
        System.exit(0);
    }

    private static void record(RegistryDistribution distribution, ClassArchive archive, Path folder)
            throws IOException {
        try (FolderLock lock = FolderLock.take(folder, "registry.lock");
                EmbeddedBroker broker = EmbeddedBroker.ephemeral()) {
            Path draft = folder.resolve("draft.jsa");
            Files.deleteIfExists(draft);
            Map<String, String> kafka = broker.clientProperties();
            RegistryTopics.ensure(kafka);
            RegistryLaunch launch = new RegistryLaunch(
                    distribution, ClassArchive.record(draft), folder, EmbeddedRegistry.claim(0), kafka);
            RegistryProcess process = RegistryProcess.start(launch);
            Runtime.getRuntime().addShutdownHook(new Thread(process.handle()::destroyForcibly));
            new Readiness(process, launch.url()).await();
            exercise(launch.url());
            process.stop(STOP);
            archive.publish(draft);
        }
    }

    /** What the serdes ask for, twice, so that the archive holds the classes of checking compatibility too. */
    private static void exercise(URI url) throws IOException {
        HttpClient client = HttpClient.newHttpClient();
        send(
                client,
                versions(url).POST(HttpRequest.BodyPublishers.ofString(SCHEMA)).build());
        send(
                client,
                versions(url).POST(HttpRequest.BodyPublishers.ofString(SCHEMA)).build());
        send(client, HttpRequest.newBuilder(URI.create(url + "/subjects")).build());
        send(client, HttpRequest.newBuilder(URI.create(url + "/schemas/ids/1")).build());
    }

    private static HttpRequest.Builder versions(URI url) {
        return HttpRequest.newBuilder(URI.create(url + "/subjects/recorded-value/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json");
    }

    private static void send(HttpClient client, HttpRequest request) throws IOException {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new EmbeddedException("The registry answered " + request.uri() + " with " + response.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedException("Interrupted while recording", e);
        }
    }
}
