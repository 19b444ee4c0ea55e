package io.github.strait.follow;

import org.jspecify.annotations.Nullable;

/** What the calls of one scanned word show of their arguments. */
final class WordArguments {
    private final PrintedName printed;
    private final ShownArguments[] shown;
    private final @Nullable FirstHalf half;
    private final @Nullable PrintedName repeated;

    /**
     * @param shown what counts when the call begins
     * @param half what waits for its second half; null when nothing does
     */
    WordArguments(PrintedName printed, ShownArguments[] shown, @Nullable FirstHalf half) {
        this.printed = printed;
        this.shown = shown;
        this.half = half;
        this.repeated = half == null && printed.isRepeatable() ? printed : null;
    }

    PrintedName printed() {
        return printed;
    }

    /** The name, if another such call needs no more than its number; null where its place or its text counts. */
    @Nullable
    PrintedName repeated() {
        return repeated;
    }

    ShownArguments[] shown() {
        return shown;
    }

    @Nullable
    FirstHalf half() {
        return half;
    }
}
