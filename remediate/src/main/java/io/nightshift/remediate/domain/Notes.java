package io.nightshift.remediate.domain;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.runtime.inventory.InventoryService;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people set, as notes in admission's memory: levels, locks, the halt, and controls that were used up. */
public final class Notes {

    private static final String HALT = "halt";
    private static final String RESUMED = "resumed";

    private Notes() {}

    /**
     * The level in force for an action against a cause on a service. The narrowest that a person set counts: for action and
     * cause, for either, for the service; then the inventory's. Where one is set for the action and one for the cause, the lower.
     */
    public static int level(NoteBook memory, InventoryService service, ActionKind action, CauseClass cause) {
        return levelNote(memory, service, action, cause)
                .map(note -> Integer.parseInt(note.substring(0, 1)))
                .orElse(service.level());
    }

    /** Who set the level in force; empty while it is the inventory's. */
    static Optional<String> levelSetBy(NoteBook memory, InventoryService service, ActionKind action, CauseClass cause) {
        return levelNote(memory, service, action, cause)
                .filter(note -> note.length() > 2)
                .map(note -> note.substring(2));
    }

    private static Optional<String> levelNote(
            NoteBook memory, InventoryService service, ActionKind action, CauseClass cause) {
        String id = service.id();
        Optional<String> forAction = memory.note(levelKey(id, action.name(), ""));
        Optional<String> forCause = memory.note(levelKey(id, "", cause.name()));
        boolean causeCounts =
                forCause.isPresent() && (forAction.isEmpty() || forCause.get().compareTo(forAction.get()) < 0);
        return memory.note(levelKey(id, action.name(), cause.name()))
                .or(() -> causeCounts ? forCause : forAction)
                .or(() -> memory.note(levelKey(id, "", "")));
    }

    /** @param action name of an action, or empty for every one; so the cause */
    static void setLevel(NoteBook memory, String service, String action, String cause, int level, String setBy) {
        memory.note(levelKey(service, action, cause), level + "|" + setBy);
    }

    private static String levelKey(String service, String action, String cause) {
        return "level|" + service + (action.isEmpty() && cause.isEmpty() ? "" : "|" + action + "|" + cause);
    }

    /** Remembers who asked for an answer about an incident. */
    static void asked(NoteBook memory, String incidentId, String signer) {
        String before =
                memory.note("asked|" + incidentId).map(note -> note + "\n").orElse("");
        if (!before.contains(signer + "\n")) {
            memory.note("asked|" + incidentId, before + signer);
        }
    }

    /** Who asked for an answer about an incident. */
    static List<String> askers(NoteBook memory, String incidentId) {
        return memory.note("asked|" + incidentId)
                .map(note -> List.of(note.split("\n")))
                .orElse(List.of());
    }

    /** The lock on the target, while it holds. */
    static Optional<Lock> lock(NoteBook memory, String target, Instant now) {
        return memory.note("hands-off|" + target).map(Notes::lock).filter(lock -> lock.holds(now));
    }

    static void handsOff(NoteBook memory, String target, Lock lock) {
        memory.note("hands-off|" + target, lock.until().toEpochMilli() + "|" + lock.reason());
    }

    static void handsOn(NoteBook memory, String target) {
        memory.forgetNote("hands-off|" + target);
    }

    public static Optional<String> halted(NoteBook memory) {
        return memory.note(HALT);
    }

    static void halt(NoteBook memory, String reason) {
        memory.note(HALT, reason);
    }

    /** Lifts the halt, unless it is a copy of an earlier resume. Returns whether it counts. */
    static boolean resume(NoteBook memory, Instant at) {
        long last = memory.note(RESUMED).map(Long::parseLong).orElse(Long.MIN_VALUE);
        if (at.toEpochMilli() <= last) {
            return false;
        }
        memory.note(RESUMED, String.valueOf(at.toEpochMilli()));
        memory.forgetNote(HALT);
        return true;
    }

    /** What deduplicates the actions of an incident, once its first record was seen. */
    static Optional<String> episode(NoteBook memory, String incidentId) {
        return memory.note("episode|" + incidentId);
    }

    static void episode(NoteBook memory, String incidentId, String episode) {
        memory.note("episode|" + incidentId, episode);
    }

    public static void forgetEpisode(NoteBook memory, String incidentId) {
        memory.forgetNote("episode|" + incidentId);
        memory.forgetNote("asked|" + incidentId);
    }

    static boolean isUsed(NoteBook memory, String controlId) {
        return memory.note("used|" + controlId).isPresent();
    }

    static void use(NoteBook memory, String controlId, Instant at) {
        memory.note("used|" + controlId, String.valueOf(at.toEpochMilli()));
    }

    private static Lock lock(String note) {
        int bar = note.indexOf('|');
        return new Lock(Instant.ofEpochMilli(Long.parseLong(note.substring(0, bar))), note.substring(bar + 1));
    }
}
