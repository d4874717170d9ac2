package io.nightshift.oversee.domain.audit;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.AuditEntry;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.HaltRecord;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.JournalEntry;
import io.nightshift.events.Lesson;
import io.nightshift.events.ModelCall;
import io.nightshift.events.Prevention;
import io.nightshift.events.Trust;
import java.util.Locale;

/** What the ledger says of a decision record, before it is linked into the chain. */
public final class AuditDraft {

    static final String UNDECODABLE = "UNDECODABLE";
    static final String TAKEN_BACK = "TAKEN_BACK";
    private static final int SENTENCE_CHARS = 2_000;

    private AuditDraft() {}

    /** The draft for a record that could be read. */
    public static AuditEntry of(Source source, Object value) {
        AuditEntry.Builder entry = bare(source).setSourceType(value.getClass().getSimpleName());
        if (value instanceof Incident incident) {
            describe(entry, incident);
        } else if (value instanceof Investigation investigation) {
            describe(entry, investigation);
        } else if (value instanceof ActionEvent action) {
            describe(entry, action);
        } else if (value instanceof JournalEntry journal) {
            describe(entry, journal);
        } else if (value instanceof ControlRecord control) {
            describe(entry, control);
        } else if (value instanceof HaltRecord halt) {
            describe(entry, halt);
        } else if (value instanceof Lesson lesson) {
            entry.setActor("learn").setStatus("LEARNED").setSentence(bounded(lesson.getSentence()));
        } else if (value instanceof Trust trust) {
            entry.setActor("learn").setStatus("TRUST").setSentence(bounded(trust.getSentence()));
        } else if (value instanceof Prevention prevention) {
            entry.setActor("learn").setStatus("PREVENTION").setSentence(bounded(prevention.getSentence()));
        } else {
            entry.setActor("unknown")
                    .setSentence("A record of type " + value.getClass().getSimpleName() + '.');
        }
        return entry.build();
    }

    /** The draft for a record without a value: whatever stood under its key is taken back. */
    public static AuditEntry takenBack(Source source) {
        return bare(source)
                .setSourceType(TAKEN_BACK)
                .setActor("unknown")
                .setSentence("What stood under this key before is taken back.")
                .build();
    }

    /** The draft for a record that could not be read: it is a fact too, and its hash proves which bytes stood there. */
    public static AuditEntry undecodable(Source source, String reason) {
        return bare(source)
                .setSourceType(UNDECODABLE)
                .setActor("unknown")
                .setSentence(bounded("A record that could not be read: " + reason))
                .build();
    }

    private static AuditEntry.Builder bare(Source source) {
        return AuditEntry.newBuilder()
                .setSequence(-1)
                .setPreviousHash("")
                .setHash("")
                .setSourceTopic(source.topic())
                .setSourcePartition(source.partition())
                .setSourceOffset(source.offset())
                .setSourceSha256(source.sha256())
                .setSourceTime(source.time());
    }

    private static void describe(AuditEntry.Builder entry, Incident incident) {
        entry.setActor("correlate")
                .setIncidentId(incident.getId())
                .setStatus(incident.getPhase().name())
                .setSentence(bounded(incident.getSentence()));
    }

    private static void describe(AuditEntry.Builder entry, Investigation investigation) {
        entry.setActor("investigate/" + investigation.getEngine().name().toLowerCase(Locale.ROOT))
                .setIncidentId(investigation.getIncidentId())
                .setStatus(investigation.getProposal() == null ? "NO_PROPOSAL" : "PROPOSAL")
                .setSentence(bounded(investigation.getSentence()));
        if (!investigation.getModelCalls().isEmpty()) {
            ModelCall last = investigation
                    .getModelCalls()
                    .get(investigation.getModelCalls().size() - 1);
            entry.setModelDigest(last.getProvider() + "/" + last.getModel()).setPromptDigest(last.getPromptDigest());
        }
    }

    private static void describe(AuditEntry.Builder entry, ActionEvent action) {
        entry.setActor("remediate")
                .setIncidentId(action.getIncidentId())
                .setActionId(action.getActionId())
                .setStatus(action.getStatus().name())
                .setSentence(bounded(action.getSentence()));
        if (action.getVerdict() != null) {
            entry.setPolicyVersion(action.getVerdict().getPolicyVersion())
                    .setDecidingRules(action.getVerdict().getRules());
        }
    }

    private static void describe(AuditEntry.Builder entry, JournalEntry journal) {
        entry.setActor("remediate/" + journal.getExecutor())
                .setIncidentId(journal.getIncidentId())
                .setActionId(journal.getActionId())
                .setStatus(journal.getPhase().name())
                .setSentence(bounded("Step " + journal.getStep() + " on " + journal.getInstance() + ": "
                        + journal.getPhase().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ". "
                        + journal.getMessage()));
    }

    private static void describe(AuditEntry.Builder entry, ControlRecord control) {
        entry.setActor((control.getPerson() ? "person " : "service ") + control.getActor())
                .setStatus(control.getKind().name())
                .setSentence(bounded(
                        control.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + control.getSubject()
                                + (control.getReason().isEmpty() ? "" : ": " + control.getReason())));
    }

    private static void describe(AuditEntry.Builder entry, HaltRecord halt) {
        entry.setActor("person " + halt.getActor())
                .setStatus(halt.getMode().name())
                .setSentence(bounded(halt.getMode().name().toLowerCase(Locale.ROOT)
                        + (halt.getReason().isEmpty() ? "" : ": " + halt.getReason())));
    }

    private static String bounded(String text) {
        return text.length() <= SENTENCE_CHARS ? text : text.substring(0, SENTENCE_CHARS) + "…";
    }
}
