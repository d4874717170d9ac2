package io.nightshift.embedded.broker;

import io.nightshift.embedded.FolderLock;
import io.nightshift.embedded.PrivateFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** The broker's data folder, locked for one process: the secret, the lock and, below {@code log}, Kafka's own files. */
final class BrokerFolder implements AutoCloseable {
    private final Path folder;
    private final FolderLock lock;

    private BrokerFolder(Path folder, FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static BrokerFolder open(Path folder) {
        return new BrokerFolder(folder, FolderLock.take(folder, "broker.lock"));
    }

    Path log() {
        return folder.resolve("log");
    }

    BrokerSecret secret() throws IOException {
        return BrokerSecret.in(folder);
    }

    /** Formats the log folder on first use; later starts keep its cluster id and its metadata version. */
    void format() throws Exception {
        PrivateFiles.ensureFolder(log());
        if (Files.exists(log().resolve("meta.properties"))) {
            return;
        }
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream())) {
            new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(BrokerProperties.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(log().toString())
                    .setMetadataLogDirectory(log().toString())
                    .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setUnstableFeatureVersionsEnabled(false)
                    .setIgnoreFormatted(true)
                    .run();
        }
    }

    void writeClientFile(String text) throws IOException {
        PrivateFiles.write(clientFile(), text);
    }

    Path clientFile() {
        return folder.resolve("kcat.properties");
    }

    long bytesUsed() {
        return PrivateFiles.bytesUnder(folder);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    void delete() throws IOException {
        PrivateFiles.deleteTree(folder);
    }
}
