package io.github.strait.follow;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Images that have ended while it is not known yet whether they descend from a chosen program. */
final class UndecidedImages {
    /** Images that are held; a trace that leaves more of them open is not one that was recorded from its start. */
    private static final int LIMIT = 1 << 12;

    private final List<Image> images = new ArrayList<>();
    private long calls;
    private @Nullable SourcePosition first;

    /** Holds an image until its lineage is decided; false when there are too many, and it cannot be kept. */
    boolean hold(Image image) {
        if (images.size() < LIMIT) {
            images.add(image);
            return true;
        }
        count(image);
        return false;
    }

    /** Gives all images back at the end of the trace, and counts those that are still open. */
    void release(Consumer<Image> taker) {
        for (Image image : images) {
            if (image.lineage().isOpen()) {
                count(image);
            }
            taker.accept(image);
        }
        images.clear();
    }

    private void count(Image image) {
        for (Context context : image.contexts()) {
            Tallies sum = context.sum();
            for (Tally tally : sum.all()) {
                calls += tally.count();
                first = first == null || tally.first().compareTo(first) < 0 ? tally.first() : first;
            }
        }
    }

    /** A warning about calls that were left out although their task may descend from a chosen program. */
    Optional<Diagnostic> warning() {
        return calls == 0
                ? Optional.empty()
                : Optional.of(Diagnostic.warning(
                        "parent-unknown",
                        first,
                        calls + (calls == 1 ? " call is" : " calls are")
                                + " left out, the first here: the trace does not show whose child the task is, so it"
                                + " may belong to the chosen program; record from the start, with -f"));
    }
}
