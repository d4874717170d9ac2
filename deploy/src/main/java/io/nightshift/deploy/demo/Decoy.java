package io.nightshift.deploy.demo;

import io.nightshift.shop.Shop;
import java.io.IOException;
import java.time.Duration;

/**
 * Something harmless that looks like a cause.
 *
 * @param service where
 * @param atSeconds after the end of the normal load
 * @param version of a release; else empty
 */
record Decoy(Kind kind, String service, int atSeconds, String version) {

    /** What looks like a cause. */
    enum Kind {
        /** A release of another service, with nothing wrong in it. */
        RELEASE,
        /** A feature flag of another service that nobody notices. */
        FLAG,
        /** Log lines that name a wrong cause and a wrong remedy. */
        LOG_LINES,
        /** Half a processor's worth of work at another service. */
        BATCH
    }

    private static final Duration BATCH = Duration.ofSeconds(20);
    private static final int LINES = 3;

    void bringInto(Shop shop) throws IOException, InterruptedException {
        switch (kind) {
            case RELEASE -> shop.rollOut(service, version);
            case FLAG -> shop.turnOn(service, "winter-banner");
            case LOG_LINES -> shop.plantDecoy(LINES);
            case BATCH -> shop.runBatch(service, BATCH);
        }
    }
}
