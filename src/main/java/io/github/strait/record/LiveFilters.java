package io.github.strait.record;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.BaseEncoding;
import com.google.common.io.Resources;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * The filters of a running process. A perl script stops its first thread with ptrace for some milliseconds and reads them,
 * then the others to compare. A sleep that this interrupts goes on through {@code restart_syscall}; where the filters deny that, the call is made
 * again from its beginning.
 *
 * @param filters as the kernel has them, the oldest first
 * @param notes what differs between the threads
 */
public record LiveFilters(ImmutableList<byte[]> filters, ImmutableList<String> notes) {
    /** Calls that a stop interrupts for good where the registers of a task cannot be set. */
    private static final ImmutableSet<String> SLEEPS = ImmutableSet.of(
            "nanosleep",
            "clock_nanosleep",
            "poll",
            "futex",
            "restart_syscall",
            "epoll_wait",
            "epoll_pwait",
            "epoll_pwait2",
            "semop",
            "semtimedop",
            "rt_sigtimedwait",
            "io_getevents");

    /** How many threads are compared with the first: each comparison starts perl. */
    private static final int MOST_THREADS = 32;

    private static final int ENOENT = 2;
    private static final int EPERM = 1;
    private static final int ESRCH = 3;
    private static final int EACCES = 13;
    private static final int EMEDIUMTYPE = 124;

    /**
     * Reads the filters of a process.
     *
     * @param here the ABI of this JVM, and of perl
     * @param goesOn whether filters let a task go on that sleeps
     * @throws RefusalException when there is no such process, it has no filter, or it may not be read
     */
    public static LiveFilters of(long pid, Arch here, Predicate<List<byte[]>> goesOn) {
        Path process = Path.of("/proc", Long.toString(pid));
        LiveTask task = LiveTask.of(process).orElseThrow(() -> refusal(pid, "there is no such process"));
        checkState(pid, task);
        checkMode(pid, task);
        List<LiveTask> threads = LiveTask.threads(process);
        ImmutableList<byte[]> filters = new Asking(pid, task, here, goesOn).filters();
        List<Long> others = new ArrayList<>();
        int left = MOST_THREADS;
        int unread = 0;
        for (LiveTask thread : threads) {
            if (thread.id() == pid) {
                continue;
            }
            if (!hasAsMany(thread, task)) {
                others.add(thread.id());
            } else if (left == 0 || here != Arch.X86_64 && sleeps(thread, here)) {
                unread++;
            } else {
                try {
                    left--;
                    if (!areSame(filters, new Asking(pid, thread, here, goesOn).filters())) {
                        others.add(thread.id());
                    }
                } catch (RefusalException e) {
                    // it ended or does not stop, and the next may not either
                    left = 0;
                    unread++;
                }
            }
        }
        return new LiveFilters(filters, notes(others, unread, threads.size()));
    }

    /** Threads may have filters of their own, and as many as the others. */
    private static boolean hasAsMany(LiveTask thread, LiveTask other) {
        return thread.field("Seccomp_filters").equals(other.field("Seccomp_filters"))
                && thread.field("Seccomp").equals("2");
    }

