package io.nightshift.embedded.broker;

import java.nio.file.Path;
import java.util.Properties;

/** The configuration of one broker that is its own controller, small enough to live inside another process. */
final class BrokerProperties {
    static final int NODE_ID = 1;
    static final String BROKER_LISTENER = "BROKER";
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;
    /** How many partitions the size cap is shared out over: the catalogue's, the changelogs' and Kafka's own. */
    private static final int EXPECTED_PARTITIONS = 200;

    private static final long SEGMENT_BYTES = 8 * MIB;

    private BrokerProperties() {}

    static Properties of(Path log, int port, int controllerPort, BrokerSecret secret, long capBytes) {
        Properties properties = new Properties();
        identity(properties, log, port, controllerPort);
        security(properties, secret);
        singleNode(properties);
        size(properties, capBytes);
        return properties;
    }

    private static void identity(Properties p, Path log, int port, int controllerPort) {
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", String.valueOf(NODE_ID));
        p.setProperty("log.dirs", log.toString());
        p.setProperty(
                "listeners",
                BROKER_LISTENER + "://" + LoopbackSockets.HOST + ":" + port + "," + CONTROLLER_LISTENER + "://"
                        + LoopbackSockets.HOST + ":" + controllerPort);
        p.setProperty("inter.broker.listener.name", BROKER_LISTENER);
        p.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        // A static voter set may change its port at each start; a dynamic one would have it written in the log.
        p.setProperty("controller.quorum.voters", NODE_ID + "@" + LoopbackSockets.HOST + ":" + controllerPort);
    }

    private static void security(Properties p, BrokerSecret secret) {
        p.setProperty(
                "listener.security.protocol.map",
                BROKER_LISTENER + ":SASL_PLAINTEXT," + CONTROLLER_LISTENER + ":SASL_PLAINTEXT");
        p.setProperty("sasl.enabled.mechanisms", "PLAIN");
        p.setProperty("sasl.mechanism.inter.broker.protocol", "PLAIN");
        p.setProperty("sasl.mechanism.controller.protocol", "PLAIN");
        p.setProperty("listener.name.broker.plain.sasl.jaas.config", secret.serverLogin());
        p.setProperty("listener.name.controller.plain.sasl.jaas.config", secret.serverLogin());
    }

    private static void singleNode(Properties p) {
        p.setProperty("default.replication.factor", "1");
        p.setProperty("min.insync.replicas", "1");
        p.setProperty("offsets.topic.replication.factor", "1");
        p.setProperty("offsets.topic.num.partitions", "5");
        p.setProperty("transaction.state.log.replication.factor", "1");
        p.setProperty("transaction.state.log.min.isr", "1");
        p.setProperty("transaction.state.log.num.partitions", "5");
        p.setProperty("share.coordinator.state.topic.replication.factor", "1");
        p.setProperty("share.coordinator.state.topic.min.isr", "1");
        p.setProperty("share.coordinator.state.topic.num.partitions", "1");
        p.setProperty("auto.create.topics.enable", "false");
        p.setProperty("group.initial.rebalance.delay.ms", "0");
        p.setProperty("num.network.threads", "2");
        p.setProperty("num.io.threads", "4");
        p.setProperty("background.threads", "2");
        p.setProperty("num.recovery.threads.per.data.dir", "2");
        // After a kill the controller takes the broker back only when its old session has run out, so a restart waits
        // this long; a shorter one would fence the broker when its clients keep the cores busy.
        p.setProperty("broker.session.timeout.ms", "6000");
        p.setProperty("broker.heartbeat.interval.ms", "500");
    }

    private static void size(Properties p, long capBytes) {
        long perPartition = Math.max(SEGMENT_BYTES, capBytes / EXPECTED_PARTITIONS - SEGMENT_BYTES);
        p.setProperty("log.retention.bytes", String.valueOf(perPartition));
        p.setProperty("log.retention.check.interval.ms", "60000");
        p.setProperty("log.segment.bytes", String.valueOf(SEGMENT_BYTES));
        // An entry per 4 KiB of log: 8 MiB needs 24 KiB of the wider (time) index; the default preallocates 10 MiB.
        p.setProperty("log.index.size.max.bytes", String.valueOf(64 * KIB));
        p.setProperty("offsets.topic.segment.bytes", String.valueOf(SEGMENT_BYTES));
        p.setProperty("transaction.state.log.segment.bytes", String.valueOf(SEGMENT_BYTES));
        // 128 MiB of heap by default, for logs far larger than ours.
        p.setProperty("log.cleaner.dedupe.buffer.size", String.valueOf(16 * MIB));
    }
}
