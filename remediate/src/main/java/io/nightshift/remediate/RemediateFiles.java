package io.nightshift.remediate;

import io.nightshift.remediate.policy.PolicyBook;
import io.nightshift.remediate.policy.PolicyException;
import io.nightshift.remediate.policy.PolicyText;
import io.nightshift.runtime.config.ConfigException;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.schemas.signing.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads the files that the settings name.
 *
 * @param config the section, for saying where a mistake stands
 * @param folder the stage's own
 */
record RemediateFiles(ConfigNode config, Path folder, RemediateSettings settings) {

    PolicyBook policy() {
        try {
            return new PolicyBook(
                    settings.policy().isEmpty()
                            ? PolicyText.cautious()
                            : new PolicyText(
                                    settings.policy().get(),
                                    Files.readString(Path.of(settings.policy().get()))));
        } catch (PolicyException e) {
            throw new ConfigException(e.getMessage(), e);
        } catch (IOException e) {
            throw config.error("the policy file " + settings.policy().get() + " can't be read ("
                    + e.getClass().getSimpleName()
                    + "); correct remediate.policy or remove it to use the built-in cautious policy");
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
