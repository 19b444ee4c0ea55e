package io.github.strait.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.follow.Observing;
import io.github.strait.observation.ObservationWriter;
import io.github.strait.observation.Run;
import io.github.strait.syscall.Arch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as evidence, how it is found, and what is said about what cannot be used. */
class EvidenceReaderTest {
    private static final String TRACE = "1 [  59] execve(\"/bin/a\", [\"a\"], 0x7ffc00000000) = 0\n"
            + "1 [   0] read(3, 0x1, 1) = 0\n1 [ 231] exit_group(0) = ?\n1 +++ exited with 0 +++\n";
    private static final String OF_ONE_TASK = "[   0] read(3, 0x1, 1) = 0\n";

    @TempDir
    private Path directory;

    private String file(String name, String text) throws IOException {
        return file(name, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String file(String name, byte[] bytes) throws IOException {
        Path path = directory.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.write(path, bytes).toString();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return bytes.toByteArray();
    }

    private static Evidence read(String... arguments) {
        byte[] stdin = TRACE.getBytes(StandardCharsets.ISO_8859_1);
        return new EvidenceReader(Optional.empty(), Arch.X86_64, new ByteArrayInputStream(stdin))
                .read(List.of(arguments));
    }

    private static void assertRefused(String code, String message, String... arguments) {
        RefusalException e = assertThrows(RefusalException.class, () -> read(arguments));
        assertEquals(code, e.diagnostic().code());
        assertTrue(e.diagnostic().message().contains(message), e.diagnostic().message());
    }

    private static Set<String> sources(Evidence evidence) {
        return Set.copyOf(
                evidence.observation().runs().stream().map(Run::source).toList());
    }

    @Test
    void aFileStandardInputAndAnObservation() throws IOException {
        Evidence stdin = read("-");
        String observation = file("o.json", ObservationWriter.write(stdin.observation()));
        String trace = file("t", TRACE.replace("read(3", "write(3").replace("[   0]", "[   1]"));
        assertEquals(Set.of("-"), sources(stdin));
        assertEquals(stdin.observation(), read(observation).observation());
        assertEquals(Set.of("-", trace), sources(read(observation, trace)));
        assertEquals(
                Map.of("x86_64 execve", 2L, "x86_64 read", 1L, "x86_64 write", 1L, "x86_64 exit_group", 2L),
                Observing.counts(read(trace, "-")));
    }

    @Test
    void theSameTraceTwiceIsOneRun() throws IOException {
        String a = file("a", TRACE);
        String b = file("b", gzip(TRACE));
        assertEquals(Set.of(a), sources(read(b, a, a, b)));
    }

    @Test
    void carriageReturnsByteOrderMarkAndNoFinalNewline() throws IOException {
        String unparsed =
                file("odd", "\u00ef\u00bb\u00bf" + TRACE.replace("\n", "\r\n").stripTrailing());
        assertEquals(Observing.counts(read("-")), Observing.counts(read(unparsed)));
        assertEquals(
                read("-").observation().lines(), read(unparsed).observation().lines());
    }

    @Test
    void anFfSetIsOneRunHoweverItIsNamed() throws IOException {
        String one = file("set/log.7", OF_ONE_TASK);
        String two = file("set/log.12", gzip(OF_ONE_TASK));
        Evidence evidence = read(one, two);
        assertEquals(Set.of(directory.resolve("set/log.*").toString()), sources(evidence));
        assertEquals(Map.of("x86_64 read", 2L), Observing.counts(evidence));
        assertEquals(evidence, read(two, one));
        assertEquals(evidence, read(directory.resolve("set").toString()));
        assertEquals(evidence, read(directory.resolve("set/log").toString()));
    }

    @Test
    void compressedFilesOfAnFfSet() throws IOException {
        file("log.7.gz", gzip(OF_ONE_TASK));
        file("log.12.gz", gzip(OF_ONE_TASK));
        file("log.other.7.gz", gzip(OF_ONE_TASK));
        Evidence evidence = read(directory.resolve("log").toString());
        assertEquals(Set.of(directory.resolve("log.*").toString()), sources(evidence));
        assertEquals(Map.of("x86_64 read", 2L), Observing.counts(evidence));
    }

    /** Names such as trace.1 and trace.2 need not be an -ff set. */
    @Test
    void numberedFilesWithTidsAreRuns() throws IOException {
        file("trace.1", TRACE);
        file("trace.2", TRACE.replace("read(3", "read(4"));
        assertEquals(2, read(directory.toString()).observation().runs().size());
    }

    /** The leader's file may be read before or after that of the thread which executes a program. */
    @ParameterizedTest
    @ValueSource(strings = {"8", "6"})
    void aThreadOfAnFfSetExecutesAProgram(String thread) throws IOException {
        file(
                "log.7",
                "execve(\"/bin/sh\", [\"sh\"], 0x7ffc00000000) = 0\n"
                        + "[   9] mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, 3, 0) = 0x7f0000000000\n"
                        + "clone(child_stack=0x1, flags=CLONE_VM|CLONE_THREAD) = " + thread + "\n"
                        + "pause() = ?\n+++ superseded by execve in pid " + thread + " +++\n"
                        + "<... execve resumed>) = 0\n"
                        + "ugetrlimit(RLIMIT_STACK, 0xff00)"
                        + " = 0\n"
                        + "getpid() = 7\n"
                        + "exit_group(0) = ?\n"
                        + "+++ exited with 0 +++\n");
        file(
                "log." + thread,
                "getuid() = 0\n"
                        + "execve(\"/bin/p32\", [\"p32\"], 0x7ffc00000000 /* 9 vars */ <pid changed to 7 ...>\n");
        Evidence evidence = read(directory.toString());
        assertEquals(
                Map.of(
                        "x86_64 execve",
                        2L,
                        "x86_64 mmap",
                        1L,
                        "x86_64 clone",
                        1L,
                        "x86_64 pause",
                        1L,
                        "x86_64 getuid",
                        1L,
                        "x86 ugetrlimit",
                        1L,
                        "x86 getpid",
                        1L,
                        "x86 exit_group",
                        1L),
                Observing.counts(evidence));
        assertEquals(
                Set.of("/bin/p32"), Observing.call(evidence, Arch.X86, "getpid").programs());
        assertEquals(1, evidence.observation().runs().size());
    }

    @Test
    void whatDoesNotExist() {
        assertRefused(
                "no-evidence", "does not exist", directory.resolve("missing").toString());
        assertRefused(
                "no-evidence",
                "does not exist",
                directory.resolve("missing/log").toString());
        assertRefused("no-evidence", "is a directory without traces", directory.toString());
    }

    @Test
    void whatIsNoTrace() throws IOException {
        assertRefused("no-evidence", "is empty", file("empty", ""));
        byte[] binary = new byte[5000];
        new Random(1).nextBytes(binary);
        assertRefused("no-evidence", "is a binary file", file("binary", binary));
        assertRefused("no-evidence", "contains no strace output", file("prose", "Dear Sir,\nhow are you?\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "     0.000 ( 0.004 ms): ls/123 openat(dfd: CWD, filename: \"/etc\") = 3\n|perf trace",
                "__libc_start_main(0x401136, 1, 0x7ffc, 0 <unfinished ...>\n"
                        + "puts(\"x\") = 2\n"
                        + "+++ exited (status 0) +++\n"
                        + "|ltrace",
                "open(\"/etc/x\",O_RDONLY,00)\t\t ERR#2 'No such file or directory'\n|truss",
                "I0101 00:00:00.000000 1 strace.go:576] [ 1: 1] ls E openat(AT_FDCWD, 0x1)\n|gVisor"
            })
    void otherToolsTraces(String sample) throws IOException {
        int bar = sample.lastIndexOf('|');
        assertRefused("no-evidence", sample.substring(bar + 1), file("foreign", sample.substring(0, bar)));
    }

    @Test
    void aDirectoryMayHoldOtherFiles() throws IOException {
        file("README", "These are traces.\n");
        file("empty.log", "");
        file(".hidden", TRACE);
        file("deeper/t", TRACE);
        file("t", TRACE);
        Evidence evidence = read(directory.toString());
        assertEquals(Set.of(directory.resolve("t").toString()), sources(evidence));
        assertEquals(List.of("not-a-trace", "not-a-trace"), Observing.codes(evidence));
    }

    @Test
    void aDirectoryOfNothingElse() throws IOException {
        file("README", "These are no traces.\n");
        assertRefused("no-evidence", "holds no trace", directory.toString());
    }

    @Test
    void aCutArchive() throws IOException {
        byte[] whole = gzip(TRACE.repeat(1000));
        String cut = file("cut.gz", Arrays.copyOf(whole, whole.length / 2));
        assertRefused("unreadable", "cut or damaged", cut);
        assertRefused("unreadable", "cut or damaged", file("noise.gz", Arrays.copyOf(whole, 5)));
    }

    @Test
    void observationsOfOtherSchemasAndBrokenOnes() throws IOException {
        assertRefused("bad-observation", "schema is 'observation/3'", file("a", "{\"strait\": \"observation/3\"}"));
        assertRefused(
                "bad-observation", "is a profile, not evidence", file("b", "{\"defaultAction\": \"SCMP_ACT_ERRNO\"}"));
        assertRefused("bad-observation", "is not the JSON", file("c", "{\"strait\": \"observation/1\", "));
        assertRefused("bad-observation", "has no \"evidence\"", file("d", "{\"strait\": \"observation/1\"}"));
    }
}
