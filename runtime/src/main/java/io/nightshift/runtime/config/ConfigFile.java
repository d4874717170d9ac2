package io.nightshift.runtime.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads a YAML file into nodes that know their line. In a text, {@code ${NAME}} stands for an environment variable and
 * {@code ${NAME:-fallback}} for one that may be absent; {@code $${} is a literal {@code ${}.
 */
public final class ConfigFile {

    private static final int MAX_BYTES = 4 << 20;
    private static final int MAX_ALIASES = 50;

    private ConfigFile() {}

    /**
     * @throws ConfigException naming file, line and remedy, when the file can't be read or is not one YAML document with
     *     keys that stand once
     */
    public static ConfigNode read(Path file) {
        return parse(file.toString(), content(file), System.getenv());
    }

    static ConfigNode parse(String name, String content, Map<String, String> environment) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setCodePointLimit(MAX_BYTES)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(content);
            return root.<ConfigNode>map(node -> new YamlNode(new YamlNode.Source(name, environment), "", node))
                    .orElse(EmptyConfig.INSTANCE);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            throw new ConfigException(
                    name + ":" + line + ": not valid YAML: " + e.getProblem()
                            + "; check indentation, quotes and brackets here and on the line above",
                    e);
        } catch (YamlEngineException e) {
            throw new ConfigException(name + ": not valid YAML: " + e.getMessage(), e);
        }
    }

    private static String content(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ConfigException(file + ": larger than 4 MiB; this is hardly a configuration file");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ConfigException(file + ": there is no such file; check the path", e);
        } catch (MalformedInputException e) {
            throw new ConfigException(file + ": not UTF-8; save it as UTF-8", e);
        } catch (IOException e) {
            throw new ConfigException(file + ": can't be read (" + e + "); check that it is a file and readable", e);
        }
    }
}
