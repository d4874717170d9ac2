package io.nightshift.investigate.skill;

import io.nightshift.runtime.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds and reads skills in a folder that an operator named: one skill, or one in each folder below. Nothing below it may be a
 * symbolic link, so that no skill shows a file from elsewhere; nothing of a skill is run.
 */
public final class SkillFolders {

    private static final int MAX_ENTRIES = 1_000;

    private SkillFolders() {}

    /**
     * The folders of skills, by name.
     *
     * @param place a skill's folder, a folder of them, or a {@code SKILL.md}
     * @throws ConfigException when there is no skill, or a symbolic link where one would be
     */
    public static List<Path> find(Path place) {
        Path folder =
                place.endsWith(SkillText.SKILL_FILE) ? place.toAbsolutePath().getParent() : place;
        if (!Files.isDirectory(folder)) {
            throw new ConfigException(place + ": there is no such folder; check the path");
        }
        if (holdsSkill(folder)) {
            return List.of(folder);
        }
        List<Path> found = new ArrayList<>();
        for (Path inside : entries(folder)) {
            if (Files.isSymbolicLink(inside)) {
                throw new ConfigException(inside + ": a symbolic link; copy what it points at into the folder");
            }
            if (Files.isDirectory(inside) && holdsSkill(inside)) {
                found.add(inside);
            }
        }
        if (found.isEmpty()) {
            throw new ConfigException(place + ": no skill in this folder; a skill is a folder with a file "
                    + SkillText.SKILL_FILE + " in it");
        }
        return found;
    }

    /**
     * @param folder one of {@link #find}
     * @param origin the folder that the operator named
     * @throws ConfigException when a file is a link, too large or unreadable
     */
    public static SkillText read(Path folder, Path origin) {
        Path cases = folder.resolve(SkillText.CASES_FILE);
        return new SkillText(
                folder.toString(),
                folder.toAbsolutePath().normalize().getFileName().toString(),
                bytes(folder.resolve(SkillText.SKILL_FILE)),
                Files.exists(cases, LinkOption.NOFOLLOW_LINKS) ? Optional.of(bytes(cases)) : Optional.empty(),
                origin.toString());
    }

    private static boolean holdsSkill(Path folder) {
        for (Path file : entries(folder)) {
            String name = file.getFileName().toString();
            if (name.equals(SkillText.SKILL_FILE)) {
                return true;
            }
            if (name.equalsIgnoreCase(SkillText.SKILL_FILE)) {
                throw new ConfigException(
                        file + ": the format wants this file to be called " + SkillText.SKILL_FILE + "; rename it");
            }
        }
        return false;
    }

    private static Set<Path> entries(Path folder) {
        Set<Path> entries = new TreeSet<>();
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
            for (Path entry : inside) {
                if (!entry.getFileName().toString().startsWith(".")) {
                    entries.add(entry);
                }
                if (entries.size() > MAX_ENTRIES) {
                    throw new ConfigException(folder + ": more than " + MAX_ENTRIES
                            + " files; name a folder that holds skills and nothing else");
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new ConfigException(folder + ": can't be listed (" + e + "); check that it is readable", e);
        }
        return entries;
    }

    /** The link is refused by the opening itself: a check beforehand could be outrun. */
    private static byte[] bytes(Path file) {
        if (Files.isSymbolicLink(file)) {
            throw new ConfigException(file + ": a symbolic link; copy what it points at into the folder");
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ConfigException(file + ": no regular file; put one in its place");
        }
        try (InputStream in = Channels.newInputStream(
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)))) {
            byte[] bytes = in.readNBytes(SkillText.MAX_BYTES + 1);
            if (bytes.length > SkillText.MAX_BYTES) {
                throw new ConfigException(file + ": larger than " + (SkillText.MAX_BYTES >> 10)
                        + " KiB; a skill is read in a hurry, keep what helps");
            }
            return bytes;
        } catch (IOException e) {
            throw new ConfigException(file + ": can't be read (" + e + "); check that it is readable", e);
        }
    }
}
