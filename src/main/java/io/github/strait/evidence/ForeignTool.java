package io.github.strait.evidence;

import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises the output of other tools that show calls, whose lines may look like strace's but mean something else. The
 * marks are text that strace never prints, so a trace is not taken for one of these.
 */
enum ForeignTool {
    /** {@code 0.000 ( 0.008 ms): cat/7 openat(dfd: CWD, …) = 3}. */
    PERF_TRACE("perf trace", 1, "^ *(\\d+\\.\\d+|\\?) \\( *(\\d+\\.\\d+ ms)?(\\s|\\))*:? "),
    LTRACE(
            "ltrace",
            1,
            "^.*(\\+\\+\\+ exited \\(status \\d+\\) \\+\\+\\+|__libc_start_main(@\\S+)?\\(|--- Called exec\\(\\) ---)",
            "+++ exited (status ",
            "__libc_start_main",
            "--- Called exec() ---"),
    /** {@code -S}: {@code brk@SYS(nil) = 0x…}, {@code SYS_brk(0) = 0x…}. */
    LTRACE_CALLS("ltrace", 2, "^.{0,60}?\\b(\\w+@SYS|SYS_[a-z]\\w*)\\(", "@SYS(", "SYS_"),
    /** Functions of libraries, that no kernel has; with {@code -l} after the name of the caller and an arrow. */
    LTRACE_FUNCTIONS(
            "ltrace",
            3,
            "^([^\"(=]{0,60}["
                    + " >])?(malloc|calloc|realloc|free|strlen|strcmp|strncmp|strchr|strrchr|strcpy|strdup|memcpy"
                    + "|memset|puts|printf|fprintf|sprintf|fopen|fclose|fwrite|getenv|setlocale|textdomain|__errno_location|__printf_chk|__fprintf_chk|__cxa_atexit|pthread_mutex_lock)\\(.*(\\)"
                    + " += |<unfinished \\.\\.\\.>|<no return \\.\\.\\.>)"),
    TRUSS(
            "truss or dtruss",
            1,
            "(\\)\\s+(Err|ERR)#\\d+ |SYSCALL\\(args\\)\\s+= return|^process exit, rval = \\d+$)",
            "Err#",
            "ERR#",
            "SYSCALL(args)",
            "process exit, rval = "),
    /** FreeBSD's results: {@code = 3 (0x3)}. */
    TRUSS_RESULTS("truss", 2, "\\)\\s+= -?\\d+ \\(0x[0-9a-f]+\\)$", " (0x"),
    /** Solaris's prefix under {@code -f}: {@code 1234/1:}, {@code 1234:}. */
    TRUSS_PREFIX("truss", 2, "^\\d+(/\\d+)?:(\\s+\\d+:)?\\s+[a-z]\\w*\\(.*\\)?\\s+= "),
    KDUMP("kdump", 2, "^ *\\d+( +\\d+)? +\\S+ +(CALL|RET|NAMI) +\\w", " CALL ", " RET ", " NAMI "),
    QEMU("qemu -strace", 1, "^\\d+ \\w+\\(.*\\) = -1 errno=\\d+ \\(", ") = -1 errno="),
    /** No space follows its commas, and addresses have all their digits. */
    QEMU_COMMAS("qemu -strace", 2, "^\\d+ \\w+\\([\\w|-]+(,[\\w|-]+)+\\)\\s*= "),
    QEMU_ADDRESSES("qemu -strace", 2, "^\\d+ \\w+\\(.*\\) = 0x0000[0-9a-f]{12}$", ") = 0x0000"),
    GVISOR(
            "gVisor's strace log",
            1,
            "(strace\\.go:\\d+\\]|\\[ *\\d+: *\\d+\\] \\S+ [EX] \\w+\\()",
            "strace.go:",
            " E ",
            " X "),
    FTRACE("ftrace", 1, "^# tracer: |^.{1,40}\\[\\d{3}\\] (\\S{2,8} +)?\\d+\\.\\d+: +\\w+[:(]"),
    /** Each call four times, as its registers are and as they become. */
    PROOT("proot", 2, "^[^\"]{0,80}?proot info: (v?pid \\d+: )?sys(enter|exit) (start|end): ", "proot info: "),
    /** {@code E} where a call begins and {@code X} where it ends. */
    UROOT("u-root's strace", 1, "^\\[pid \\d+\\] [EX] \\w+\\("),
    /** A Go program's durations after the result. */
    GO_STRACE(
            "u-root's strace or gVisor's",
            2,
            "\\) = (\\d+ \\()?0x[0-9a-f]+\\)?( \\S.*)? \\(\\d+(\\.\\d+)?(n|m|\u00c2\u00b5)?s\\)$",
            " = "),
    /** Rust's names and the kernel's negative results. */
    SHADOW(
            "Shadow",
            1,
            "^\\d\\d:\\d\\d:\\d\\d\\.\\d{3,9} (\\[tid \\d+\\] \\^*\\w+\\(|\\w+\\((Inet6?|Unix|Netlink), "
                    + "|\\w+\\(.*\\) = (<native>|-\\d+ \\(E[A-Z0-9]+\\))$)"),
    LTRACE_SYMBOLS("ltrace", 1, "^(\\[pid \\d+\\] |\\d+ )?([\\d:.]+ )?\\w+@[\\w.+-]+\\.so[\\d.]*\\(", ".so"),
    CTRACE(
            "ctrace",
            1,
            "^(\\[pid:\\d+\\] +)?\\[[\\d:.]+\\] \\w+( \\(\\w+\\))?, (\\d+|NULL) -- |^\\[\\d+\\] Trace on: ",
            " -- ",
            " Trace on: "),
    VALGRIND("valgrind --trace-syscalls", 1, "^.{0,40}?SYSCALL\\[\\d+,\\d+\\]\\( *\\d+\\) ", "SYSCALL["),
    WINE("Wine's relay channel", 1, "^(\\d+\\.\\d+:)?[0-9a-f]{4,8}:(Call|Ret ) +[\\w.-]+\\.[\\w.@?$]+\\("),
    GDB("gdb's catch syscall", 1, "^(Thread .* hit )?Catchpoint \\d+ \\((call to|returned from) syscall "),
    /** A program of the same name. */
    CYGWIN("Cygwin's strace", 2, "^ *\\d+ +\\d+ \\[[\\w-]+\\] \\S+ \\d+ [\\w:~]+: "),
    TUSC("tusc", 2, "\\) \\.{3,} (= \\d|ERR#)", ") ..."),
    SYSDIG("sysdig", 2, "^\\d+ [\\d:.]+ \\d+ \\S.* \\(\\d+\\) [<>] \\w+", ") < ", ") > "),
    AUDIT(
            "the audit log",
            1,
            "^(node=\\S+ )?(type=\\w+ msg=audit\\(\\d+\\.\\d+:\\d+\\):|----$\\n^time->)",
            " msg=audit(",
            "time->"),
    BPFTRACE("bpftrace", 1, "^Attach(ing|ed) \\d+ probes?(\\.\\.\\.)?$", "Attach");

    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";
    private static final char NEXT_LINE = '\u0085';

