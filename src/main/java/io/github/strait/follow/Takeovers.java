package io.github.strait.follow;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Thread T of leader L executes a program, and takes over the task of L. In one file the lines are: T's unfinished execve,
 * that which says so with L's tid, L's resumed execve. In an {@code -ff} set T's file ends with
 * {@code <pid changed to L ...>}, and L's file goes on.
 */
final class Takeovers {
    private final Tasks tasks;
    private final ExecutedPrograms programs;

    /** Image of a leader whose execve, made by another thread, stands in a file that is read later. */
    private final TreeMap<Integer, Image> nameless = new TreeMap<>();

    Takeovers(Tasks tasks, ExecutedPrograms programs) {
        this.tasks = tasks;
        this.programs = programs;
    }

    /**
     * The leader is superseded by a thread.
     *
     * @param thread by its tid
     * @param late whether personality markers may be late
     */
    void superseded(int leader, int thread, boolean late) {
        Task executing = tasks.find(thread);
        if (executing != null && executing.isExecuting()) {
            tasks.takeOver(executing, leader);
            return;
        }
        Task task = tasks.find(leader);
        if (task != null) {
            abandon(task);
            if (late) {
                task.doubtMode();
            }
            tasks.executeNameless(task);
            Image image = task.context().image();
            tasks.hold(image);
            Image forgotten = nameless.put(leader, image);
            if (forgotten != null) {
                tasks.leave(forgotten);
            }
        }
    }

    /** A call that the leader began ends when another thread calls execve; no line is missing. */
    private void abandon(Task leader) {
        Tally pending = tasks.finish(leader);
        if (pending != null) {
            pending.neverReturned();
        }
    }

    /** Whether the execve of the leader is known already, by the line that says it is superseded. */
    boolean isKnown(Task leader) {
        return nameless.containsKey(leader.tid());
    }

    /** The thread whose execve the leader resumes, when only one can be; it has taken over. */
    @Nullable
    Task byResumption(Task leader) {
        Task thread = tasks.onlyExecuting();
        if (thread == null || thread == leader) {
            return null;
        }
        tasks.takeOver(thread, leader.tid());
        return thread;
    }

    /** The file of a thread ends: it is the leader now. */
    void pidChanged(Task thread, int leader) {
        Image image = nameless.remove(leader);
        if (image == null) {
            // the leader's file comes later: its superseded line finds this task
            return;
        }
        tasks.name(image, thread, thread.pendingProgram());
        programs.add(thread.pendingProgram());
        tasks.leave(image);
        tasks.exited(thread);
    }

    /** The end of the trace. */
    void end() {
        nameless.values().forEach(tasks::leave);
        nameless.clear();
    }
}
