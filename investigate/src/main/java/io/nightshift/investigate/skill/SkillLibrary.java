package io.nightshift.investigate.skill;

import io.nightshift.investigate.domain.Diagnosis;
import io.nightshift.investigate.domain.IncidentSigns;
import io.nightshift.investigate.domain.skill.Skill;
import io.nightshift.investigate.domain.skill.SkillChoice;
import io.nightshift.runtime.config.ConfigException;
import io.nightshift.runtime.config.Nearest;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All skills of an installation. It is complete or it is not made: one skill that can't be read refuses them all. */
public final class SkillLibrary {

    private static final int MAX_SKILLS = 200;

    private final Map<String, Skill> byName;

    private SkillLibrary(Map<String, Skill> byName) {
        this.byName = byName;
    }

    public static SkillLibrary shipped() {
        return read(SkillSettings.none());
    }

    /**
     * The shipped skills and those of the operator's folders, which replace shipped ones of the same name.
     *
     * @throws ConfigException naming file, line and remedy when a skill is wrong, stands twice or is not what was pinned
     */
    public static SkillLibrary read(SkillSettings settings) {
        Map<String, Skill> byName = new TreeMap<>();
        ShippedSkills.texts().forEach(text -> byName.put(text.folder(), SkillFile.parse(text)));
        for (Path place : settings.folders()) {
            for (Path folder : SkillFolders.find(place)) {
                add(SkillFile.parse(SkillFolders.read(folder, place)), byName);
            }
        }
        settings.pins().forEach((name, pin) -> check(name, pin, byName));
        return new SkillLibrary(byName);
    }

    private static void add(Skill skill, Map<String, Skill> byName) {
        Skill before = byName.put(skill.name(), skill);
        if (before != null && !before.isShipped()) {
            throw new ConfigException(skill.origin() + ": the skill " + skill.name() + " stands in " + before.origin()
                    + " already; keep one of the two");
        }
        if (byName.size() > MAX_SKILLS) {
            throw new ConfigException(
                    skill.origin() + ": more than " + MAX_SKILLS + " skills; keep those that fit your services");
        }
    }

    private static void check(String name, SkillSettings.Pin pin, Map<String, Skill> byName) {
        Skill skill = byName.get(name);
        if (skill == null) {
            throw new ConfigException(pin.where() + ": there is no skill '" + name + "' to pin; "
                    + Nearest.remedy(name, byName.keySet()));
        }
        if (!skill.digest().equals(pin.sha256())) {
            throw new ConfigException(pin.where() + ": the skill " + name + " (" + skill.origin()
                    + ") is not the one that was pinned: its SHA-256 is " + skill.digest()
                    + "; read what changed, then restore the file or write this digest");
        }
    }

    /** By name. */
    public Collection<Skill> skills() {
        return byName.values();
    }

    /** The skills that fit what the ranker found, best first, at most a few. */
    public List<SkillChoice> fitting(Diagnosis diagnosis) {
        return SkillChoice.among(skills(), IncidentSigns.of(diagnosis.subject(), diagnosis.ranking()));
    }
}
