package io.nightshift.embedded.registry;

import io.nightshift.embedded.EmbeddedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a registry by setting its global rule. That write goes through the journal and is answered when the registry
 * has read it back, so a success also proves that it has read all schemas written before.
 */
record Readiness(RegistryProcess process, URI url) {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final Duration RETRY = Duration.ofMillis(100);
    private static final String RULE = "{\"compatibility\":\"FULL_TRANSITIVE\"}";

    /** @throws EmbeddedException when the process ends first */
    void await() {
        long begun = System.nanoTime();
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        while (!ruleIsSet(client)) {
            if (process.endsWithin(RETRY)) {
                throw new EmbeddedException("The embedded registry ended while it started; " + process.lastOutput());
            }
        }
        LOG.info("Embedded registry on {} ready after {} ms", url, (System.nanoTime() - begun) / 1_000_000);
    }

    private boolean ruleIsSet(HttpClient client) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/config"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .PUT(HttpRequest.BodyPublishers.ofString(RULE))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedException("Interrupted while the embedded registry started", e);
        }
    }
}
