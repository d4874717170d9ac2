package io.nightshift.deploy.demo;

import java.io.IOException;
import java.util.Optional;

/** What happens to the shop, and when. Nightshift is told nothing of it. */
interface Scenario {

    String name();

    /** One line for the terminal. */
    String description();

    /** What goes wrong, to be brought in again where nobody watches; empty when nothing does. */
    default Optional<Mishap> mishap() {
        return Optional.empty();
    }

    /** Tells, at the very end, what nobody was told before. */
    default void reveal(Narrator narrator) {}

    /** Plays it to its end; returns when there is nothing more to wait for. */
    Played play(DemoHouse house, Narrator narrator) throws IOException, InterruptedException;
}
