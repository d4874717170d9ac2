package io.nightshift.remediate.domain;

import io.nightshift.runtime.inventory.InventoryService;
import java.time.Instant;
import java.util.Optional;

/** What people set, as notes in admission's memory: levels, locks, the halt, and controls that were used up. */
public final class Notes {

    private static final String HALT = "halt";
    private static final String RESUMED = "resumed";

    private Notes() {}

    public static int level(AdmissionMemory memory, InventoryService service) {
        return memory.note("level|" + service.id()).map(Integer::parseInt).orElse(service.level());
    }

    static void setLevel(AdmissionMemory memory, String service, int level) {
        memory.note("level|" + service, String.valueOf(level));
    }

    /** The lock on the target, while it holds. */
    static Optional<Lock> lock(AdmissionMemory memory, String target, Instant now) {
        return memory.note("hands-off|" + target).map(Notes::lock).filter(lock -> lock.holds(now));
    }

    static void handsOff(AdmissionMemory memory, String target, Lock lock) {
        memory.note("hands-off|" + target, lock.until().toEpochMilli() + "|" + lock.reason());
    }

    static void handsOn(AdmissionMemory memory, String target) {
        memory.forgetNote("hands-off|" + target);
    }

    public static Optional<String> halted(AdmissionMemory memory) {
        return memory.note(HALT);
    }

    static void halt(AdmissionMemory memory, String reason) {
        memory.note(HALT, reason);
    }

    /** Lifts the halt, unless it is a copy of an earlier resume. Returns whether it counts. */
    static boolean resume(AdmissionMemory memory, Instant at) {
        long last = memory.note(RESUMED).map(Long::parseLong).orElse(Long.MIN_VALUE);
        if (at.toEpochMilli() <= last) {
            return false;
        }
        memory.note(RESUMED, String.valueOf(at.toEpochMilli()));
        memory.forgetNote(HALT);
        return true;
    }

    /** What deduplicates the actions of an incident, once its first record was seen. */
    static Optional<String> episode(AdmissionMemory memory, String incidentId) {
        return memory.note("episode|" + incidentId);
    }

    static void episode(AdmissionMemory memory, String incidentId, String episode) {
        memory.note("episode|" + incidentId, episode);
    }

    public static void forgetEpisode(AdmissionMemory memory, String incidentId) {
        memory.forgetNote("episode|" + incidentId);
    }

    static boolean isUsed(AdmissionMemory memory, String controlId) {
        return memory.note("used|" + controlId).isPresent();
    }

    static void use(AdmissionMemory memory, String controlId, Instant at) {
        memory.note("used|" + controlId, String.valueOf(at.toEpochMilli()));
    }

    private static Lock lock(String note) {
        int bar = note.indexOf('|');
        return new Lock(Instant.ofEpochMilli(Long.parseLong(note.substring(0, bar))), note.substring(bar + 1));
    }
}
