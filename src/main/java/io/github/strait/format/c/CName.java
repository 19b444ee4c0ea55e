package io.github.strait.format.c;

import java.util.Locale;

/**
 * What C sources call the things of a profile, never a word that C or C++ reserve.
 *
 * @param stem the identifier that all begin with
 */
record CName(String stem) {
    /** The filter. */
    String filter() {
        return stem + "_seccomp";
    }

    /** The function that installs it. */
    String loader() {
        return filter() + "_load";
    }

    /** The macro that says that the header was included. */
    String guard() {
        return filter().toUpperCase(Locale.ROOT) + "_H";
    }
}
