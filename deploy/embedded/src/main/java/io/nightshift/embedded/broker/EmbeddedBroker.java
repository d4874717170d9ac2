package io.nightshift.embedded.broker;

import io.nightshift.embedded.EmbeddedException;
import io.nightshift.embedded.FolderUnusableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker inside this process: one KRaft node that is broker and controller, on loopback only, behind a
 * random secret of this installation, with its data in a folder where the next start finds them.
 *
 * <p>It is Kafka itself, with Kafka's view of fatal faults: a log folder that fails (disk full, gone) halts the whole
 * process. Nothing may act when Kafka cannot be written, so that is the wanted end here too.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final long DEFAULT_CAP_BYTES = 4L * 1024 * 1024 * 1024;

    /**
     * @param folder where the data live; made when absent
     * @param port the loopback port for clients; 0 for any free one
     * @param capBytes the size that the folder should stay under; the default retention of a topic is derived from it,
     *     and passing it is warned about (compacted topics and topics with settings of their own can pass it)
     * @param temporary whether the folder is deleted on close
     */
    public record Settings(Path folder, int port, long capBytes, boolean temporary) {
        public Settings {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("the broker's port must be 0 to 65535, not " + port);
            }
            if (capBytes <= 0) {
                throw new IllegalArgumentException("the broker's size cap must be above 0 bytes, not " + capBytes);
            }
        }

        /** Data kept in the folder, any free port, 4 GiB. */
        public static Settings in(Path folder) {
            return new Settings(folder, 0, DEFAULT_CAP_BYTES, false);
        }

        public Settings withPort(int newPort) {
            return new Settings(folder, newPort, capBytes, temporary);
        }

        public Settings withCapBytes(long newCapBytes) {
            return new Settings(folder, port, newCapBytes, temporary);
        }
    }

    private final Settings settings;
    private final BrokerFolder folder;
    private final BrokerSecret secret;
    private final BrokerNode node;
    private final SizeWatch sizeWatch;
    private boolean closed;

    private EmbeddedBroker(Settings settings, BrokerFolder folder, BrokerSecret secret, BrokerNode node) {
        this.settings = settings;
        this.folder = folder;
        this.secret = secret;
        this.node = node;
        this.sizeWatch = SizeWatch.start(folder::bytesUsed, settings.capBytes());
    }

    /**
     * Starts the broker and returns when it takes requests.
     *
     * @throws io.nightshift.embedded.PortTakenException when the port is taken
     * @throws FolderUnusableException when the folder cannot be written or another process works in it
     * @throws EmbeddedException when Kafka itself does not start
     */
    public static EmbeddedBroker start(Settings settings) {
        long begun = System.nanoTime();
        BrokerFolder folder = BrokerFolder.open(settings.folder());
        try {
            BrokerSecret secret = folder.secret();
            folder.format();
            BrokerNode node = BrokerNode.start(folder.log(), settings.port(), secret, settings.capBytes());
            EmbeddedBroker broker = new EmbeddedBroker(settings, folder, secret, node);
            folder.writeClientFile(secret.librdkafkaSettings(broker.bootstrapServers()));
            LOG.info(
                    "Embedded broker {} on {} after {} ms, data in {}",
                    broker.clusterId(),
                    broker.bootstrapServers(),
                    (System.nanoTime() - begun) / 1_000_000,
                    settings.folder());
            return broker;
        } catch (Exception e) {
            release(folder, settings.temporary());
            if (e instanceof EmbeddedException) {
                throw (EmbeddedException) e;
            }
            throw new EmbeddedException("The embedded broker did not start in " + settings.folder() + ": " + e, e);
        }
    }

    /** A broker for one test: any free port, a temporary folder that is deleted on close. */
    public static EmbeddedBroker ephemeral() {
        try {
            Path folder = Files.createTempDirectory("nightshift-broker");
            return start(new Settings(folder, 0, DEFAULT_CAP_BYTES, true));
        } catch (IOException e) {
            throw FolderUnusableException.unwritable(Path.of(System.getProperty("java.io.tmpdir")), e);
        }
    }

    /** Host and port for clients, always on loopback. */
    public String bootstrapServers() {
        return LoopbackSockets.HOST + ":" + node.port();
    }

    public int port() {
        return node.port();
    }

    /** The same at every start in the same folder. */
    public String clusterId() {
        return node.clusterId();
    }

    /** What any Java client, admin client or Streams application needs to connect: where, and the login. */
    public Map<String, String> clientProperties() {
        Map<String, String> properties = new HashMap<>(secret.clientSettings());
        properties.put("bootstrap.servers", bootstrapServers());
        return Map.copyOf(properties);
    }

    /** A 0600 file with the same for kcat and other librdkafka clients: {@code kcat -F FILE -L}. */
    public Path kcatFile() {
        return folder.clientFile();
    }

    /** Bytes of all files in the data folder. */
    public long bytesUsed() {
        return folder.bytesUsed();
    }

    /** Bytes that the data folder should stay under. */
    public long capBytes() {
        return settings.capBytes();
    }

    /** Stops cleanly; a second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        sizeWatch.close();
        node.close();
        release(folder, settings.temporary());
    }

    private static void release(BrokerFolder folder, boolean delete) {
        try (folder) {
            if (delete) {
                folder.delete();
            }
        } catch (IOException e) {
            LOG.warn("The broker's folder could not be released: {}", e.toString());
        }
    }
}
