package io.nightshift.remediate.playbook;

import io.nightshift.runtime.config.ConfigException;
import io.nightshift.runtime.config.ConfigFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;

/** Reads the playbooks of a folder, or a single one. A symbolic link is refused: it would show a file from elsewhere. */
final class PlaybookFolder {

    private PlaybookFolder() {}

    /**
     * By file name.
     *
     * @throws ConfigException when there is nothing of that name, no playbook in it, or a file can't be read
     */
    static List<PlaybookText> texts(Path place) {
        return ConfigFile.filesIn(place).stream().map(file -> text(file, place)).toList();
    }

    private static PlaybookText text(Path file, Path place) {
        String name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
        return new PlaybookText(file.toString(), name, bytes(file), place.toString());
    }

    /** The link is refused by the opening itself: a check beforehand could be outrun. */
    private static byte[] bytes(Path file) {
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ConfigException(file + ": there is no such file; check the path");
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ConfigException(file + ": no regular file; copy the playbook itself into the folder");
        }
        try (InputStream in = Channels.newInputStream(
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)))) {
            byte[] bytes = in.readNBytes(PlaybookText.MAX_BYTES + 1);
            if (bytes.length > PlaybookText.MAX_BYTES) {
                throw new ConfigException(file + ": larger than " + (PlaybookText.MAX_BYTES >> 10)
                        + " KiB; a playbook has a few steps, keep what it does");
            }
            return bytes;
        } catch (IOException e) {
            throw new ConfigException(file + ": can't be read (" + e + "); check that it is readable", e);
        }
    }
}
