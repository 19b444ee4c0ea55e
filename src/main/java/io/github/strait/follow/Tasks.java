package io.github.strait.follow;

import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineKind;
import io.github.strait.trace.Positioned;
import io.github.strait.trace.scan.ScanSummary;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The live tasks of one run: who a line belongs to, and which task is whose child. A child is matched by the value that
 * the fork returned, or, where its first line comes earlier or a pid namespace makes the numbers differ, by the one fork
 * that is pending at that time.
 */
final class Tasks {
    private static final int RECENT = 1 << 8;
    private static final int MOST_RECENT = 1 << 17;

    /** Running tasks whose programs are remembered until they have a line. */
    private static final int INTRODUCED = 1 << 16;

    /** Lines lose their tid only while few tasks live; more than this is a forgery that would cost time. */
    private static final int SEARCH_LIMIT = 1 << 8;

    private final Map<Integer, Task> live = new HashMap<>();
    /** Some of the live tasks, at the low bits of their tids. */
    private @Nullable Task[] recent = new @Nullable Task[RECENT];

    private final ExpectedChildren expected = new ExpectedChildren();
    /** The programs of tasks that were running when strace attached, and that have no line yet. */
    private final Map<Integer, String> introduced = new HashMap<>();

    private final Set<Task> forking = new LinkedHashSet<>();
    private final Set<Task> executing = new LinkedHashSet<>();
    private boolean numbersDiffer;
    private final Consumer<Image> ended;
    private boolean started;
    private final Children children;
    private @Nullable Task latest;
    private final ProgramChoice choice;
    private final Handover handover;
    private final ParentlessTasks parentless;
    private final ArgumentFollower arguments;

    /**
     * @param ended is told of each image whose last task is gone
     * @param choice the programs whose images and children are kept
     * @param handover where all are kept, whether what a task executes is the runtime's own
     * @param children is told of each task that is seen
     * @param arguments is told of each call that ends without its second half
     */
    Tasks(
            Consumer<Image> ended,
            ProgramChoice choice,
            Handover handover,
            Children children,
            ArgumentFollower arguments) {
        this.ended = ended;
        this.choice = choice;
        this.handover = handover;
        this.children = children;
        this.arguments = arguments;
        this.parentless = new ParentlessTasks(choice, handover, expected, forking);
    }

    /** The task that a line belongs to, made when this is its first. */
    Task owner(Line line) {
        Task task = line.tid() == Task.ANONYMOUS ? unnamed(line) : named(line);
        latest = task;
        return task;
    }

    /** The live task of a line that neither makes a task nor renames one; null when the line might. */
    @Nullable
    Task known(int tid) {
        if (tid == Task.ANONYMOUS) {
            return live.size() == 1 ? latest : null;
        }
        Task task = recent[tid & recent.length - 1];
        return task != null && task.tid() == tid ? task : look(tid);
    }

    private @Nullable Task look(int tid) {
        if (live.size() > recent.length && recent.length < MOST_RECENT) {
            recent = new @Nullable Task[2 * recent.length];
        }
        Task task = live.get(tid);
        if (task != null) {
            recent[tid & recent.length - 1] = task;
        }
        return task;
    }

    /** The task of a line that may be its first; null when the line might name a task that has lines without a tid. */
    @Nullable
    Task knownOrNew(int tid) {
        Task task = known(tid);
        boolean isNew = task == null && tid != Task.ANONYMOUS && !live.containsKey(Task.ANONYMOUS);
        return isNew ? adopt(tid) : task;
    }

    /** A line of this task was passed over. */
    void turnTo(Task task) {
        latest = task;
    }

    @Nullable
    Task find(int tid) {
        return live.get(tid);
    }

    /** The live task of a line that may come after its end. */
    @Nullable
    Task findOwner(Line line) {
        return line.tid() != Task.ANONYMOUS || live.isEmpty() ? live.get(line.tid()) : unnamed(line);
    }

    private Task named(Line line) {
        Task task = live.get(line.tid());
        if (task != null) {
            return task;
        }
        Task anonymous = live.get(Task.ANONYMOUS);
        if (anonymous != null && !expected.has(line.tid()) && isAnonymous(anonymous, line)) {
            rename(anonymous, line.tid());
            return anonymous;
        }
        return adopt(line.tid());
    }

    /** While the initial task is anonymous, a new tid is its own unless it is the child of a fork that is pending. */
    private boolean isAnonymous(Task anonymous, Line line) {
        boolean resumesIt = line.kind() == LineKind.RESUMED
                && anonymous.pending() != null
                && anonymous.pending().printed.name().equals(line.name());
        return resumesIt || forking.isEmpty();
    }

