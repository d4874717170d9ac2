package io.nightshift.remediate.domain;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The policies that may come into force: the configured one, and those that people put in its place. */
public final class Policies {

    private final PolicyJudge configured;
    private final PolicyChanges changes;
    private final Map<String, PolicyJudge> read = new ConcurrentHashMap<>();

    public Policies(PolicyJudge configured, PolicyChanges changes) {
        this.configured = configured;
        this.changes = changes;
    }

    public PolicyChanges changes() {
        return changes;
    }

    /** The policy in force as these notes have it. */
    public PolicyJudge inForce(NoteBook notes) {
        return changes.text(notes)
                .map(text -> read.computeIfAbsent(
                        changes.version(notes), version -> changes.reader().read("the policy in force", text)))
                .orElse(configured);
    }
}
