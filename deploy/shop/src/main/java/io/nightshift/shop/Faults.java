package io.nightshift.shop;

import io.nightshift.shop.control.Controller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Brings real malfunctions into a running shop, each the way in which it comes into real ones. None is announced. */
public final class Faults {
    /** Cubic in the length of a text without an equals sign: the pattern that took a large network down in July 2019. */
    private static final String BACKTRACKING = ".*.*.*=.*";
    /** Seconds in which a journal that nobody cleans takes the volume at the normal detail. */
    private static final double SECONDS_TO_FULL = 650;

    private final ShopSettings settings;
    private final Home home;
    private final Controller controller;

    Faults(ShopSettings settings, Home home, Controller controller) {
        this.settings = settings;
        this.home = home;
        this.controller = controller;
    }

    /** A release that keeps something of each request, so that its heap is full after so many seconds; not rolled out yet. */
    public void buildLeaking(String service, String version, double seconds) throws IOException {
        build(service, version, "leak.seconds", String.valueOf(seconds));
    }

    /** A release that cannot handle so many of a hundred articles; not rolled out yet. */
    public void buildFailing(String service, String version, int ofHundred) throws IOException {
        build(service, version, "failing.of.hundred", String.valueOf(ofHundred));
    }

    private void build(String service, String version, String key, String value) throws IOException {
        write(home.artefact(service, version), Map.of(key, value));
    }

    /** A job of one instance holds the lock that each request needs, until its process ends. */
    public void reindex(String instance) throws IOException {
        disturb("reindex", Map.of("instance", instance), 0);
    }

    /** A job of each instance of a service takes a connection after another and gives none back. */
    public void leakConnections(String service, Duration untilAllAreGone) throws IOException {
        disturb("report", Map.of("service", service), (int) untilAllAreGone.toSeconds());
    }

    /** Somebody sets the journals of a service to be kept for ever, and to be so detailed that they are full after so long. */
    public void keepJournals(String service, Duration untilFull) throws IOException {
        double detail = Math.max(1, SECONDS_TO_FULL / untilFull.toSeconds());
        for (Fleet.Instance instance : settings.fleet().of(role(service))) {
            write(
                    home.journalConfiguration(instance.id()),
                    Map.of("keep.seconds", "31536000", "detail", String.valueOf(detail)));
        }
    }

    /** The automation for certificates installs one that is almost over. */
    public void installOldCertificate(Duration left) throws IOException, InterruptedException {
        Certificates.issue(settings.javaExecutable(), home.certificate("receipts"), left.toSeconds());
    }

    /** Somebody saves pricing rules each of which takes long to match. */
    public void saveCostlyRules(String service, int rules) throws IOException {
        Home.replace(home.pricingRules(role(service).service()), (BACKTRACKING + "\n").repeat(rules));
    }

    /** A feature is turned on for everybody. */
    public void turnOn(String service, String flag) throws IOException {
        Home.replace(home.flags(role(service).service()), flag + "\n");
    }

    /** What somebody does afterwards: the journals are kept and written as they always were. */
    public void keepJournalsAsBefore(String service) throws IOException {
        for (Fleet.Instance instance : settings.fleet().of(role(service))) {
            Files.deleteIfExists(home.journalConfiguration(instance.id()));
        }
    }

    /** What somebody does afterwards: the pricing rules are withdrawn. */
    public void withdrawRules(String service) throws IOException {
        Home.replace(home.pricingRules(role(service).service()), "");
    }

    /** What somebody does afterwards: every feature of a service is off. */
    public void turnOffAll(String service) throws IOException {
        Home.replace(home.flags(role(service).service()), "");
    }

    private void disturb(String kind, Map<String, String> where, int number) throws IOException {
        Controller.Answer answer = controller.disturb(kind, where, number);
        if (answer.exit() != 0) {
            throw new IOException(
                    "the fault could not be brought in: " + answer.text().trim());
        }
    }

    private static Role role(String service) {
        Optional<Role> role = Role.ofService(service);
        return role.orElseThrow(() -> new IllegalArgumentException("no service " + service));
    }

    private static void write(Path file, Map<String, String> values) throws IOException {
        Properties properties = new Properties();
        properties.putAll(values);
        try (var out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
    }
}
