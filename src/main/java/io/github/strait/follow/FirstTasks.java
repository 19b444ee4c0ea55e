package io.github.strait.follow;

import io.github.strait.trace.Positioned;

/** Remembers the first tasks of a run, by program and ABI, and counts the rest. */
final class FirstTasks {
    /** Tasks that are remembered; a task that executes programs is one for each. */
    static final int LIMIT = 100;

    private int listed;
    private long more;

    /** A task makes a call in this context. */
    void enter(Task task, Context context, Positioned line) {
        if (isListed(task, context)) {
            context.addCaller(task.id(), line.position());
        }
    }

    private boolean isListed(Task task, Context context) {
        if (!task.isNewIn(context)) {
            return false;
        }
        if (listed == LIMIT) {
            more++;
            return false;
        }
        listed++;
        return true;
    }

    /** How many were not remembered. */
    long more() {
        return more;
    }
}
