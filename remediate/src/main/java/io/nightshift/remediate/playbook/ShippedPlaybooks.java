package io.nightshift.remediate.playbook;

import io.nightshift.remediate.domain.playbook.Playbook;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The playbooks that come with Nightshift. A jar can't list its folders, so their names stand here. */
final class ShippedPlaybooks {

    static final List<String> NAMES = List.of(
            "bad-release", "certificate-expiry", "connection-pool", "disk-filling", "memory-leak", "slow-dependency");

    private ShippedPlaybooks() {}

    static List<PlaybookText> texts() {
        return NAMES.stream()
                .map(name -> new PlaybookText(
                        Playbook.SHIPPED + "/" + name + ".yaml", name, bytes(name + ".yaml"), Playbook.SHIPPED))
                .toList();
    }

    private static byte[] bytes(String file) {
        try (InputStream in = ShippedPlaybooks.class.getResourceAsStream("/playbooks/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the playbook " + file + " is missing in this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
