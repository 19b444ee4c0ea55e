package io.github.strait.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import com.google.common.io.Resources;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.follow.Observing;
import io.github.strait.syscall.Arch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are no traces, by example: each is refused, and where it is known, by its name. */
class ForeignToolTest {
    private static final List<String> STRACE = List.of(
            "7 close(3) = 0",
            "[pid 7] read(3, \"a\", 1) = 1",
            "",
            "a line",
            "7 SYS_ E (0x1) Err#",
            "12:34:56.789012 connect(3, {sa_family=AF_INET}, 16) = -1 EINPROGRESS (Operation now in progress)",
            "7 12:34:56 [ 257] openat(AT_FDCWD, \"/x\", O_RDONLY) = 3 <0.000010>",
            "7 1700000000.123456 [1024] name(1, 2, 3) = 0",
            "[  59] execve(\"/bin/x\", [\"x\"], 0x7ffe00000000 /* 9 vars */) = 0",
            "7 <... read resumed>\"free(1) = 0\", 99) = 11",
            "7 --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=8, si_uid=0} ---",
            "7 +++ exited with 0 +++",
            "7 wait4(-1,  <unfinished ...>",
            " > /usr/lib/libc.so.6(read+0x10) [0xfa3c0]",
            " | 00000  66 72 65 65 28 31 29 20  3d 20 30           free(1) = 0 |",
            "strace: Process 8 attached",
            "7 write(1, \"free(1) = 0\\nmalloc(2) = 3\", 22) = 22");

    /** A file, and what its refusal says. */
    record Example(String refusal, String text) {
        static Example of(String section) {
            List<String> lines = section.lines().toList();
            StringBuilder text = new StringBuilder();
            lines.subList(1, lines.size())
                    .forEach(line -> text.append(line.substring(1)).append('\n'));
            return new Example(lines.get(0).strip(), text.toString());
        }

        @Override
        public String toString() {
            return refusal + ": " + text.lines().findFirst().orElse("");
        }
    }

    static Stream<Example> examples() throws IOException {
        String all =
                Resources.toString(Resources.getResource(ForeignToolTest.class, "foreign.txt"), StandardCharsets.UTF_8);
        return Splitter.on("\n= ").splitToStream(all).skip(1).map(String::strip).map(Example::of);
    }

    private static Diagnostic refusal(byte[] bytes) {
        EvidenceReader reader = new EvidenceReader(Optional.empty(), Arch.X86_64, new ByteArrayInputStream(bytes));
        return assertThrows(RefusalException.class, () -> reader.read(List.of("-")))
                .diagnostic();
    }

