package io.nightshift.oversee.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who is signed in: in memory only, so a restart signs everybody out. Thread-safe. */
final class Sessions {

    static final Duration LIVES = Duration.ofHours(12);
    private static final int MOST = 64;
    private static final int MOST_WRONG_TOKENS = 5;

    private final Clock clock;
    private final Map<String, Session> byId = new LinkedHashMap<>();

    Sessions(Clock clock) {
        this.clock = clock;
    }

    synchronized Session open() {
        Session session = new Session(
                OperatorToken.randomText(),
                OperatorToken.randomText(),
                clock.instant().plus(LIVES),
                0);
        byId.put(session.id(), session);
        if (byId.size() > MOST) {
            byId.remove(byId.keySet().iterator().next());
        }
        return session;
    }

    synchronized Optional<Session> find(String id) {
        Session session = id == null ? null : byId.get(id);
        if (session != null && session.expires().isBefore(clock.instant())) {
            byId.remove(id);
            return Optional.empty();
        }
        return Optional.ofNullable(session);
    }

    /** Counts a wrong token at the step-up; too many end the session. */
    synchronized void wrongToken(Session session) {
        Session known = byId.get(session.id());
        if (known == null) {
            return;
        }
        Session counted = new Session(known.id(), known.csrf(), known.expires(), known.wrongTokens() + 1);
        if (counted.wrongTokens() >= MOST_WRONG_TOKENS) {
            byId.remove(known.id());
        } else {
            byId.put(known.id(), counted);
        }
    }

    synchronized void close(String id) {
        byId.remove(id);
    }

    /**
     * A person's login.
     *
     * @param id what the cookie holds
     * @param csrf what every request that changes something must carry besides
     */
    record Session(String id, String csrf, Instant expires, int wrongTokens) {}
}
