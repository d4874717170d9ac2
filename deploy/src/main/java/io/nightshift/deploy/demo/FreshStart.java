package io.nightshift.deploy.demo;

import io.nightshift.deploy.home.Installation;
import io.nightshift.deploy.pipeline.StageName;
import io.nightshift.deploy.run.Doors;
import io.nightshift.deploy.run.NightshiftSettings;
import io.nightshift.embedded.registry.EmbeddedRegistry;
import io.nightshift.shop.ShopSettings;
import java.util.EnumSet;
import java.util.List;

/** Empties the demo's folder, but only once it is known that a new demo can begin: what the last one left may be looked at. */
final class FreshStart {

    private FreshStart() {}

    /** @throws io.nightshift.deploy.home.StartException when the folder is not a demo's or a port is taken; nothing is removed */
    static void in(DemoSettings demo) {
        Installation installation = Installation.open(demo.folder());
        installation.refuseUnlessADemos();
        EmbeddedRegistry.endLeftOver(installation.registry());
        NightshiftSettings settings = DemoFiles.settings(installation, demo);
        Doors.of(settings, EnumSet.allOf(StageName.class))
                .andEmbedded(settings.embedded())
                .and(shop(demo))
                .check("; nothing was removed from " + demo.folder());
        installation.beginAnew();
    }

    private static List<Doors.Door> shop(DemoSettings demo) {
        return ShopSettings.in(demo.folder()).fleet().ports().stream()
                .map(port -> new Doors.Door("the shop", "127.0.0.1", port, ""))
                .toList();
    }
}
