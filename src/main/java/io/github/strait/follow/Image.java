package io.github.strait.follow;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One executed program: its path, its tasks, and a {@link Context} for each ABI that it was seen to use. */
final class Image {
    /** The program of calls made before any execve that the trace shows. */
    static final String UNKNOWN_PROGRAM = "";

    /** The program of a run whose start is not in the trace, as far as no execve names another. */
    static final String ATTACHED_PROGRAM = "(unknown, attached)";

    private String program;
    private final int inherited;
    private final boolean launcher;
    private final List<Context> contexts = new ArrayList<>(1);
    private final Loader loader;
    private @Nullable UnsupportedMachine unsupported;
    private boolean sendsSignals;
    private int tasks;
    private final Lineage lineage;
    private boolean rootChanged;

    /**
     * @param program the path given to execve, or {@link #UNKNOWN_PROGRAM}
     * @param inherited what was known of the ABI that called execve; programs seldom change it
     * @param launcher whether this is strace's own child before the first execve, whose ABI is that of strace
     * @param lineage whether what it does is kept
     */
    Image(String program, int inherited, boolean launcher, Lineage lineage) {
        this.lineage = lineage;
        this.program = program;
        this.inherited = inherited;
        this.launcher = launcher;
        this.loader = new Loader(program);
    }

    /** The evidence of its loader. */
    Loader loader() {
        return loader;
    }

    /** The kernel has told of a machine that no table is of. */
    void add(UnsupportedMachine seen) {
        unsupported = UnsupportedMachine.first(unsupported, seen);
    }

    /** The evidence that this program is of a machine without a table; null if there is none. */
    @Nullable
    UnsupportedMachine unsupported() {
        return UnsupportedMachine.first(unsupported, loader.unsupported());
    }

    /** The program sends signals with contents of its own, and so may forge those of the kernel to itself. */
    void sendsSignals() {
        sendsSignals = true;
    }

    boolean isSendingSignals() {
        return sendsSignals;
    }

    String program() {
        return program;
    }

    void nameProgram(String path) {
        program = path;
    }

    int inherited() {
        return inherited;
    }

    Lineage lineage() {
        return lineage;
    }

    /** It has called {@code pivot_root}. */
    void rootChanged() {
        rootChanged = true;
    }

    boolean isRootChanged() {
        return rootChanged;
    }

    /** Whether its tasks are children of an unknown parent, and have executed nothing yet. */
    boolean isUnclaimed() {
        return program.equals(UNKNOWN_PROGRAM) && !launcher;
    }

    boolean isLauncher() {
        return launcher;
    }

    List<Context> contexts() {
        return contexts;
    }

    /** The context for a mode, made when the image has none that is compatible with it. */
    Context context(int mode) {
        for (Context context : contexts) {
            if (context.admits(mode)) {
                return context;
            }
        }
        Context made = new Context(this, mode);
        contexts.add(made);
        return made;
    }

    void add(Context context) {
        contexts.add(context);
    }

    void join() {
        tasks++;
    }

    /** One task fewer; true when it was the last. */
    boolean leave() {
        return --tasks == 0;
    }

    /**
     * Takes over the tasks and the counts of an image that turned out to be a forked part of this one.
     *
     * @return the contexts that contradict what is known of the parent's
     */
    List<Context> absorb(Image child, Context into) {
        tasks += child.tasks;
        unsupported = UnsupportedMachine.first(unsupported, child.unsupported());
        sendsSignals |= child.sendsSignals;
        List<Context> others = new ArrayList<>(0);
        for (Context context : child.contexts) {
            if (into.admits(context.candidates())) {
                context.replaceWith(into);
            } else {
                others.add(context);
                context.replaceWith(context(context.candidates()));
            }
        }
        child.contexts.clear();
        return others;
    }
}
