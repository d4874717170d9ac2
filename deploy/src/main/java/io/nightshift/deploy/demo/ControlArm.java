package io.nightshift.deploy.demo;

import io.nightshift.shop.Shop;
import io.nightshift.shop.ShopSettings;
import io.nightshift.shop.load.LoadStats;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The shop alone, with the same fault and the same load: what happens when nobody watches.
 *
 * @param mishap what goes wrong
 * @param sinceFault how long it goes on after that: as long as it did with Nightshift
 */
record ControlArm(DemoSettings demo, Mishap mishap, Duration sinceFault, Narrator narrator) {

    /** The report with what users saw without Nightshift beside it; when this arm does not come to its end, it says so. */
    DemoReport beside(DemoReport report) throws InterruptedException {
        narrator.faultAt(null);
        narrator.say(
                "control",
                "now the same without Nightshift: normal load for "
                        + demo.baseline().toSeconds() + " s, then the fault for the same " + sinceFault.toSeconds()
                        + " s");
        try {
            LoadStats.View alone = play();
            narrator.say(
                    "control",
                    "failed requests: " + report.failedRequests() + " with Nightshift, " + alone.failedSinceMark()
                            + " without; worst second's p99 " + Math.round(report.p99Millis()) + " ms with, "
                            + Math.round(alone.worstP99()) + " ms without");
            return report.withControl(alone.failedSinceMark());
        } catch (IOException e) {
            String failure = "the arm without Nightshift did not come to its end: " + e.getMessage();
            narrator.say("control", "NOT AS IT SHOULD BE: " + failure);
            return report.withFailure(failure); // what was seen with Nightshift is not lost
        }
    }

    private LoadStats.View play() throws IOException, InterruptedException {
        ShopSettings settings =
                ShopSettings.in(demo.folder().resolve("control-shop")).withLeakSeconds(demo.leakSeconds());
        try (Shop shop = Shop.start(settings)) {
            TimeUnit.MILLISECONDS.sleep(demo.baseline().toMillis()); // the script's own timing
            shop.mark();
            narrator.faultAt(Instant.now());
            narrator.say("control", "the same goes wrong, and nobody watches");
            mishap.bringInto(shop);
            TimeUnit.MILLISECONDS.sleep(sinceFault.toMillis());
            return shop.load(1);
        }
    }
}
