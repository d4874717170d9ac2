package io.nightshift.investigate.skill;

import io.nightshift.runtime.config.ConfigNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which skills are read besides the shipped ones, section {@code investigate.skills}.
 *
 * @param folders skills' folders, or folders of them
 * @param pins by a skill's name, what its file must be
 */
public record SkillSettings(List<Path> folders, Map<String, Pin> pins) {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /**
     * @param sha256 lower-case hex
     * @param where file and line of the pin, for messages
     */
    public record Pin(String sha256, String where) {}

    public SkillSettings {
        folders = List.copyOf(folders);
        pins = Map.copyOf(pins);
    }

    public static SkillSettings none() {
        return new SkillSettings(List.of(), Map.of());
    }

    /**
     * @throws io.nightshift.runtime.config.ConfigException naming file, line and remedy
     */
    public static SkillSettings from(ConfigNode node) {
        node.allowOnly(Set.of("folders", "pin"));
        List<Path> folders = node.get("folders")
                .map(list -> list.items().stream().map(ConfigNode::path).toList())
                .orElse(List.of());
        Map<String, Pin> pins = new TreeMap<>();
        ConfigNode pinned = node.section("pin");
        for (String name : pinned.keys()) {
            ConfigNode pin = pinned.require(name);
            if (!SHA256.matcher(pin.text()).matches()) {
                throw pin.error("a SHA-256 has 64 lower-case hexadecimal digits; ./nightshift skills list prints it");
            }
            pins.put(name, new Pin(pin.text(), pin.where()));
        }
        return new SkillSettings(folders, pins);
    }
}
