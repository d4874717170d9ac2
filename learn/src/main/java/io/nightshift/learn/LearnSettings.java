package io.nightshift.learn;

import io.nightshift.learn.domain.TrustSettings;
import io.nightshift.runtime.config.ConfigNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What an installation chooses about learning: the section {@code learn}.
 *
 * @param trustedKeys file or folder of public keys whose word counts; empty for those that remediate trusts
 * @param trust how trust is earned
 */
public record LearnSettings(Optional<Path> trustedKeys, TrustSettings trust) {

    private static final Set<String> KEYS = Set.of("trustedKeys", "trust");
    private static final Set<String> TRUST = Set.of("halfLife", "supervised", "full", "shadow", "drill", "promotion");

    /** @throws io.nightshift.runtime.config.ConfigException naming the place and the remedy */
    public static LearnSettings from(ConfigNode config) {
        config.allowOnly(KEYS);
        ConfigNode node = config.section("trust").allowOnly(TRUST);
        TrustSettings usual = TrustSettings.usual();
        TrustSettings trust = new TrustSettings(
                positive(node, "halfLife", usual.halfLife()),
                inside(node, "supervised", usual.supervised()),
                inside(node, "full", usual.full()),
                share(node, "shadow", usual.shadowWeight()),
                share(node, "drill", usual.drillWeight()),
                positive(node, "promotion", usual.promotionValid()));
        if (trust.full() < trust.supervised()) {
            throw node.error("full (" + trust.full() + ") is below supervised (" + trust.supervised()
                    + "); level 5 must not be easier to earn than level 4");
        }
        return new LearnSettings(config.get("trustedKeys").map(ConfigNode::path), trust);
    }

    private static Duration positive(ConfigNode node, String key, Duration fallback) {
        Duration value = node.duration(key, fallback);
        if (value.isZero()) {
            throw node.error(key + " is more than nothing; write a duration such as 90d");
        }
        return value;
    }

    private static double inside(ConfigNode node, String key, double fallback) {
        double value = node.number(key, fallback);
        if (!(value > 0 && value < 1)) {
            throw node.error(key + " is a share that must be proven; give a number above 0 and below 1");
        }
        return value;
    }

    private static double share(ConfigNode node, String key, double fallback) {
        double value = node.number(key, fallback);
        if (!(value >= 0 && value <= 1)) {
            throw node.error(key + " is a weight beside a held outcome's 1; give a number from 0 to 1");
        }
        return value;
    }
}
