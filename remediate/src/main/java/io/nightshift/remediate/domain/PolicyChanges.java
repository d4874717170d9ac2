package io.nightshift.remediate.domain;

import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.schemas.CauseHash;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.TrustedKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Changes of the policy by four eyes, as the {@code controls} topic tells them: one person proposes a text, another approves
 * exactly that text, and from the approval on it is in force. Whoever reads the topic in its order comes to the same policy at
 * the same record: admission, each executor, and a person's command line. Time is the records' own.
 *
 * <p>Changes belong to the configured policy that they were made on. Under another configured policy they do not count; when
 * the first is configured again, they do again.
 *
 * @param base version of the configured policy
 * @param reader makes policies of texts
 * @param keys whose signatures count
 */
public record PolicyChanges(String base, PolicyReader reader, TrustedKeys keys) {

    /** What a record did. */
    public record Heard(boolean counts, boolean inForce, String words) {

        static final Heard NOTHING = new Heard(false, false, "");

        static Heard refused(String why) {
            return new Heard(false, false, why);
        }

        /** Whether it was about a change of this policy and does not count. */
        public boolean isRefused() {
            return !counts && !words.isEmpty();
        }
    }

    /**
     * A proposal that waits for a second person.
     *
     * @param signer key and name of whom it is by
     */
    public record Open(String change, String signer, Instant expiresAt, String from, String text) {

        public String version() {
            return hash(text);
        }

        /** Who proposed it, by name. */
        public String actor() {
            return Signer.name(signer);
        }

        private String note() {
            return String.join("\n", change, signer, String.valueOf(expiresAt.toEpochMilli()), from, text);
        }

        private static Open of(String note) {
            String[] parts = note.split("\n", 5);
            return new Open(parts[0], parts[1], Instant.ofEpochMilli(Long.parseLong(parts[2])), parts[3], parts[4]);
        }
    }

    /**
     * Takes in a record.
     *
     * @param at the record's Kafka timestamp
     */
    public Heard hear(ControlRecord control, Instant at, NoteBook notes) {
        if (control.getKind() != ControlKind.POLICY_CHANGE) {
            return Heard.NOTHING;
        }
        Optional<PolicyChange> said =
                PolicyChange.of(control).filter(change -> change.base().equals(base));
        if (said.isEmpty()) {
            return Heard.refused("it is not about the policy that is configured here");
        }
        if (!ControlSignature.verifyPerson(control, keys)) {
            return Heard.refused("only a person with a trusted key changes the policy");
        }
        if (control.getExpiresAt() == null || !at.isBefore(control.getExpiresAt())) {
            return Heard.refused("it has expired, or never would");
        }
        if (Notes.isUsed(notes, control.getId())) {
            return Heard.refused("it was used before");
        }
        if (!said.get().from().equals(version(notes))) {
            return Heard.refused("another policy is in force since it was made; propose it again");
        }
        return said.get().step() == PolicyChange.Step.PROPOSE
                ? propose(control, said.get(), at, notes)
                : approve(control, said.get(), at, notes);
    }

    /** The version in force. */
    public String version(NoteBook notes) {
        return text(notes).map(PolicyChanges::hash).orElse(base);
    }

    /** The text in force; empty while it is the configured policy's. */
    public Optional<String> text(NoteBook notes) {
        return notes.note(key("in-force"));
    }

    /** The proposal that waits; a newer one takes the place of an older. */
    public Optional<Open> open(NoteBook notes) {
        return notes.note(key("open")).map(Open::of);
    }

    private Heard propose(ControlRecord control, PolicyChange change, Instant at, NoteBook notes) {
        try {
            reader.read("the proposed policy", change.text());
        } catch (PolicyException e) {
            return Heard.refused(e.getMessage());
        }
        Open open = new Open(control.getId(), Signer.of(control), control.getExpiresAt(), change.from(), change.text());
        notes.note(key("open"), open.note());
        Notes.use(notes, control.getId(), at);
        return new Heard(true, false, "it waits for a second person");
    }

    private Heard approve(ControlRecord control, PolicyChange change, Instant at, NoteBook notes) {
        Optional<Open> found = open(notes).filter(open -> open.change().equals(change.change()));
        if (found.isEmpty()) {
            return Heard.refused("there is no such proposal, or another one has taken its place");
        }
        Open open = found.get();
        if (!at.isBefore(open.expiresAt())) {
            return Heard.refused("the proposal expired at " + open.expiresAt());
        }
        if (!open.version().equals(control.getPlanHash())) {
            return Heard.refused("it is bound to another text");
        }
        if (Signer.isSame(open.signer(), Signer.of(control))) {
            return Heard.refused("who proposed it does not approve it: a second person must, with a key of their own");
        }
        notes.note(key("in-force"), open.text());
        notes.forgetNote(key("open"));
        Notes.use(notes, control.getId(), at);
        return new Heard(true, true, "policy " + open.version() + " is in force");
    }

    private String key(String what) {
        return "policy|" + base + "|" + what;
    }

    private static String hash(String text) {
        return CauseHash.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
