package io.nightshift.investigate.skill;

import io.nightshift.events.ActionKind;
import io.nightshift.investigate.domain.RemedyCatalogue;
import io.nightshift.investigate.domain.skill.RunbookDraft;
import io.nightshift.investigate.domain.skill.Skill;
import io.nightshift.investigate.domain.skill.SkillCase;
import io.nightshift.runtime.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a person should know about a skill before it is used: what is wrong or missing, and what it will not do. */
public final class SkillReview {

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}&&[^\\t\\uFEFF]]");

    private final SkillText text;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param where file and line
     * @param says what it is, and the remedy
     * @param wrong whether it has to be mended; otherwise it is good to know
     */
    public record Finding(String where, String says, boolean wrong) {}

    private SkillReview(SkillText text) {
        this.text = text;
    }

    /** All that is to say about a skill, in the order of its lines; nothing when it is as it should be. */
    public static List<Finding> of(SkillText text) {
        SkillReview review = new SkillReview(text);
        try {
            review.skill(SkillFile.parse(text));
            review.cases(SkillCases.parse(text));
        } catch (ConfigException e) {
            review.unreadable(e);
        }
        return List.copyOf(review.findings);
    }

    private void skill(Skill skill) {
        List<String> lines =
                SkillText.decoded(text.skillFile(), text.skill()).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            line(i + 1, lines.get(i));
        }
        if (skill.draft()) {
            wrong(1, "a draft is never chosen; complete it, then take " + SkillFile.DRAFT + " out");
        }
        if (!skill.fit().isReachable()) {
            wrong(
                    1,
                    "no incident can ever fit; name under metadata " + SkillFile.CAUSES + ", or " + SkillFile.METRICS
                            + " together with " + SkillFile.EVIDENCE);
        }
        if (skill.body().length() > ShownSkills.BODY) {
            note(
                    1,
                    "only the first " + ShownSkills.BODY + " of " + skill.body().length()
                            + " characters of its text are shown; put first what matters most");
        }
        for (ActionKind action : skill.actions()) {
            if (skill.isShipped() || isAgainstItsCauses(skill, action)) {
                continue;
            }
            note(
                    1,
                    action + " is in the catalogue against none of its causes, so Nightshift will not propose it by"
                            + " itself; it stays advice for people");
        }
    }

    private void line(int number, String line) {
        if (line.contains(RunbookDraft.TODO)) {
            wrong(number, "left for a person: " + line.strip());
        }
        if (INVISIBLE.matcher(line).find()) {
            wrong(number, "an invisible character; nobody can review what can't be seen, delete it");
        }
        if (line.toLowerCase(Locale.ROOT).startsWith("allowed-tools:")) {
            note(number, "a skill gets no tools here; this line has no effect");
        }
    }

    private static boolean isAgainstItsCauses(Skill skill, ActionKind action) {
        return skill.fit().causes().stream()
                .flatMap(cause -> RemedyCatalogue.against(cause).stream())
                .anyMatch(remedy -> remedy.action() == action);
    }

    private void cases(List<SkillCase> cases) {
        if (cases.isEmpty()) {
            note(1, "no cases; write some into " + SkillText.CASES_FILE + " beside it, and skills test will try them");
        }
    }

    /** Its message names file and line already. */
    private void unreadable(ConfigException e) {
        findings.add(new Finding("", e.getMessage(), true));
    }

    private void wrong(int line, String says) {
        findings.add(new Finding(text.skillFile() + ":" + line, says, true));
    }

    private void note(int line, String says) {
        findings.add(new Finding(text.skillFile() + ":" + line, says, false));
    }
}
