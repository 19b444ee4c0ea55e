package io.github.strait.follow;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random processes that fork, execute, fail and die, and their trace in any order that a kernel could choose. */
public final class RandomProgram {
    private static final int PLAIN = 7;
    private static final String[] RESULTS = {
        "3",
        "0",
        "-1 ENOENT (No such file or directory)",
        "-1 EAGAIN (Resource temporarily unavailable)",
        "? ERESTARTSYS (To be restarted if SA_RESTART is set)"
    };
    private static final String[] CALLS = {"read(3, ", "openat(AT_FDCWD, \"/etc/x) = 0\", ", "close(3", "getpid("};

    /** One call; the child is what a fork begins. */
    private record Step(
            String call, String result, @Nullable Script child) {}

    /** What one task does from its first line to its end. */
    private static final class Script {
        final int tid;
        final List<Step> steps = new ArrayList<>();
        boolean killed;

        Script(int tid) {
            this.tid = tid;
        }
    }

    /** A task on its way through its script. */
    private static final class Running {
        final Script script;
        int next;
        boolean pending;

        Running(Script script) {
            this.script = script;
        }
    }

    private final Random random;
    private final boolean mixesAbis;
    private final Script root;
    private int tids = 100;

    /** @param mixesAbis whether some of the programs are 32-bit ones */
    public RandomProgram(long seed, boolean mixesAbis) {
        this.random = new Random(seed);
        this.mixesAbis = mixesAbis;
        this.root = new Script(tids++);
        execute(root, false);
        write(root, 3, false);
    }

    private void execute(Script script, boolean narrow) {
        script.steps.add(new Step(
                "execve(\"/bin/p" + (narrow ? "32" : "64") + "\", [\"p\"], 0x7ffd1234 /* 9 vars */", "0", null));
        script.steps.add(
                narrow
                        ? new Step("mmap2(NULL, 4096, PROT_READ, MAP_PRIVATE, -1, 0", "0xf7f00000", null)
                        : new Step("brk(NULL", "0x555512345000", null));
    }

    private void write(Script script, int depth, boolean wasNarrow) {
        boolean narrow = wasNarrow;
        for (int i = random.nextInt(PLAIN); i >= 0; i--) {
            int choice = random.nextInt(PLAIN + 3);
            if (choice < PLAIN) {
                String result = RESULTS[random.nextInt(RESULTS.length)];
                script.steps.add(new Step(CALLS[random.nextInt(CALLS.length)], result, null));
            } else if (choice > PLAIN && depth > 0) {
                Script child = new Script(tids++);
                String fork = choice == PLAIN + 1 ? "vfork(" : "clone(child_stack=NULL, flags=SIGCHLD";
                script.steps.add(new Step(fork, Integer.toString(child.tid), child));
                write(child, depth - 1, narrow);
            } else {
                narrow = mixesAbis && random.nextBoolean();
                execute(script, narrow);
            }
        }
        script.killed = random.nextInt(4) == 0;
        script.steps.add(script.killed ? new Step("pause(", "?", null) : new Step("exit_group(0", "?", null));
    }

    /** Every call on one line, a child's calls behind its fork. */
    public String inOrder() {
        StringBuilder out = new StringBuilder();
        run(out, new Random(0), false, false);
        return out.toString();
    }

    /**
     * Calls cut in halves, tasks in turns.
     *
     * @param ambiguous whether children may begin while several forks are pending
     */
    public String interleaved(long order, boolean ambiguous) {
        StringBuilder out = new StringBuilder();
        run(out, new Random(order), true, ambiguous);
        return out.toString();
    }

    private void run(StringBuilder out, Random order, boolean halves, boolean ambiguous) {
        List<Running> running = new ArrayList<>(List.of(new Running(root)));
        int forking = 0;
        while (!running.isEmpty()) {
            Running task = running.get(order.nextInt(running.size()));
            Step step = task.script.steps.get(task.next);
            boolean begins = !task.pending;
            boolean last = task.next == task.script.steps.size() - 1;
            boolean mayCut = ambiguous || step.child == null || forking == 0;
            if (begins && halves && mayCut && order.nextBoolean()) {
                task.pending = true;
                line(out, task).append(step.call).append(" <unfinished ...>\n");
                if (step.child != null) {
                    forking++;
                    running.add(new Running(step.child));
                }
                continue;
            }
            if (last && task.script.killed) {
                if (begins) {
                    line(out, task).append(step.call).append(" <unfinished ...>\n");
                }
            } else {
                line(out, task)
                        .append(begins ? step.call : resumed(step))
                        .append(") = ")
                        .append(step.result);
                out.append('\n');
            }
            if (step.child != null) {
                forking -= begins ? 0 : 1;
                if (begins) {
                    running.add(new Running(step.child));
                }
            }
            task.pending = false;
            task.next++;
            if (last) {
                running.remove(task);
                line(out, task).append(task.script.killed ? "+++ killed by SIGKILL +++\n" : "+++ exited with 0 +++\n");
            }
        }
    }

    private static StringBuilder line(StringBuilder out, Running task) {
        return out.append(task.script.tid).append("   ");
    }

    private static String resumed(Step step) {
        return "<... " + step.call.substring(0, step.call.indexOf('(')) + " resumed>";
    }
}
