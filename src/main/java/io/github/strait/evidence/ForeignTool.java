package io.github.strait.evidence;

import com.google.common.collect.ImmutableList;
import io.github.strait.trace.ByteSearch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
            "(status ",
            "c_start_main",
            "Called exec() ---"),
    /** {@code -S}: {@code brk@SYS(nil) = 0x…}, {@code SYS_brk(0) = 0x…}. */
    LTRACE_CALLS("ltrace", 2, "^.{0,60}?\\b(\\w+@SYS|SYS_[a-z]\\w*)\\(", "@SYS(", "YS_{a-z}"),
    /** Functions of libraries, that no kernel has; with {@code -l} after the name of the caller and an arrow. */
    LTRACE_FUNCTIONS(
            "ltrace",
            3,
            "^([^\"(=]{0,60}["
                    + " >])?(malloc|calloc|realloc|free|strlen|strcmp|strncmp|strchr|strrchr|strcpy|strdup|memcpy"
                    + "|memset|puts|printf|fprintf|sprintf|fopen|fclose|fwrite|getenv|setlocale|textdomain|__errno_location|__printf_chk|__fprintf_chk|__cxa_atexit|pthread_mutex_lock)\\(.*(\\)"
                    + " += |<unfinished \\.\\.\\.>|<no return \\.\\.\\.>)",
            "loc(",
            "ree(",
            "rlen(",
            "cmp(",
            "chr(",
            "cpy(",
            "rdup(",
            "mset(",
            "puts(",
            "ntf(",
            "fopen(",
            "fclose(",
            "fwrite(",
            "tenv(",
            "cale(",
            "main(",
            "o_location(",
            "_chk(",
            "atexit(",
            "x_lock("),
    TRUSS(
            "truss or dtruss",
            1,
            "(\\)\\s+(Err|ERR)#\\d+ |SYSCALL\\(args\\)\\s+= return|^process exit, rval = \\d+$)",
            "rr#",
            "RR#",
            "YSCALL(args)",
            "xit, rval = "),
    /** FreeBSD's results: {@code = 3 (0x3)}. */
    TRUSS_RESULTS("truss", 2, "\\)\\s+= -?\\d+ \\(0x[0-9a-f]+\\)$", " (0x"),
    /** Solaris's prefix under {@code -f}: {@code 1234/1:}, {@code 1234:}. */
    TRUSS_PREFIX("truss", 2, "^\\d+(/\\d+)?:(\\s+\\d+:)?\\s+[a-z]\\w*\\(.*\\)?\\s+= "),
    KDUMP("kdump", 2, "^ *\\d+( +\\d+)? +\\S+ +(CALL|RET|NAMI) +\\w", "CALL ", " RET ", "NAMI "),
    QEMU("qemu -strace", 1, "^\\d+ \\w+\\(.*\\) = -1 errno=\\d+ \\(", "1 errno="),
    /** No space follows its commas, and addresses have all their digits. */
    QEMU_COMMAS("qemu -strace", 2, "^\\d+ \\w+\\([\\w|-]+(,[\\w|-]+)+\\)\\s*= "),
    QEMU_ADDRESSES("qemu -strace", 2, "^\\d+ \\w+\\(.*\\) = 0x0000[0-9a-f]{12}$", "x0000"),
    GVISOR(
            "gVisor's strace log",
            1,
            "(strace\\.go:\\d+\\]|\\[ *\\d+: *\\d+\\] \\S+ [EX] \\w+\\()",
            "e.go:",
            " E ",
            " X "),
    FTRACE("ftrace", 1, "^# tracer: |^.{1,40}\\[\\d{3}\\] (\\S{2,8} +)?\\d+\\.\\d+: +\\w+[:(]"),
    /** Each call four times, as its registers are and as they become. */
    PROOT("proot", 2, "^[^\"]{0,80}?proot info: (v?pid \\d+: )?sys(enter|exit) (start|end): ", "oot info: "),
    /** {@code E} where a call begins and {@code X} where it ends. */
    UROOT("u-root's strace", 1, "^\\[pid \\d+\\] [EX] \\w+\\("),
    /** A Go program's durations after the result. */
    GO_STRACE(
            "u-root's strace or gVisor's",
            2,
            "\\) = (\\d+ \\()?0x[0-9a-f]+\\)?( \\S.*)? \\(\\d+(\\.\\d+)?(n|m|\u00c2\u00b5)?s\\)$",
            "ns)",
            "ms)",
            "\u00b5s)",
            "{0-9}s)"),
    /** Rust's names and the kernel's negative results. */
    SHADOW(
            "Shadow",
            1,
            "^\\d\\d:\\d\\d:\\d\\d\\.\\d{3,9} (\\[tid \\d+\\] \\^*\\w+\\(|\\w+\\((Inet6?|Unix|Netlink), "
                    + "|\\w+\\(.*\\) = (<native>|-\\d+ \\(E[A-Z0-9]+\\))$)",
            "[tid ",
            "Inet, ",
            "Inet6, ",
            "Unix, ",
            "Netlink, ",
            "<native>",
            " (E"),
    LTRACE_SYMBOLS("ltrace", 1, "^(\\[pid \\d+\\] |\\d+ )?([\\d:.]+ )?\\w+@[\\w.+-]+\\.so[\\d.]*\\("),
    CTRACE(
            "ctrace",
            1,
            "^(\\[pid:\\d+\\] +)?\\[[\\d:.]+\\] \\w+( \\(\\w+\\))?, (\\d+|NULL) -- |^\\[\\d+\\] Trace on: "),
    VALGRIND("valgrind --trace-syscalls", 1, "^.{0,40}?SYSCALL\\[\\d+,\\d+\\]\\( *\\d+\\) ", "YSCALL["),
    WINE("Wine's relay channel", 1, "^(\\d+\\.\\d+:)?[0-9a-f]{4,8}:(Call|Ret ) +[\\w.-]+\\.[\\w.@?$]+\\("),
    GDB("gdb's catch syscall", 1, "^(Thread .* hit )?Catchpoint \\d+ \\((call to|returned from) syscall "),
    /** A program of the same name. */
    CYGWIN("Cygwin's strace", 2, "^ *\\d+ +\\d+ \\[[\\w-]+\\] \\S+ \\d+ [\\w:~]+: "),
    TUSC("tusc", 2, "\\) \\.{3,} (= \\d|ERR#)", ") ..."),
    SYSDIG("sysdig", 2, "^\\d+ [\\d:.]+ \\d+ \\S.* \\(\\d+\\) [<>] \\w+"),
    /** Evidence itself, of another kind. */
    AUDIT(
            "seccomp's audit lines",
            1,
            "type=(1326|SECCOMP|UNKNOWN\\[1326\\]) (msg=)?audit\\(|SECCOMP auid=",
            "6 audit(",
            "6] msg=audit(",
            "=SECCOMP msg=",
            "SECCOMP auid="),
    BPFTRACE("bpftrace", 1, "^Attach(ing|ed) \\d+ probes?(\\.\\.\\.)?$");

    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";
    private static final byte NEXT_LINE = (byte) 0x85;

    private static final Pattern LINE_END = Pattern.compile("\\R");
    private static final byte ESCAPE = 0x1b;
    private static final Pattern COLOR = Pattern.compile("\u001b\\[[0-9;]*m");
    /** A call with its result, or half of one. */
    private static final Pattern CALL =
            Pattern.compile("\\b[a-z_]\\w*\\(.*\\)\\s+= (\\?|-?\\d)|<unfinished \\.\\.\\.>$|<\\.\\.\\. \\w+ resumed>");
    /** A text that strace prints, and these tools only in lines with their own mark. */
    private static final Pattern STRACE =
            Pattern.compile("/\\* \\d+ vars \\*/|\\bexit_group\\(\\d+\\)\\s+= \\?$|\\)\\s+= -1 E[A-Z0-9]+ \\([^()]*\\)("
                    + " <[\\d.]+>)?$|\\+\\+\\+ exited with \\d+ \\+\\+\\+$|--- SIG\\w+ \\{si_signo=");

    private static final WordSearch WORDS = words();
    /** Those that are known by how a line begins. */
    private static final long WORDLESS = wordless();

    private final String label;
    private final int times;
    private final String mark;
    private final ImmutableList<String> words;
    private volatile @Nullable Pattern pattern;

    /**
     * @param mark what only this tool prints
     * @param words text of which each match contains one, where lines that are a {@link PlainLine} may match, too. Each
     *     begins with three bytes that are rare in traces. See {@link WordSearch#add}.
     */
    ForeignTool(String label, int times, String mark, String... words) {
        this.label = label;
        this.times = times;
        this.mark = mark;
        this.words = ImmutableList.copyOf(words);
    }

    private static WordSearch words() {
        WordSearch search = new WordSearch();
        for (ForeignTool tool : values()) {
            for (String word : tool.words) {
                search.add(word, tool.bit());
            }
        }
        return search;
    }

    private static long wordless() {
        long tools = 0;
        for (ForeignTool tool : values()) {
            tools |= tool.words.isEmpty() ? tool.bit() : 0;
        }
        return tools;
    }

    @SuppressWarnings("EnumOrdinal") // the bit never leaves this class
    private long bit() {
        return 1L << ordinal();
    }

    String label() {
        return label;
    }

    /** Whether its lines are evidence of another machine; see {@link io.github.strait.qemu.QemuLog}. */
    boolean isOfQemu() {
        return this == QEMU || this == QEMU_COMMAS || this == QEMU_ADDRESSES;
    }

    /** Whether it has printed a line: one of any kind, where it prints several. */
    private boolean hasPrinted(String line) {
        return isOfQemu()
                ? Stream.of(QEMU, QEMU_COMMAS, QEMU_ADDRESSES)
                        .anyMatch(kind -> kind.mark().matcher(line).find())
                : mark().matcher(line).find();
    }

    /** How often the mark must be there. */
    int times() {
        return times;
    }

    Pattern mark() {
        Pattern known = pattern;
        if (known == null) {
            known = Pattern.compile(mark, Pattern.MULTILINE);
            pattern = known;
        }
        return known;
    }

    /** @param lines where lines begin at which the mark may match */
    private boolean wrote(String text, List<Integer> lines) {
        int found = 0;
        Matcher matcher = mark().matcher(text);
        if (mark.charAt(0) != '^') {
            while (found < times && matcher.find()) {
                found++;
            }
            return found == times;
        }
        // find() would look for the beginning of a line at each character
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

    /**
     * Where ^ matches.
     *
     * @param plain whether at lines that are plain, too
     */
    private static List<Integer> lines(byte[] text, boolean plain) {
        List<Integer> lines = new ArrayList<>();
        int line = 0;
        while (line < text.length) {
            if (plain || !PlainLine.isAt(text, line, text.length)) {
                lines.add(line);
            }
            int end = ByteSearch.findUnusual(text, line, text.length);
            while (end < text.length && !isEnd(text, end)) {
                end = ByteSearch.findUnusual(text, end + 1, text.length);
            }
            line = end + 1;
        }
        return lines;
    }

    private static boolean isEnd(byte[] text, int at) {
        return text[at] == '\n'
                || text[at] == NEXT_LINE
                || (text[at] == '\r' && (at + 1 == text.length || text[at + 1] != '\n'));
    }

    /**
     * Whether its lines are the fewer in a text that strace wrote, too: a traced program has printed them, or a text
     * quotes both. No call is an audit line, whatever its arguments say.
     */
    boolean isOutvoted(String text) {
        int marked = 0;
        int calls = 0;
        boolean strace = false;
        for (String line : LINE_END.split(text)) {
            boolean isCall = CALL.matcher(line).find();
            if (hasPrinted(line) && !(isCall && this == AUDIT)) {
                marked++;
            } else {
                calls += isCall ? 1 : 0;
                strace |= STRACE.matcher(line).find();
            }
        }
        return strace && calls > marked;
    }

    /** The first of these tools with lines in this beginning of a file, whatever the other lines are. */
    static Optional<ForeignTool> find(byte[] head) {
        byte[] bytes = bytes(head);
        List<Integer> doubtful = lines(bytes, false);
        long possible = WORDS.find(bytes) | (doubtful.isEmpty() ? 0 : WORDLESS);
        if (possible == 0) {
            return Optional.empty();
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<Integer> lines = (possible & ~WORDLESS) == 0 ? List.of() : lines(bytes, true);
        for (ForeignTool tool : values()) {
            if ((possible & tool.bit()) != 0 && tool.wrote(text, tool.words.isEmpty() ? doubtful : lines)) {
                return Optional.of(tool);
            }
        }
        return Optional.empty();
    }

    /** Without the colors of a terminal, and without a byte order mark. */
    private static byte[] bytes(byte[] head) {
        boolean isAsItIs = ByteSearch.find(head, 0, head.length, ESCAPE) == head.length
                && (head.length == 0 || head[0] != (byte) BYTE_ORDER_MARK.charAt(0));
        return isAsItIs ? head : text(head).getBytes(StandardCharsets.ISO_8859_1);
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
