package io.github.strait.live;

import java.util.concurrent.Callable;

/**
 * Tries again what ended otherwise than it should: on a busy machine a step may take too long, and threads make some calls
 * in some runs only. What does so each time still counts.
 */
final class Again {
    /** For starts of containers, which take a second or more. */
    private static final int TRIES = 3;

    private Again() {}

    /** The first outcome with status 0, or the last of three without; each failure before is printed. */
    static Outcome untilItWorks(Callable<Outcome> start) throws Exception {
        Outcome outcome = start.call();
        for (int again = 1; again < TRIES && outcome.status() != 0; again++) {
            System.out.println("failed, and is tried again: " + outcome);
            outcome = start.call();
        }
        return outcome;
    }

    /** The first outcome with another status than 0, or the last of so many with 0. */
    static Outcome untilItFails(int tries, Callable<Outcome> start) throws Exception {
        Outcome outcome = start.call();
        for (int again = 1; again < tries && outcome.status() == 0; again++) {
            outcome = start.call();
        }
        return outcome;
    }
}
