package io.nightshift.deploy.demo;

/** How a story must end for Nightshift to have done well. */
enum Ending {
    /** A repair was done, verified, and held. */
    REPAIRED,
    /** People were called, whether or not a permitted repair was tried before. */
    ESCALATED,
    /** Nothing was done; whether people were called does not matter. */
    LEFT_ALONE
}
