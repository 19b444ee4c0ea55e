package io.github.strait.trace;

import com.google.common.collect.ImmutableList;
import io.github.strait.trace.TraceEvent.Call;
import io.github.strait.trace.TraceEvent.Exit;
import io.github.strait.trace.TraceEvent.Furniture;
import io.github.strait.trace.TraceEvent.Outcome;
import io.github.strait.trace.TraceEvent.Personality;
import io.github.strait.trace.TraceEvent.Prefix;
import io.github.strait.trace.TraceEvent.Resumed;
import io.github.strait.trace.TraceEvent.Signal;
import io.github.strait.trace.TraceEvent.Superseded;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/** Random events, and the lines that strace would print for them in one random style. */
final class RandomTrace {
    private static final String[] NAMES = {"read", "openat", "ioctl#64", "n32:poll", "syscall_0x1b3", "???", "_exit"};
    private static final String[] SIGNALS = {"SIGCHLD", "SIGRT_5", "SIGRTMIN"};
    private static final String[] MODES = {"64 bit", "32 bit", "x32"};
    private static final String[] CONTEXTS = {"", "", "[unconfined_t] ", "[u:r:t:s0-s0:c0.c9] ", "[a_t!!b_t] "};
    private static final String[] FRAMES = {
        " > /usr/lib/libc.so.6(wait4+0x85) [0x27305]", " > unexpected_backtracing_error [0x7f]", " > [vdso](f+0) [0]"
    };
    private static final String[] DUMPS = {
        " | 00000  29 20 3d 20 30                                    ) = 0            |", " * 8 bytes in buffer 0"
    };
    private static final String[] PRECISIONS = {"", ".587", ".587546", ".587546123"};

    /** When strace moved the separator between the halves of a call. */
    private enum Halves {
        UP_TO_4_26("> "),
        FROM_5_0(">"),
        FROM_6_16(">");

        private final String bracket;

        Halves(String bracket) {
            this.bracket = bracket;
        }
    }

    private final Random random;
    private final int tidForm;
    private final int timeForm;
    private final String context;
    private final boolean withFrames;
    private final boolean withDumps;
    private final boolean withNumber;
    private final boolean withAddress;
    private final boolean withDuration;
    private final int column;
    private final Halves halves;
    private final RandomArguments arguments;

    private final StringBuilder text = new StringBuilder();
    private final List<TraceEvent> events = new ArrayList<>();

    RandomTrace(Random random) {
        this.random = random;
        tidForm = random.nextInt(5);
        timeForm = random.nextInt(7);
        context = pick(CONTEXTS);
        withFrames = random.nextInt(4) == 0;
        withDumps = random.nextInt(4) == 0;
        withNumber = random.nextBoolean();
        withAddress = random.nextBoolean();
        withDuration = random.nextBoolean();
        column = random.nextBoolean() ? 40 : 0;
        halves = Halves.values()[random.nextInt(Halves.values().length)];
        arguments = new RandomArguments(random);
    }

    /** Adds some events. */
    RandomTrace grow(int count) {
        for (int i = 0; i < count; i++) {
            switch (random.nextInt(8)) {
                case 0 -> unfinished();
                case 1 -> signal();
                case 2 -> exit();
                case 3 -> personality();
                case 4 -> superseded();
                default -> call();
            }
        }
        return this;
    }

    String text() {
        return text.toString();
    }

    List<TraceEvent> events() {
        return events;
    }

    private void call() {
        Prefix prefix = prefix();
        String name = pick(NAMES);
        List<String> list = arguments.list();
        Outcome outcome = outcome(name + "(" + String.join(", ", list) + ")");
        events.add(new Call(prefix, name, ImmutableList.copyOf(list), outcome));
        behindCall();
    }

    /** What {@code -e read}, {@code -e write} and {@code -k} print behind a call, without columns. */
    private void behindCall() {
        for (int i = withDumps ? random.nextInt(3) : 0; i > 0; i--) {
            text.append(pick(DUMPS)).append('\n');
            events.add(new Furniture(LineKind.DUMP));
        }
        for (int i = withFrames ? random.nextInt(4) : 0; i > 0; i--) {
            text.append(pick(FRAMES)).append('\n');
            events.add(new Furniture(LineKind.FRAME));
        }
    }

    private void unfinished() {
        Prefix first = prefix();
        String name = pick(NAMES);
        List<String> list = arguments.list();
        int split = random.nextInt(list.size() + 1);
        List<String> shown = list.subList(0, split);
        List<String> owed = list.subList(split, list.size());
        boolean between = !shown.isEmpty() && !owed.isEmpty();
        text.append(name).append('(').append(String.join(", ", shown));
        text.append(between && halves != Halves.FROM_6_16 ? ", " : "").append(" <unfinished ...>\n");
        events.add(new Call(first, name, ImmutableList.copyOf(shown), new Outcome(Ending.UNFINISHED, 0, "")));

        Prefix second = prefix();
        String separator = between && halves == Halves.FROM_6_16 ? ", " : "";
        Outcome outcome =
                outcome("<... " + name + " resumed" + halves.bracket + separator + String.join(", ", owed) + ")");
        events.add(new Resumed(second, name, ImmutableList.copyOf(owed), outcome));
    }

