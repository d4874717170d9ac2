package io.nightshift.shop.keeper;

import io.nightshift.shop.Certificates;
import io.nightshift.shop.Home;
import io.nightshift.shop.Quota;
import io.nightshift.shop.Role;
import io.nightshift.shop.ShopSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** What is done to the files beside the processes: journals, certificates, flags. */
final class Upkeep {
    /** One rule under two names: whoever frees disk by the default rule need not know what is kept here. */
    private static final Set<String> RULES = Set.of("rotated-journals", "default");

    private static final String CERTIFICATE = "receipts";

    private final Home home;
    private final ShopSettings settings;

    Upkeep(Home home, ShopSettings settings) {
        this.home = home;
        this.settings = settings;
    }

    /** Deletes what the rule names, and only that: journals of the instance that nothing is written to any more. */
    void freeDisk(String instance, String rule) throws IOException {
        Path volume = home.volume(instance);
        if (!RULES.contains(rule)) {
            throw new IOException("no rule " + rule + "; there is rotated-journals, which is also the default");
        }
        if (!Files.isDirectory(volume)) {
            throw new IOException(instance + " has no volume");
        }
        for (Path journal : Quota.rotated(volume)) {
            Files.deleteIfExists(journal);
        }
    }

    /** Puts a new key and certificate, valid for 90 days, in place of the old one; the service takes it up by itself. */
    void rotateCertificate(Role role, String certificate) throws IOException, InterruptedException {
        if (role != Role.PAYMENTS || !certificate.equals(CERTIFICATE)) {
            throw new IOException(role.service() + " has no certificate " + certificate);
        }
        Certificates.issue(
                settings.javaExecutable(), home.certificate(certificate), TimeUnit.DAYS.toSeconds(Certificates.DAYS));
    }

    void flag(Role role, String flag, boolean on) throws IOException {
        Path file = home.flags(role.service());
        Set<String> flags = new TreeSet<>(Files.exists(file) ? Files.readAllLines(file) : List.of());
        boolean isNews = on ? flags.add(flag) : flags.remove(flag);
        if (!isNews) {
            throw new IOException(
                    "the flag " + flag + " of " + role.service() + " is " + (on ? "on" : "off") + " already");
        }
        Home.replace(file, String.join("\n", flags) + "\n");
    }
}
