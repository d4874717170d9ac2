package io.nightshift.deploy.run;

import io.nightshift.deploy.home.StartException;
import io.nightshift.deploy.pipeline.StageName;
import io.nightshift.deploy.platform.EmbeddedSettings;
import io.nightshift.ingest.IngestSettings;
import io.nightshift.oversee.console.ConsoleSettings;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The ports that a process is going to listen on, tried before anything is started, removed or made for its sake. */
public record Doors(List<Door> doors) {

    /**
     * @param what who would listen there
     * @param port 0 for any free one
     * @param setting what chooses another port
     */
    public record Door(String what, String host, int port, String setting) {

        private boolean isTaken() {
            if (port == 0) {
                return false;
            }
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true); // as the servers do: what only lingers does not count
                socket.bind(new InetSocketAddress(host, port));
                return false;
            } catch (BindException e) {
                return true;
            } catch (IOException e) {
                return false; // another trouble than a taken port: whoever listens tells it better
            }
        }

        private String inWords() {
            return port + " on " + host + " (" + what + (setting.isEmpty() ? "" : "; " + setting) + ")";
        }
    }

    /** Those of the stages, and where the process tells how it is. */
    public static Doors of(NightshiftSettings settings, Collection<StageName> stages) {
        List<Door> doors = new ArrayList<>();
        InetSocketAddress health = settings.health();
        doors.add(new Door("health and metrics", health.getHostString(), health.getPort(), "health.port"));
        if (stages.contains(StageName.INGEST)) {
            IngestSettings ingest = IngestSettings.from(settings.config().section(StageName.INGEST.label()));
            doors.add(new Door(
                    "OTLP over gRPC", ingest.grpc().host(), ingest.grpc().port(), "ingest.otlp.grpc.port"));
            doors.add(new Door(
                    "OTLP over HTTP", ingest.http().host(), ingest.http().port(), "ingest.otlp.http.port"));
        }
        if (stages.contains(StageName.OVERSEE)) {
            ConsoleSettings console = ConsoleSettings.from(
                    settings.config().section(StageName.OVERSEE.label()).section("console"));
            doors.add(new Door("the console", console.bind(), console.port(), "oversee.console.port"));
        }
        return new Doors(doors);
    }

    /** With those of the embedded broker and registry. */
    public Doors andEmbedded(EmbeddedSettings embedded) {
        return and(List.of(
                new Door("the embedded broker", "127.0.0.1", embedded.brokerPort(), "embedded.kafkaPort"),
                new Door("the embedded registry", "127.0.0.1", embedded.registryPort(), "embedded.registryPort")));
    }

    public Doors and(List<Door> others) {
        List<Door> all = new ArrayList<>(doors);
        all.addAll(others);
        return new Doors(all);
    }

    /**
     * Tries each.
     *
     * @param remedy what to do, beyond stopping what listens there
     * @throws StartException naming every port that is taken
     */
    public void check(String remedy) {
        List<Door> taken = doors.stream().filter(Door::isTaken).toList();
        if (!taken.isEmpty()) {
            throw new StartException("another process listens on port "
                    + taken.stream().map(Door::inWords).collect(Collectors.joining(", "))
                    + "; stop it (`ss -ltnp` names it)"
                    + remedy);
        }
    }
}