    private static final Pattern LINE_END = Pattern.compile("\\R");
    private static final char ESCAPE = '\u001b';
    private static final Pattern COLOR = Pattern.compile("\u001b\\[[0-9;]*m");
    /** A call with its result, or half of one. */
    private static final Pattern CALL =
            Pattern.compile("\\b[a-z_]\\w*\\(.*\\)\\s+= (\\?|-?\\d)|<unfinished \\.\\.\\.>$|<\\.\\.\\. \\w+ resumed>");
    /** A text that strace prints, and these tools only in lines with their own mark. */
    private static final Pattern STRACE =
            Pattern.compile("/\\* \\d+ vars \\*/|\\bexit_group\\(\\d+\\)\\s+= \\?$|\\)\\s+= -1 E[A-Z0-9]+ \\([^()]*\\)("
                    + " <[\\d.]+>)?$|\\+\\+\\+ exited with \\d+ \\+\\+\\+$|--- SIG\\w+ \\{si_signo=");

    private final String label;
    private final int times;
    private final String mark;
    private final ImmutableList<String> words;

    /**
     * @param mark what only this tool prints
     * @param words text to look for first, when searching each line for the mark would take long; each match contains
     *     one
     */
    ForeignTool(String label, int times, String mark, String... words) {
        this.label = label;
        this.times = times;
        this.mark = mark;
        this.words = ImmutableList.copyOf(words);
    }

    String label() {
        return label;
    }

    /** How often the mark must be there. */
    int times() {
        return times;
    }

    Pattern mark() {
        return Pattern.compile(mark, Pattern.MULTILINE);
    }

    private boolean wrote(String text, List<Integer> lines) {
        int found = 0;
        if (!words.isEmpty()) {
            Matcher matcher = hasWord(text) ? mark().matcher(text) : null;
            while (matcher != null && found < times && matcher.find()) {
                found++;
            }
            return found == times;
        }
        // the others begin with ^, and find() would look for the beginning of a line at each character
        Matcher matcher = mark().matcher(text);
        int end = 0;
        for (int i = 0; i < lines.size() && found < times; i++) {
            int line = lines.get(i);
            if (line >= end && matcher.region(line, text.length()).lookingAt()) {
                found++;
                end = matcher.end();
            }
        }
        return found == times;
    }

    private boolean hasWord(String text) {
        for (String word : words) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Where ^ matches. */
    private static List<Integer> lines(String text) {
        List<Integer> lines = new ArrayList<>();
        boolean begins = true;
        for (int i = 0; i < text.length(); i++) {
            if (begins) {
                lines.add(i);
            }
            char c = text.charAt(i);
            begins = c == '\n' || c == NEXT_LINE || (c == '\r' && !text.startsWith("\n", i + 1));
        }
        return lines;
    }

    /**
     * Whether its lines are the fewer in a text that strace wrote, too: a traced program has printed them, or a text
     * quotes both.
     */
    boolean isOutvoted(String text) {
        Pattern mark = mark();
        int marked = 0;
        int calls = 0;
        boolean strace = false;
        for (String line : LINE_END.split(text)) {
            if (mark.matcher(line).find()) {
                marked++;
            } else {
                calls += CALL.matcher(line).find() ? 1 : 0;
                strace |= STRACE.matcher(line).find();
            }
        }
        return strace && calls > marked;
    }

    /** The first of these tools with lines in this beginning of a file, whatever the other lines are. */
    static Optional<ForeignTool> find(byte[] head) {
        String text = text(head);
        List<Integer> lines = lines(text);
        for (ForeignTool tool : values()) {
            if (tool.wrote(text, lines)) {
                return Optional.of(tool);
            }
        }
        return Optional.empty();
    }

    /** Bytes as Latin-1, without the colors of a terminal. */
    static String text(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(BYTE_ORDER_MARK.length());
        }
        return text.indexOf(ESCAPE) < 0 ? text : COLOR.matcher(text).replaceAll("");
    }
}
