package io.nightshift.investigate.look;

import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.Nearest;
import io.nightshift.runtime.config.Secrets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One entry of {@code investigate.tools}: a server that may be looked at, read only.
 *
 * @param kind what the server speaks
 * @param name what its tools' names begin with; unique
 * @param endpoint where it is; empty only for an MCP server that is started by a command
 * @param limits of each look
 * @param scope what may be looked at: namespaces (kubernetes), index patterns (elasticsearch), tools (mcp); empty elsewhere
 * @param timeField field that holds a document's time (elasticsearch)
 * @param command program and arguments that start an MCP server on standard input and output; empty for others
 * @param environment names of the variables that this program gets besides PATH, HOME and LANG
 */
public record ToolSettings(
        Kind kind,
        String name,
        Optional<Endpoint> endpoint,
        Limits limits,
        List<String> scope,
        String timeField,
        List<String> command,
        Set<String> environment) {

    /** What a server speaks. */
    public enum Kind {
        PROMETHEUS(Set.of("tenant")),
        LOKI(Set.of("tenant")),
        ELASTICSEARCH(Set.of("indices", "timeField")),
        JAEGER(Set.of()),
        TEMPO(Set.of("tenant")),
        KUBERNETES(Set.of("namespaces")),
        MCP(Set.of("tools", "command", "environment"));

        private final Set<String> keys;

        Kind(Set<String> keys) {
            this.keys = keys;
        }

        /** As it is written in configuration. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind read(ConfigNode node) {
            return Arrays.stream(values())
                    .filter(kind -> kind.label().equals(node.text()))
                    .findFirst()
                    .orElseThrow(() -> node.error("the kind '" + node.text() + "' is unknown; "
                            + Nearest.remedy(
                                    node.text(),
                                    Arrays.stream(values()).map(Kind::label).toList())));
        }
    }

    /**
     * @param timeout for one look
     * @param maxBytes greatest size of an answer
     * @param maxLines lines that a look shows
     */
    public record Limits(Duration timeout, int maxBytes, int maxLines) {

        static final Set<String> KEYS = Set.of("timeout", "maxKilobytes", "maxLines");

        public static Limits defaults() {
            return new Limits(Duration.ofSeconds(5), 2 << 20, 60);
        }

        static Limits from(ConfigNode node) {
            Limits defaults = defaults();
            int kilobytes = node.integer("maxKilobytes", defaults.maxBytes() >> 10);
            int lines = node.integer("maxLines", defaults.maxLines());
            if (kilobytes < 1 || kilobytes > 65_536) {
                throw node.error("maxKilobytes must be from 1 to 65536");
            }
            if (lines < 1 || lines > 500) {
                throw node.error("maxLines must be from 1 to 500: all of it is shown to a model");
            }
            return new Limits(node.duration("timeout", defaults.timeout()), kilobytes << 10, lines);
        }
    }

    private static final Set<String> KEYS = Set.of("kind", "name");
    private static final int LONGEST_NAME = 48;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,19}");
    private static final Predicate<String> NAMESPACE =
            Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?").asMatchPredicate();
    private static final Predicate<String> INDEX =
            Pattern.compile("[a-z0-9*][a-z0-9_.*-]{0,99}").asMatchPredicate();
    private static final Predicate<String> TOOL =
            Pattern.compile("[A-Za-z0-9_.-]{1,64}").asMatchPredicate();

    /** What the names of our own looks begin with. */
    private static final Set<String> OURS = Set.of("telemetry");

    /**
     * The servers listed under {@code tools} of the section {@code investigate}; none when the key is absent.
     *
     * @throws io.nightshift.runtime.config.ConfigException naming file, line and remedy
     */
    public static List<ToolSettings> all(ConfigNode investigate) {
        List<ConfigNode> items = investigate.get("tools").map(ConfigNode::items).orElse(List.of());
        Set<String> names = new HashSet<>(OURS);
        return items.stream()
                .map(item -> {
                    ToolSettings tool = from(item);
                    if (!names.add(tool.name())) {
                        throw item.error("the name '" + tool.name() + "' is taken; give each tool a name of its own");
                    }
                    return tool;
                })
                .toList();
    }

    static ToolSettings from(ConfigNode node) {
        Kind kind = Kind.read(node.require("kind"));
        node.allowOnly(union(KEYS, kind.keys, Endpoint.KEYS, Limits.KEYS));
        String name = node.text("name", kind.label());
        if (!NAME.matcher(name).matches()) {
            throw node.error("the name '" + name
                    + "' must begin with a small letter and hold small letters, digits and underscores, at most 20");
        }
        boolean started = node.get("command").isPresent();
        if (started && node.get("url").isPresent()) {
            throw node.error("an MCP server has a url or a command, not both; remove one");
        }
        if (started) {
            node.allowOnly(union(KEYS, kind.keys, Limits.KEYS));
        }
        ToolSettings settings = new ToolSettings(
                kind,
                name,
                started ? Optional.empty() : Optional.of(Endpoint.from(node)),
                Limits.from(node),
                scope(kind, node),
                node.text("timeField", "@timestamp"),
                node.texts("command"),
                Set.copyOf(node.texts("environment")));
        if (started && settings.command().isEmpty()) {
            throw node.error("command is empty; write the program and its arguments as a list");
        }
        settings.checkToolNames(node);
        settings.checkEnvironment(node);
        return settings;
    }

    /** The name under which a model sees a tool of an MCP server. */
    public String nameOf(String tool) {
        return name + "_" + tool.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    }

    private void checkToolNames(ConfigNode node) {
        if (kind != Kind.MCP) {
            return;
        }
        Set<String> names = new HashSet<>();
        for (String tool : scope) {
            if (nameOf(tool).length() > LONGEST_NAME) {
                throw node.error("the name " + nameOf(tool) + " is longer than " + LONGEST_NAME
                        + " characters; give the server a shorter name");
            }
            if (!names.add(nameOf(tool))) {
                throw node.error("two tools would be named " + nameOf(tool) + "; list one of them");
            }
        }
    }

    private void checkEnvironment(ConfigNode node) {
        Set<String> known = Secrets.namesInEnvironment();
        for (String variable : environment) {
            if (!known.contains(variable)) {
                throw node.error("the environment variable " + variable + " is not set; export it, or take it out of"
                        + " environment");
            }
        }
    }

    private static List<String> scope(Kind kind, ConfigNode node) {
        return switch (kind) {
            case KUBERNETES -> scope(node, "namespaces", NAMESPACE);
            case ELASTICSEARCH -> scope(node, "indices", INDEX);
            case MCP -> scope(node, "tools", TOOL);
            default -> List.of();
        };
    }

    /** Never empty: nothing listed must not come to mean everything. */
    private static List<String> scope(ConfigNode node, String key, Predicate<String> form) {
        List<ConfigNode> items = node.require(key).items();
        if (items.isEmpty()) {
            throw node.error(key + " is empty; list what may be looked at");
        }
        for (ConfigNode item : items) {
            if (!form.test(item.text())) {
                throw item.error("'" + item.text() + "' can't stand in " + key + "; write it as the server spells it");
            }
        }
        return items.stream().map(ConfigNode::text).toList();
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        return Arrays.stream(sets).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }
}
