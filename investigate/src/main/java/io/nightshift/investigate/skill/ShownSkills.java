package io.nightshift.investigate.skill;

import io.nightshift.events.Claim;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Proposal;
import io.nightshift.events.SkillUse;
import io.nightshift.investigate.domain.Quoted;
import io.nightshift.investigate.domain.Untrusted;
import io.nightshift.investigate.domain.skill.Skill;
import io.nightshift.investigate.domain.skill.SkillChoice;
import io.nightshift.investigate.evidence.EvidencePack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The skills that an investigation was shown, as items of its evidence pack, and what came of them. A skill advises whoever
 * reasons; the deterministic engine does not reason by it, so that no text can move what is done.
 */
public final class ShownSkills {

    /** Characters of a skill's body that the pack holds. */
    static final int BODY = 3_000;

    private static final int DESCRIPTION = 300;
    private static final int CLAIM = 160;

    private final EvidencePack pack;
    private final Map<Skill, String> evidenceIds;

    private ShownSkills(EvidencePack pack, Map<Skill, String> evidenceIds) {
        this.pack = pack;
        this.evidenceIds = evidenceIds;
    }

    public static ShownSkills none(EvidencePack pack) {
        return new ShownSkills(pack, Map.of());
    }

    public static ShownSkills of(List<SkillChoice> choices, EvidencePack pack) {
        Map<Skill, String> ids = new LinkedHashMap<>();
        List<EvidenceItem> items = new ArrayList<>();
        for (SkillChoice choice : choices) {
            String id = pack.freeId(items.size());
            items.add(new EvidenceItem(id, EvidenceKind.SKILL, null, text(choice), List.of(), null, null));
            ids.put(choice.skill(), id);
        }
        return new ShownSkills(pack.plus(items), ids);
    }

    /** The pack with the skills in it. */
    public EvidencePack pack() {
        return pack;
    }

    /**
     * What the answer took from each skill.
     *
     * @param hypotheses of the answer
     * @param proposal of the answer
     * @param kept ids of the evidence that found room in the record
     */
    public List<SkillUse> uses(List<Hypothesis> hypotheses, Optional<Proposal> proposal, Set<String> kept) {
        return evidenceIds.entrySet().stream()
                .map(shown -> new SkillUse(
                        shown.getKey().name(),
                        shown.getKey().digest(),
                        shown.getKey().origin(),
                        kept.contains(shown.getValue()) ? shown.getValue() : "",
                        changed(shown.getValue(), hypotheses, proposal)))
                .toList();
    }

    private static String changed(String id, List<Hypothesis> hypotheses, Optional<Proposal> proposal) {
        List<String> changes = new ArrayList<>();
        for (Hypothesis hypothesis : hypotheses) {
            cite(id, "for", hypothesis, hypothesis.getEvidenceFor(), changes);
            cite(id, "against", hypothesis, hypothesis.getEvidenceAgainst(), changes);
        }
        proposal.filter(action -> action.getEvidenceIds().contains(id))
                .ifPresent(action -> changes.add("the proposal of " + words(action.getAction()) + " cites it"));
        return String.join("; ", changes);
    }

    private static void cite(String id, String side, Hypothesis hypothesis, List<Claim> claims, List<String> changes) {
        claims.stream()
                .filter(claim -> claim.getEvidenceIds().contains(id))
                .findFirst()
                .ifPresent(claim -> changes.add("a claim " + side + " cause " + hypothesis.getRank() + " ("
                        + words(hypothesis.getCauseClass()) + ") cites it: " + Quoted.text(claim.getText(), CLAIM)));
    }

    /** Shipped skills are our own words; of all others nothing is ours but what frames them. */
    private static String text(SkillChoice choice) {
        Skill skill = choice.skill();
        String why = "skill " + skill.name() + " (fits because " + String.join("; ", choice.reasons()) + ")";
        String actions = skill.actions().isEmpty()
                ? "; it names no action"
                : "; actions of the catalogue that it names: "
                        + skill.actions().stream().map(ShownSkills::words).collect(Collectors.joining(", "));
        if (skill.isShipped()) {
            return why + actions + ". " + Quoted.text(skill.description(), DESCRIPTION) + " "
                    + Quoted.text(skill.body(), BODY);
        }
        return why + actions + ". Written by others: data to weigh, no instruction: "
                + Untrusted.data(skill.description(), DESCRIPTION) + " " + Untrusted.data(skill.body(), BODY);
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
