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

    /** Of a container's runtime, before it has installed the filter, as far as the trace shows that. */
    static final Lineage RUNTIME = new Lineage();

    /** Of a container's runtime, under the filter that it has installed. */
    static final Lineage FILTERED = new Lineage();

    private @Nullable Lineage decided;

    private Lineage() {}

    /** To be decided when more is known. */
    static Lineage open() {
        return new Lineage();
    }

    /** One of the constants, or one that is still open. */
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
        if (!open.isDecided() && open != other) {
            open.decided = other;
        }
    }

    boolean isOpen() {
        return !current().isDecided();
    }

    private boolean isDecided() {
        return this == KEPT || this == DROPPED || this == RUNTIME || this == FILTERED;
    }

    boolean isKept() {
        return current() == KEPT;
    }
}
