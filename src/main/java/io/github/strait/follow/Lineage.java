package io.github.strait.follow;

import org.jspecify.annotations.Nullable;

/**
 * Whether the calls of a task or an image are kept because it descends from a chosen program. When that depends on a
 * later line, such as one that names a parent, it is decided later for all that share it.
 */
final class Lineage {
    /** Of a chosen program, or all is kept. */
    static final Lineage KEPT = new Lineage();

    static final Lineage DROPPED = new Lineage();

    private @Nullable Lineage decided;

    private Lineage() {}

    /** To be decided when more is known. */
    static Lineage open() {
        return new Lineage();
    }

    /** {@link #KEPT}, {@link #DROPPED}, or one that is still open. */
    Lineage current() {
        Lineage last = this;
        while (last.decided != null) {
            last = last.decided;
        }
        if (decided != null) {
            decided = last;
        }
        return last;
    }

    /** Decides an open one; the same as another, which may be open itself. */
    void decide(Lineage as) {
        Lineage open = current();
        Lineage other = as.current();
        if (open != KEPT && open != DROPPED && open != other) {
            open.decided = other;
        }
    }

    boolean isOpen() {
        Lineage now = current();
        return now != KEPT && now != DROPPED;
    }

    boolean isKept() {
        return current() == KEPT;
    }
}
