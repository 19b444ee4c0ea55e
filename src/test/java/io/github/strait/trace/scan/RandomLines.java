package io.github.strait.trace.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Lines of the kinds that the scan knows, and their neighbours: in any order, and stacks again and again. */
final class RandomLines {
    private static final String[] TIDS = {"7 ", "8 ", "12345  ", "4194304 ", "[pid     7] ", "[pid 12345] ", ""};
    private static final String[] COLUMNS = {
        "",
        "",
        "",
        "12:00:01 ",
        "12:00:01.000002 ",
        "1700000000.000002 ",
        "     0.000002 ",
        "[  12] ",
        "[ 257] ",
        "12:00:01 [  12] ",
        "[00007f1234567890] ",
        "[08048123] ",
        "[  12] [00007f1234567890] "
    };
    private static final String[] CALLS = {
        "brk(NULL)",
        "getpid()",
        "gettid()",
        "read(3, \"a\\\"b) = 1\\n\", 9)",
        "read(3</tmp/a (b)>, \"\", 1)",
        "write(1<socket:[(9)]>, \"[{\", 2)",
        "openat(AT_FDCWD</tmp>, \"a\", O_RDONLY /* ) = 0 */)",
        "mmap(NULL, 8192, PROT_READ, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0)",
        "wait4(-1, [{WIFEXITED(s) && WEXITSTATUS(s) == 0}], 0, NULL)",
        "clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x7f1234567a10)",
        "rt_sigprocmask(SIG_BLOCK, ~[RTMIN RT_1], [], 8)",
    };
    private static final String[] RESULTS = {
        " = 0",
        "         = 3",
        " = 7",
        " = 12345",
        " = 4194304",
        " = -38",
        " = -7",
        " = -12345",
        " = ?",
        " = 0x1000",
        " = 0xffffffff",
        " = 0x100000000",
        " = 0x7f1234567000",
        " = 0x800000000000",
        " = 0x100000000000",
        " = -1 ENOENT (No such file)",
        " = -1 EAGAIN (Resource temporarily unavailable) <0.000004>",
        " = 3</tmp/a>",
        " = 3<a) = 0>",
        " = 0 (Timeout)",
        " = ? ERESTARTSYS (To be restarted)",
        " = 0 <0.000004>",
        "   = 0x1 (flags O_WRONLY)",
        " <unfinished ...>"
    };
    private static final String[] EVENTS = {
        "+++ exited with 0 +++",
        "+++ exited with 255 +++",
        "+++ killed by SIGKILL +++",
        "--- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=8, si_uid=0, si_status=0} ---",
        "--- SIGTERM {si_signo=SIGTERM, si_code=SI_USER, si_pid=8, si_uid=0} ---",
        "--- stopped by SIGSTOP ---"
    };
    private static final String[] HALVES = {
        "wait4(-1,  <unfinished ...>",
        "read(3, \"a) = 1\", 9 <unfinished ...>",
        "write(1</tmp/a (b)>, \"<unfinished ...>\", 1 <unfinished ...>",
        "futex(0x7f1234567a10, FUTEX_WAIT /* 0 */, 2, {tv_sec=1}, NULL <unfinished ...>",
        "<... read resumed>\"\", 1) = 0",
        "<... futex resumed>) = -1 ETIMEDOUT (Connection timed out)",
        "<... clone resumed>, child_tidptr=0x7f1234567a10) = 8",
        "<... exit resumed>) = ?",
        "<... read resumed> <unfinished ...>) = ?"
    };
    private static final String[] OTHERS = {
        "[ Process PID=7 runs in 32 bit mode. ]",
        "[ Process PID=7 runs in x32 mode. ]",
        "strace: [ Process PID=12345 runs in 64 bit mode. ]",
        "strace: Process 8 attached",
        "7 strace: Process 8 attached",
        "7 [ Process PID=7 runs in 32 bit mode. ]",
        "",
        "  ",
        "hello (1) = 2",
        "7 read(3, \"\", 1)",
        "\0\0"
    };
    private static final String[] FURNITURE = {
        " > /lib/libc.so.6(read+0x14) [0x10e14e]",
        " > /lib/libc.so.6(write+0x14) [0x10e14e]",
        " > /lib/libc.so.6(__libc_start_main+0x8b) [0x2724a]",
        " > /bin/a(main+0x2) [0x2]",
        " > /bin/a() [0x2]",
        " > unexpected_backtracing_error [0x7f]",
        " | 00000  41 42 43                                         ABC              |",
        " | 00010  5d                                               ]                |"
    };

    private final Random random;
    private final List<String> lines = new ArrayList<>();
    private final String[] stacks = new String[3];

    private RandomLines(Random random) {
        this.random = random;
        for (int i = 0; i < stacks.length; i++) {
            stacks[i] = pick(FURNITURE) + "\n" + pick(FURNITURE) + "\n" + pick(FURNITURE);
        }
    }

    /** As many lines, without their ends. */
    static List<String> of(Random random, int count) {
        RandomLines trace = new RandomLines(random);
        while (trace.lines.size() < count) {
            trace.grow();
        }
        return trace.lines.subList(0, count);
    }

    private void grow() {
        switch (random.nextInt(10)) {
            case 0 -> lines.add(random.nextInt(4) == 0 ? pick(OTHERS) : pick(EVENTS));
            case 1, 2 -> lines.add(pick(TIDS) + pick(COLUMNS) + pick(EVENTS));
            case 3 -> lines.add(pick(FURNITURE));
            case 4 -> lines.add(pick(TIDS) + pick(COLUMNS) + pick(HALVES));
            default -> {
                lines.add(pick(TIDS) + pick(COLUMNS) + pick(CALLS) + pick(RESULTS));
                if (random.nextInt(3) == 0) {
                    lines.addAll(List.of(pick(stacks).split("\n")));
                }
            }
        }
    }

    private String pick(String[] of) {
        return of[random.nextInt(of.length)];
    }
}
