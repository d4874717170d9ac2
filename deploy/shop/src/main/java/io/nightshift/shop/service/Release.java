package io.nightshift.shop.service;

import io.nightshift.shop.Home;
import io.nightshift.shop.Role;
import io.nightshift.shop.ShopSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** What the artefact of a release brings beside the ordinary code of its service: mostly nothing. */
final class Release {
    private final Optional<AuditTrail> trail;
    private final int failingOfHundred;

    private Release(Optional<AuditTrail> trail, int failingOfHundred) {
        this.trail = trail;
        this.failingOfHundred = failingOfHundred;
    }

    static Release of(Home home, ShopSettings settings, Role role, String version) throws IOException {
        Path artefact = home.artefact(role.service(), version);
        Properties built = new Properties();
        if (Files.exists(artefact)) {
            try (var in = Files.newBufferedReader(artefact)) {
                built.load(in);
            }
        }
        Optional<AuditTrail> trail = Optional.ofNullable(built.getProperty("leak.seconds"))
                .map(seconds -> new AuditTrail(
                        Double.parseDouble(seconds), role.requestsOf(settings.ratePerSecond(), settings.fleet())));
        return new Release(trail, Integer.parseInt(built.getProperty("failing.of.hundred", "0")));
    }

    /** The handler as this release has it. */
    Door.Handler of(Door.Handler handler) {
        return article -> {
            if (Math.floorMod(article.hashCode() * 31, 100) < failingOfHundred) {
                throw new IllegalStateException("no minor unit for the currency of " + article);
            }
            Reply reply = handler.handle(article);
            trail.ifPresent(kept -> kept.keep(article));
            return reply;
        };
    }
}
