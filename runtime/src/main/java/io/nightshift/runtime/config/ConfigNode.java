package io.nightshift.runtime.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A place in a YAML file: a mapping, a list or a scalar that knows its file and line, so that every error can name them.
 * Reading a value of the wrong type throws {@link ConfigException}.
 */
public interface ConfigNode {

    /** The value under this key of a mapping, or empty when the key is absent or null. */
    Optional<ConfigNode> get(String key);

    /** The value under this key; an error naming file, line and key when absent. */
    ConfigNode require(String key);

    /** The keys of a mapping, in file order. */
    List<String> keys();

    /** The elements of a list; a missing node or scalar is an error. */
    List<ConfigNode> items();

    /** Whether this is a list; for values that may be one or several. */
    boolean isList();

    /** All of it as maps, lists, texts, numbers and booleans, as YAML types them; an empty map when there is nothing. */
    Object tree();

    String text();

    int integer();

    double number();

    boolean bool();

    /** A duration such as {@code 250ms}, {@code 10s}, {@code 5m}, {@code 2h} or {@code 1d}. */
    Duration duration();

    /** A path; a relative one starts at the folder of the file that it stands in. */
    Path path();

    /** {@code file:line}, for messages. */
    String where();

    /** An error about this place: file, line, the problem and the remedy. */
    ConfigException error(String problemAndRemedy);

    /** Refuses keys that are not among these, naming the nearest known one: a misspelt key must not be ignored. */
    ConfigNode allowOnly(Set<String> known);

    default String text(String key, String fallback) {
        return get(key).map(ConfigNode::text).orElse(fallback);
    }

    default int integer(String key, int fallback) {
        return get(key).map(ConfigNode::integer).orElse(fallback);
    }

    default double number(String key, double fallback) {
        return get(key).map(ConfigNode::number).orElse(fallback);
    }

    default boolean bool(String key, boolean fallback) {
        return get(key).map(ConfigNode::bool).orElse(fallback);
    }

    default Duration duration(String key, Duration fallback) {
        return get(key).map(ConfigNode::duration).orElse(fallback);
    }

    default List<String> texts(String key) {
        return get(key).map(node -> node.items().stream().map(ConfigNode::text).toList())
                .orElse(List.of());
    }

    /** A child mapping, or an empty one. */
    default ConfigNode section(String key) {
        return get(key).orElse(EmptyConfig.INSTANCE);
    }
}
