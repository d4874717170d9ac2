package io.nightshift.investigate.skill;

import io.nightshift.events.ActionKind;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.CauseClass;
import io.nightshift.investigate.domain.measure.SignKind;
import io.nightshift.investigate.domain.skill.Skill;
import io.nightshift.investigate.domain.skill.SkillFit;
import io.nightshift.runtime.config.ConfigException;
import io.nightshift.runtime.config.ConfigFile;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.EmptyConfig;
import io.nightshift.runtime.config.Nearest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads a {@code SKILL.md} of the Agent Skills format (agentskills.io): YAML front matter, then Markdown. What Nightshift
 * matches by stands under {@code metadata}, where the format leaves room for others' keys; all values there are strings, and
 * several are separated by commas.
 */
final class SkillFile {

    static final String CAUSES = "nightshift-causes";
    static final String EVIDENCE = "nightshift-evidence";
    static final String ANOMALIES = "nightshift-anomalies";
    static final String METRICS = "nightshift-metrics";
    static final String LOGS = "nightshift-logs";
    static final String SERVICES = "nightshift-services";
    static final String ACTIONS = "nightshift-actions";
    static final String DRAFT = "nightshift-draft";

    private static final Set<String> OURS =
            Set.of(CAUSES, EVIDENCE, ANOMALIES, METRICS, LOGS, SERVICES, ACTIONS, DRAFT);
    private static final String PREFIX = "nightshift-";
    private static final Set<String> FORMAT =
            Set.of("name", "description", "license", "compatibility", "metadata", "allowed-tools");

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern LINES = Pattern.compile("\r\n|\r|\n");
    private static final String FENCE = "---";
    private static final int NAME_LENGTH = 64;
    private static final int DESCRIPTION_LENGTH = 1_024;
    private static final int COMPATIBILITY_LENGTH = 500;
    private static final int LIST_LENGTH = 50;
    private static final int SHORTEST_PHRASE = 4;

    private final SkillText text;
    private final ConfigNode front;
    private final ConfigNode metadata;
    private final String body;

    private SkillFile(SkillText text) {
        this.text = text;
        String content = SkillText.decoded(text.skillFile(), text.skill());
        List<String> lines = List.of(LINES.split(content.startsWith("\uFEFF") ? content.substring(1) : content, -1));
        if (!lines.get(0).strip().equals(FENCE)) {
            throw error(
                    1, "a skill begins with YAML between two lines ---; write --- first, then name and description");
        }
        int end = lines.subList(1, lines.size()).indexOf(FENCE) + 1;
        if (end == 0) {
            throw error(1, "the front matter has no end; write a line --- after it");
        }
        // An empty line stands for the first ---, so that errors name the lines of the file.
        this.front = ConfigFile.literal(text.skillFile(), "\n" + String.join("\n", lines.subList(1, end)));
        if (front == EmptyConfig.INSTANCE) {
            throw error(1, "the front matter is empty; write name and description");
        }
        this.metadata = front.allowOnly(FORMAT).section("metadata");
        this.body = String.join("\n", lines.subList(end + 1, lines.size())).strip();
        if (body.isEmpty()) {
            throw error(end + 1, "nothing follows the front matter; write what to check and what may help");
        }
    }

    /**
     * @throws ConfigException naming file, line, what is wrong and the remedy
     */
    static Skill parse(SkillText text) {
        return new SkillFile(text).skill();
    }

    private Skill skill() {
        String name = name();
        bounded("license", DESCRIPTION_LENGTH);
        bounded("compatibility", COMPATIBILITY_LENGTH);
        checkMetadata();
        SkillFit fit = new SkillFit(
                Set.copyOf(constants(CAUSES, CauseClass.class, "cause class")),
                Set.copyOf(constants(EVIDENCE, SignKind.class, "kind of evidence")),
                Set.copyOf(constants(ANOMALIES, AnomalyKind.class, "kind of anomaly")),
                phrases(METRICS),
                phrases(LOGS),
                list(SERVICES));
        return new Skill(
                name,
                bounded("description", DESCRIPTION_LENGTH)
                        .orElseThrow(() -> front.error("the key 'description' is missing; say what the skill is for and"
                                + " when it applies")),
                body,
                fit,
                constants(ACTIONS, ActionKind.class, "action of the catalogue"),
                metadata.bool(DRAFT, false),
                digest(text.skill()),
                text.origin());
    }

    private String name() {
        ConfigNode node = front.require("name");
        String name = node.text();
        if (name.length() > NAME_LENGTH || !NAME.matcher(name).matches()) {
            throw node.error("a name has 1 to 64 lower-case letters, digits and single hyphens between them, such as"
                    + " memory-leak");
        }
        if (!name.equals(text.folder())) {
            throw node.error(
                    "the skill's name and its folder's differ ('" + text.folder() + "'); rename one of the two");
        }
        return name;
    }

    private Optional<String> bounded(String key, int length) {
        Optional<ConfigNode> node = front.get(key);
        node.map(ConfigNode::text)
                .filter(value -> value.isBlank() || value.length() > length)
                .ifPresent(value -> {
                    throw node.get()
                            .error("1 to " + length + " characters are expected here, not " + value.length()
                                    + "; shorten it, or leave the key out");
                });
        return node.map(ConfigNode::text).map(String::strip);
    }

    /** Keys of others are their own matter; ours must be known, and all values strings. */
    private void checkMetadata() {
        for (String key : metadata.keys()) {
            metadata.get(key).ifPresent(node -> {
                if (key.startsWith(PREFIX) && !OURS.contains(key)) {
                    throw node.error("the key '" + key + "' is unknown; " + Nearest.remedy(key, OURS));
                }
                if (node.isList()) {
                    throw node.error("values under metadata are strings; write several in one, with commas between");
                }
                node.text();
            });
        }
    }

    private List<String> list(String key) {
        Optional<ConfigNode> node = metadata.get(key);
        List<String> values = node.map(ConfigNode::text).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
        if (values.size() > LIST_LENGTH) {
            throw node.orElseThrow()
                    .error("at most " + LIST_LENGTH + " values are read here, not " + values.size() + "; keep the"
                            + " most telling ones");
        }
        return values;
    }

    /** Words that are looked for in names and lines; a very short one would be found anywhere. */
    private List<String> phrases(String key) {
        List<String> phrases = list(key);
        phrases.stream()
                .filter(phrase -> key.equals(LOGS) ? phrase.length() < SHORTEST_PHRASE : phrase.equals("*"))
                .findFirst()
                .ifPresent(phrase -> {
                    throw metadata.require(key)
                            .error("'" + phrase + "' would fit nearly everything; write a longer phrase");
                });
        return phrases;
    }

    private <E extends Enum<E>> List<E> constants(String key, Class<E> type, String what) {
        Set<String> known = Arrays.stream(type.getEnumConstants())
                .map(Enum::name)
                .filter(name -> !name.equals("UNKNOWN") && !name.equals("NO_CULPRIT"))
                .collect(Collectors.toCollection(TreeSet::new));
        return list(key).stream()
                .map(value -> {
                    String name = value.toUpperCase(Locale.ROOT).replace('-', '_');
                    if (!known.contains(name)) {
                        throw metadata.require(key)
                                .error("'" + value + "' is no " + what + "; " + Nearest.remedy(name, known));
                    }
                    return Enum.valueOf(type, name);
                })
                .distinct()
                .toList();
    }

    private ConfigException error(int line, String problemAndRemedy) {
        return new ConfigException(text.skillFile() + ":" + line + ": " + problemAndRemedy);
    }

    static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
