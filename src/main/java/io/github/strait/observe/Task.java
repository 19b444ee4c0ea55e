package io.github.strait.observe;

import io.github.strait.trace.Line;
import org.jspecify.annotations.Nullable;

/** One traced thread: the program and ABI it runs in, and the call that it has begun and not finished. */
final class Task {
    /** The tid of the initial task as long as no line tells it. */
    static final int ANONYMOUS = 0;

    private int tid;
    private Context context;
    private int mode;
    private @Nullable Tally pending;
    private String pendingProgram = Image.UNKNOWN_PROGRAM;
    private boolean childSeen;
    private boolean provisional;

    /**
     * @param mode the ABIs that personality markers leave open
     * @param provisional whether the parent is not known yet
     */
    Task(int tid, Context context, int mode, boolean provisional) {
        this.tid = tid;
        this.context = context;
        this.mode = mode;
        this.provisional = provisional;
        context.image().join();
    }

    int tid() {
        return tid;
    }

    void rename(int newTid) {
        tid = newTid;
    }

    Context context() {
        context = context.current();
        return context;
    }

    int mode() {
        return mode;
    }

    /**
     * A personality marker: the same image in another mode from here on. strace prints one only where the mode changes,
     * so that calls which are there already were made in another.
     */
    void switchMode(int newMode, String file, Line line) {
        mode = newMode;
        Context old = context();
        if (old.isUsed() && old.admits(~newMode)) {
            old.narrow(~newMode, "a later marker", file, line);
        }
        context = old.image().context(newMode);
        context.narrow(newMode, "the marker", file, line);
    }

    /** A personality marker that comes before the execve which changes the mode is over. */
    void expectMode(int newMode) {
        mode = newMode;
    }

    /** A successful execve: another image. The caller takes the task out of the old one. */
    void enter(Image image) {
        context = image.context(mode);
        image.join();
        provisional = false;
    }

    @Nullable
    Tally pending() {
        return pending;
    }

    String pendingProgram() {
        return pendingProgram;
    }

    void begin(Tally call, String program) {
        pending = call;
        pendingProgram = program;
        childSeen = false;
    }

    /** The pending call, which is pending no longer. */
    @Nullable
    Tally finish() {
        Tally call = pending;
        pending = null;
        return call;
    }

    boolean isForking() {
        return pending != null && pending.spelling.role() == Spelling.Role.FORK && !childSeen;
    }

    boolean isExecuting() {
        return pending != null && pending.spelling.role() == Spelling.Role.EXECVE;
    }

    /** The child of the pending fork has made a call before the fork returned. */
    void childSeen() {
        childSeen = true;
    }

    boolean hasSeenChild() {
        return childSeen;
    }

    boolean isProvisional() {
        return provisional;
    }

    void parentFound() {
        provisional = false;
    }
}
