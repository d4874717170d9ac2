package io.nightshift.investigate.domain.skill;

import io.nightshift.investigate.domain.IncidentSigns;
import java.util.Collection;

/**
 * A test of a skill: signs of an incident, and whether the skill is to be chosen for it among all others.
 *
 * @param skill name of the skill
 * @param name what the case is about
 * @param signs the incident
 * @param expected whether the skill is to be chosen
 * @param where file and line
 */
public record SkillCase(String skill, String name, IncidentSigns signs, boolean expected, String where) {

    public boolean holds(Collection<Skill> all) {
        return expected
                == SkillChoice.among(all, signs).stream()
                        .anyMatch(choice -> choice.skill().name().equals(skill));
    }
}
