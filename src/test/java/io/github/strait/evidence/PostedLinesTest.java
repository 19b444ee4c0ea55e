package io.github.strait.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.follow.Observing;
import io.github.strait.follow.Transcript;
import io.github.strait.observation.LineCounts;
import io.github.strait.observation.SyscallObservation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single lines as people post them: which of them are calls, and which only look so. */
class PostedLinesTest {
    private static final String START = "execve(\"/bin/x\", [\"x\"], 0x7ffe00000000 /* 9 vars */) = 0\n";
    private static final String END = "exit_group(0)                           = ?\n";

    @Test
    void callThatEndsAfterEquals() {
        Evidence evidence = Observing.text(START + """
            openat(AT_FDCWD, "/a-long-path", O_RDWR|O_EXCL|O_DIRECT) =
            -1 EBUSY (Device or resource busy)
            mremap(, 140648448, 213909504, MREMAP_MAYMOVE) =
            brk(NULL)     =\s
            """ + END);
        assertEquals(Set.of("execve", "openat", "mremap", "brk", "exit_group"), names(evidence));
        assertEquals(new LineCounts(5, 1, 0), evidence.observation().lines());
        assertEquals(1L, call(evidence, "openat").errors().get("EBUSY"));
    }

    @Test
    void callThatEndsAfterItsParenthesis() {
        Evidence evidence = Observing.text(START + """
            statfs("/a-long-path", 0x7ffe00001000)
            = -1 ENOENT (No such file or
            directory)
            readlink("/a-long-path", 0x7ffe00001000, 4096)
               = 61
            getpid()
            mkdir("/a-long-path",
            0755)
            = 0
            """ + END);
        assertEquals(Set.of("execve", "statfs", "readlink", "getpid", "mkdir", "exit_group"), names(evidence));
        assertEquals(0, evidence.observation().lines().unparsed());
        assertEquals(1L, call(evidence, "statfs").errors().get("ENOENT"));
        assertEquals(1, call(evidence, "mkdir").succeeded());
    }

    @Test
    void secondHalfThatIsWrapped() {
        Evidence evidence = Observing.text("7 " + START + """
            7 read(3,  <unfinished ...>
            8 close(4) = 0
            7 <... read resumed>"abc", 5)
            = 3
            8 <... poll resumed>) =
            1
            7 <... write resumed>, 5)
            """ + "7 " + END);
        assertEquals(Set.of("execve", "read", "close", "poll", "write", "exit_group"), names(evidence));
        assertEquals(1, call(evidence, "read").succeeded());
        assertEquals(1, call(evidence, "poll").succeeded());
        assertEquals(0, evidence.observation().lines().unparsed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"X", "<addr>", "...", "-EPERM", "xxxx", "[removed]"})
    void valueThatIsReplaced(String value) {
        Evidence evidence = Observing.text(START + "getpid() = " + value + "\n" + END);
        assertEquals(Set.of("execve", "getpid", "exit_group"), names(evidence));
        assertEquals(0, call(evidence, "getpid").succeeded());
    }

    @Test
    void wrappedOnAStreamWithTidsInBrackets() {
        Evidence evidence = Observing.text("[pid  12] " + START + """
            [pid  12] openat(AT_FDCWD, "/a",
            O_RDONLY) =
            3
            [pid  13] close(3) =
            -1 EBADF (Bad file descriptor)
            """);
        assertEquals(new LineCounts(3, 3, 0), evidence.observation().lines());
        assertEquals(1, call(evidence, "openat").succeeded());
        assertEquals(1L, call(evidence, "close").errors().get("EBADF"));
    }

