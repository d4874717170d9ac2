package io.nightshift.deploy.demo;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.shop.Shop;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A fault that was drawn, at a time that was drawn, with decoys beside it. The truth is bound at the start and told at the end. */
final class RandomScenario implements Scenario {

    private static final Duration STORY_LIMIT = Duration.ofMinutes(6);
    /** What fills slowly gives its whole time to those who can foretell it. */
    private static final Duration AFTER_FULL = Duration.ofMinutes(4);

    private static final Duration WATCHED_ALONE = Duration.ofSeconds(100);
    /** When so long nothing was decided and nothing is under way, nothing will be. */
    private static final Duration QUIET = Duration.ofSeconds(50);

    private static final Duration LESSON_LIMIT = Duration.ofSeconds(15);
    /** Faults that take their extent in seconds to show. */
    private static final Set<Fault> SLOW_TO_SHOW = EnumSet.of(Fault.LEAK, Fault.POOL, Fault.DISK, Fault.CERTIFICATE);

    private final String name;
    private final Truth truth;
    private final Duration baseline;
    private final Sealed sealed;
    private final List<String> leftOut = new ArrayList<>();

    RandomScenario(String name, Truth truth, Duration baseline) {
        this.name = name;
        this.truth = truth;
        this.baseline = baseline;
        this.sealed = Sealed.of(truth.text());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "seed " + truth.seed() + "; what goes wrong is told at the end. SHA-256 of the truth: "
                + sealed.sha256();
    }

    @Override
    public Optional<Mishap> mishap() {
        return Optional.of(this::bringInFault);
    }

    private void bringInFault(Shop shop) throws IOException, InterruptedException {
        truth.fault().bringInto(shop, truth);
    }

    @Override
    public Played play(DemoHouse house, Narrator narrator) throws IOException, InterruptedException {
        house.playNormalLoad(baseline, narrator);
        Instant start = Instant.now();
        for (Decoy decoy : truth.decoys()) {
            if (decoy.atSeconds() < truth.atSeconds()) {
                bringIn(decoy, start, house.shop());
            }
        }
        sleepUntil(start.plusSeconds(truth.atSeconds()));
        Instant faultAt = Instant.now();
        house.witness().faultAt(faultAt);
        bringInFault(house.shop());
        for (Decoy decoy : truth.decoys()) {
            if (decoy.atSeconds() >= truth.atSeconds()) {
                bringIn(decoy, start, house.shop());
            }
        }
        watch(house.witness(), faultAt);
        return new Played(faultAt, truth, sealed);
    }

    /** A decoy that a busy machine does not get done in time, such as a release, is left out and told at the end. */
    private void bringIn(Decoy decoy, Instant start, Shop shop) throws InterruptedException {
        sleepUntil(start.plusSeconds(decoy.atSeconds()));
        try {
            decoy.bringInto(shop);
        } catch (IOException e) {
            leftOut.add(decoy + ": " + e.getMessage());
        }
    }

    private void watch(Witness witness, Instant faultAt) throws InterruptedException {
        if (truth.fault().ending() == Ending.LEFT_ALONE) {
            witness.await(seen -> false, WATCHED_ALONE);
            return;
        }
        Duration toShow = SLOW_TO_SHOW.contains(truth.fault()) ? Duration.ofSeconds(truth.number()) : Duration.ZERO;
        Duration limit = toShow.plus(AFTER_FULL);
        witness.await(
                seen -> isOver(seen, faultAt.plus(toShow)), limit.compareTo(STORY_LIMIT) > 0 ? limit : STORY_LIMIT);
        if (hasHeld(witness)) {
            witness.await(seen -> seen.lessons() > 0, LESSON_LIMIT);
        }
    }

    private static boolean isOver(Witness seen, Instant notBefore) {
        boolean givenUp =
                !seen.paging().isEmpty() && seen.isQuiet(QUIET) && Instant.now().isAfter(notBefore);
        return hasHeld(seen) || !seen.leftToPeople().isEmpty() || givenUp;
    }

    private static boolean hasHeld(Witness seen) {
        return seen.begun().stream().map(ActionEvent::getStatus).anyMatch(status -> status == ActionStatus.HELD);
    }

    /** The script's own timing, not a wait for a condition. */
    private static void sleepUntil(Instant when) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(
                Math.max(0, Duration.between(Instant.now(), when).toMillis()));
    }

    @Override
    public void reveal(Narrator narrator) {
        narrator.say(
                "demo",
                "the truth: " + truth.inWords() + ", " + truth.atSeconds() + " s after the normal load; decoys: "
                        + truth.decoys());
        leftOut.forEach(decoy -> narrator.say("demo", "a decoy did not come about: " + decoy));
        narrator.say("demo", "to check that it was not changed since the start, compare " + sealed.sha256() + " with");
        narrator.print("  printf '%s\\n%s' " + sealed.nonce() + " '" + sealed.text() + "' | sha256sum");
    }
}
