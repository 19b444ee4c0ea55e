package io.github.strait.follow;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/** What a call shows of one of the {@link PrintedName#places}: its texts, none where they are not known. */
final class ShownArguments {
    private static final ShownArguments[] UNKNOWN = unknown();

    private final int place;
    private final ImmutableList<String> texts;
    private final int hash;

    /** @param place the index of the place */
    ShownArguments(int place, ImmutableList<String> texts) {
        this.place = place;
        this.texts = texts;
        this.hash = 31 * texts.hashCode() + place;
    }

    /** Nothing is shown of a place. */
    static ShownArguments none(int place) {
        return UNKNOWN[place];
    }

    int place() {
        return place;
    }

    ImmutableList<String> texts() {
        return texts;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ShownArguments that
                && hash == that.hash
                && place == that.place
                && texts.equals(that.texts);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    private static ShownArguments[] unknown() {
        ShownArguments[] all = new ShownArguments[ArgumentCounts.PLACES];
        for (int i = 0; i < all.length; i++) {
            all[i] = new ShownArguments(i, ImmutableList.of());
        }
        return all;
    }
}
