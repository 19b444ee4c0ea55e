package io.github.strait.follow;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.trace.Line;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One traced thread: the program and ABI it runs in, and the call that it has begun and not finished. */
final class Task {
    /** The tid of the initial task as long as no line shows it. */
    static final int ANONYMOUS = 0;

    private static final String MARKER = "the marker";

    /** The threads of one process: exit_group ends them all. */
    private static final class Process {
        private boolean exited;
    }

    /** The tid, wherever it is remembered: an anonymous task is given one later. */
    static final class Id {
        private int tid;

        Id(int tid) {
            this.tid = tid;
        }

        int tid() {
            return tid;
        }
    }

    private int tid;
    /** Made when it is first asked for: few tasks are remembered. */
    private @Nullable Id id;

    private Context context;
    /** The first of the contexts in which it has made calls. */
    private @Nullable Context firstSeenIn;
    /** The others; few tasks have any. */
    private List<Context> seenIn = List.of();

    private @Nullable Context entered;
    private int mode;
    private @Nullable Tally pending;
    private String pendingProgram = Image.UNKNOWN_PROGRAM;
    /** What the pending call shows of its arguments so far, if it leaves some to its second half. */
    private @Nullable FirstHalf half;

    private SourcePosition halfAt = SourcePosition.ofFile("");
    private int abisIfSuccessful = Abis.ALL;
    private boolean childSeen;
    private boolean expectsMode;
    private boolean provisional;
    private Lineage origin;
    /** Null as long as it is alone in it. */
    private @Nullable Process process;

    private boolean exited;
    private boolean forked;
    private int forkFlags;
    private @Nullable SourcePosition cutAt;

    /**
     * @param mode the ABIs that personality markers leave open
     * @param provisional whether the parent is not known yet
     * @param origin whether what it executes is kept: that of the image in which it was forked
     */
    Task(int tid, Context context, int mode, boolean provisional, Lineage origin) {
        this.origin = origin;
        this.tid = tid;
        this.context = context;
        this.mode = mode;
        this.provisional = provisional;
        context.image().join();
    }

    Id id() {
        Id known = id;
        if (known == null) {
            known = new Id(tid);
            id = known;
        }
        return known;
    }

    int tid() {
        return tid;
    }

    void rename(int newTid) {
        tid = newTid;
        if (id != null) {
            id.tid = newTid;
        }
    }

    Context context() {
        Context current = context.current();
        if (current != context) {
            firstSeenIn = firstSeenIn == null ? null : firstSeenIn.current();
            if (!seenIn.isEmpty()) {
                seenIn = seenIn.stream().map(Context::current).toList();
            }
            context = current;
        }
        return context;
    }

    /** Whether this call is the first that the task makes in a context of its image. */
    boolean isNewIn(Context calling) {
        if (entered == calling) {
            return false;
        }
        boolean isNew = firstSeenIn != calling && !seenIn.contains(calling);
        if (firstSeenIn == null) {
            firstSeenIn = calling;
        } else if (isNew) {
            seenIn = Stream.concat(seenIn.stream(), Stream.of(calling)).toList();
        }
        entered = calling;
        return isNew;
    }

    /** Whether the task made its last call that was parsed in this context. */
    boolean isKnownIn(Context calling) {
        return entered == calling;
    }

    int mode() {
        return mode;
    }

    /**
     * A personality marker: the same image in another mode from here on. strace prints one only when the mode changes,
     * so earlier calls were made in another mode. Up to 4.20 this does not hold: a marker was left out while the task
     * that strace had looked at before ran in the same mode, so it may come late, or never.
     *
     * @param late whether the marker may be late, and so hold for earlier calls, too
     */
    void switchMode(int newMode, boolean late, Line line) {
        boolean flips = ((mode ^ newMode) & Abis.X32) != 0 && mode != Abis.ALL;
        mode = newMode;
        Context old = context();
        if (late && !flips && old.admits(newMode)) {
            old.narrow(newMode, MARKER, this, line);
            return;
        }
        if (!late && old.isUsed() && old.admits(~newMode)) {
            old.narrow(~newMode, "a later marker", this, line);
        }
        context = old.image().context(newMode);
        context.narrow(newMode, MARKER, this, line);
    }

