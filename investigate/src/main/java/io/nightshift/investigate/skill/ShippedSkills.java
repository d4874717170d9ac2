package io.nightshift.investigate.skill;

import io.nightshift.investigate.domain.skill.Skill;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The skills that come with Nightshift. A jar can't list its folders, so their names stand here. */
public final class ShippedSkills {

    static final List<String> NAMES = List.of(
            "bad-deployment",
            "cache-stampede",
            "certificate-expiry",
            "connection-pool-exhaustion",
            "cpu-saturation",
            "dependency-failure",
            "disk-filling",
            "memory-leak",
            "network-fault",
            "noisy-neighbour",
            "queue-backlog",
            "traffic-surge");

    private ShippedSkills() {}

    public static List<SkillText> texts() {
        return NAMES.stream()
                .map(name -> new SkillText(
                        Skill.SHIPPED + "/" + name,
                        name,
                        bytes(name + "/" + SkillText.SKILL_FILE),
                        Optional.of(bytes(name + "/" + SkillText.CASES_FILE)),
                        Skill.SHIPPED))
                .toList();
    }

    private static byte[] bytes(String file) {
        try (InputStream in = ShippedSkills.class.getResourceAsStream("/skills/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the skill " + file + " is missing in this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
