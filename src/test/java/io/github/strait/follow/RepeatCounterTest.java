package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Bytes;
import io.github.strait.evidence.Corpus;
import io.github.strait.trace.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is observed with the scan, in any portions and by any number of threads, is what parsing every line shows. */
class RepeatCounterTest {
    private static final String TRAP = "100 --- SIGSYS {si_signo=SIGSYS, si_code=SYS_SECCOMP, si_call_addr=0x7f12,"
            + " si_syscall=__NR_CALL, si_arch=AUDIT_ARCH_X86_64} ---\n";

    static Stream<Path> recordings() {
        return Stream.of(Corpus.kernel(), Corpus.partial(), Corpus.strace())
                .flatMap(ImmutableList::stream)
                .map(Corpus.Recording::file)
                .filter(Files::isRegularFile);
    }

    static Stream<Path> traces() throws IOException {
        return Files.list(Path.of("traces")).filter(file -> file.toString().endsWith(".zst"));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void isTheSameForRecordings(Path file) throws IOException {
        byte[] once = read(file);
        String careful = Transcript.careful(once);
        assertEquals(careful, Transcript.quick(once, 1 << 18, 1));
        assertEquals(careful, Transcript.quick(once, 997, 3));
        byte[] twice = Bytes.concat(once, once);
        assertEquals(Transcript.careful(twice), Transcript.quick(twice, 1 << 14, 2));
    }

    @ParameterizedTest
    @MethodSource("traces")
    void isTheSameForCommittedTraces(Path file) throws IOException {
        byte[] trace = read(file);
        assertEquals(Transcript.careful(trace), Transcript.quick(trace, 1 << 16, 2));
    }

    @Test
    void aBlockMayBeOneByte() throws IOException {
        byte[] trace = read(Path.of("traces/i386.strace.zst"));
        assertEquals(Transcript.careful(trace), Transcript.quick(trace, 1, 2));
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream in = Compression.open(Files.newInputStream(file))) {
            return in.readAllBytes();
        }
    }

    /** A filter's trap is counted as a call, but only a call that was made sends a signal with contents of its own. */
    @Test
    void aTrappedCallIsNotKnown() {
        isSame("100 execve(\"/bin/a\", [], 0x7ffd12345678 /* 9 vars */) = 0\n"
                + "100 rt_sigqueueinfo(5, SIGUSR1, {}) = 0\n"
                + "100 execve(\"/bin/b\", [], 0x7ffd12345678 /* 9 vars */) = 0\n"
                + "100 read(3, \"\", 1) = 0\n"
                + "100 arch_prctl(0x1002, 0x7f1234567890) = 0\n"
                + "100 brk(NULL) = 0x555512345000\n"
                + TRAP.replace("CALL", "rt_sigqueueinfo")
                + "100 rt_sigqueueinfo(5, SIGUSR1, {}) = 0\n"
                + TRAP.replace("CALL", "mount"));
    }

    @Test
    void aSignalAloneShowsThatStraceWroteIt() {
        isSame("100 --- SIGCHLD {si_signo=SIGCHLD} ---\n");
        isSame("--- SIGCHLD {si_signo=SIGCHLD} ---\n".repeat(3));
    }

    /** Or else a trace of many tasks would take several times as long. Only the first line of each kind is parsed. */
    @Test
    void forksAreFollowedUnparsed() {
        StringBuilder text = new StringBuilder("100 execve(\"/bin/a\", [], 0x7ffd12345678 /* 9 vars */) = 0\n");
        int lines = 1;
        for (int tid = 100; tid < 200; tid++) {
            text.append(tid).append(" set_robust_list(0x7f1234560a20, 24) = 0\n");
            text.append(tid).append(" mmap(NULL, 4096) = 0x3ff12345000\n");
            text.append(tid).append(" clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD) = ");
            text.append(tid + 1).append('\n').append(tid).append(" vfork( <unfinished ...>\n");
            text.append(tid)
                    .append(" <... vfork resumed>) = ")
                    .append(tid + 1000)
                    .append('\n');
            text.append(tid).append(" exit_group(0) = ?\n");
            lines += 6;
        }
        isSame(text.toString());
        long unparsed = Transcript.unparsed(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        int parsed = 7;
        assertEquals("off".equals(System.getProperty("strait.scan")) ? 0 : lines - parsed, unparsed);
    }

    private static void isSame(String text) {
        byte[] trace = text.getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(Transcript.careful(trace), Transcript.quick(trace, 1 << 18, 1));
    }
}
