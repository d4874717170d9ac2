package io.nightshift.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.deploy.home.Connection;
import io.nightshift.deploy.home.StartException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nightshift status}. */
@Command(
        name = "status",
        description = "Tells how each part of the running process is, and whether it is halted.",
        footer = {"", "Exit status: 0 every part runs, 1 one does not, 3 nothing answers."})
public final class StatusCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Mixin
    private Home home;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Client client = Client.connect(home);
        Connection connection =
                Connection.read(client.installation().connectionFile()).orElseThrow();
        String report = ask(connection);
        JsonNode health = new ObjectMapper().readTree(report);
        if (json) {
            System.out.print(report);
        } else {
            tell(client, connection, health);
        }
        return health.path("running").asBoolean() ? 0 : 1;
    }

    private static String ask(Connection connection) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(connection.healthUrl()))
                    .timeout(LIMIT)
                    .build();
            return HttpClient.newBuilder()
                    .connectTimeout(LIMIT)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | IllegalArgumentException e) {
            throw new StartException(
                    "Kafka at " + connection.bootstrapServers() + " answers, but the process " + connection.pid()
                            + " does not tell how it is at '" + connection.healthUrl()
                            + "'; see var/log/nightshift.log",
                    e);
        }
    }

    private static void tell(Client client, Connection connection, JsonNode health) {
        System.out.println("process " + connection.pid() + ", Kafka " + connection.bootstrapServers() + ", registry "
                + connection.registryUrl() + ", health " + connection.healthUrl());
        health.path("stages")
                .forEach(stage -> System.out.println("  " + stage.path("name").asText() + "  "
                        + stage.path("state").asText() + "  "
                        + stage.path("detail").asText()));
        if (Files.exists(client.installation().haltFile())) {
            System.out.println("  HALTED; ./nightshift resume lifts it");
        }
    }
}
