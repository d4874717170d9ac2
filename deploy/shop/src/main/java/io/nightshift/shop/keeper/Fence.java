package io.nightshift.shop.keeper;

import io.nightshift.shop.keeper.LedgerEntry.Outcome;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides whether a request may have an effect, from what the ledger says already happened: an action id counts once,
 * and a token lower than the highest seen for its target comes from an actor who has been replaced.
 */
final class Fence {
    private final Map<String, LedgerEntry> lastOfAction = new HashMap<>();
    private final Map<String, Long> highestToken = new HashMap<>();

    /** STARTED when the request may go ahead, else why not. */
    Outcome judge(LedgerEntry request) {
        LedgerEntry earlier = lastOfAction.get(request.actionId());
        if (earlier != null) {
            return earlier.outcome().isEnd() ? Outcome.DUPLICATE : Outcome.IN_DOUBT;
        }
        Long highest = highestToken.get(request.target());
        boolean stale = request.token() != null && highest != null && request.token() < highest;
        return stale ? Outcome.FENCED : Outcome.STARTED;
    }

    /** Learns from a line of the ledger, in the order in which they were written. */
    void learn(LedgerEntry entry) {
        if (entry.outcome() == Outcome.STARTED || entry.outcome().isEnd()) {
            lastOfAction.put(entry.actionId(), entry);
            if (entry.token() != null) {
                highestToken.merge(entry.target(), entry.token(), Math::max);
            }
        }
    }

    LedgerEntry lastOf(String actionId) {
        return lastOfAction.get(actionId);
    }
}
