package io.github.strait.record;

import io.github.strait.diagnostic.RefusalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Says why a recording did not begin, and what to do. */
final class StartFailure {
    private static final Path SCOPE = Path.of("/proc/sys/kernel/yama/ptrace_scope");

    private static final int SIGSYS = 31;
    /** How long strace may take to trace a command that does nothing, in seconds. */
    private static final int PATIENCE = 20;

    private static final String PTRACE_KILLS =
            "a seccomp filter that strait runs under kills processes that call ptrace (SIGSYS), as"
                    + " systemd's SystemCallFilter= without @debug does; allow @debug there, or run strait outside of it";

    private StartFailure() {}

    /** The kernel refused the command. */
    static RefusalException ofExecution(String command, String errno) {
        return switch (errno) {
            case "ENOENT" ->
                RefusalException.of(
                        "not-found",
                        "the interpreter of '" + command
                                + "' is not found; check its first line, or its dynamic loader");
            case "ENOEXEC" ->
                notExecutable("'" + command + "' is not a program and has no #! line; add one, or run: sh " + command);
            case "EACCES" ->
                notExecutable("'" + command + "' or its interpreter may not be executed; check their permissions");
            case "EPERM", "ENOSYS", "killed by the profile" ->
                notExecutable("'" + command + "' cannot be executed (" + errno
                        + "); a profile it is to start under must allow execve");
            default -> notExecutable("'" + command + "' cannot be executed (" + errno + ")");
        };
    }

    /**
     * strace ended without a trace; asks it once more, since what it said went to the program's standard error.
     *
     * @param status how it ended
     */
    static RefusalException ofStrace(Strace strace, CallerEnvironment environment, int status) {
        if (status == TraceEnd.KILLED + SIGSYS) {
            return failed("ptrace-denied", PTRACE_KILLS);
        }
        try (PrivateFolder folder = PrivateFolder.temporary()) {
            Path said = folder.file("said");
            List<String> probe = strace.probe(folder.file("trace"));
            Process process = environment
                    .process(probe)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .start();
            boolean isOver = process.waitFor(PATIENCE, TimeUnit.SECONDS);
            process.destroyForcibly();
            Orphans.end(probe);
            int ended = process.onExit().join().exitValue();
            if (ended == TraceEnd.KILLED + SIGSYS) {
                return failed("ptrace-denied", PTRACE_KILLS);
            }
            String killed = status > TraceEnd.KILLED
                    ? "strace was killed by signal " + (status - TraceEnd.KILLED) + " before it wrote a call"
                    : "strace wrote no trace; it says why above";
            return isOver && ended == 0
                    ? failed("no-trace", killed)
                    : of(Files.readString(said, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return failed("no-trace", "cannot run " + strace.program() + " (" + e.getMessage() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("no-trace", "interrupted");
        }
    }

    /** strace could attach to nothing. */
    static RefusalException ofAttaching(String output, RecordOptions options) {
        String text = output.lines().findFirst().orElse("strace: no message").strip();
        String old = Files.exists(options.trace()) ? "; " + options.trace() + " is of an earlier recording" : "";
        String advice = isRefused(output) ? adviceFor(options.attach().get(0)) : "";
        return failed(isRefused(output) ? "ptrace-denied" : "no-trace", text + advice + old);
    }

    /** The advice for a process that strace cannot attach to; it follows the reason in a message. */
    static String adviceFor(long pid) {
        try {
            int owner = (int) Files.getAttribute(Path.of("/proc", Long.toString(pid)), "unix:uid");
            int user = PrivateFolder.user();
            if (user != 0 && owner != user) {
                return "; it is another user's: be root (sudo strait record --attach " + pid + ")";
            }
        } catch (IOException e) {
            return "; it has ended";
        }
        return "; " + advice();
    }

    private static boolean isRefused(String output) {
        String lower = output.toLowerCase(Locale.ROOT);
        return lower.contains("ptrace") && lower.contains("not permitted");
    }

    /** From what strace said. */
    static RefusalException of(String output) {
        String text = output.lines().findFirst().orElse("strace: no message").strip();
        return isRefused(output) ? failed("ptrace-denied", text + "; " + advice()) : failed("no-trace", text);
    }

    private static String advice() {
        long tracer = Tracees.tracerOfThisProcess();
        if (tracer != 0) {
            return "process " + tracer
                    + " traces strait already, and a process has but one tracer; run strait without it";
        }
        return switch (scope()) {
            case "3" -> "kernel.yama.ptrace_scope is 3, which forbids tracing until the next boot";
            case "2" -> "run as root, or as root: sysctl kernel.yama.ptrace_scope=1";
            default ->
                isContainer()
                        ? "start the container with: docker run --cap-add SYS_PTRACE --security-opt seccomp=unconfined"
                        : "run as the owner of the process or as root; in a container: docker run --cap-add SYS_PTRACE"
                                + " --security-opt seccomp=unconfined; as root: sysctl kernel.yama.ptrace_scope=0";
        };
    }

    private static String scope() {
        try {
            return Files.readString(SCOPE, StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean isContainer() {
        return List.of("/.dockerenv", "/run/.containerenv").stream().anyMatch(file -> Files.exists(Path.of(file)));
    }

    private static RefusalException notExecutable(String message) {
        return RefusalException.of("not-executable", message);
    }

    private static RefusalException failed(String code, String message) {
        return RefusalException.of(code, message);
    }
}
