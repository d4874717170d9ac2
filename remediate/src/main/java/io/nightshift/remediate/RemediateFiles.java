package io.nightshift.remediate;

import io.nightshift.remediate.domain.PolicyException;
import io.nightshift.remediate.policy.CedarPolicy;
import io.nightshift.remediate.policy.PolicyText;
import io.nightshift.runtime.config.ConfigException;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.schemas.signing.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Reads the files that the settings name.
 *
 * @param config the section, for saying where a mistake stands
 * @param folder the stage's own
 */
record RemediateFiles(ConfigNode config, Path folder, RemediateSettings settings) {

    /** The policy that is configured, as text. */
    PolicyText policyText() {
        if (settings.policy().isEmpty()) {
            return settings.profile().policy();
        }
        Path file = settings.policy().get();
        try {
            return new PolicyText(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw config.error("the policy file " + file + " can't be read ("
                    + e.getClass().getSimpleName()
                    + "); correct remediate.policy or remove it to use the built-in "
                    + settings.profile().name().toLowerCase(Locale.ROOT) + " policy");
        }
    }

    CedarPolicy policy() {
        try {
            return policyText().load();
        } catch (PolicyException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }

    /** Leaves the configured policy where the command line finds it. */
    void showPolicy() {
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve(RemediateSettings.CONFIGURED_POLICY),
                    policyText().text());
        } catch (IOException e) {
            throw config.error("the folder " + folder + " can't be written to (" + e.getMessage()
                    + "); make it writable for the user that runs Nightshift");
        }
    }

    /** Without trusted keys nobody can approve or resume; halting still works. */
    TrustedKeys trustedKeys() {
        Path keys = folder.resolve(settings.trustedKeys().orElse(RemediateSettings.TRUSTED_KEYS));
        if (settings.trustedKeys().isEmpty() && Files.notExists(keys)) {
            return TrustedKeys.none();
        }
        try {
            return TrustedKeys.read(keys);
        } catch (IOException e) {
            throw config.error("the trusted keys can't be read: " + e.getMessage()
                    + "; correct remediate.trustedKeys, a .pub file or a folder of them");
        }
    }
}
