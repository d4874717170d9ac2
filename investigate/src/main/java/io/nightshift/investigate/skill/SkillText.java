package io.nightshift.investigate.skill;

import io.nightshift.runtime.config.ConfigException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A skill's files as they were read, before anything in them is believed.
 *
 * @param place its folder, for messages
 * @param folder name of its folder, which the skill's name must equal
 * @param skill bytes of {@code SKILL.md}
 * @param cases bytes of {@code cases.yaml}, when there is one
 * @param origin as {@link io.nightshift.investigate.domain.skill.Skill#origin()}
 */
public record SkillText(String place, String folder, byte[] skill, Optional<byte[]> cases, String origin) {

    static final String SKILL_FILE = "SKILL.md";
    static final String CASES_FILE = "cases.yaml";

    /** Greatest size of either file. */
    static final int MAX_BYTES = 64 << 10;

    /** What errors in {@code SKILL.md} call it. */
    String skillFile() {
        return place + "/" + SKILL_FILE;
    }

    String casesFile() {
        return place + "/" + CASES_FILE;
    }

    /**
     * @throws ConfigException when the bytes are not UTF-8
     */
    static String decoded(String file, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ConfigException(file + ": not UTF-8; save it as UTF-8", e);
        }
    }
}
