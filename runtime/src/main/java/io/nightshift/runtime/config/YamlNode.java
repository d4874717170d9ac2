package io.nightshift.runtime.config;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A node of a YAML file. */
final class YamlNode implements ConfigNode {

    /**
     * Where nodes come from and how their texts are taken.
     *
     * @param texts from a text and its place to the text that is meant
     */
    record Source(String file, BiFunction<String, ConfigNode, String> texts) {

        /** Texts may refer to the environment. */
        static Source of(String file, Map<String, String> environment) {
            return new Source(file, (text, place) -> Substitution.of(text, environment, place));
        }

        /** Texts mean what they say. */
        static Source literal(String file) {
            return new Source(file, (text, place) -> text);
        }
    }

    private final Source source;
    private final String path;
    private final Node node;
    private final Node place;
    private final Map<String, YamlNode> children = new LinkedHashMap<>();

    YamlNode(Source source, String path, Node node) {
        this(source, path, node, node);
    }

    /** @param place what an error about the node points at: its key, which may stand lines above the first of its values */
    private YamlNode(Source source, String path, Node node, Node place) {
        this.source = source;
        this.path = path;
        this.node = node;
        this.place = place;
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::addChild);
        }
    }

    private void addChild(NodeTuple tuple) {
        YamlNode key = new YamlNode(source, path, tuple.getKeyNode());
        if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
            throw key.error("a key must be a text; quote it");
        }
        String name = scalar.getValue();
        YamlNode child = new YamlNode(source, path.isEmpty() ? name : path + "." + name, tuple.getValueNode(), scalar);
        if (children.put(name, child) != null) {
            throw key.error("the key '" + name + "' stands twice; keep one of the two");
        }
    }

    @Override
    public Optional<ConfigNode> get(String key) {
        return Optional.<ConfigNode>ofNullable(mapping().get(key)).filter(child -> !((YamlNode) child).isNull());
    }

    @Override
    public ConfigNode require(String key) {
        return get(key).orElseThrow(() -> error("the key '" + key + "' is missing; add it"));
    }

    @Override
    public List<String> keys() {
        return List.copyOf(mapping().keySet());
    }

    private Map<String, YamlNode> mapping() {
        if (!(node instanceof MappingNode) && !isNull()) {
            throw error("a mapping (key: value) is expected here, not " + kind());
        }
        return children;
    }

    @Override
    public List<ConfigNode> items() {
        if (!(node instanceof SequenceNode list)) {
            throw error("a list is expected here, not " + kind() + "; write [a, b] or one '- a' a line");
        }
        return list.getValue().stream()
                .<ConfigNode>map(item -> new YamlNode(source, path, item))
                .toList();
    }

    @Override
    public boolean isList() {
        return node instanceof SequenceNode;
    }

    @Override
    public Object tree() {
        if (node instanceof MappingNode) {
            Map<String, Object> tree = new LinkedHashMap<>();
            children.forEach((key, child) -> tree.put(key, child.tree()));
            return tree;
        }
        if (isList()) {
            return items().stream().map(ConfigNode::tree).toList();
        }
        if (isNull()) {
            throw error("a value is expected here, not nothing");
        }
        if (node.getTag().equals(Tag.BOOL)) {
            return bool();
        }
        boolean isNumber = node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
        return isNumber ? (Object) decimal() : text();
    }

    private BigDecimal decimal() {
        try {
            return new BigDecimal(text());
        } catch (NumberFormatException e) {
            throw error("a decimal number is expected here, not '" + text() + "'; quote it if a text is meant");
        }
    }

    @Override
    public String text() {
        if (!(node instanceof ScalarNode scalar) || isNull()) {
            throw error("a text is expected here, not " + kind());
        }
        return source.texts().apply(scalar.getValue(), this);
    }

    @Override
    public int integer() {
        String text = text();
        try {
            return Integer.parseInt(text.replace("_", ""));
        } catch (NumberFormatException e) {
            throw error("a whole number is expected here, not '" + text + "'");
        }
    }

    @Override
    public double number() {
        String text = text();
        try {
            double number = Double.parseDouble(text.replace("_", ""));
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as for a number that is not finite.
        }
        throw error("a number is expected here, not '" + text + "'");
    }

    @Override
    public boolean bool() {
        String text = text();
        if (!text.equals("true") && !text.equals("false")) {
            throw error("true or false is expected here, not '" + text + "'");
        }
        return text.equals("true");
    }

    @Override
    public Duration duration() {
        String text = text();
        return Durations.parse(text)
                .orElseThrow(() -> error("a duration is expected here, such as 250ms, 10s, 5m, 2h or 1d, not '" + text
                        + "'; write the unit"));
    }

    @Override
    public Path path() {
        try {
            return Path.of(source.file()).resolveSibling(text());
        } catch (InvalidPathException e) {
            throw error("'" + text() + "' can't be a path (" + e.getReason() + ")");
        }
    }

    @Override
    public String where() {
        int line = place.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        return source.file() + ":" + line;
    }

    @Override
    public ConfigException error(String problemAndRemedy) {
        return new ConfigException(where() + ": " + (path.isEmpty() ? "" : path + ": ") + problemAndRemedy);
    }

    @Override
    public ConfigNode allowOnly(Set<String> known) {
        for (Map.Entry<String, YamlNode> entry : mapping().entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw entry.getValue()
                        .error("the key '" + entry.getKey() + "' is unknown; " + Nearest.remedy(entry.getKey(), known));
            }
        }
        return this;
    }

    private boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    private String kind() {
        if (node instanceof MappingNode) {
            return "a mapping";
        }
        return node instanceof SequenceNode ? "a list" : isNull() ? "nothing" : "a text";
    }
}
