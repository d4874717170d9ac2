package io.nightshift.deploy.cli;

import io.nightshift.deploy.home.StartException;
import io.nightshift.remediate.RemediateSettings;
import io.nightshift.remediate.domain.PolicyChanges;
import io.nightshift.remediate.policy.CedarPolicy;
import io.nightshift.remediate.policy.PolicyText;
import io.nightshift.remediate.worker.PolicyWatch;
import io.nightshift.schemas.signing.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The policy of an installation as it is now: what is configured, and what people have put in its place, by the same rules. */
final class PolicyNow implements AutoCloseable {

    private final PolicyText configured;
    private final String base;
    private final PolicyWatch watch;

    private PolicyNow(PolicyText configured, String base, PolicyWatch watch) {
        this.configured = configured;
        this.base = base;
        this.watch = watch;
    }

    /** @throws StartException when remediate has not run here, or Kafka does not answer */
    static PolicyNow of(Client client) {
        Path folder = client.installation().stage("remediate");
        Path file = folder.resolve(RemediateSettings.CONFIGURED_POLICY);
        if (!Files.exists(file)) {
            throw new StartException("no policy is configured in " + folder
                    + ": remediate has not run there; use the folder of the installation that runs it (--folder)");
        }
        try {
            PolicyText configured = new PolicyText(file.toString(), Files.readString(file));
            CedarPolicy policy = configured.load();
            Path trusted = client.installation().trustedKeys();
            TrustedKeys keys = Files.exists(trusted) ? TrustedKeys.read(trusted) : TrustedKeys.none();
            PolicyNow now = new PolicyNow(
                    configured,
                    policy.version(),
                    PolicyWatch.on(client.kafka(), client.topics(), PolicyText.changes(policy, keys)));
            now.read();
            return now;
        } catch (IOException e) {
            throw new StartException(
                    "the policy or the trusted keys in " + folder + " can't be read: " + e.getMessage(), e);
        }
    }

    private void read() {
        watch.read().ifPresent(fault -> {
            throw new StartException("the controls can't be read: " + fault);
        });
    }

    /** Version of the configured policy. */
    String base() {
        return base;
    }

    String version() {
        return watch.version();
    }

    PolicyText text() {
        return watch.text()
                .map(text -> new PolicyText("the policy in force", text))
                .orElse(configured);
    }

    Optional<PolicyChanges.Open> open() {
        return watch.open();
    }

    /** What became of a control record that was written. */
    Optional<PolicyChanges.Heard> answer(String controlId) {
        read();
        return watch.answer(controlId);
    }

    @Override
    public void close() {
        watch.close();
    }
}
