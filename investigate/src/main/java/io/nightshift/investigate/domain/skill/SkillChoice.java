package io.nightshift.investigate.domain.skill;

import io.nightshift.investigate.domain.IncidentSigns;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A skill that fits an incident, and why. The choice is a function of skills and signs alone: the same each time, whatever the
 * order in which skills are given.
 *
 * @param score points that it fits by; comparable between skills of one incident
 * @param reasons why it fits, in words of ours
 */
public record SkillChoice(Skill skill, double score, List<String> reasons) {

    /** At most so many are shown: a model reads them at the cost of evidence. */
    public static final int MOST = 3;

    /** The second and third must fit at least so well beside the first. */
    private static final double BESIDE_THE_FIRST = 0.5;

    public SkillChoice {
        reasons = List.copyOf(reasons);
    }

    /** The skills that fit, best first, at most {@link #MOST}; a draft never does. */
    public static List<SkillChoice> among(Collection<Skill> skills, IncidentSigns signs) {
        List<SkillChoice> fitting = skills.stream()
                .filter(skill -> !skill.draft())
                .map(skill -> {
                    SkillFit.Match match = skill.fit().match(signs);
                    return new SkillChoice(skill, match.score(), match.reasons());
                })
                .filter(choice -> choice.score() > 0)
                .sorted(Comparator.comparingDouble(SkillChoice::score)
                        .reversed()
                        .thenComparing(choice -> choice.skill().isShipped())
                        .thenComparing(choice -> choice.skill().name()))
                .toList();
        return fitting.stream()
                .filter(choice -> choice.score() >= fitting.get(0).score() * BESIDE_THE_FIRST)
                .limit(MOST)
                .toList();
    }
}
