package io.nightshift.investigate.skill;

import io.nightshift.investigate.domain.skill.RunbookDraft;
import io.nightshift.runtime.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Turns a team's runbook into the draft of a skill, which a person then completes. */
public final class RunbookImport {

    /** A draft is a little longer than its runbook, and must stay below a skill's limit. */
    private static final int MAX_BYTES = SkillText.MAX_BYTES - (8 << 10);

    private RunbookImport() {}

    /**
     * Writes the draft into a folder of its own below {@code out}.
     *
     * @return the skill's folder
     * @throws ConfigException when the runbook can't be read or the skill is there already
     */
    public static Path into(Path out, Path runbook) {
        RunbookDraft draft = RunbookDraft.of(runbook.getFileName().toString(), content(runbook));
        Path folder = out.resolve(draft.name());
        Path file = folder.resolve(SkillText.SKILL_FILE);
        try {
            Files.createDirectories(folder);
            Files.writeString(file, draft.markdown(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new ConfigException(
                    file + ": there already, and perhaps edited; move it away, or name another folder" + " with --out",
                    e);
        } catch (IOException e) {
            throw new ConfigException(file + ": can't be written (" + e + "); name another folder with --out", e);
        }
        return folder;
    }

    private static String content(Path runbook) {
        if (!Files.isRegularFile(runbook)) {
            throw new ConfigException(runbook + ": there is no such file; name a runbook in Markdown");
        }
        try (InputStream in = Files.newInputStream(runbook)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new ConfigException(runbook + ": larger than " + (MAX_BYTES >> 10)
                        + " KiB; cut it into one runbook for each kind of incident");
            }
            return SkillText.decoded(runbook.toString(), bytes);
        } catch (IOException e) {
            throw new ConfigException(runbook + ": can't be read (" + e + "); check that it is readable", e);
        }
    }
}
