package io.nightshift.deploy.demo;

import java.io.IOException;

/** What happens to the shop, and when. Nightshift is told nothing of it. */
interface Scenario {

    String name();

    /** One line for the terminal. */
    String description();

    /** Plays it to its end; returns when there is nothing more to wait for. */
    Played play(DemoHouse house, Narrator narrator) throws IOException, InterruptedException;
}
