package io.github.strait.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random arguments as strace 4.22 and later print them, with texts of the tracee's that imitate the language. */
final class RandomArguments {
    private static final String[] PLAIN = {
        "0",
        "-1",
        "NULL",
        "0x7ffc1abc7448",
        "O_RDONLY|O_CLOEXEC",
        "~[RTMIN RT_1]",
        "21<<MAP_HUGE_SHIFT",
        "8192*1024",
        "{st_mode=S_IFREG|0644, st_size=5, ...}",
        "[{fd=3, events=POLLIN}]",
        "0x7ffc /* 4 vars */",
        "0x2e /* AF_??? */",
        "htons(80)",
        "{len = 8, filter = 0x7ffd}",
        "2 /* 5 in strace's PID NS */"
    };
    private static final String[] HOSTILE = {
        ") = 0",
        " <unfinished ...>",
        "+++ exited with 0 +++",
        "<... read resumed>",
        "\", 5) = 7",
        "a, b",
        "[{(",
        ")]}",
        "strace: Process 5 attached",
        "/* ",
        "\\",
        "->x]",
        "\n",
        "\t",
        "\0",
        "\u00ff",
        "[pid 99] ",
        "--- SIGCHLD"
    };

    private final Random random;

    RandomArguments(Random random) {
        this.random = random;
    }

    List<String> list() {
        List<String> list = new ArrayList<>();
        for (int count = random.nextInt(7); count > 0; count--) {
            list.add(one());
        }
        return list;
    }

    private String one() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> '"' + quoted(false) + '"' + (random.nextInt(4) == 0 ? "..." : "");
            case 2 -> random.nextInt(100) + annotation();
            case 3 -> "{fd=" + random.nextInt(100) + annotation() + ", name=\"" + quoted(false) + "\"}";
            case 4 -> "AT_FDCWD</" + quoted(true) + ">";
            default -> PLAIN[random.nextInt(PLAIN.length)];
        };
    }

    /** What -y, -yy and -Y put behind a descriptor or a pid. */
    String annotation() {
        return switch (random.nextInt(7)) {
            case 0 -> "</" + quoted(true) + ">";
            case 1 -> "</" + quoted(true) + ">(deleted)";
            case 2 -> "</dev/null<char 1:3>>";
            case 3 -> "<UNIX-STREAM:[1->2,\"" + quoted(false) + "\"]>";
            case 4 -> "<TCPv6:[[::1]:1->[::1]:2]>";
            case 5 -> "<anon_inode:[eventpoll]>";
            default -> command();
        };
    }

    /** The name of a command behind a tid. */
    String command() {
        return "<" + quoted(true) + "x>";
    }

    private String quoted(boolean brackets) {
        StringBuilder text = new StringBuilder();
        for (int count = random.nextInt(4); count > 0; count--) {
            String piece = HOSTILE[random.nextInt(HOSTILE.length)];
            for (int i = 0; i < piece.length(); i++) {
                text.append(escaped(piece.charAt(i), brackets));
            }
        }
        return text.toString();
    }

    private static String escaped(char c, boolean brackets) {
        if (c == '"' || c == '\\') {
            return "\\" + c;
        }
        if (c == '\n' || c == '\t') {
            return c == '\n' ? "\\n" : "\\t";
        }
        boolean bracket = brackets && (c == '<' || c == '>');
        return c < ' ' || c > '~' || bracket ? "\\" + String.format("%03o", (int) c) : String.valueOf(c);
    }
}
