package io.nightshift.oversee.console;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.nightshift.oversee.console.Sessions.Session;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Stands before every request. The host must be ours, or a foreign page could reach the console by rebinding a DNS name to
 * loopback; a request that changes something must come from our own page.
 */
final class Gate {

    static final String COOKIE = "nightshift-session";
    static final String CSRF_HEADER = "X-Nightshift-CSRF";

    /** Scripts, styles and data from this server only; nothing inline, nothing framed, no HTML made from strings. */
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'; trusted-types 'none'";

    private final ConsoleSettings settings;
    private final Sessions sessions;
    private volatile Set<String> hosts = Set.of();

    Gate(ConsoleSettings settings, Sessions sessions) {
        this.settings = settings;
        this.sessions = sessions;
    }

    /** Called once the port is known. */
    void listensOn(int port) {
        Set<String> ours = new HashSet<>(settings.hosts());
        for (String name : new String[] {"localhost", "127.0.0.1", "[::1]"}) {
            ours.add(name + ":" + port);
        }
        if (!settings.isLoopback()) {
            ours.add(settings.bind() + ":" + port);
        }
        hosts = Set.copyOf(ours);
    }

    void check(Context request) {
        headers(request);
        String host = request.header("Host");
        if (host == null || !hosts.contains(host)) {
            throw new Refusal(
                    403,
                    "the console does not answer to this host name; add it to oversee.console.hosts if it is yours");
        }
        if (request.method() != HandlerType.GET && request.method() != HandlerType.HEAD) {
            String origin = request.header("Origin");
            if (origin == null || !(origin.equals("http://" + host) || origin.equals("https://" + host))) {
                throw new Refusal(403, "only the console's own page may change something: the Origin is another");
            }
        }
    }

    private static void headers(Context request) {
        request.header("Content-Security-Policy", CONTENT_POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Cache-Control", "no-store");
    }

    Optional<Session> session(Context request) {
        return sessions.find(request.cookie(COOKIE));
    }

    /** Refuses to show anything to somebody who is not signed in, unless the settings allow it. */
    void mayRead(Context request) {
        if (!settings.readWithoutLogin() && session(request).isEmpty()) {
            throw new Refusal(401, "sign in first");
        }
    }

    /** Refuses to change anything for somebody who is not signed in or whose page is not ours. */
    Session mayDecide(Context request) {
        Session session =
                session(request).orElseThrow(() -> new Refusal(401, "sign in first: decisions need a person"));
        String csrf = request.header(CSRF_HEADER);
        if (csrf == null
                || !MessageDigest.isEqual(
                        csrf.getBytes(StandardCharsets.UTF_8), session.csrf().getBytes(StandardCharsets.UTF_8))) {
            throw new Refusal(403, "the request lacks this session's CSRF token; load the page again");
        }
        return session;
    }
}