    private Outcome outcome(String call) {
        text.append(call).append(' ').append(" ".repeat(Math.max(0, column - call.length() - 1)));
        long value = random.nextInt(5) == 0 ? random.nextLong() >>> 1 : random.nextInt(1000);
        Outcome outcome;
        switch (random.nextInt(6)) {
            case 0 -> {
                text.append("= -1 ENOENT (No such (file) = 0)");
                outcome = new Outcome(Ending.ERROR, 0, "ENOENT");
            }
            case 1 -> {
                text.append("= -1 (errno 38)");
                outcome = new Outcome(Ending.ERROR, 0, "38");
            }
            case 2 -> {
                text.append("= ? ERESTARTSYS (To be restarted if SA_RESTART is set)");
                outcome = new Outcome(Ending.NO_RESULT, 0, "");
            }
            case 3 -> {
                text.append("= 0x").append(Long.toHexString(value));
                outcome = new Outcome(Ending.VALUE, value, "");
            }
            case 4 -> {
                text.append("= ").append(value).append(arguments.annotation());
                outcome = new Outcome(Ending.VALUE, value, "");
            }
            default -> {
                text.append("= ").append(value).append(" (left {tv_sec=1})");
                outcome = new Outcome(Ending.VALUE, value, "");
            }
        }
        text.append(withDuration ? " <0.000011>" : "").append('\n');
        return outcome;
    }

    private void signal() {
        Prefix prefix = prefix();
        String signal = pick(SIGNALS);
        boolean stopped = random.nextBoolean();
        text.append("--- ").append(stopped ? "stopped by " + signal : signal + " {si_signo=" + signal + ", si_pid=1}");
        text.append(" ---\n");
        events.add(new Signal(prefix, signal));
    }

    private void exit() {
        Prefix prefix = prefix();
        if (random.nextBoolean()) {
            int status = random.nextInt(256);
            text.append("+++ exited with ").append(status).append(" +++\n");
            events.add(new Exit(prefix, "", status));
        } else {
            text.append("+++ killed by SIGSEGV (core dumped) +++\n");
            events.add(new Exit(prefix, "SIGSEGV", 0));
        }
    }

    private void personality() {
        Prefix prefix = prefix();
        int tid = tid();
        String mode = pick(MODES);
        text.append("[ Process PID=")
                .append(tid)
                .append(" runs in ")
                .append(mode)
                .append(" mode. ]\n");
        events.add(new Personality(prefix, tid, mode));
    }

    private void superseded() {
        Prefix prefix = prefix();
        int tid = tid();
        text.append("+++ superseded by execve in pid ").append(tid).append(" +++\n");
        events.add(new Superseded(prefix, tid));
    }

    private Prefix prefix() {
        int tid = tidForm == 0 ? 0 : tid();
        switch (tidForm) {
            case 1 -> text.append(String.format("%-5d ", tid));
            case 2 -> text.append(String.format("[pid %5d] ", tid));
            case 3 -> text.append(tid).append(arguments.command()).append(' ');
            case 4 ->
                text.append("[pid ").append(tid).append(arguments.command()).append("] ");
            default -> {}
        }
        text.append(context).append(time());
        OptionalInt number = OptionalInt.empty();
        if (withNumber) {
            number = OptionalInt.of(random.nextInt(500) + (random.nextBoolean() ? 1 << 30 : 0));
            text.append(String.format("[%4d] ", number.getAsInt()));
        }
        int digits = 0;
        if (withAddress) {
            digits = random.nextBoolean() ? 8 : 16;
            text.append('[')
                    .append(String.format("%016x", random.nextLong()), 0, digits)
                    .append("] ");
        }
        return new Prefix(tid, number, digits);
    }

    private String time() {
        String fraction = pick(PRECISIONS);
        return switch (timeForm) {
            case 1 -> "21:19:12" + fraction + " ";
            case 2 -> "1795295952" + fraction + " ";
            case 3 -> "     0.000211 ";
            case 4 -> "21:19:12" + fraction + " (+     0" + fraction + ") ";
            case 5 -> "1795295952" + fraction + " (+    12.000645) ";
            default -> "";
        };
    }

    private int tid() {
        return 1 + random.nextInt(1 << random.nextInt(23));
    }

    private String pick(String[] of) {
        return of[random.nextInt(of.length)];
    }
}
