package io.github.strait.format.c;

import com.google.common.base.CharMatcher;
import io.github.strait.format.Settings;
import java.util.Locale;

/** What C sources call the things of a profile; legal in C and C++, and never a word that the languages reserve. */
record CName(String stem) {
    private static final CharMatcher DIGIT = CharMatcher.inRange('0', '9');

    /**
     * The name of a profile with an underscore for each other character than letters and digits. Two in a row are
     * reserved in C++, as is one at the beginning; a name that begins with a digit follows {@code app}.
     */
    static CName of(Settings settings) {
        String word = CharMatcher.anyOf("._-").collapseFrom(settings.name(), '_');
        String bare = CharMatcher.is('_').trimTrailingFrom(word);
        return new CName(DIGIT.matches(bare.charAt(0)) ? Settings.USUAL.name() + "_" + bare : bare);
    }

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
