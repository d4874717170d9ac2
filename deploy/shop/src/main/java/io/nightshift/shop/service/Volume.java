package io.nightshift.shop.service;

import io.nightshift.shop.Home;
import io.nightshift.shop.Quota;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Properties;

/**
 * An instance's data folder with the quota that its operator gave it: a journal of what was done, in files of five seconds
 * each, and a cleaner that deletes those older than the configured retention. Nothing can be written once the quota is used up.
 */
final class Volume {
    private static final AttributeKey<String> MOUNTPOINT = AttributeKey.stringKey("system.filesystem.mountpoint");
    private static final AttributeKey<String> STATE = AttributeKey.stringKey("system.filesystem.state");
    private static final long FILE_MILLIS = 5_000;
    private static final int NORMAL_SECONDS = 20;

    private final Path folder;
    private final String mountpoint;
    private final Path configuration;
    private final int normalBytes;
    private volatile int keepSeconds = NORMAL_SECONDS;
    private volatile double detail = 1;
    private long used;

    /** @param recordsPerSecond at the normal load: the journal then takes about 3 % of the quota */
    Volume(Home home, String instance, double recordsPerSecond, Meter meter) throws IOException {
        this.folder = home.volume(instance);
        this.mountpoint = "/data/" + instance;
        this.configuration = home.journalConfiguration(instance);
        this.normalBytes = (int) (0.03 * Quota.BYTES / (NORMAL_SECONDS * recordsPerSecond));
        Files.createDirectories(folder);
        tidy();
        Thread cleaner = new Thread(this::clean, "journal-cleaner");
        cleaner.setDaemon(true);
        cleaner.start();
        Attributes disk = Attributes.of(MOUNTPOINT, mountpoint);
        Attributes usedDisk = disk.toBuilder().put(STATE, "used").build();
        meter.upDownCounterBuilder("system.filesystem.usage")
                .setUnit("By")
                .setDescription("Bytes used of the data volume.")
                .buildWithCallback(m -> m.record(used(), usedDisk));
        meter.upDownCounterBuilder("system.filesystem.limit")
                .setUnit("By")
                .setDescription("Size of the data volume.")
                .buildWithCallback(m -> m.record(Quota.BYTES, disk));
    }

    /** Writes what was done; fails when the volume is full. */
    synchronized void write(String what) throws IOException {
        byte[] text = (what + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] entry = new byte[Math.max(text.length, (int) (normalBytes * detail))];
        System.arraycopy(text, 0, entry, entry.length - text.length, text.length);
        long file = System.currentTimeMillis() / FILE_MILLIS;
        if (used + entry.length > Quota.BYTES) {
            throw new FileSystemException(mountpoint + "/journal-" + file + ".log", null, "No space left on device");
        }
        Files.write(
                folder.resolve("journal-" + file + ".log"),
                entry,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        used += entry.length;
    }

    private synchronized long used() {
        return used;
    }

    private void clean() {
        try {
            while (true) {
                Thread.sleep(1000);
                tidy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void tidy() {
        try {
            configure();
            List<Path> files = Quota.rotated(folder);
            long oldest = (System.currentTimeMillis() - 1000L * keepSeconds) / FILE_MILLIS;
            for (Path file : files) {
                if (Quota.numberOf(file) < oldest) {
                    Files.deleteIfExists(file);
                }
            }
            used = Quota.used(folder);
        } catch (IOException e) {
            // somebody else deleted a file meanwhile: the next round sees what is left
        }
    }

    private void configure() throws IOException {
        Properties properties = new Properties();
        if (Files.exists(configuration)) {
            try (var in = Files.newBufferedReader(configuration)) {
                properties.load(in);
            }
        }
        keepSeconds = Integer.parseInt(properties.getProperty("keep.seconds", String.valueOf(NORMAL_SECONDS)));
        detail = Double.parseDouble(properties.getProperty("detail", "1"));
    }
}
