package io.nightshift.deploy.demo;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.Lesson;
import io.nightshift.oversee.domain.night.IncidentFile;
import io.nightshift.shop.keeper.LedgerEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Plays a drawn story once more in the same house: the same Nightshift, with what it learned from the first time. */
final class Encore {

    private static final Duration QUIET = Duration.ofSeconds(20);
    private static final Duration QUIET_LIMIT = Duration.ofMinutes(6);
    private static final Duration LESSON_LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Seconds in a row in which no request of a user may fail. */
    private static final int USERS_WELL = 10;

    private static final Set<ActionStatus> TEACHES =
            EnumSet.of(ActionStatus.HELD, ActionStatus.RECURRED, ActionStatus.NOT_RECOVERED, ActionStatus.ROLLED_BACK);

    private final RandomScenario scenario;
    private final DemoHouse house;
    private final Narrator narrator;

    Encore(RandomScenario scenario, DemoHouse house, Narrator narrator) {
        this.scenario = scenario;
        this.house = house;
        this.narrator = narrator;
    }

    /**
     * What was seen the first time is not lost when something fails here.
     *
     * @param first the report of the first time
     */
    SecondPlay after(Played played, DemoReport first) throws InterruptedException {
        Instant ended = Instant.now();
        try {
            List<LedgerEntry> before = house.shop().ledger();
            Witness remembered = house.witness();
            remembered.await(seen -> seen.lessons() >= toTeach(seen), LESSON_LIMIT);
            narrator.faultAt(null);
            narrator.say(
                    "demo", "people take away what is left of the story; when all is quiet it is played once more");
            new Aftermath(house.shop(), played.truth(), before).putInOrder();
            if (!awaitQuiet(remembered)) {
                return notPlayed("not all was quiet within " + QUIET_LIMIT.toMinutes() + " minutes", ended, first);
            }
            return again(remembered, since(ended), first);
        } catch (IOException e) {
            return notPlayed("it did not come to its end: " + e.getMessage(), ended, first);
        }
    }

    private SecondPlay notPlayed(String why, Instant ended, DemoReport first) {
        narrator.say("demo", "NOT AS IT SHOULD BE: the story was not played once more: " + why);
        return SecondPlay.notPlayed(why, since(ended), first);
    }

    private static double since(Instant ended) {
        return Duration.between(ended, Instant.now()).toMillis() / 1000.0;
    }

    private SecondPlay again(Witness remembered, double quietAfter, DemoReport first)
            throws IOException, InterruptedException {
        Map<String, Lesson> learned = remembered.learned();
        Set<String> incidents =
                remembered.incidents().stream().map(IncidentFile::id).collect(Collectors.toSet());
        int known = house.shop().ledger().size();
        house.watchAnew(narrator);
        Played again = scenario.play(house, narrator);
        List<LedgerEntry> ledger = house.shop().ledger();
        List<LedgerEntry> since = ledger.subList(known, ledger.size());
        DemoReport second = new Judge(
                        house.witness(), again, since, house.shop().load(1))
                .report(scenario.name(), first.readySeconds(), null);
        Investigation because = new Verdict(again.truth(), house.witness(), since)
                .investigation()
                .orElse(null);
        Retrieval retrieval = Retrieval.of(again.truth(), learned, incidents, because);
        tell(retrieval);
        return SecondPlay.played(quietAfter, retrieval, first, second);
    }

    /** Actions of which the end is known. */
    private static long toTeach(Witness seen) {
        return TEACHES.stream()
                .flatMap(status -> seen.with(status).stream())
                .map(ActionEvent::getActionId)
                .distinct()
                .count();
    }

    private boolean awaitQuiet(Witness seen) throws IOException, InterruptedException {
        Instant limit = Instant.now().plus(QUIET_LIMIT);
        while (!seen.isOver(QUIET) || !usersAreWell()) {
            if (Instant.now().isAfter(limit)) {
                seen.incidents().stream()
                        .flatMap(file -> file.latest().stream())
                        .map(Incident::getSentence)
                        .forEach(sentence -> narrator.say("demo", "an incident of the first time: " + sentence));
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis()); // between two looks at the condition
        }
        return true;
    }

    private boolean usersAreWell() throws IOException, InterruptedException {
        return house.shop().load(USERS_WELL).lastSeconds().stream().allMatch(second -> second.failed() == 0);
    }

    private void tell(Retrieval retrieval) {
        String left =
                retrieval.lessonLeft() ? "the first time left a lesson" : "the first time left no lesson of this fault";
        narrator.say(
                "demo",
                left + "; the second investigation cited "
                        + (retrieval.rightLesson() ? "it" : retrieval.cited().isEmpty() ? "none" : "only others"));
    }
}
