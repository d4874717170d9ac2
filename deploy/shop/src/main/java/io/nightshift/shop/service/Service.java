package io.nightshift.shop.service;

import io.nightshift.shop.Home;
import io.nightshift.shop.Role;
import io.nightshift.shop.ShopSettings;
import java.io.IOException;

/** One running process of the shop. */
public final class Service {
    private Service() {}

    /** Opens the service's door; it is ready when this returns. Ends with the process. */
    public static void start(Home home, Role role, String instance, String version, int port) throws IOException {
        ShopSettings settings = ShopSettings.read(home);
        Telemetry telemetry = Telemetry.start(new Identity(role, instance, version), settings.otlpEndpoint());
        Journal journal = new Journal(telemetry.logger());
        Door door = new Door(port, role.threads(), telemetry, journal);
        IndexLock index = new IndexLock(journal);
        Controls controls = new Controls(home, door, telemetry, new Jobs(journal, door.vitals(), index));
        Release release = Release.of(home, settings, role, version);
        Trade trade = new Trade(home, door, telemetry, journal, release, index);
        double rate = role.requestsOf(settings.ratePerSecond(), settings.fleet());
        switch (role) {
            case GATEWAY -> trade.gateway();
            case ORDERS -> trade.orders();
            case INVENTORY -> trade.inventory(new Volume(home, instance, rate, telemetry.meter()));
            case STORE -> trade.store(home.data().resolve(instance));
            case PAYMENTS -> trade.payments(new Volume(home, instance, rate, telemetry.meter()));
        }
        door.open();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            door.close();
            telemetry.lastWords();
        }));
        controls.ready();
        journal.info(instance + " " + version + " is ready");
    }
}
