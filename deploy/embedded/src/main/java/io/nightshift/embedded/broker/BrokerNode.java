package io.nightshift.embedded.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server$;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Kafka's own server parts, put together as {@code kafka.server.KafkaRaftServer} does, but on sockets that are already
 * bound (that class offers no way to hand them in).
 */
final class BrokerNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerNode.class);
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(20);

    private final int port;
    private final String clusterId;
    private final LoopbackSockets sockets;
    private final ControllerServer controller;
    private final BrokerServer broker;

    private BrokerNode(
            int port, String clusterId, LoopbackSockets sockets, ControllerServer controller, BrokerServer broker) {
        this.port = port;
        this.clusterId = clusterId;
        this.sockets = sockets;
        this.controller = controller;
        this.broker = broker;
    }

    /** Starts in a formatted log folder; returns when the broker takes requests. */
    static BrokerNode start(Path log, int wantedPort, BrokerSecret secret, long capBytes) {
        LoopbackSockets sockets = new LoopbackSockets();
        try {
            int port = sockets.bind(BrokerProperties.BROKER_LISTENER, wantedPort);
            int controllerPort = sockets.bind(BrokerProperties.CONTROLLER_LISTENER, 0);
            KafkaConfig config =
                    new KafkaConfig(BrokerProperties.of(log, port, controllerPort, secret, capBytes), false);
            BrokerNode node = assemble(config, port, sockets);
            node.startServers();
            return node;
        } catch (RuntimeException e) {
            sockets.close();
            throw e;
        }
    }

    private static BrokerNode assemble(KafkaConfig config, int port, LoopbackSockets sockets) {
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> found =
                KafkaRaftServer.initializeLogDirs(config, LOG, "[embedded broker] ");
        String clusterId = found._1().clusterId().orElseThrow();
        Metrics metrics = Server$.MODULE$.initializeMetrics(config, Time.SYSTEM, clusterId);
        SharedServer shared = new SharedServer(
                config,
                found._1(),
                Time.SYSTEM,
                metrics,
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                List.of(),
                new StandardFaultHandlerFactory(),
                sockets);
        BrokerServer broker = new BrokerServer(shared);
        ControllerServer controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), found._2());
        return new BrokerNode(port, clusterId, sockets, controller, broker);
    }

    private void startServers() {
        try {
            // The controller binds first: the broker registers with it.
            controller.startup();
            broker.startup();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    String clusterId() {
        return clusterId;
    }

    @Override
    public void close() {
        Utils.closeQuietly(() -> broker.shutdown(SHUTDOWN_LIMIT), "embedded broker");
        Utils.closeQuietly(controller::shutdown, "embedded controller");
        sockets.close();
    }
}