    private static void assertRefused(String what, String text) {
        Diagnostic refusal = refusal(text.getBytes(StandardCharsets.UTF_8));
        // evidence, if --arch names its machine
        boolean isOfQemu = what.endsWith("qemu -strace");
        assertEquals(isOfQemu ? "abi-unknown" : "no-evidence", refusal.code());
        assertTrue(refusal.message().matches("(is|has|contains) " + what + "\\b.*"), refusal.message());
        String with = isOfQemu ? ", or record with: strait record --qemu aarch64" : "; record with: strait record";
        assertTrue(refusal.message().endsWith(with + " -o FILE -- COMMAND"), refusal.message());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isRefused(Example example) {
        assertRefused(example.refusal, example.text);
    }

    /** Nor do ends of lines, a byte order mark or text in front hide it. */
    @ParameterizedTest
    @MethodSource("examples")
    void isRefusedHoweverItsLinesEnd(Example example) {
        assertRefused(example.refusal, "\ufeff" + example.text.replace("\n", "\r\n"));
        assertRefused(example.refusal, "Some words.\n\n" + example.text.stripTrailing());
    }

    /** What strace prints that is near to a mark of another tool. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 fcntl(3, F_GETFL) = 0x2 (flags O_RDWR)",
                "7 write(1, \"process exit, rval = 0\", 22) = 22",
                "7 write(1, \"malloc(3) = 0\\nmalloc(4) = 1\\nfree(1) = 0\", 9) = 9",
                "7 connect(3, {sa_family=AF_INET, sin_port=htons(80)}, 16) = 0",
                "7 [ 102] socket(AF_UNIX, SOCK_STREAM, 0) = 3",
                "7 getpid() = 0x7",
                "[pid 7] 10:21:14.100201 close(3) = 0",
                "7 write(2, \"Attaching 2 probes...\", 21) = 21",
                "7 write(2, \"[   1:   1] ls closed\", 21) = 21",
                "00:07:56.000 socket(AF_INET, SOCK_STREAM, 0) = 20",
                "00:07:56.000123 connect(20, {}, 16) = -1 EINPROGRESS (Operation now in progress)",
                "[pid  3876] getuid() = 1000 <0.000015>",
                "7 poll([{fd=3}], 1, 100) = 0 (Timeout)",
                "7 write(2, \"getenv@libc.so.6(\", 17) = 17",
                "7 write(2, \"proot info: vpid 1: sysenter start: \", 36) = 36",
                " > /usr/lib/x86_64-linux-gnu/libc.so.6(read+0x10) [0xfa3c0]",
                "[  59] execve(\"/bin/x\", [\"x\"], 0x7ffe00000000 /* 9 vars */) = 0",
            })
    void isNotTakenForAnotherTools(String line) {
        String twice = line + "\n" + line + "\n";
        assertEquals(Optional.empty(), ForeignTool.find(twice.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** The shortcuts find what looking for each mark everywhere finds. */
    @Property(tries = 1000)
    void isFoundAsByItsMarkAlone(@ForAll("texts") String text) {
        Optional<ForeignTool> expected = Arrays.stream(ForeignTool.values())
                .filter(tool ->
                        tool.mark().matcher(text).results().limit(tool.times()).count() == tool.times())
                .findFirst();
        assertEquals(expected, ForeignTool.find(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Lines of some tool and of strace, whole or cut, with ends of all kinds. */
    @Provide
    Arbitrary<String> texts() throws IOException {
        List<String> lines = new ArrayList<>(examples()
                .map(Example::text)
                .flatMap(String::lines)
                .map(line -> new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                .toList());
        lines.addAll(STRACE);
        Arbitrary<String> line = Combinators.combine(
                        Arbitraries.of(lines),
                        Arbitraries.of(lines),
                        Arbitraries.frequency(Tuple.of(9, 0), Tuple.of(1, 1), Tuple.of(1, 9), Tuple.of(2, 14)),
                        Arbitraries.frequency(Tuple.of(9, 0), Tuple.of(1, 8), Tuple.of(1, 12), Tuple.of(1, 25)),
                        Arbitraries.of("\n", "\n", "\n", "\r\n", "\r", "\u0085", "\n\n", " "))
                .as((text, beginning, cut, kept, end) -> beginning.substring(0, Math.min(kept, beginning.length()))
                        + text.substring(Math.min(cut, text.length()))
                        + end);
        return line.list().ofMaxSize(8).map(parts -> String.join("", parts));
    }

    /** Beginnings of lines of strace's, and what may stand after them, in pieces of up to a few bytes. */
    @Property(tries = 4000)
    void plainLinesHideNoTool(@ForAll("pieces") List<String> pieces) {
        isFoundAsByItsMarkAlone((String.join("", pieces) + "\n").repeat(3));
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.of(
                        "7 ",
                        "12:34:56.789012 ",
                        "0.001 ",
                        "[pid 7] ",
                        "[pid:7] ",
                        "[ 257] ",
                        "[257] ",
                        "[x] ",
                        "E ",
                        "X ",
                        "name(",
                        "(",
                        ")",
                        "free(",
                        "malloc",
                        ",",
                        ", ",
                        "1",
                        "0x1",
                        "\"",
                        "=",
                        " = ",
                        "= 0",
                        " -- ",
                        "NULL",
                        ": ",
                        ":",
                        "/1:",
                        "abcd:Call ",
                        "k.f(",
                        "-1",
                        "|",
                        "_",
                        "<... ",
                        " resumed>",
                        "--- SIG",
                        "+++ ",
                        " > ",
                        " | ",
                        "f@x.so(",
                        "Unix, ",
                        " (E",
                        "ENOENT)",
                        " CALL x",
                        "type=x msg=audit(1.1:1):",
                        "----",
                        "time->",
                        "#",
                        "# tracer: ",
                        "Attached 2 probes",
                        "(1) < read",
                        "\u0085",
                        "\r",
                        "\n",
                        "<unfinished ...>",
                        "(0.001 ms): ",
                        "? ( ",
                        " ")
                .list()
                .ofMinSize(1)
                .ofMaxSize(7);
    }

    /** A traced program prints such lines, or somebody quotes both: what strace wrote is not lost. */
    @ParameterizedTest
    @MethodSource("examples")
    void itsLinesInATraceLoseNothing(Example example) {
        if (!example.refusal.startsWith("the output of")) {
            return;
        }
        List<String> calls = new ArrayList<>(List.of(
                "7 execve(\"/bin/x\", [\"x\"], 0x7ffe00000000 /* 9 vars */) = 0", "7 brk(NULL) = 0x555500000000"));
        for (int i = 0; i < 20; i++) {
            calls.add("7 openat(AT_FDCWD, \"/x\", O_RDONLY) = -1 ENOENT (No such file or directory)");
        }
        calls.add("7 exit_group(0) = ?");
        List<String> mixed = new ArrayList<>(calls);
        mixed.addAll(9, example.text.lines().toList());
        Evidence evidence = Observing.text(String.join("\n", mixed) + "\n");
        assertEquals(
                20, Observing.call(evidence, Arch.X86_64, "openat").errors().get("ENOENT"));
        assertEquals(1, Observing.call(evidence, Arch.X86_64, "exit_group").count());
        assertTrue(Observing.codes(evidence).contains("foreign-lines"));
    }

    /** Prose names tools, and quotes a line of theirs. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Under proot -v 9 it prints: proot info: vpid 1: terminated with signal 11",
                "I tried ltrace, truss, Shadow, u-root's strace and valgrind --trace-syscalls=yes.",
                "See [pid 3876] X of u-root, and Wine's 0009:Call lines.",
                "the symbol is getenv@libc.so.6 (not ours)",
            })
    void proseAboutToolsIsNoTool(String prose) {
        Evidence evidence = Observing.text(prose + "\n\n7 close(3) = 0\n7 getpid() = 7\n");
        assertEquals(1, Observing.call(evidence, Arch.X86_64, "close").count());
    }

    @Test
    void colorsHideNoTool() {
        String text = "\u001b[90m[10:21:14.100201]\u001b[39m \u001b[35m\u001b[1mopen\u001b[22m\u001b[39m, "
                + "\u001b[1m2\u001b[22m -- open a file\n";
        assertEquals(Optional.of(ForeignTool.CTRACE), ForeignTool.find(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void everyToolHasAnExample() throws IOException {
        List<String> examples = examples().map(Example::refusal).toList();
        Arrays.stream(ForeignTool.values())
                .filter(tool -> tool != ForeignTool.AUDIT) // evidence, and not refused
                .forEach(tool -> assertTrue(examples.contains("the output of " + tool.label()), tool::label));
    }

    /** Known by its beginning, even when text follows that looks like calls. */
    @ParameterizedTest
    @CsvSource({
        "7f454c4602010100, an ELF file",
        "d4c3b2a102000400, a packet capture",
        "a1b2c3d400020004, a packet capture",
        "4d3cb2a102000400, a packet capture",
        "0a0d0d0a1c000000, a packet capture or a sysdig capture",
        "50455246494c4532, a perf.data file",
        "17084474726163696e67, a trace-cmd file",
        "4c504b5348485248, a journal of systemd",
        "504b030414000000, a zip archive",
        "425a683931415926, compressed with bzip2",
        "04224d186440a700, compressed with lz4",
        "377abcaf271c0004, a 7z archive",
        "255044462d312e37, a PDF document",
        "89504e470d0a1a0a, a picture",
        "53514c69746520666f726d6174203300, an SQLite database"
    })
    void binaryFilesAreKnownByTheirBeginning(String hex, String what) {
        byte[] head = com.google.common.io.BaseEncoding.base16().lowerCase().decode(hex);
        byte[] calls = "\n7 read(3, \"\", 1) = 0\n".getBytes(StandardCharsets.UTF_8);
        byte[] file = Arrays.copyOf(head, head.length + calls.length);
        System.arraycopy(calls, 0, file, head.length, calls.length);
        Diagnostic refusal = refusal(file);
        assertTrue(refusal.message().startsWith("is " + what), refusal.message());
        assertTrue(refusal.message().contains("not a trace; record with: strait record"), refusal.message());
    }

    @Test
    void linesInsideJsonAreToBeTakenOut() {
        String line = "{\"log\":\"7 close(3) = 0\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-21T21:19:12Z\"}\n";
        Diagnostic refusal = refusal(line.repeat(9).getBytes(StandardCharsets.UTF_8));
        assertTrue(refusal.message().endsWith("; take them out with: jq -j .log FILE"), refusal.message());
    }

    @Test
    void otherBinaryFilesAreCalledBinary() {
        byte[] noise = new byte[512];
        Arrays.fill(noise, (byte) 2);
        assertTrue(refusal(noise).message().startsWith("is a binary file, not a trace;"));
    }
}
