package io.nightshift.shop.service;

import io.nightshift.shop.Home;
import io.nightshift.shop.Role;
import io.nightshift.shop.ShopSettings;
import java.io.IOException;
import java.util.Optional;

/** One running process of the shop. */
public final class Service {
    private static final String LEAKING_RELEASE = "2.4.0";

    private Service() {}

    /** Opens the service's door; it is ready when this returns. Ends with the process. */
    public static void start(Home home, Role role, String instance, String version, int port) throws IOException {
        ShopSettings settings = ShopSettings.read(home);
        Telemetry telemetry = Telemetry.start(new Identity(role, instance, version), settings.otlpEndpoint());
        Journal journal = new Journal(telemetry.logger());
        Door door = new Door(port, role.threads(), telemetry, journal);
        Controls controls = new Controls(home, door, telemetry, journal);
        Trade trade = new Trade(home, door, telemetry, journal);
        switch (role) {
            case GATEWAY -> trade.gateway();
            case ORDERS -> trade.orders();
            case INVENTORY -> trade.inventory(auditTrail(version, settings));
            case STORE -> trade.store(home.data().resolve(instance));
            case PAYMENTS -> trade.payments();
        }
        door.open();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            door.close();
            telemetry.lastWords();
        }));
        controls.ready();
        journal.info(instance + " " + version + " is ready");
    }

    private static Optional<AuditTrail> auditTrail(String version, ShopSettings settings) {
        // both instances share the load evenly
        return version.equals(LEAKING_RELEASE)
                ? Optional.of(new AuditTrail(settings.leakSeconds(), settings.ratePerSecond() / 2.0))
                : Optional.empty();
    }
}