    void rename(Task task, int tid) {
        if (task.tid() == Task.ANONYMOUS) {
            children.name(tid);
        }
        recent[task.tid() & recent.length - 1] = null;
        recent[tid & recent.length - 1] = null;
        live.remove(task.tid());
        task.rename(tid);
        live.put(tid, task);
    }

    /** A line without a tid belongs to the only task; if there are several, to the one that its name fits. */
    private Task unnamed(Line line) {
        if (live.size() == 1) {
            return live.values().iterator().next();
        }
        if (line.kind() == LineKind.RESUMED && live.size() <= SEARCH_LIMIT) {
            for (Task task : live.values()) {
                if (task.pending() != null && task.pending().printed.name().equals(line.name())) {
                    return task;
                }
            }
        }
        Task anonymous = live.get(Task.ANONYMOUS);
        if (anonymous != null) {
            return anonymous;
        }
        return latest != null ? latest : adopt(Task.ANONYMOUS);
    }

    private @Nullable Task remove(int tid) {
        Task removed = live.remove(tid);
        recent[tid & recent.length - 1] = null;
        if (removed == latest) {
            latest = null;
        }
        return removed;
    }

    private Task adopt(int tid) {
        Task made;
        String program = introduced.remove(tid);
        ExpectedChildren.Child child = program == null ? expectedAs(tid) : null;
        if (program != null) {
            Lineage origin =
                    choice.isAll() ? handover.origin(null) : choice.isLasting(program) ? Lineage.KEPT : Lineage.DROPPED;
            Image image = new Image(program, Abis.ALL, false, choice.isChosen(program) ? Lineage.KEPT : origin);
            made = new Task(tid, image.context(Abis.ALL), Abis.ALL, false, origin);
        } else if (child != null) {
            made = child.start(tid);
            leave(child.image());
        } else if (forking.size() == 1) {
            Task parent = forking.iterator().next();
            forking.remove(parent);
            parent.childSeen();
            Lineage lineage = parent.context().image().lineage();
            made = new Task(tid, parent.context(), parent.mode(), false, lineage);
            made.comeFrom(parent, parent.forkFlags());
        } else {
            made = parentless.make(tid, !started);
        }
        started = true;
        children.see(tid);
        live.put(tid, made);
        recent[tid & recent.length - 1] = made;
        return made;
    }

    private ExpectedChildren.@Nullable Child expectedAs(int tid) {
        ExpectedChildren.Child child = expected.remove(tid);
        return child != null || !numbersDiffer || !forking.isEmpty() ? child : expected.removeOldest();
    }

    /** A task knows itself by another tid than strace does: what forks return are not the tids of lines. */
    void numbersDiffer() {
        numbersDiffer = true;
        children.numbersDiffer();
    }

    /** Whether the result of a call that {@link PrintedName#isReturningTid} shows that numbers differ, which is not known yet. */
    boolean isTellingNumbers(Task task, int summary) {
        return !numbersDiffer
                && ScanSummary.ending(summary) == Ending.VALUE
                && task.tid() != Task.ANONYMOUS
                && !ScanSummary.returnsOwnTid(summary);
    }

    /** Names the program of a task that runs already, if the line does. */
    void introduce(Line line) {
        int tid = line.otherTid();
        if (tid != Task.ANONYMOUS && !live.containsKey(tid) && introduced.size() < INTRODUCED) {
            line.arguments().string(0).ifPresent(program -> introduced.put(tid, program));
        }
    }

    /** strace says that it has attached to a task: it exists, though it has made no call. */
    void attached(int tid) {
        if (!live.containsKey(tid) && started) {
            adopt(tid);
        }
    }

    /** A call was begun and not finished on its line. */
    void begin(Task task, Tally call, String program) {
        task.begin(call, program);
        if (task.isForking()) {
            forking.add(task);
        } else if (task.isExecuting()) {
            executing.add(task);
        }
    }

    /** The pending call of a task ends. */
    @Nullable
    Tally finish(Task task) {
        if (task.isForking()) {
            forking.remove(task);
        } else if (task.isExecuting()) {
            executing.remove(task);
        }
        Tally pending = task.finish();
        FirstHalf half = task.takeHalf();
        if (pending != null && half != null) {
            arguments.end(pending, half, task.halfAt());
        }
        return pending;
    }

