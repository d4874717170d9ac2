package io.nightshift.remediate.domain;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.HaltMode;
import io.nightshift.events.HaltRecord;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.TrustedKeys;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * What people say: approvals, denials, levels, locks, halt and resume. Nothing counts without a valid signature; what
 * widens needs a person's; each control counts once. What only narrows (halt) needs none.
 */
public record Controls(Admission admission, TrustedKeys keys, EmergencyRule emergency) {

    private static final String NOT_SIGNED = "its signature is not one of a trusted key";

    /** @param at the record's Kafka timestamp */
    public void on(ControlRecord control, Instant at, AdmissionMemory memory, Outbox out, Instant now) {
        if (control.getKind() == ControlKind.POLICY_CHANGE) {
            policy(control, at, memory, out, now);
            return;
        }
        Optional<String> refusal = refusal(control, memory, now);
        if (refusal.isPresent()) {
            approvals().refuse(control, refusal.get(), memory, out, now);
            return;
        }
        switch (control.getKind()) {
            case APPROVE -> approve(control, memory, out, now);
            case REVIEW -> emergencies().review(control, memory, out, now);
            case DENY -> approvals().deny(control, memory, out, now);
            case SET_LEVEL -> setLevel(control, memory, out, now);
            case HANDS_OFF -> handsOff(control, memory, out, now);
            case HANDS_ON -> handsOn(control, memory, out, now);
            case INVESTIGATE ->
                memory.incident(control.getSubject())
                        .ifPresent(incident -> Notes.asked(memory, incident.getId(), Signer.of(control)));
            default -> {
                return; // Not admission's to answer.
            }
        }
    }

    public void on(HaltRecord halt, AdmissionMemory memory, Outbox out, Instant now) {
        if (halt.getMode() != HaltMode.RESUME) {
            // An unknown mode is a newer halt than this release knows: still a halt.
            Notes.halt(memory, halt.getReason().isEmpty() ? "by " + halt.getActor() : halt.getReason());
            return;
        }
        if (!ControlSignature.verify(halt, keys)) {
            out.refused(halt, NOT_SIGNED);
        } else if (!keys.isPerson(halt.getKeyId())) {
            out.refused(halt, "only a person resumes");
        } else if (!Notes.resume(memory, halt.getAt())) {
            out.refused(halt, "it is not later than the last resume that counted");
        } else {
            admission.again(memory, out, now);
        }
    }

    private Optional<String> refusal(ControlRecord control, AdmissionMemory memory, Instant now) {
        if (!ControlSignature.verify(control, keys)) {
            return Optional.of(NOT_SIGNED);
        }
        if (control.getExpiresAt() != null && !now.isBefore(control.getExpiresAt())) {
            return Optional.of("it expired at " + control.getExpiresAt());
        }
        return Notes.isUsed(memory, control.getId()) ? Optional.of("it was used before") : Optional.empty();
    }

    private void approve(ControlRecord control, AdmissionMemory memory, Outbox out, Instant now) {
        if (Emergencies.isOne(control)) {
            emergencies().approve(control, memory, out, now);
        } else {
            approvals().approve(control, memory, out, now);
        }
    }

    private Approvals approvals() {
        return new Approvals(admission, keys);
    }

    private Emergencies emergencies() {
        return new Emergencies(admission, approvals(), keys, emergency);
    }

    /** Judged by the record's own time, as everyone else who follows the policy does. */
    private void policy(ControlRecord control, Instant at, AdmissionMemory memory, Outbox out, Instant now) {
        PolicyChanges.Heard heard = admission.policies().changes().hear(control, at, memory);
        if (heard.isRefused()) {
            out.refused(control, heard.words());
        } else if (heard.inForce()) {
            approvals().again(memory, out, now);
            admission.again(memory, out, now);
        }
    }

    private void setLevel(ControlRecord control, AdmissionMemory memory, Outbox out, Instant now) {
        String text = control.getArguments().getOrDefault("level", "");
        String action = control.getArguments().getOrDefault("action", "");
        String cause = control.getArguments().getOrDefault("cause", "");
        if (!text.matches("[1-5]")) {
            out.refused(control, "the level must be 1 to 5");
        } else if (!isNameOf(ActionKind.class, action) || !isNameOf(CauseClass.class, cause)) {
            out.refused(control, "there is no such action or cause");
        } else if (!ControlSignature.verifyPerson(control, keys)) {
            out.refused(control, "only a person sets a level");
        } else {
            Notes.use(memory, control.getId(), now);
            Notes.setLevel(memory, control.getSubject(), action, cause, Integer.parseInt(text), Signer.of(control));
        }
    }

    /** Whether the text is a name, or empty, which stands for every one. */
    private static <T extends Enum<T>> boolean isNameOf(Class<T> type, String text) {
        return text.isEmpty()
                || Arrays.stream(type.getEnumConstants())
                        .anyMatch(each -> each.ordinal() > 0 && each.name().equals(text));
    }

    /** Any trusted key may lock, and for longer; what shortens a lock lifts it sooner, which is a person's to do. */
    private void handsOff(ControlRecord control, AdmissionMemory memory, Outbox out, Instant now) {
        Lock asked = Lock.askedBy(control, now);
        boolean person = ControlSignature.verifyPerson(control, keys);
        if (!asked.mayReplace(Notes.lock(memory, control.getSubject(), now), person)) {
            out.refused(control, "only a person shortens a lock");
            return;
        }
        Notes.use(memory, control.getId(), now);
        Notes.handsOff(memory, control.getSubject(), asked);
    }

    private void handsOn(ControlRecord control, AdmissionMemory memory, Outbox out, Instant now) {
        if (!ControlSignature.verifyPerson(control, keys)) {
            out.refused(control, "only a person lifts a lock");
            return;
        }
        Notes.use(memory, control.getId(), now);
        Notes.handsOn(memory, control.getSubject());
        admission.again(memory, out, now);
    }
}
