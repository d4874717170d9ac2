package io.nightshift.investigate.domain.skill;

import io.nightshift.events.ActionKind;
import java.util.List;

/**
 * What somebody knows about a kind of incident: when it applies, what to check, what may help. It advises; it decides nothing.
 *
 * @param name unique, as its folder
 * @param description what it is for, at most 1,024 characters
 * @param body Markdown
 * @param fit what it is recognised by
 * @param actions actions of the closed catalogue that may help
 * @param draft whether a person has still to complete it; a draft is never chosen
 * @param digest SHA-256 of its file as it was read, lower-case hex
 * @param origin {@link #SHIPPED}, or the folder that the operator named
 */
public record Skill(
        String name,
        String description,
        String body,
        SkillFit fit,
        List<ActionKind> actions,
        boolean draft,
        String digest,
        String origin) {

    public static final String SHIPPED = "shipped";

    public Skill {
        actions = List.copyOf(actions);
    }

    /** What is not shipped is text of somebody else's and shown as data. */
    public boolean isShipped() {
        return origin.equals(SHIPPED);
    }
}
