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

    /** Why a person locked the target, while the lock lasts. */
    static Optional<String> handsOff(AdmissionMemory memory, String target, Instant now) {
        return memory.note("hands-off|" + target)
                .filter(lock -> now.isBefore(until(lock)))
                .map(lock -> lock.substring(lock.indexOf('|') + 1));
    }

    static void handsOff(AdmissionMemory memory, String target, Instant until, String reason) {
        memory.note("hands-off|" + target, until.toEpochMilli() + "|" + reason);
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

    private static Instant until(String lock) {
        return Instant.ofEpochMilli(Long.parseLong(lock.substring(0, lock.indexOf('|'))));
    }
}
