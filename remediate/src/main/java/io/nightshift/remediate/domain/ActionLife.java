package io.nightshift.remediate.domain;

import static io.nightshift.events.ActionStatus.*;

import io.nightshift.events.ActionStatus;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The life of an action.
 *
 * <pre>
 *  PROPOSED ──▶ AWAITING_APPROVAL ──▶ ALLOWED ──▶ STARTED ──▶ SUCCEEDED ──▶ RECOVERED ──▶ HELD
 *     │  ▲          │        │           │         │   ▲          │              └──────▶ RECURRED
 *     │  │          │     EXPIRED        │         │   │          │
 *     │  │          ▼        ▼           │         ▼   │          ▼
 *     └──┼──────▶ DENIED  WITHDRAWN      │       IN_DOUBT     NOT_RECOVERED ──▶ UNDOING ──▶ ROLLED_BACK
 *        │          │        │           ▼         │              │                │
 *        └──────────┴────────┘         FAILED ◀────┘              ▼                ▼
 *         (a newer investigation)        └─────────────────▶  ESCALATED ◀──────────┘
 * </pre>
 *
 * Where a step fails or something gets worse, STARTED and IN_DOUBT lead to UNDOING too: what was done is taken back in the same run.
 * From ALLOWED on every status leads to ESCALATED when the deadline passes. A refused, expired, withdrawn, shadowed or escalated action
 * that never touched its target may be proposed again; one that did never is. SHADOWED follows PROPOSED where the level lets
 * nothing be done and what would have been done is recorded.
 */
public final class ActionLife {

    private static final Map<ActionStatus, Set<ActionStatus>> NEXT = new EnumMap<>(ActionStatus.class);

    static {
        NEXT.put(UNKNOWN, EnumSet.of(PROPOSED));
        NEXT.put(PROPOSED, EnumSet.of(AWAITING_APPROVAL, ALLOWED, DENIED, SHADOWED));
        NEXT.put(AWAITING_APPROVAL, EnumSet.of(ALLOWED, DENIED, EXPIRED, WITHDRAWN));
        NEXT.put(DENIED, EnumSet.of(PROPOSED));
        NEXT.put(EXPIRED, EnumSet.of(PROPOSED));
        NEXT.put(WITHDRAWN, EnumSet.of(PROPOSED));
        NEXT.put(ALLOWED, EnumSet.of(STARTED, FAILED, ESCALATED));
        NEXT.put(STARTED, EnumSet.of(SUCCEEDED, FAILED, IN_DOUBT, UNDOING, ESCALATED));
        NEXT.put(IN_DOUBT, EnumSet.of(STARTED, SUCCEEDED, FAILED, UNDOING, ESCALATED));
        NEXT.put(SUCCEEDED, EnumSet.of(RECOVERED, NOT_RECOVERED, ESCALATED));
        NEXT.put(FAILED, EnumSet.of(UNDOING, ESCALATED));
        NEXT.put(NOT_RECOVERED, EnumSet.of(UNDOING, ESCALATED));
        NEXT.put(UNDOING, EnumSet.of(ROLLED_BACK, ESCALATED)); // Not FAILED: a failed undo is for a person at once.
        NEXT.put(RECOVERED, EnumSet.of(HELD, RECURRED));
        NEXT.put(ESCALATED, EnumSet.of(PROPOSED));
        NEXT.put(HELD, EnumSet.noneOf(ActionStatus.class));
        NEXT.put(RECURRED, EnumSet.noneOf(ActionStatus.class));
        NEXT.put(ROLLED_BACK, EnumSet.noneOf(ActionStatus.class));
        NEXT.put(SHADOWED, EnumSet.of(PROPOSED));
    }

    /** Statuses in which something is, may be, or is about to be done to the target, or its effect is being judged. */
    private static final Set<ActionStatus> IN_FLIGHT =
            EnumSet.of(ALLOWED, STARTED, IN_DOUBT, SUCCEEDED, FAILED, NOT_RECOVERED, UNDOING);

    /** Statuses that the executor reports; all others are admission's own. */
    private static final Set<ActionStatus> EXECUTOR =
            EnumSet.of(STARTED, SUCCEEDED, FAILED, IN_DOUBT, UNDOING, ROLLED_BACK);

    private ActionLife() {}

    public static boolean isLegal(ActionStatus from, ActionStatus to) {
        return NEXT.get(from).contains(to);
    }

    public static boolean isInFlight(ActionStatus status) {
        return IN_FLIGHT.contains(status);
    }

    public static boolean isExecutors(ActionStatus status) {
        return EXECUTOR.contains(status);
    }

    /** Whether the action is over for good or until it is proposed anew; RECOVERED still waits for HELD or RECURRED. */
    public static boolean isOver(ActionStatus status) {
        return !isInFlight(status) && status != PROPOSED && status != AWAITING_APPROVAL && status != UNKNOWN;
    }

    static Set<ActionStatus> next(ActionStatus from) {
        return NEXT.get(from);
    }
}
