package io.nightshift.deploy.demo;

import io.nightshift.shop.Shop;
import io.nightshift.shop.ShopSettings;
import io.nightshift.shop.load.LoadStats;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The shop alone, with the same fault and the same load: what happens when nobody watches. */
final class ControlArm {

    private ControlArm() {}

    /** Plays the leak for so long after the rollout and returns what users saw. */
    static LoadStats.View play(DemoSettings demo, Duration sinceFault) throws IOException, InterruptedException {
        ShopSettings settings =
                ShopSettings.in(demo.folder().resolve("control-shop")).withLeakSeconds(demo.leakSeconds());
        try (Shop shop = Shop.start(settings)) {
            TimeUnit.MILLISECONDS.sleep(demo.baseline().toMillis()); // the script's own timing
            shop.mark();
            shop.rollOut("inventory", LeakScenario.LEAKING);
            TimeUnit.MILLISECONDS.sleep(sinceFault.toMillis());
            return shop.load(1);
        }
    }
}
