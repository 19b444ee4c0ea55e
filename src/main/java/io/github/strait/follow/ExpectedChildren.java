package io.github.strait.follow;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The children that forks have returned and that have no line yet, by tid. */
final class ExpectedChildren {
    /** More were announced by a trace that was made to fill memory. */
    private static final int LIMIT = 1 << 16;

    /**
     * A child. It keeps its image alive. strace prints no marker for a child whose mode is the one it last looked at, which
     * is the parent's, as long as that runs the same image.
     */
    record Child(Task parent, Context context, int mode, int flags) {
        /** The image that it was forked in. */
        Image image() {
            return context.current().image();
        }

        /** The task, once a line shows it; the caller takes the child out of its image. */
        Task start(int tid) {
            boolean sameImage = parent.context().image() == image();
            Task child = sameImage
                    ? new Task(tid, parent.context(), parent.mode(), false, image().lineage())
                    : new Task(tid, context.current(), mode, false, image().lineage());
            child.comeFrom(parent, flags);
            return child;
        }
    }

    private final Map<Integer, Child> children = new LinkedHashMap<>();

    boolean has(int tid) {
        return children.containsKey(tid);
    }

    boolean isFull() {
        return children.size() >= LIMIT;
    }

    /** A task has forked a child, whose image is joined. */
    void add(int tid, Task parent) {
        parent.context().image().join();
        children.put(tid, new Child(parent, parent.context(), parent.mode(), parent.forkFlags()));
    }

    /** Takes out a child; null when none of that tid is expected. */
    @Nullable
    Child remove(int tid) {
        return children.remove(tid);
    }

    /** Takes out the child that has been expected for longest; null when there is none. */
    @Nullable
    Child removeOldest() {
        Iterator<Child> oldest = children.values().iterator();
        if (!oldest.hasNext()) {
            return null;
        }
        Child child = oldest.next();
        oldest.remove();
        return child;
    }

    /** All of them, the oldest first. */
    Collection<Child> all() {
        return children.values();
    }
}
