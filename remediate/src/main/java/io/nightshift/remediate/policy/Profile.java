package io.nightshift.remediate.policy;

import java.util.Locale;

/** Policies that come with Nightshift, by how much they leave to people. */
public enum Profile {
    /** Acts where a service's level was raised to 4 and the effect restores or undoes itself; records beside what it would have done. */
    CAUTIOUS(true),
    /** Acts at level 4 as the cautious one; at level 5 also where the effect can only be compensated. */
    STANDARD(false),
    /** Never acts alone: a person who did not ask for it approves every effect. */
    REGULATED(false);

    private final boolean shadow;

    Profile(boolean shadow) {
        this.shadow = shadow;
    }

    /** Whether one person may approve alone in an emergency, for others to review, unless a setting says otherwise. */
    public boolean emergencies() {
        return this == REGULATED;
    }

    /** Whether what would have been done is recorded where the level lets nothing be done, unless a setting says otherwise. */
    public boolean shadow() {
        return shadow;
    }

    public PolicyText policy() {
        return PolicyText.builtIn(name().toLowerCase(Locale.ROOT));
    }
}
