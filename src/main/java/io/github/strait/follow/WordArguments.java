package io.github.strait.follow;

import org.jspecify.annotations.Nullable;

/** What the calls of one scanned word show of their arguments. */
final class WordArguments {
    private final PrintedName printed;
    private final ShownArguments[] shown;
    private final @Nullable FirstHalf half;

    /**
     * @param shown what counts when the call begins
     * @param half what waits for its second half; null when nothing does
     */
    WordArguments(PrintedName printed, ShownArguments[] shown, @Nullable FirstHalf half) {
        this.printed = printed;
        this.shown = shown;
        this.half = half;
    }

    PrintedName printed() {
        return printed;
    }

    ShownArguments[] shown() {
        return shown;
    }

    @Nullable
    FirstHalf half() {
        return half;
    }
}
