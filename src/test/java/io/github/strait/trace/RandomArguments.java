package io.github.strait.trace;

import static io.github.strait.trace.Era.Form.always;
import static io.github.strait.trace.Era.Form.before;
import static io.github.strait.trace.Era.Form.since;

import io.github.strait.trace.Era.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random arguments as one strace prints them, with texts of the tracee's that imitate the language. */
final class RandomArguments {
    private static final List<Form> PLAIN = List.of(
            always("0"),
            always("-1"),
            always("NULL"),
            always("0x7ffc1abc7448"),
            always("O_RDONLY|O_CLOEXEC"),
            always("~[RTMIN RT_1]"),
            always("S_IFREG|0644"),
            always("8192*1024"),
            always("[]"),
            always("[A B]"),
            always("0x2e /* AF_??? */"),
            always("htons(80)"),
            always("inet_addr(\"1.2.3.4\")"),
            always("makedev(0x8, 0)"),
            always("[{WIFEXITED(s) && WEXITSTATUS(s) == 0}]"),
            always("syslog(10 /* SYSLOG_ACTION_SIZE_BUFFER */)"),
            always("{st_mode=S_IFREG|0644, st_size=5, ...}"),
            always("[{fd=3, events=POLLIN}]"),
            always("SNDCTL_TMR_TIMEBASE or TCGETS"),
            always("QCMD(Q_SYNC, GRPQUOTA)"),
            before(Era.V4_12, "PF_LOCAL"),
            before(Era.V4_17, "[/* 35 vars */]"),
            before(Era.V4_15, "{0, 400000000}"),
            before(Era.V4_15, "{len = 8, filter = 0x7ffd}"),
            before(Era.V4_15, "{entry_number:-1, base_addr:0x9d0840}"),
            before(Era.V4_15, "{0x4005d0, [INT], SA_RESTORER|SA_RESTART, 0x7f00}"),
            before(Era.V4_11, "_IOC(0, 0x12, 0x34, 0x00)"),
            since(Era.V4_11, "_IOC(_IOC_READ|_IOC_WRITE, 0x5a, 0x77, 0x18)"),
            since(Era.V4_12, "AF_UNIX"),
            since(Era.V4_15, "{tv_sec=0, tv_nsec=400000000}"),
            since(Era.V4_17, "0x7ffc1abc7448 /* 35 vars */"),
            since(Era.V4_23, "21<<MAP_HUGE_SHIFT"),
            since(Era.V4_23, "0x80000 /* O_RDONLY|O_CLOEXEC */"),
            since(Era.V4_23, "-100 /* AT_FDCWD */"),
            since(Era.V4_23, "[110 => 10]"),
            since(Era.V5_9, "2 /* 5 in strace's PID NS */"),
            since(Era.V6_16, "flags=O_RDONLY"));
    private static final String[] HOSTILE = {
        ") = 0",
        "\", 5) = 7",
        "a, b",
        "[{(",
        ")]}",
        "strace: Process 5 attached",
        "Process 5 attached",
        "/* ",
        "*/",
        "\\",
        "\t",
        "[pid 99] ",
        "+++ exited with 0 +++",
        "--- SIGCHLD"
    };
    /** Where they were not escaped, one of them stands in a name, and no result: what more would mean, nobody can tell. */
    private static final String[] WITH_ANGLES = {
        " <unfinished ...>", "<... read resumed>", "->x]", "lt<gt>", "f<>", "a\\>b"
    };

    private static final String[] UNPRINTABLE = {"\n", "\0", "\u00ff"};

    private final Random random;
    private final Era era;

    RandomArguments(Random random) {
        this(random, Era.V7_1);
    }

    RandomArguments(Random random, Era era) {
        this.random = random;
        this.era = era;
    }

    List<String> list() {
        List<String> list = new ArrayList<>();
        for (int count = random.nextInt(7); count > 0; count--) {
            list.add(one());
        }
        return list;
    }

    /** All the words of a call without a name. */
    List<String> words(int count) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(random.nextInt(3) == 0 ? "0" : "0x" + Long.toHexString(random.nextLong() >>> random.nextInt(64)));
        }
        return words;
    }

    private String one() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> '"' + text() + '"' + (random.nextInt(4) == 0 ? "..." : "");
            case 2 -> random.nextInt(100) + annotation();
            case 3 -> "{fd=" + random.nextInt(100) + annotation() + ", name=\"" + text() + "\"}";
            case 4 -> era.since(Era.V5_15) ? "AT_FDCWD</" + name() + ">" : "AT_FDCWD";
            default -> era.pick(random, PLAIN);
        };
    }

    /** What {@code -y}, {@code -yy} and {@code -Y} put behind a descriptor or a pid. */
    String annotation() {
        int kinds = era.since(Era.V5_15) ? 8 : era.since(Era.V4_10) ? 7 : 3;
        return switch (random.nextInt(kinds)) {
            case 0 -> "";
            case 1 -> "</" + name() + ">";
            case 2 -> era.since(Era.V5_19) ? "</" + name() + ">(deleted)" : "</" + name() + " (deleted)>";
            case 3 -> "</dev/null<char 1:3>>";
            case 4 -> "<UNIX-STREAM:[1->2,\"" + text() + "\"]>";
            case 5 -> "<TCPv6:[[::1]:1->[::1]:2]>";
            case 6 -> "<anon_inode:[eventpoll]>";
            default -> command();
        };
    }

    /** The name of a command behind a tid. */
    String command() {
        return "<" + name() + "x>";
    }

    /** What stands between quotes. */
    private String text() {
        StringBuilder text = new StringBuilder();
        boolean inHex = random.nextInt(8) == 0;
        for (int count = random.nextInt(4); count > 0; count--) {
            String piece = piece(random.nextInt(3));
            for (int i = 0; i < piece.length(); i++) {
                text.append(inHex ? String.format("\\x%02x", (int) piece.charAt(i)) : escaped(piece.charAt(i), false));
            }
        }
        return text.toString();
    }

    /** What stands between angle brackets: since 4.22 these are escaped, before 4.10 nothing is. */
    private String name() {
        StringBuilder text = new StringBuilder();
        int withAngles = era.since(Era.V4_22) ? -1 : random.nextInt(6);
        boolean isRaw = withAngles > 0 && withAngles < 4;
        for (int i = random.nextInt(4); i > 0; i--) {
            int kind = era.since(Era.V4_22) ? random.nextInt(3) : i == withAngles ? 1 : 0;
            String piece = piece(kind);
            piece = kind == 0 && isRaw && piece.contains(" = ") ? "" : piece;
            for (int j = 0; j < piece.length(); j++) {
                char c = piece.charAt(j);
                text.append(era.since(Era.V4_10) ? escaped(c, era.since(Era.V4_22)) : String.valueOf(c));
            }
        }
        return text.toString();
    }

    private String piece(int kind) {
        String[] pieces = kind == 0 ? HOSTILE : kind == 1 ? WITH_ANGLES : UNPRINTABLE;
        return pieces[random.nextInt(pieces.length)];
    }

    private static String escaped(char c, boolean angles) {
        if (c == '"' || c == '\\') {
            return "\\" + c;
        }
        if (c == '\n' || c == '\t') {
            return c == '\n' ? "\\n" : "\\t";
        }
        boolean angle = angles && (c == '<' || c == '>');
        return c < ' ' || c > '~' || angle ? "\\" + String.format("%03o", (int) c) : String.valueOf(c);
    }
}
