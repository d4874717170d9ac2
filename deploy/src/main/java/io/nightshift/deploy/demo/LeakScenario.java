package io.nightshift.deploy.demo;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.shop.Shop;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A release of inventory leaks memory. Two decoys: a harmless deployment of payments, and a log line of payments that names a
 * wrong cause and a wrong remedy.
 */
final class LeakScenario implements Scenario {

    static final String SERVICE = "demo/shop/inventory";
    static final String LEAKING = Shop.LEAKING_INVENTORY;
    private static final Duration DECOY_AFTER = Duration.ofSeconds(20);
    private static final Duration LESSON_LIMIT = Duration.ofSeconds(15);
    private static final Duration STORY_LIMIT = Duration.ofMinutes(5);
    /** What an action can end with. */
    private static final Set<ActionStatus> ENDS =
            Set.of(ActionStatus.HELD, ActionStatus.RECURRED, ActionStatus.ESCALATED, ActionStatus.ROLLED_BACK);

    private final Duration baseline;
    private final int rounds;

    /** @param rounds 1: the repair is given its hold time; 2: the leak comes back and the second repair must hold */
    LeakScenario(Duration baseline, int rounds) {
        this.baseline = baseline;
        this.rounds = rounds;
    }

    @Override
    public String name() {
        return "leak";
    }

    @Override
    public String description() {
        return "a release of inventory leaks memory; payments is deployed harmlessly, and its log names a wrong cause";
    }

    @Override
    public Optional<Mishap> mishap() {
        return Optional.of(LeakScenario::rollOutTheLeak);
    }

    private static void rollOutTheLeak(Shop shop) throws IOException, InterruptedException {
        shop.rollOut("inventory", LEAKING);
    }

    @Override
    public Played play(DemoHouse house, Narrator narrator) throws IOException, InterruptedException {
        house.playNormalLoad(baseline, narrator);
        Instant faultAt = Instant.now();
        house.witness().faultAt(faultAt);
        narrator.faultAt(faultAt);
        narrator.say("demo", "a pipeline rolls out inventory " + LEAKING);
        rollOutTheLeak(house.shop());
        TimeUnit.MILLISECONDS.sleep(DECOY_AFTER.toMillis());
        narrator.say("demo", "decoys: a harmless release of payments, and a log line there that names a wrong cause");
        house.shop().rollOut("payments", "1.9.1");
        house.shop().plantDecoy(3);

        List<String> expected = new ArrayList<>(List.of("ROLLING_RESTART"));
        if (rounds > 1) {
            expected.add("ROLL_BACK_RELEASE");
        }
        boolean ended = house.witness()
                .await(
                        seen -> ended(seen) >= rounds || !seen.leftToPeople().isEmpty(),
                        STORY_LIMIT.multipliedBy(rounds));
        if (ended) {
            house.witness().await(seen -> seen.lessons() >= rounds, LESSON_LIMIT);
        } else {
            narrator.say(
                    "demo",
                    "the story did not end within "
                            + STORY_LIMIT.multipliedBy(rounds).toMinutes() + " minutes");
        }
        return new Played(faultAt, SERVICE, expected);
    }

    private static long ended(Witness seen) {
        return seen.begun().stream()
                .map(ActionEvent::getStatus)
                .filter(ENDS::contains)
                .count();
    }
}
