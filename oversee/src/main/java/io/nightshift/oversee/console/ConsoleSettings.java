package io.nightshift.oversee.console;

import io.nightshift.runtime.config.ConfigNode;
import java.util.List;
import java.util.Set;

/**
 * What the section {@code console} chooses.
 *
 * @param port TCP port; 0 for any free one
 * @param bind address to listen on; {@code localhost} unless others should reach it
 * @param readWithoutLogin whether reading needs no login; possible and the default on loopback only
 * @param hosts further host names, as {@code host} or {@code host:port}, by which browsers may reach it, such as a proxy's
 * @param actor the person whose decisions these are: whoever holds the token and the operator's key
 */
public record ConsoleSettings(int port, String bind, boolean readWithoutLogin, List<String> hosts, String actor) {

    public static final int DEFAULT_PORT = 8080;
    private static final Set<String> KEYS = Set.of("port", "bind", "readWithoutLogin", "hosts", "actor");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    /** @throws io.nightshift.runtime.config.ConfigException naming file and line, when a value can't be used */
    public static ConsoleSettings from(ConfigNode config) {
        config.allowOnly(KEYS);
        String bind = config.text("bind", "localhost");
        ConsoleSettings settings = new ConsoleSettings(
                config.integer("port", DEFAULT_PORT),
                bind,
                config.bool("readWithoutLogin", LOOPBACK.contains(bind)),
                config.texts("hosts"),
                config.text("actor", System.getProperty("user.name", "operator")));
        if (settings.port < 0 || settings.port > 65_535) {
            throw config.require("port").error("a port lies between 0 and 65535");
        }
        if (settings.readWithoutLogin && !settings.isLoopback()) {
            throw config.require("readWithoutLogin")
                    .error("reading without login is for loopback only; bind to localhost or set this to false");
        }
        return settings;
    }

    boolean isLoopback() {
        return LOOPBACK.contains(bind);
    }
}