    private static boolean areSame(List<byte[]> filters, List<byte[]> others) {
        if (filters.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < filters.size(); i++) {
            if (!Arrays.equals(filters.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static ImmutableList<String> notes(List<Long> others, int unread, int threads) {
        ImmutableList.Builder<String> notes = ImmutableList.builder();
        if (!others.isEmpty()) {
            notes.add(others.size() + " of its " + threads + " threads have other filters than this one, among them "
                    + others.get(0) + "; pid:" + others.get(0) + " reads those of that thread");
        }
        if (unread > 0) {
            notes.add(unread + " of its " + threads + " threads were not asked whether their filters are the same");
        }
        return notes.build();
    }

    private static boolean sleeps(LiveTask task, Arch here) {
        return SyscallTable.of(here)
                .name((int) task.call())
                .filter(SLEEPS::contains)
                .isPresent();
    }

    private static void checkState(long pid, LiveTask task) {
        if (task.isZombie()) {
            throw refusal(pid, "the process has ended; only its exit status is left");
        }
        if (task.isKernelThread()) {
            throw refusal(pid, "is a thread of the kernel, which makes no system calls");
        }
        if (!task.field("TracerPid").equals("0")) {
            throw refusal(
                    pid,
                    "process " + task.field("TracerPid") + " traces it already, and a task has one tracer; end"
                            + " that strace or debugger first");
        }
    }

    private static void checkMode(long pid, LiveTask task) {
        switch (task.field("Seccomp")) {
            case "2" -> {}
            case "1" ->
                throw refusal(
                        pid,
                        "is in strict mode, which has no filter: only read, write, _exit and rt_sigreturn are allowed");
            case "0" -> throw refusal(pid, "is not confined: it has no seccomp filter");
            default -> throw refusal(pid, "the kernel says nothing about its filters");
        }
    }

    static RefusalException refusal(long pid, String what) {
        return RefusalException.of("cannot-read-filters", SourcePosition.ofFile("pid:" + pid), what);
    }

    /** One run of the script. */
    private record Asking(long pid, LiveTask task, Arch here, Predicate<List<byte[]>> goesOn) {
        ImmutableList<byte[]> filters() {
            CallerEnvironment environment = CallerEnvironment.ofThisProcess(true);
            ProcessBuilder script = new ProcessBuilder(
                            perl(environment),
                            "-f",
                            "-e",
                            script(),
                            "--",
                            number("ptrace"),
                            number("wait4"),
                            Long.toString(task.id()),
                            here == Arch.X86_64 ? "1" : "0")
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            script.environment().put("PERL_BADLANG", "0");
            try {
                Process process = script.start();
                try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII);
                        Writer answer = process.outputWriter(StandardCharsets.US_ASCII)) {
                    return read(lines, answer);
                } finally {
                    // the kernel ends the tracing with it
                    process.destroy();
                }
            } catch (IOException e) {
                throw refusal(pid, "perl, which reads the filters, failed: " + e.getMessage());
            }
        }

        private ImmutableList<byte[]> read(BufferedReader lines, Writer answer) throws IOException {
            List<byte[]> filters = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("!")) {
                    throw refusal(pid, why(line));
                }
                if (line.equals("sleeping")) {
                    answer.write(goesOn.test(filters) ? "go on\n" : "again\n");
                    answer.flush();
                }
                if (line.equals("sleeping") || line.equals("end")) {
                    // the end of its output: the task goes on
                    lines.readLine();
                    return ImmutableList.copyOf(filters);
                }
                filters.add(BaseEncoding.base16().lowerCase().decode(line));
            }
            throw refusal(pid, "perl, which reads the filters, ended early");
        }

        private String why(String line) {
            String step = line.replaceFirst("! ([a-z]+) .*", "$1");
            int errno = Integer.parseInt(line.replaceFirst("! [a-z]+ ", ""));
            if (errno == ESRCH || errno == ENOENT) {
                return "the process ended while it was read";
            }
            return switch (step) {
                case "seize" ->
                    errno == EPERM
                            ? "may not be traced: run strait as root, outside of containers (and see"
                                    + " /proc/sys/kernel/yama/ptrace_scope)"
                            : "cannot be traced (errno " + errno + ")";
                case "stop" -> "does not stop: its first thread is in a sleep that nothing interrupts; try again";
                default ->
                    errno == EACCES
                            ? "its filters may be read only with CAP_SYS_ADMIN in the first user namespace and by a process"
                                    + " without a filter: run strait as root, outside of containers"
                            : errno == EMEDIUMTYPE
                                    ? "one of its filters is none that can be read"
                                    : "this kernel does not show filters (errno " + errno
                                            + "); it needs CONFIG_CHECKPOINT_RESTORE";
            };
        }

        private String perl(CallerEnvironment environment) {
            try {
                return CommandLookup.find("perl", environment.variable("PATH").orElse(""))
                        .toString();
            } catch (RefusalException e) {
                throw refusal(pid, "no perl on PATH, which reads the filters; install it (apt-get install perl-base)");
            }
        }

        private String number(String name) {
            return Integer.toString(SyscallTable.of(here).number(name).orElseThrow());
        }

        private static String script() {
            try {
                return Resources.toString(
                        Resources.getResource(LiveFilters.class, "filters.pl"), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