    @Test
    void explanationThatIsWrapped() {
        Evidence evidence = Observing.text(START + """
            access("/etc/ld.so.preload", R_OK) = -1 ENOENT (No such
            file or directory)
            poll([{fd=3, events=POLLIN}], 1, 0) = 1 ([{fd=3,
            revents=POLLIN}])
            """ + END);
        assertEquals(new LineCounts(4, 2, 0), evidence.observation().lines());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " =", " = ", " = -", " = -1", " = -1 E"})
    void traceThatIsCutAfterTheArguments(String rest) {
        assertEquals(Set.of("execve", "close"), names(Observing.text(START + "close(3)" + rest)));
    }

    @Test
    void contentThatImitatesAnEnd() {
        Evidence evidence = Observing.text("7 " + START + """
            7 openat(AT_FDCWD, "x) =", O_RDONLY) = 3
            7 openat(AT_FDCWD, "fork()", O_RDONLY) = 3
            7 write(1, "kexec_load(1)\\nkexec_load(1) = 0\\n", 32) = 32
            7 openat(AT_FDCWD</tmp/a) =>, "b", O_RDONLY) = 3
            """ + "7 " + END);
        assertEquals(Set.of("execve", "openat", "write", "exit_group"), names(evidence));
        assertEquals(new LineCounts(6, 0, 0), evidence.observation().lines());
    }

    /** A file name is the program's, and where a mail program wraps it, the program can foresee. */
    @ParameterizedTest
    @ValueSource(strings = {"", "> ", "    "})
    void stringThatIsWrappedIsNoCall(String mark) {
        String trace = START + """
            openat(AT_FDCWD, "/a (
            kexec_load(0x1, 0, NULL, 0) = 0
            x) = 0
            kexec_load(0x1, 0, NULL, 0) = 0
            ", O_RDONLY) = -1 ENOENT (No such file or directory)
            readlink("/proc/self/exe",
            "/b\\
            ", O_RDONLY) = 3
            kexec_load(0x1, 0, NULL, 0) = 0", 4096) = 40
            write(1, "kexec_load(0x1, 0, NULL, 0)

            kexec_load(0x1, 0, NULL, 0) = 0", 40)
            = 40
            """ + END;
        Evidence evidence = Observing.text(trace.replaceAll("(?m)^(?=.)", mark));
        assertEquals(Set.of("execve", "openat", "readlink", "write", "exit_group"), names(evidence));
        assertEquals(0, evidence.observation().lines().unparsed());
    }

    /** Where strings were cut off, the next line is a call of its own. */
    @Test
    void stringThatIsCutOffEndsWithItsLine() {
        Evidence evidence = Observing.text(START + """
            openat(AT_FDCWD, "/usr/lib/x86_64-linu
            read(3, "\\177ELF", 832) = 832
            openat(AT_FDCWD, "/usr/lib/x86_64-linu
            close(3) = 0
            write(1, "a", 1) = 1
            """ + END);
        assertEquals(Set.of("execve", "openat", "read", "close", "write", "exit_group"), names(evidence));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ", "    ", "\t", "> ", ">", ">>> ", "> > ", " > ", "| ", " | ", "+", "- ", "* ", " * ", "# ", "// ",
                "JD> ", "1. ", "\u2022 ", "\u00a0 ", "&gt; ", ";; ", ": ", "`"
            })
    void marksBeginAnywhere(String mark) {
        String block = """
            fsopen("btrfs", FSOPEN_CLOEXEC)         = 3
            fsconfig(3, FSCONFIG_SET_FLAG, "ro", NULL, 0) = 0
            fsmount(3, FSMOUNT_CLOEXEC, 0)          = 4
            --- SIGCHLD {si_signo=SIGCHLD} ---
            +++ exited with 0 +++
            """;
        String prose = "Mounting with the new API does this:\n\n".repeat(50);
        String text = prose + Observing.marked(mark, block) + "\nwhich sets the flag.\nAnd then it fails.\n";
        Evidence evidence = Observing.text(text);
        assertEquals(Set.of("fsopen", "fsconfig", "fsmount"), names(evidence));
        assertEquals(52, evidence.observation().lines().unparsed());
    }

    @Test
    void blocksOfSeveralKinds() {
        Evidence evidence =
                Observing.text(START + "brk(NULL) = 0x556000000000\n\nand then\n\n    mkdir(\"/x\", 0755) = 0\n"
                        + "    rmdir(\"/x\")\n    = 0\n\n> > sync() = 0\n>\n> and\n> umask(077) =\n\n\tgetpid() = 7\n");
        assertEquals(Set.of("execve", "brk", "mkdir", "rmdir", "sync", "umask", "getpid"), names(evidence));
    }

    @Test
    void tidsBehindAnIndentationAreTids() {
        String trace = "12345 read(3,  <unfinished ...>\n12    close(4) = 0\n12345 <... read resumed>\"\", 5) = 0\n";
        for (int blanks = 1; blanks < 9; blanks++) {
            Evidence evidence = Observing.text("prose\n\n" + trace.indent(blanks));
            assertEquals(1, call(evidence, "read").count(), blanks + " blanks");
            assertEquals(1, call(evidence, "read").succeeded(), blanks + " blanks");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'openat(AT_FDCWD, \"/dev/a\", O_RDWR) = 9 // x'|1",
                "'openat(AT_FDCWD, \"/dev/a\", O_RDWR) = 9//found'|1",
                "'openat(AT_FDCWD, \"/dev/a\", O_RDWR) = 10     # # # # the loop'|1",
                "'openat(AT_FDCWD, \"/dev/a\", O_RDWR) = 10 #### x'|1",
                "'openat(AT_FDCWD, \"/dev/a\", O_RDWR) = 10; x'|1",
                "'openat(AT_FDCWD, \"/dev/a\", O_RDWR) = 10 \\'|1",
                "'openat(AT_FDCWD, \"/dev/a\", O_RDWR) = 10 <-- here'|1",
                "'openat(AT_FDCWD, \"/dev/a\", O_RDWR) = 10 /* x */'|1",
                "'openat(AT_FDCWD, \"/dev/a\", O_RDWR) = 10 (x 100)'|1",
                "'openat(AT_FDCWD, \"/dev/a\", O_RDWR) = 10 that is it'|1",
                "'openat(AT_FDCWD, \"/dev/a\", O_RDWR) = 0-'|1",
                "'openat(AT_FDCWD, \"/dev/a\", O_RDWR)=0'|1",
                "'openat(AT_FDCWD, \"/dev/a\", O_RDWR) = -1 ENOENT # no'|0",
                "'openat(AT_FDCWD, \"/dev/a\", O_RDWR) = 0x'|0",
                "'openat(AT_FDCWD, \"/dev/a\", O_RDWR) =?'|0"
            })
    void remarkBehindTheResult(String line, long succeeded) {
        Evidence evidence = Observing.text(START + line + "\n" + END);
        assertEquals(new LineCounts(3, 0, 0), evidence.observation().lines());
        assertEquals(succeeded, call(evidence, "openat").succeeded(), line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mount(\"none\", \"/\",\n      NULL, MS_REC, NULL);",
                "kexec_load(",
                "    mmap(NULL, 0x1000,\n         PROT_READ, MAP_PRIVATE, fd, 0);",
                "    fork();",
                "    if (open(\"/x\", O_RDONLY) < 0)",
                "    ret = write(fd, buf, n);",
                "ssize_t\nread(int fd, void *buf,\n     size_t count)\n{",
                "read(int fd)\n{",
                "mount() {\n  sync\n}",
                "    open(\"x\")",
                "f = open(\"x\")\nread(f)",
                "    close(3) = 0;",
                "open(\"x\",\n  function (e) { read(e) })",
                "see mount(8) and read(2)",
                "reboot(8) = the command",
                "fork() == 0",
                "<... nothing to see ...>",
                "--- snip ---",
                "    --- cut here ---",
                " > quoted",
                " | barred",
                "+++ b/file.c"
            })
    void programsAndProseAreNoCalls(String text) {
        String message = assertThrows(RefusalException.class, () -> Observing.text(text + "\n\nthat is all\n"))
                .getMessage();
        assertTrue(message.contains("contains no strace output"), message);
        Evidence beside = Observing.text("The code:\n\n" + text + "\n\nthe trace:\n\n" + START + END);
        assertEquals(Set.of("execve", "exit_group"), names(beside));
    }

    @Test
    void aCommentMayHoldAComment() {
        Evidence evidence = Observing.text(START
                + "quotactl(0x800001 /* QCMD(0x8000 /* Q_??? */, GRPQUOTA) */, \"/dev/x\", 0, NULL) = -1 EINVAL (x)\n"
                + "quotactl(QCMD(0x8000 /* Q_??? */, GRPQUOTA), \"/dev/x\", 0, NULL) = 0\n"
                + "kill(7 /* \"*/\" */, SIGTERM) = 0\n" + END);
        assertEquals(new LineCounts(5, 0, 0), evidence.observation().lines());
        assertEquals(1, call(evidence, "quotactl").succeeded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "> ", "    ", "| "})
    void aTableStandsInProse(String mark) {
        String table = """
            % time     seconds  usecs/call     calls    errors syscall
            ------ ----------- ----------- --------- --------- ----------------
             66,75    0,003708           0      3922           read
             33,25    0,001847          12       150         3 openat
            """;
        Evidence evidence = Observing.text("a\nb\nc\nd\n\n" + Observing.marked(mark, table) + "\nThanks.\ne\nf\n");
        assertEquals(3922, call(evidence, "read").count());
        assertEquals(3, call(evidence, "openat").errors().get("other"));
        assertEquals(new LineCounts(0, 6, 7), evidence.observation().lines());
    }

    /** Before 4.5.20 each row of a table without time had 0/0 for its share; printf has either spelling. */
    @ParameterizedTest
    @ValueSource(strings = {"   nan", "  -nan"})
    void aTableOfNoTimeHasSharesThatAreNoNumbers(String share) {
        String rows = """
            % time     seconds  usecs/call     calls    errors syscall
            ------ ----------- ----------- --------- --------- ----------------
            SHARE    0.000000           0         3           read
            SHARE    0.000000           0         7         2 open
            ------ ----------- ----------- --------- --------- ----------------
            100.00    0.000000                    10         2 total
            """;
        Evidence evidence = Observing.text(rows.replace("SHARE", share));
        assertEquals(3, call(evidence, "read").count());
        assertEquals(7, call(evidence, "open").count());
        assertEquals(2, call(evidence, "open").errors().get("other"));
        assertEquals(new LineCounts(0, 6, 0), evidence.observation().lines());
    }

    @Test
    void linesThatNameACallAreShownFirst() {
        Evidence evidence = Observing.text(
                "Dear all,\nsee open(2):\nit fails.\nHere:\n" + START + "I saw openat(AT_FDCWD, \"x\") fail\n" + END);
        List<Long> lines = evidence.observation().runs().get(0).unparsedAt().stream()
                .map(SourcePosition::line)
                .toList();
        assertEquals(List.of(6L, 1L, 2L), lines);
    }

    /** The lines of each set, wherever a block of the reader's ends. */
    @Test
    void aLineInDoubtIsDecidedAlikeWhereverBlocksEnd() {
        String text = "prose\n" + START + "openat(AT_FDCWD, \"/a\",\nO_RDONLY)\n= 3\n\n    mount(\"a\",\n    0);\n"
                + "> read(3, \"\",\n5) = 0\nclose(3)\nfork(\n" + END + "read(0, \n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String whole = Transcript.careful(bytes);
        for (int block = 1; block <= bytes.length; block++) {
            assertEquals(whole, Transcript.quick(bytes, block, 1), "blocks of " + block);
        }
    }

    private static Set<String> names(Evidence evidence) {
        Set<String> names = new TreeSet<>();
        for (String counted : Observing.counts(evidence).keySet()) {
            names.add(Splitter.on(' ').splitToList(counted).get(1));
        }
        return names;
    }

    private static SyscallObservation call(Evidence evidence, String name) {
        return evidence.observation().architectures().values().stream()
                .flatMap(arch -> arch.syscalls().entrySet().stream())
                .filter(entry -> entry.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + ", but "
                        + Arrays.toString(names(evidence).toArray())));
    }
}