    /**
     * A fork has returned the tid of the child, as the parent's pid namespace numbers it.
     *
     * @param line where it returned
     * @return what the child called before that in ABIs that the parent is known not to be in
     */
    List<Context> forked(Task parent, long child, Positioned line) {
        if (child > 0) {
            children.announce(parent.forkFlags(), child, line);
        }
        if (parent.hasSeenChild() || child <= 0 || child > Integer.MAX_VALUE) {
            return List.of();
        }
        int tid = (int) child;
        parentless.parentFound(tid, parent.context().image().lineage());
        Task known = live.get(tid);
        if (known == null) {
            if (!expected.isFull()) {
                neverSeen(tid);
                expected.add(tid, parent);
            }
        } else if (known.isProvisional()
                && known.context().image() != parent.context().image()) {
            known.parentFound();
            return parent.context().image().absorb(known.context().image(), parent.context());
        }
        return List.of();
    }

    /** The task whose pending execve a leader takes over, when the trace does not say which: the only one there is. */
    @Nullable
    Task onlyExecuting() {
        return executing.size() == 1 ? executing.iterator().next() : null;
    }

    /** The thread becomes the leader of its group, whose task and tid it takes over. */
    void takeOver(Task thread, int leaderTid) {
        Task leader = leaderTid == thread.tid() ? null : remove(leaderTid);
        if (leader != null) {
            thread.descendFrom(leader.origin());
            end(leader);
        }
        rename(thread, leaderTid);
    }

    /** A task executes a program. */
    void execute(Task task, String program) {
        execute(task, program, lineage(task, program));
    }

    /** A task executes a program that a later line will name; see {@link #name}. */
    void executeNameless(Task task) {
        execute(task, Image.UNKNOWN_PROGRAM, choice.isAll() ? lineage(task, Image.UNKNOWN_PROGRAM) : Lineage.open());
    }

    private void execute(Task task, String program, Lineage lineage) {
        Context old = task.context();
        task.enter(new Image(program, old.candidates(), false, lineage));
        leave(old.image());
    }

    /** The name of a program that was executed without one. */
    void name(Image image, Task executing, String program) {
        image.nameProgram(program);
        image.lineage().decide(lineage(executing, program));
    }

    private Lineage lineage(Task task, String program) {
        if (choice.isAll() && handover.isReached(task)) {
            handover.over();
            task.descendFrom(Lineage.KEPT);
        } else if (choice.isLasting(program)) {
            task.descendFrom(Lineage.KEPT);
        }
        return choice.isChosen(program) ? Lineage.KEPT : task.origin();
    }

    /** The runtime of a container has installed the filter, in all its threads: what they call now is under it. */
    void filter() {
        handover.filtered();
        for (Task each : List.copyOf(live.values())) {
            Context context = each.context();
            each.descendFrom(Lineage.FILTERED);
            each.enter(new Image(context.image().program(), context.candidates(), false, Lineage.FILTERED));
            leave(context.image());
        }
    }

    /** The tasks that have not ended. */
    Collection<Task> live() {
        return live.values();
    }

    /** The end of a task that does not live: either its only line, or the line after its last call. */
    void ended(int tid) {
        if (tid != Task.ANONYMOUS) {
            children.end(tid);
        }
        neverSeen(tid);
    }

    /** A task that was announced makes no call. */
    private void neverSeen(int tid) {
        ExpectedChildren.Child child = expected.remove(tid);
        if (child != null) {
            leave(child.image());
        }
    }

    /** A task has called exit or exit_group, and the line of its end may follow. */
    void exits(Task task, Tally call) {
        if (!call.printed.name().equals("exit")) {
            task.exitProcess();
        }
        children.await(task.tid());
        exited(task);
    }

    void exited(Task task) {
        remove(task.tid());
        end(task);
    }

    private void end(Task task) {
        Tally pending = finish(task);
        if (pending != null) {
            pending.neverReturned();
        }
        leave(task.context().image());
    }

    /** Keeps an image from ending with its last task, until {@link #leave}. */
    void hold(Image image) {
        image.join();
    }

    void leave(Image image) {
        if (image.leave()) {
            ended.accept(image);
        }
    }

    /** Whether every task seen or announced has ended. */
    boolean areAllGone() {
        return started && live.isEmpty() && expected.all().isEmpty();
    }

    /** The end of the trace. */
    void endAll() {
        live.values().forEach(this::end);
        live.clear();
        Image crowd = parentless.crowd();
        if (crowd != null) {
            leave(crowd);
        }
        for (var child = expected.removeOldest(); child != null; child = expected.removeOldest()) {
            leave(child.image());
        }
    }
}
