package io.nightshift.shop.keeper;

import io.nightshift.shop.Role;
import io.nightshift.shop.keeper.LedgerEntry.Outcome;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/** Requests for an effect: judged, written down, done one at a time a service, and written down again. */
final class Actions {
    static final Set<String> ON_INSTANCE = Set.of("start", "stop", "restart");
    static final Set<String> ON_SERVICE = Set.of("rollout", "rollback");

    private final Floor floor;
    private final Ledger ledger;
    private final Map<Role, ReentrantLock> oneAtATime = new EnumMap<>(Role.class);

    private interface Effect {
        void happen() throws IOException, InterruptedException;
    }

    Actions(Floor floor, Ledger ledger) {
        this.floor = floor;
        this.ledger = ledger;
        for (Role role : Role.values()) {
            oneAtATime.put(role, new ReentrantLock(true));
        }
    }

    /**
     * Does what is asked, unless the ledger forbids it.
     *
     * @param actionId without one, the request is by hand and gets an id of its own
     * @param version of a rollout
     */
    LedgerEntry perform(
            String verb,
            String target,
            Optional<String> actionId,
            Optional<Long> token,
            String actor,
            Optional<String> version)
            throws IOException, InterruptedException {
        LedgerEntry request = new LedgerEntry(
                now(),
                actionId.orElseGet(() -> "by-hand-" + UUID.randomUUID()),
                token.orElse(null),
                verb,
                target,
                actor,
                Outcome.NOT_FOUND,
                version.orElse(""),
                List.of(),
                List.of());
        if (ON_SERVICE.contains(verb)) {
            Optional<Role> role = Role.ofService(target);
            return role.isEmpty() ? request : onService(request, role.get());
        }
        Optional<Berth> berth = floor.berth(target);
        return berth.isEmpty() ? request : onInstance(request, berth.get());
    }

    private LedgerEntry onService(LedgerEntry request, Role role) throws IOException, InterruptedException {
        Effect effect = request.verb().equals("rollout")
                ? () -> floor.rollOut(role, request.detail())
                : () -> floor.rollBack(role);
        return happen(request, role, floor.of(role), effect);
    }

    private LedgerEntry onInstance(LedgerEntry request, Berth berth) throws IOException, InterruptedException {
        Role role = berth.instance().role();
        String version = floor.currentVersion(role);
        Effect effect =
                switch (request.verb()) {
                    case "start" -> () -> berth.start(version);
                    case "stop" -> berth::stop;
                    default -> () -> berth.replace(version);
                };
        return happen(request, role, List.of(berth), effect);
    }

    private LedgerEntry happen(LedgerEntry request, Role role, List<Berth> berths, Effect effect)
            throws IOException, InterruptedException {
        oneAtATime.get(role).lockInterruptibly();
        try {
            LedgerEntry begun = ledger.begin(request, now());
            if (begun.outcome() != Outcome.STARTED) {
                return begun;
            }
            List<ProcessId> before = processes(berths);
            LedgerEntry ended;
            try {
                effect.happen();
                String words = role.service() + " runs " + floor.currentVersion(role);
                ended = begun.ended(now(), Outcome.SUCCEEDED, words, before, processes(berths));
            } catch (IOException e) {
                ended = begun.ended(now(), Outcome.FAILED, e.getMessage(), before, processes(berths));
            }
            ledger.append(ended);
            return ended;
        } finally {
            oneAtATime.get(role).unlock();
        }
    }

    private static List<ProcessId> processes(List<Berth> berths) {
        return berths.stream().flatMap(b -> b.process().stream()).toList();
    }

    private static String now() {
        return Instant.now().toString();
    }
}
