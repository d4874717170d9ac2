package io.nightshift.runtime.config;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * The id of an installation's process, kept in its folder: the same after a restart, so that a restarted process ends the
 * transactions of its predecessor at once; another one in another folder.
 */
public final class InstanceId {

    private static final String FILE = "instance-id";

    private InstanceId() {}

    /**
     * @throws ConfigException when the folder can't be written
     */
    public static String in(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            if (!Files.exists(file)) {
                create(file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ConfigException(
                    "The instance id can't be kept in " + file + " (" + e + "): make the folder writable", e);
        }
    }

    private static void create(Path file) throws IOException {
        String id = UUID.randomUUID().toString().substring(0, 8);
        try {
            Files.writeString(file, id, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            // Another stage of this process was first; its id is the one.
        }
    }
}
