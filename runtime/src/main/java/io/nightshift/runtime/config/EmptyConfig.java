package io.nightshift.runtime.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A mapping without keys: every setting has its default. */
public enum EmptyConfig implements ConfigNode {
    INSTANCE;

    @Override
    public Optional<ConfigNode> get(String key) {
        return Optional.empty();
    }

    @Override
    public ConfigNode require(String key) {
        throw error("the key '" + key + "' is missing");
    }

    @Override
    public List<String> keys() {
        return List.of();
    }

    @Override
    public List<ConfigNode> items() {
        return List.of();
    }

    @Override
    public boolean isList() {
        return false;
    }

    @Override
    public Object tree() {
        return Map.of();
    }

    @Override
    public String text() {
        throw error("a text is missing");
    }

    @Override
    public int integer() {
        throw error("a whole number is missing");
    }

    @Override
    public double number() {
        throw error("a number is missing");
    }

    @Override
    public boolean bool() {
        throw error("true or false is missing");
    }

    @Override
    public Duration duration() {
        throw error("a duration is missing");
    }

    @Override
    public Path path() {
        throw error("a path is missing");
    }

    @Override
    public String where() {
        return "(defaults)";
    }

    @Override
    public ConfigException error(String problemAndRemedy) {
        return new ConfigException(where() + ": " + problemAndRemedy);
    }

    @Override
    public ConfigNode allowOnly(Set<String> known) {
        return this;
    }
}
