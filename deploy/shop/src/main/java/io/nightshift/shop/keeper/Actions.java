package io.nightshift.shop.keeper;

import io.nightshift.shop.Role;
import io.nightshift.shop.keeper.LedgerEntry.Outcome;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/** Requests for an effect: judged, written down, done one at a time a service, and written down again. */
final class Actions {
    private final Floor floor;
    private final Ledger ledger;
    private final Upkeep upkeep;
    private final Map<Role, ReentrantLock> oneAtATime = new EnumMap<>(Role.class);

    private interface Effect {
        void happen() throws IOException, InterruptedException;
    }

    Actions(Floor floor, Ledger ledger, Upkeep upkeep) {
        this.floor = floor;
        this.ledger = ledger;
        this.upkeep = upkeep;
        for (Role role : Role.values()) {
            oneAtATime.put(role, new ReentrantLock(true));
        }
    }

    /**
     * Does what is asked, unless the ledger forbids it.
     *
     * @param actionId without one, the request is by hand and gets an id of its own
     * @param argument what the verb must be told, if anything
     * @throws IllegalArgumentException when that does not fit the verb
     */
    LedgerEntry perform(
            Verb verb,
            String target,
            Optional<String> actionId,
            Optional<Long> token,
            String actor,
            Optional<String> argument)
            throws IOException, InterruptedException {
        verb.check(argument);
        LedgerEntry request = new LedgerEntry(
                now(),
                actionId.orElseGet(() -> "by-hand-" + UUID.randomUUID()),
                token.orElse(null),
                verb.word(),
                target,
                actor,
                Outcome.NOT_FOUND,
                argument.orElse(""),
                List.of(),
                List.of());
        if (!verb.onInstance()) {
            Optional<Role> role = Role.ofService(target);
            return role.isEmpty() ? request : onService(verb, request, role.get());
        }
        Optional<Berth> berth = floor.berth(target);
        return berth.isEmpty() ? request : onInstance(verb, request, berth.get());
    }

    private LedgerEntry onService(Verb verb, LedgerEntry request, Role role) throws IOException, InterruptedException {
        String told = request.detail();
        Effect effect =
                switch (verb) {
                    case ROLLOUT -> () -> floor.rollOut(role, told);
                    case ROTATE_CERTIFICATE -> () -> upkeep.rotateCertificate(role, told);
                    case DISABLE_FLAG -> () -> upkeep.flag(role, told, false);
                    case ENABLE_FLAG -> () -> upkeep.flag(role, told, true);
                    default -> () -> floor.rollBack(role);
                };
        return happen(request, role, floor.of(role), effect);
    }

    private LedgerEntry onInstance(Verb verb, LedgerEntry request, Berth berth)
            throws IOException, InterruptedException {
        Role role = berth.instance().role();
        String version = floor.currentVersion(role);
        Effect effect =
                switch (verb) {
                    case START -> () -> berth.start(version);
                    case STOP -> berth::stop;
                    case DRAIN -> () -> floor.drain(berth);
                    case UNDRAIN -> berth::undrain;
                    case FREE_DISK -> () -> upkeep.freeDisk(berth.instance().id(), request.detail());
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
