package io.github.strait.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Says why a recording did not begin, and what to do. */
final class StartFailure {
    private static final Path SCOPE = Path.of("/proc/sys/kernel/yama/ptrace_scope");

    private StartFailure() {}

    /** The kernel refused the command. */
    static RecordException ofExecution(String command, String errno) {
        return switch (errno) {
            case "ENOENT" ->
                new RecordException(
                        RecordException.NOT_FOUND,
                        "not-found",
                        "the interpreter of '" + command
                                + "' is not found; check its first line, or its dynamic loader");
            case "ENOEXEC" ->
                notExecutable("'" + command + "' is no program and has no #! line; give it one, or run: sh " + command);
            case "EACCES" ->
                notExecutable("'" + command + "' or its interpreter may not be executed; check their permissions");
            case "EPERM", "ENOSYS", "killed by the profile" ->
                notExecutable("'" + command + "' cannot be executed (" + errno
                        + "); a profile it is to start under must allow execve");
            default -> notExecutable("'" + command + "' cannot be executed (" + errno + ")");
        };
    }

    /** strace ended without a trace; asks it once more, since what it said went to the program's standard error. */
    static RecordException ofStrace(Strace strace, CallerEnvironment environment) {
        try {
            CallerEnvironment.Captured probe = environment.capture(strace.probe());
            return probe.exitStatus() == 0
                    ? failed("no-trace", "strace wrote no trace; it says why above")
                    : of(probe.output());
        } catch (IOException e) {
            return failed("no-trace", "cannot run " + strace.program() + " (" + e.getMessage() + ")");
        }
    }

    /** From what strace said. */
    static RecordException of(String output) {
        String text = output.lines().findFirst().orElse("strace: no message").strip();
        String lower = output.toLowerCase(Locale.ROOT);
        boolean refused = lower.contains("ptrace") && lower.contains("not permitted");
        return refused ? failed("ptrace-denied", text + "; " + advice()) : failed("no-trace", text);
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

    private static RecordException notExecutable(String message) {
        return new RecordException(RecordException.NOT_EXECUTABLE, "not-executable", message);
    }

    private static RecordException failed(String code, String message) {
        return new RecordException(RecordException.FAILED, code, message);
    }
}
