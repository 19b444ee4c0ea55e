package io.github.strait.qemu;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.Completeness.Place;
import io.github.strait.observation.Completeness.Sign;
import io.github.strait.observation.Omission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The processes of a log, by what each did last: whether it ended, and whether it became a program that qemu does not run. */
final class GuestProcesses {
    /** Processes that are told apart; a log of more cannot say of each how it ended. */
    private static final int MOST = 1 << 16;

    private static final Set<String> EXECS = Set.of("execve", "execveat");
    /** Signals whose default does not end a process. */
    private static final Set<String> HARMLESS = Set.of("SIGCHLD", "SIGCONT", "SIGURG", "SIGWINCH");

    private static final String EXIT = "exit";
    private static final String EXIT_ALL = "exit_group";
    static final String THREAD = "CLONE_THREAD";

    private static final class Process {
        private String last = "";
        private SourcePosition at;
        private long threads = 1;

        Process(SourcePosition at) {
            this.at = at;
        }

        boolean isEnded() {
            return threads <= 0 || last.equals(EXIT_ALL);
        }
    }

    private final Map<Long, Process> processes = new LinkedHashMap<>();
    private long signals;

    /**
     * A process makes a call.
     *
     * @param flags those of clone; empty for any other call
     */
    void call(long pid, String name, String flags, SourcePosition at) {
        Process process = processes.get(pid);
        if (process == null) {
            if (processes.size() == MOST) {
                return;
            }
            process = new Process(at);
            processes.put(pid, process);
        }
        process.last = name;
        process.at = at;
        if (name.equals(EXIT)) {
            process.threads--;
        } else if (flags.contains(THREAD)) {
            process.threads++;
        }
    }

    /** A signal is delivered; qemu does not say to which process. */
    void signal(String text) {
        int from = "--- ".length();
        int to = text.indexOf(' ', from);
        signals += to > from && !HARMLESS.contains(text.substring(from, to)) ? 1 : 0;
    }

    /** Whether a call makes another program of the process, unless it fails. */
    static boolean isExecution(String name) {
        return EXECS.contains(name);
    }

    long count() {
        return processes.size();
    }

    /** What the log shows to be missing. A process that has no end may have been ended by one of the signals. */
    TreeMap<Omission, Sign> signs() {
        List<Place> executed = new ArrayList<>();
        List<Place> unended = new ArrayList<>();
        processes.forEach((pid, process) -> {
            if (isExecution(process.last)) {
                executed.add(new Place(process.at, pid.toString()));
            } else if (!process.isEnded()) {
                unended.add(new Place(process.at, pid.toString()));
            }
        });
        TreeMap<Omission, Sign> signs = new TreeMap<>();
        if (!executed.isEmpty()) {
            signs.put(Omission.CHILDREN_MISSING, Sign.of(executed.size(), executed));
        }
        if (unended.size() > signals) {
            signs.put(Omission.TASKS_UNENDED, Sign.of(unended.size(), unended));
        }
        return signs;
    }
}
