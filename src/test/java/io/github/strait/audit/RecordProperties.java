package io.github.strait.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.io.BaseEncoding;
import io.github.strait.evidence.Evidence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever a program is called, it cannot add a call to the log, or hide one. */
class RecordProperties {
    private static final List<String> PARTS = List.of(
            " ",
            "syscall=321",
            "arch=c000003e",
            "code=0x0",
            "\"",
            "=",
            "pid=1",
            "comm=",
            "exe=\"/x\"",
            "\n",
            "\u001d",
            "type=1326 audit(1.1:1): ",
            "audit: ",
            "a",
            "é",
            "\t",
            "(deleted)",
            "SECCOMP auid=0");

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of(PARTS).list().ofMaxSize(6).map(parts -> String.join("", parts));
    }

    /** As the kernel's {@code audit_log_untrustedstring} writes it. */
    private static String untrusted(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean isPlain = true;
        for (byte b : bytes) {
            isPlain &= b != '"' && b >= 0x21 && b <= 0x7e;
        }
        return isPlain ? "\"" + text + "\"" : BaseEncoding.base16().encode(bytes);
    }

    @Property(tries = 2000)
    void namesAreNeverFields(@ForAll("names") String comm, @ForAll("names") String exe) {
        String fields = "auid=0 pid=7 comm=" + untrusted(comm) + " exe=" + untrusted(exe)
                + " sig=0 arch=c000003e syscall=257 compat=0 ip=0x0 code=0x7ffc0000";
        Evidence evidence = Logs.read("[    5.123456] audit: type=1326 audit(1.1:1): " + fields + "\n");
        assertEquals(List.of("x86_64 openat 1"), Logs.calls(evidence.observation()));
        SeccompRecord record = RecordParser.parse(fields).orElseThrow();
        assertEquals(comm, record.comm());
        assertEquals(exe.endsWith(" (deleted)") ? exe.substring(0, exe.length() - 10) : exe, record.exe());
    }

    /** {@code ausearch -i} prints names as they are, but for control bytes: then a line may be in doubt, and is no other call. */
    @Property(tries = 2000)
    void interpretedNamesMakeNoOtherCall(@ForAll("names") String comm, @ForAll("names") String exe) {
        String line = "type=SECCOMP msg=audit(11/29/26 00:33:02.388:103266) : auid=unset pid=7 comm=" + shown(comm)
                + " exe=" + shown(exe) + " sig=SIG0 arch=x86_64 syscall=openat compat=0 ip=0x7f79cc2a0829 code=log \n";
        Evidence evidence = Logs.read("----\n" + line);
        List<String> calls = Logs.calls(evidence.observation());
        assertTrue(calls.isEmpty() || calls.equals(List.of("x86_64 openat 1")), calls::toString);
        assertEquals(calls.isEmpty() ? 1 : 0, evidence.observation().lines().unparsed());
    }

    private static String shown(String name) {
        return name.replace("\n", "\\012").replace("\t", "\\011").replace("\u001d", "\\035");
    }

    /** Lines are the same however the stream hands them out, and a long one hides no other. */
    @Property(tries = 300)
    void linesDoNotDependOnTheBuffer(@ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 40) int portion)
            throws IOException {
        List<String> lines = new ArrayList<>();
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)) {
            @Override
            public synchronized int read(byte[] buffer, int from, int length) {
                return super.read(buffer, from, Math.min(length, portion * 1000));
            }
        };
        long count = new LogLines(in, false, lineCount -> {}).forEach((bytes, from, to, number) -> {
            assertEquals(lines.size() + 1, number);
            lines.add(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        });
        List<String> expected = text.lines()
                .map(line -> line.length() > LogLines.LONGEST ? line.substring(0, LogLines.LONGEST) : line)
                .toList();
        assertEquals(expected, lines);
        assertEquals(expected.size(), count);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<Integer> lengths = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 50),
                Arbitraries.integers().between(65_500, 65_600),
                Arbitraries.integers().between(262_000, 262_200));
        return lengths.map(length -> "x".repeat(length) + "\n")
                .list()
                .ofMaxSize(5)
                .map(each -> String.join("", each));
    }
}
