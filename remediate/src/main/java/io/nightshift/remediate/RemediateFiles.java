package io.nightshift.remediate;

import io.nightshift.remediate.domain.PlaybookFit;
import io.nightshift.remediate.domain.playbook.Playbooks;
import io.nightshift.remediate.playbook.PlaybookLibrary;
import io.nightshift.remediate.policy.PolicyBook;
import io.nightshift.remediate.policy.PolicyException;
import io.nightshift.remediate.policy.PolicyText;
import io.nightshift.runtime.config.ConfigException;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.schemas.signing.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
