package io.github.strait.follow;

import io.github.strait.trace.Arguments;
import io.github.strait.trace.Line;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The first half of a call that leaves arguments to the second, as {@code recvfrom(5,  <unfinished ...>} does. Calls whose
 * first halves differ in nothing that counts may share one.
 */
final class FirstHalf {
    /** What nothing follows. */
    private static final String OPEN = "(";

    private final String text;
    private final int places;
    private final boolean isSampled;
    /** The scanned words of second halves, and what the call then shows. */
    private int[] words = new int[0];

    private ShownArguments[][] shown = new ShownArguments[0][];

    /**
     * @param text the arguments that it shows
     * @param places a bit for each place that it does not show
     * @param isSampled whether {@link ArgumentWatch} waits for others
     */
    FirstHalf(String text, int places, boolean isSampled) {
        this.text = text;
        this.places = places;
        this.isSampled = isSampled;
    }

    String text() {
        return text;
    }

    int places() {
        return places;
    }

    boolean isSampled() {
        return isSampled;
    }

    /** How many arguments it shows. */
    int size() {
        return Arguments.of(text).size();
    }

    /** Whether a second half that shows this text begins with the next argument, or shows none. */
    boolean isFollowedBy(String second) {
        int size = size();
        boolean isTrailing = Arguments.of(text + "x").size() > size;
        // a bracket or an annotation may be open
        boolean isClosed = isTrailing || Arguments.of(text + ", x").size() > size;
        boolean isLeading = second.stripLeading().startsWith(",");
        return isClosed && (size == 0 || second.isBlank() || isTrailing != isLeading);
    }

    /** The same with another half that does not end the call either. */
    FirstHalf with(Line more) {
        String second = more.argumentsText();
        return new FirstHalf(text + (isFollowedBy(second) ? second : OPEN), places, isSampled);
    }

    /** From now on it is known what a call shows whose second half has this word. */
    void remember(int word, ShownArguments[] all) {
        words = Arrays.copyOf(words, words.length + 1);
        words[words.length - 1] = word;
        shown = Arrays.copyOf(shown, words.length);
        shown[words.length - 1] = all;
    }

    /** What a call shows whose second half has this word; null when that is not known. */
    ShownArguments @Nullable [] followedBy(int word) {
        for (int i = 0; i < words.length; i++) {
            if (words[i] == word) {
                return shown[i];
            }
        }
        return null;
    }
}
