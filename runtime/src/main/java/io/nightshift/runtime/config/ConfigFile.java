package io.nightshift.runtime.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

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

    /**
     * What a file of this name and content would be.
     *
     * @throws ConfigException as {@link #read}
     */
    public static ConfigNode parse(String name, String content) {
        return parse(name, content, System.getenv());
    }

    /**
     * All YAML documents of a file, which {@code ---} separates; empty ones are left out.
     *
     * @throws ConfigException as {@link #read}
     */
    public static List<ConfigNode> documents(Path file) {
        return parseAll(file.toString(), content(file), System.getenv());
    }

    /**
     * The file itself, or the YAML files directly in a folder, by name.
     *
     * @throws ConfigException when there is nothing of that name, or no YAML file in the folder
     */
    public static List<Path> filesIn(Path fileOrFolder) {
        if (!Files.isDirectory(fileOrFolder)) {
            return List.of(fileOrFolder);
        }
        try (Stream<Path> inside = Files.list(fileOrFolder)) {
            List<Path> files = inside.filter(file ->
                            file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new ConfigException(
                        fileOrFolder + ": no .yaml or .yml file in this folder; check the path, or remove the setting");
            }
            return files;
        } catch (IOException e) {
            throw new ConfigException(fileOrFolder + ": can't be listed (" + e + "); check that it is readable", e);
        }
    }

    /**
     * YAML that somebody else may have written: its texts are taken as they stand, and nothing of the environment gets into
     * them.
     *
     * @param name what errors call it
     * @throws ConfigException as {@link #read}
     */
    public static ConfigNode literal(String name, String content) {
        return parse(YamlNode.Source.literal(name), content);
    }

    static ConfigNode parse(String name, String content, Map<String, String> environment) {
        return parse(YamlNode.Source.of(name, environment), content);
    }

    private static ConfigNode parse(YamlNode.Source source, String content) {
        return composed(source.file(), () -> new Compose(settings(source.file()))
                .composeString(content)
                .<ConfigNode>map(node -> new YamlNode(source, "", node))
                .orElse(EmptyConfig.INSTANCE));
    }

    static List<ConfigNode> parseAll(String name, String content, Map<String, String> environment) {
        return composed(name, () -> {
            List<ConfigNode> documents = new ArrayList<>();
            for (Node node : new Compose(settings(name)).composeAllFromString(content)) {
                if (!node.getTag().equals(Tag.NULL)) {
                    documents.add(new YamlNode(YamlNode.Source.of(name, environment), "", node));
                }
            }
            return documents;
        });
    }

    private static LoadSettings settings(String name) {
        return LoadSettings.builder()
                .setLabel(name)
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setCodePointLimit(MAX_BYTES)
                .build();
    }

    private static <T> T composed(String name, Supplier<T> compose) {
        try {
            return compose.get();
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            throw new ConfigException(
                    name + ":" + line + ": not valid YAML: " + e.getProblem()
                            + "; check indentation, quotes and brackets here and on the line above",
                    e);
        } catch (YamlEngineException e) {
            throw new ConfigException(name + ": not valid YAML: " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            // The composer calls itself for each level and knows no limit of its own.
            throw new ConfigException(name + ": nested too deeply; a few levels are enough", e);
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
