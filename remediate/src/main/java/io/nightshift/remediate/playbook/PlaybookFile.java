package io.nightshift.remediate.playbook;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.remediate.domain.playbook.Batches;
import io.nightshift.remediate.domain.playbook.Parameter;
import io.nightshift.remediate.domain.playbook.Playbook;
import io.nightshift.remediate.domain.playbook.PlaybookStep;
import io.nightshift.runtime.config.ConfigException;
import io.nightshift.runtime.config.ConfigFile;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.inventory.Names;
import io.nightshift.schemas.CauseHash;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads one playbook, whole or not at all. Nothing of the environment gets into it, and nothing in it is run: its steps name
 * actions of the catalogue, and what performs these stands in the inventory.
 */
public final class PlaybookFile {

    private static final Set<String> KEYS =
            Set.of("name", "version", "description", "against", "level", "arguments", "batches", "steps", "finally");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,63}");

    /** Asks people, wherever it is used. */
    private static final int CAUTIOUS = 3;

    private PlaybookFile() {}

    /** @throws ConfigException naming file, line, reason and remedy */
    static Playbook parse(PlaybookText text) {
        ConfigNode root = ConfigFile.literal(text.file(), decoded(text)).allowOnly(KEYS);
        String name = name(root, text);
        Set<CauseClass> against = against(root);
        List<Parameter> parameters = parameters(root);
        StepReader reader = new StepReader(parameters, batches(root, Batches.ONE_BY_ONE));
        List<PlaybookStep> steps = reader.read(root);
        checkSurge(root, against, steps);
        return new Playbook(
                name,
                root.require("version").text(),
                root.require("description").text(),
                against,
                level(root),
                parameters,
                steps,
                CauseHash.sha256(text.bytes()),
                text.origin(),
                text.file());
    }

    /** How instances are taken, where the place says so. */
    static Batches batches(ConfigNode node, Batches fallback) {
        ConfigNode batches = node.section("batches").allowOnly(Set.of("canary", "size"));
        String size = batches.text("size", String.valueOf(fallback.size()) + (fallback.percent() ? "%" : ""));
        if (!size.matches("[1-9][0-9]{0,2}%?") || size.endsWith("%") && size.length() > 3 && !size.equals("100%")) {
            throw batches.require("size")
                    .error("a batch has 1 or more instances, or 1% to 100% of them; not '" + size + "'");
        }
        int canary = batches.integer("canary", fallback.canary());
        if (canary < 1) {
            throw batches.require("canary").error("the canary is at least one instance, not " + canary);
        }
        return new Batches(canary, Integer.parseInt(size.replace("%", "")), size.endsWith("%"));
    }

    private static String decoded(PlaybookText text) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text.bytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ConfigException(text.file() + ": not UTF-8; save it as UTF-8", e);
        }
    }

    private static String name(ConfigNode root, PlaybookText text) {
        ConfigNode name = root.require("name");
        if (!NAME.matcher(name.text()).matches()) {
            throw name.error(
                    "'" + name.text() + "' is no playbook's name; write lower case letters, digits and dashes");
        }
        if (!name.text().equals(text.name())) {
            throw name.error("the playbook " + name.text() + " stands in a file called " + text.name()
                    + "; call both the same, so that the name finds the file");
        }
        return name.text();
    }

    private static Set<CauseClass> against(ConfigNode root) {
        ConfigNode list = root.require("against");
        Set<CauseClass> causes = EnumSet.noneOf(CauseClass.class);
        for (ConfigNode item : list.items()) {
            CauseClass cause = Names.of(CauseClass.class, item.text(), item);
            if (cause == CauseClass.NO_CULPRIT) {
                throw item.error("where there is no culprit there is nothing to repair; name a cause");
            }
            if (!causes.add(cause)) {
                throw item.error(cause + " stands twice; remove one");
            }
        }
        if (causes.isEmpty()) {
            throw list.error("the list is empty, and empty never means all; name the causes that it helps against");
        }
        return causes;
    }

    private static int level(ConfigNode root) {
        int level = root.integer("level", CAUTIOUS);
        if (level < 1 || level > 5) {
            throw root.require("level")
                    .error("the highest autonomy level must be 1 to 5 (3 asks people wherever it is used), not "
                            + level);
        }
        return level;
    }

    private static List<Parameter> parameters(ConfigNode root) {
        List<Parameter> parameters = new ArrayList<>();
        ConfigNode declared = root.section("arguments");
        for (String name : declared.keys()) {
            ConfigNode place = declared.require(name);
            if (!PARAMETER.matcher(name).matches()
                    || name.equals(ActionKind.PLAYBOOK.name().toLowerCase(Locale.ROOT))) {
                throw place.error("an argument can't be called so; write letters and digits, and not 'playbook'");
            }
            place.allowOnly(Set.of("required", "default"));
            boolean required = place.bool("required", false);
            if (required && place.get("default").isPresent()) {
                throw place.error("what is required needs no default; remove one of the two");
            }
            parameters.add(new Parameter(name, required, place.get("default").map(ConfigNode::text)));
        }
        return parameters;
    }

    /** More requests than usual are no fault of a process. */
    private static void checkSurge(ConfigNode root, Set<CauseClass> against, List<PlaybookStep> steps) {
        boolean onlyScales = steps.stream().allMatch(step -> step.action() == ActionKind.SCALE);
        if (against.contains(CauseClass.TRAFFIC_SURGE) && !onlyScales) {
            throw root.require("against")
                    .error("a surge of traffic is answered by SCALE and nothing else; remove TRAFFIC_SURGE, or the"
                            + " other steps");
        }
    }
}
