package io.github.strait.trace;

import static io.github.strait.trace.Era.Form.always;
import static io.github.strait.trace.Era.Form.before;
import static io.github.strait.trace.Era.Form.since;

import io.github.strait.trace.Era.Form;
import io.github.strait.trace.TraceEvent.Exit;
import io.github.strait.trace.TraceEvent.Furniture;
import io.github.strait.trace.TraceEvent.Prefix;
import io.github.strait.trace.TraceEvent.Signal;
import io.github.strait.trace.TraceEvent.Superseded;
import java.util.List;
import java.util.Random;

/** Random lines that are not calls: signals, ends, frames, dumps and tables. */
final class RandomEvents {
    private static final List<Form> SIGNALS = List.of(
            before(Era.V4_7, "# (Child exited) @ 0 (0)"),
            before(Era.V4_7, "{si_signo=#, si_code=SI_USER, si_pid=1, si_uid=0} (User defined signal 1)"),
            since(Era.V4_7, "# {si_signo=#, si_code=SI_USER, si_pid=1, si_uid=0}"),
            since(Era.V4_7, "# {si_signo=#, si_code=SI_QUEUE, si_value={int=1, ptr=0x1}}"),
            since(Era.V4_7, "stopped by #"));
    private static final String[] NAMES = {"SIGCHLD", "SIGUSR1", "SIGRT_5", "SIGRTMIN"};
    private static final String[] FRAMES = {
        " > /usr/lib/libc.so.6(wait4+0x85) [0x27305]", " > unexpected_backtracing_error [0x7f]", " > [vdso](f+0) [0]"
    };
    private static final String[] DUMPS = {
        " | 00000  29 20 3d 20 30                                    ) = 0            |", " * 8 bytes in buffer 0"
    };
    private static final List<Form> TABLES = List.of(
            always("% time     seconds  usecs/call     calls    errors syscall\n"
                    + "------ ----------- ----------- --------- --------- ----------------\n"
                    + " 35.85    0.000057          29         2         1 wait4\n"
                    + "------ ----------- ----------- --------- --------- ----------------\n"
                    + "100.00    0.000057                    2         1 total\n"),
            always("System call usage summary for 32 bit mode:\n"
                    + "% time     seconds  usecs/call     calls    errors syscall\n"
                    + "------ ----------- ----------- --------- --------- ----------------\n"
                    + "  0.00    0.000000           0         1           brk\n"
                    + "------ ----------- ----------- --------- --------- ----------------\n"
                    + "100.00    0.000000                     1           total\n"),
            since(
                    Era.V5_6,
                    "    calls syscall          % time    errors\n"
                            + "--------- ---------------- ------ ---------\n"
                            + "        1 brk              100.00\n"
                            + "--------- ---------------- ------ ---------\n"
                            + "        1 total            100.00\n"));

    private final Random random;
    private final Era era;

    RandomEvents(Random random, Era era) {
        this.random = random;
        this.era = era;
    }

    Signal signal(StringBuilder text, Prefix prefix) {
        String name = NAMES[random.nextInt(NAMES.length)];
        text.append("--- ").append(era.pick(random, SIGNALS).replace("#", name)).append(" ---\n");
        return new Signal(prefix, name);
    }

    Exit killed(StringBuilder text, Prefix prefix) {
        String signal = random.nextBoolean() ? "SIGSEGV" : "SIGKILL";
        text.append("+++ killed by ").append(signal).append(random.nextBoolean() ? " (core dumped)" : "");
        text.append(" +++\n");
        return new Exit(prefix, signal, 0);
    }

    /** Up to 4.6 there was no such line. */
    Exit exited(StringBuilder text, Prefix prefix) {
        int status = random.nextInt(256);
        text.append("+++ exited with ").append(status).append(" +++\n");
        return new Exit(prefix, "", status);
    }

    Superseded superseded(StringBuilder text, Prefix prefix, int byTid) {
        text.append("+++ superseded by execve in pid ").append(byTid).append(" +++\n");
        return new Superseded(prefix, byTid);
    }

    /** What {@code -e read}, {@code -e write} and {@code -k} print behind a call, without columns. */
    void behindCall(StringBuilder text, List<TraceEvent> events, boolean withDumps, boolean withFrames) {
        for (int i = withDumps ? random.nextInt(3) : 0; i > 0; i--) {
            text.append(DUMPS[random.nextInt(DUMPS.length)]).append('\n');
            events.add(new Furniture(LineKind.DUMP));
        }
        for (int i = withFrames ? random.nextInt(4) : 0; i > 0; i--) {
            text.append(FRAMES[random.nextInt(FRAMES.length)]).append('\n');
            events.add(new Furniture(LineKind.FRAME));
        }
    }

    /** What {@code -C} prints behind the trace. */
    void table(StringBuilder text, List<TraceEvent> events) {
        String table = era.pick(random, TABLES);
        text.append(table);
        table.lines().forEach(line -> events.add(new Furniture(LineKind.SUMMARY)));
    }
}
