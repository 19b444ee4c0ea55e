package io.github.strait.trace;

import static io.github.strait.trace.Era.Form.always;
import static io.github.strait.trace.Era.Form.before;
import static io.github.strait.trace.Era.Form.between;
import static io.github.strait.trace.Era.Form.since;

import com.google.common.collect.ImmutableList;
import io.github.strait.trace.Era.Form;
import java.util.List;
import java.util.Random;

/**
 * A random call, and which of its arguments strace prints before the kernel answers.
 *
 * @param split how many of them, when it is printed in halves
 */
record RandomCall(String name, ImmutableList<String> arguments, int split, Era era) {
    private static final List<Form> NAMES = List.of(
            always("read"),
            always("openat"),
            always("n32:poll"),
            always("o32:getpid"),
            always("clone"),
            always("restart_syscall"),
            always("???"),
            before(Era.V4_7, "SYS_355"),
            before(Era.V4_21, "syscall_435"),
            before(Era.V4_11, "_exit"),
            between(Era.V4_8, Era.V4_23, "64:readv"),
            between(Era.V4_26, Era.V5_6, "????"),
            since(Era.V4_21, "syscall_0x1b3"),
            since(Era.V4_23, "ioctl#64"),
            since(Era.V5_6, "clone3"));
    private static final List<Form> RESTARTED = List.of(
            before(Era.V4_11, "<... resuming interrupted call ...>"),
            since(Era.V4_11, "<... resuming interrupted clock_nanosleep ...>"));
    /** Registers, of which 4.6 printed as many as any machine has. */
    private static final int WORDS = 6;

    private static final int OLD_WORDS = 32;

    static RandomCall of(Random random, Era era, RandomArguments all) {
        String name = era.pick(random, NAMES);
        List<String> arguments = switch (name) {
            case "SYS_355", "syscall_435", "syscall_0x1b3" -> all.words(era.before(Era.V4_7) ? OLD_WORDS : WORDS);
            case "restart_syscall" -> List.of(era.pick(random, RESTARTED));
            case "clone3" -> List.of(random.nextBoolean() ? "NULL" : "{flags=CLONE_VM, ...}", "88");
            case "???", "????" -> List.of();
            default -> all.list();
        };
        int split = switch (name) {
            case "clone" -> era.before(Era.V5_2) ? 0 : random.nextInt(arguments.size() + 1);
            case "clone3" -> 1;
            default -> random.nextInt(arguments.size() + 1);
        };
        return new RandomCall(name, ImmutableList.copyOf(arguments), split, era);
    }

    /** Whether strace knows no name for it. */
    boolean isUnknown() {
        return name.startsWith("syscall_") || name.startsWith("SYS_");
    }

    ImmutableList<String> shown() {
        return arguments.subList(0, split);
    }

    ImmutableList<String> owed() {
        return arguments.subList(split, arguments.size());
    }

    /** The whole of it, to its parenthesis. */
    String text() {
        return name + "(" + joined(arguments) + ")";
    }

    /** What stands before the cut; up to 6.15 that may be a separator. */
    String firstHalf() {
        boolean between = split > 0 && split < arguments.size() && era.before(Era.V6_16);
        return name + "(" + joined(shown()) + (between ? ", " : "");
    }

    /** What stands behind the cut, to the parenthesis. */
    String secondHalf() {
        boolean between = split > 0 && split < arguments.size() && era.since(Era.V6_16);
        return (between ? ", " : "") + joined(owed()) + ")";
    }

    private static String joined(List<String> arguments) {
        return String.join(", ", arguments);
    }
}