    /** A personality marker that comes before the execve which changes the mode is over. */
    void expectMode(int newMode) {
        mode = newMode;
        expectsMode = true;
    }

    /** A marker may be missing, so the mode of the old image may be wrong for the new one. */
    void doubtMode() {
        if (!expectsMode) {
            mode = Abis.ALL;
        }
    }

    /** A successful execve: another image. The caller takes the task out of the old one. */
    void enter(Image image) {
        context = image.context(mode);
        firstSeenIn = null;
        seenIn = List.of();
        entered = null;
        expectsMode = false;
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
        cutAt = null;
    }

    /** The pending call, which began at this position, leaves arguments to its second half. */
    void leave(FirstHalf shown, SourcePosition at) {
        half = shown;
        halfAt = at;
    }

    /** What waits for the second half of the pending call; null when nothing does. */
    @Nullable
    FirstHalf half() {
        return half;
    }

    /** What waited for the second half, and waits no longer. */
    @Nullable
    FirstHalf takeHalf() {
        FirstHalf waited = half;
        half = null;
        return waited;
    }

    /** Where the call began of which a half waits. */
    SourcePosition halfAt() {
        return halfAt;
    }

    /** The pending call is a fork with these {@link CloneFlags}. */
    void forkWith(int flags) {
        forkFlags = flags;
    }

    int forkFlags() {
        return forkFlags;
    }

    /** The task is the child of a fork with these {@link CloneFlags}. */
    void comeFrom(Task parent, int flags) {
        if ((flags & CloneFlags.THREAD) != 0) {
            process = parent.sharedProcess();
            forked = parent.forked;
        } else {
            forked = true;
        }
    }

    /** Whether it is of a process that was forked in the trace. */
    boolean isForked() {
        return forked;
    }

    private Process sharedProcess() {
        Process shared = process;
        if (shared == null) {
            shared = new Process();
            shared.exited = exited;
            process = shared;
        }
        return shared;
    }

    private boolean isProcessExited() {
        return process == null ? exited : process.exited;
    }

    /** The line of the pending call ends here, in the middle. */
    void cut(SourcePosition at) {
        cutAt = at;
    }

    /** Where the line of the pending call was cut; null when it was not. */
    @Nullable
    SourcePosition cutAt() {
        return cutAt;
    }

    /** The task has called exit_group. */
    void exitProcess() {
        exited = true;
        if (process != null) {
            process.exited = true;
        }
    }

    /**
     * Whether no more lines of the task are to come.
     *
     * @param hasEnds whether the trace shows the ends of tasks; with {@code -qq} it does not
     */
    boolean isOver(boolean hasEnds) {
        boolean exiting = pending != null && cutAt == null && pending.printed.role() == PrintedName.Role.EXIT;
        return exiting || (!hasEnds && isProcessExited());
    }

    /** Whether the task has made no call in its program yet. */
    boolean isFresh() {
        return entered == null;
    }

    /** The pending call, which is pending no longer. */
    @Nullable
    Tally finish() {
        Tally call = pending;
        pending = null;
        return call;
    }

    /** Success of the call that begins now will show that its ABI is one of these. */
    void tellIfSuccessful(int abis) {
        abisIfSuccessful = abis;
    }

    int abisIfSuccessful() {
        return abisIfSuccessful;
    }

    boolean isForking() {
        return pending != null && pending.printed.role() == PrintedName.Role.FORK && !childSeen;
    }

    boolean isExecuting() {
        return pending != null && pending.printed.role() == PrintedName.Role.EXECVE;
    }

    /** The child of the pending fork has made a call before the fork returned. */
    void childSeen() {
        childSeen = true;
    }

    boolean hasSeenChild() {
        return childSeen;
    }

    Lineage origin() {
        return origin;
    }

    /** From now on it counts as forked in another image. */
    void descendFrom(Lineage other) {
        origin = other;
    }

    boolean isProvisional() {
        return provisional;
    }

    void parentFound() {
        provisional = false;
    }
}
