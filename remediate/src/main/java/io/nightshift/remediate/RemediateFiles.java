package io.nightshift.remediate;

import io.nightshift.remediate.domain.PlaybookFit;
import io.nightshift.remediate.domain.PolicyException;
import io.nightshift.remediate.domain.playbook.Playbooks;
import io.nightshift.remediate.playbook.PlaybookLibrary;
import io.nightshift.remediate.policy.CedarPolicy;
import io.nightshift.remediate.policy.PolicyText;
import io.nightshift.runtime.config.ConfigException;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.schemas.signing.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files that the settings name.
 *
 * @param config the section, for saying where a mistake stands
 * @param folder the stage's own
 */
record RemediateFiles(ConfigNode config, Path folder, RemediateSettings settings) {

    private static final Logger LOG = LoggerFactory.getLogger(RemediateFiles.class);

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

    /**
     * Shipped and own, each fit for the services that declare it. What replaces a shipped one is said aloud: it was read by
     * fewer people.
     */
    Playbooks playbooks(Inventory inventory) {
        PlaybookLibrary library = PlaybookLibrary.read(settings.playbooks());
        library.replaced()
                .forEach(name -> LOG.warn(
                        "The playbook {} of {} stands in place of the shipped one",
                        name,
                        settings.playbooks().orElseThrow()));
        PlaybookFit.of(library.playbooks(), inventory).stream().findFirst().ifPresent(misfit -> {
            throw new ConfigException("inventory: " + misfit + "; mend it, or remove the playbook from the service;"
                    + " ./nightshift playbooks check lists all of these");
        });
        return library.playbooks();
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
