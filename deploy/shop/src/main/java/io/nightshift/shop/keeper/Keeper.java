package io.nightshift.shop.keeper;

import io.nightshift.shop.Home;
import io.nightshift.shop.ShopSettings;
import java.io.IOException;

/** The shop's process manager: parent of every process that serves. */
public final class Keeper {

    private Keeper() {}

    /** Starts every service, then opens the control API; ends with the process. */
    public static void start(Home home) throws IOException {
        ShopSettings settings = ShopSettings.read(home);
        Floor floor = new Floor(home, settings);
        Runtime.getRuntime().addShutdownHook(new Thread(floor::endAll));
        Ledger ledger = new Ledger(home.ledger());
        floor.openAll();
        // an open control API says that the whole shop is ready
        new ControlApi(floor, new Actions(floor, ledger, new Upkeep(home, settings)), home.secret())
                .open(settings.fleet().keeperPort());
    }
}
