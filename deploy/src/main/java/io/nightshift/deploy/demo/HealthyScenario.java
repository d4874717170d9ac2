package io.nightshift.deploy.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Nothing is wrong, but much happens: what a quiet night looks like. Nightshift must neither act nor page. */
final class HealthyScenario implements Scenario {

    private static final Duration BETWEEN = Duration.ofSeconds(45);
    private static final double NORMAL_RATE = 25;

    private final Duration baseline;
    private final Duration length;

    HealthyScenario(Duration baseline, Duration length) {
        this.baseline = baseline;
        this.length = length;
    }

    @Override
    public String name() {
        return "healthy";
    }

    @Override
    public String description() {
        return "nothing is wrong: a deployment, a threefold surge, a batch job, a cold restart, a gap in telemetry";
    }

    @Override
    public Played play(DemoHouse house, Narrator narrator) throws IOException, InterruptedException {
        house.playNormalLoad(baseline, narrator);
        long end = System.nanoTime() + length.toNanos();
        for (int i = 0; System.nanoTime() < end; i++) {
            disturb(i, house, narrator);
            long left = Math.max(0, end - System.nanoTime());
            TimeUnit.NANOSECONDS.sleep(Math.min(left, BETWEEN.toNanos()));
        }
        return new Played(null, "", List.of());
    }

    private static void disturb(int i, DemoHouse house, Narrator narrator) throws IOException, InterruptedException {
        switch (i % 5) {
            case 0 -> {
                boolean forth = i % 2 == 0;
                narrator.say("demo", "a harmless release of payments");
                house.shop().rollOut("payments", forth ? "1.9.1" : "1.9.0");
            }
            case 1 -> {
                narrator.say("demo", "three times the load for 30 s");
                house.shop().setRate(3 * NORMAL_RATE);
                TimeUnit.SECONDS.sleep(30);
                house.shop().setRate(NORMAL_RATE);
            }
            case 2 -> {
                narrator.say("demo", "a batch job in store for 20 s");
                house.shop().runBatch("store", Duration.ofSeconds(20));
            }
            case 3 -> {
                narrator.say("demo", "somebody restarts inventory-1 by hand");
                house.shop().restart("inventory-1");
            }
            default -> {
                narrator.say("demo", "no telemetry from anywhere for 20 s");
                house.shop().cutTelemetry(Optional.empty(), Duration.ofSeconds(20));
            }
        }
    }
}
