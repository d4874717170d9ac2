package io.nightshift.deploy.cli;

import io.nightshift.deploy.run.NightshiftSettings;
import io.nightshift.investigate.skill.ShippedSkills;
import io.nightshift.investigate.skill.SkillFolders;
import io.nightshift.investigate.skill.SkillSettings;
import io.nightshift.investigate.skill.SkillText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which skills a command is about: the shipped ones, and those of folders that are named or configured. */
final class SkillPlaces {

    @Parameters(
            arity = "0..*",
            paramLabel = "FOLDER",
            description = "Folders of skills, or a skill's own. Default: only the shipped skills.")
    private List<Path> folders = List.of();

    @Option(
            names = "--config",
            description = "Configuration file whose section investigate.skills counts too: its folders and its pins.")
    private Path config;

    /** What {@code run} would read, with the folders named here beside it. */
    SkillSettings settings() {
        SkillSettings configured = config == null
                ? SkillSettings.none()
                : SkillSettings.from(NightshiftSettings.read(config, new Home().folder("nightshift"))
                        .config()
                        .section("investigate")
                        .section("skills"));
        List<Path> all = new ArrayList<>(configured.folders());
        all.addAll(folders);
        return new SkillSettings(all, configured.pins());
    }

    /** The skills of folders, or the shipped ones when no folder is named. */
    static List<SkillText> texts(SkillSettings settings) {
        if (settings.folders().isEmpty()) {
            return ShippedSkills.texts();
        }
        return settings.folders().stream()
                .flatMap(place -> SkillFolders.find(place).stream().map(folder -> SkillFolders.read(folder, place)))
                .toList();
    }

    /** Those of the folders in place of shipped ones of the same name. */
    static List<SkillText> allTexts(SkillSettings settings) {
        Map<String, SkillText> byName = new LinkedHashMap<>();
        ShippedSkills.texts().forEach(text -> byName.put(text.folder(), text));
        texts(settings).forEach(text -> byName.put(text.folder(), text));
        return List.copyOf(byName.values());
    }
}
