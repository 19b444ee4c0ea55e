package io.github.strait.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the first bytes of a file tell, and how its reading is reported. */
class TraceHeadTest {
    private static TraceHead head(String text) {
        return new TraceHead(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PERF_TRACE | '     0.000 ( 0.008 ms): cat/7 openat(dfd: CWD) = 3'",
                "PERF_TRACE | '     0.231 (         ): cat/7 read(fd: 3) ...'",
                "LTRACE | '__libc_start_main(0x401136, 1, 0x7ffc) = 0'",
                "LTRACE | '[pid 7] +++ exited (status 0) +++'",
                "TRUSS | 'open(\"/x\", O_RDONLY) Err#2 ENOENT'",
                "TRUSS | 'open(\"/x\",O_RDONLY,00)     ERR#2 ''No such file'''",
                "TRUSS | 'SYSCALL(args)           = return'",
                "QEMU | '7 openat(AT_FDCWD,\"/x\",O_RDONLY) = -1 errno=2 (No such file or directory)'",
                "FTRACE | 'f(1)-7     [001] 12.345678: sys_enter: NR 1'",
                "GVISOR | 'I0101 00:00:00.000000  1 strace.go:567] [ 1] cat E read(0x3)'",
            })
    void otherTracersAreRecognised(ForeignTool tool, String line) {
        String text = "first line\n" + line + "\n";
        assertEquals(Optional.of(tool), ForeignTool.find(text.getBytes(StandardCharsets.ISO_8859_1)));
        String refusal = head(text).refusal().orElseThrow();
        assertTrue(refusal.startsWith("is the output of " + tool.label() + ", not of strace;"), refusal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7 read(3, 0x1, 1) = 0",
                "0.000 read(3, 0x1, 1) = 0",
                "7 1700000000.000000 (+ 0.000001) read(3, 0x1, 1) = 0 <0.000008>",
                "7 write(1, \"strace.go\", 9) = 9",
                "7 +++ exited with 0 +++",
                "7 read(3, \"__libc_start_main\", 17) = 17",
                "7 open(\"/x\", O_RDONLY) = -1 ENOENT (No such file or directory)",
                "plain text that is no trace",
                "\u001b[1m7 read(3)\u001b[0m\r\n\tcaf\u00e9",
            })
    void whatMayBeATraceIsNotRefused(String line) {
        assertEquals(Optional.empty(), head(line + "\n").refusal());
        assertFalse(head(line + "\n").isJson());
    }

    @Test
    void nothingAndBinaryAreRefused() {
        assertTrue(head("").refusal().orElseThrow().startsWith("is empty;"));
        assertTrue(head("\u007fELF\u0002\u0001\u0001\u0000\u0000\u0000")
                .refusal()
                .orElseThrow()
                .startsWith("is an ELF file,"));
    }

    /** One control byte in twenty is still text, and calls are calls whatever surrounds them. */
    @Test
    void aFewControlBytesAreNoBinary() {
        assertEquals(Optional.empty(), head("x".repeat(19) + "\u0001").refusal());
        assertTrue(head("x".repeat(18) + "\u0001").refusal().isPresent());
        assertEquals(
                Optional.empty(), head("7 read(3) = 0\n" + "\u0000".repeat(64)).refusal());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'read(3, 0x1, 1) = 0\nclose(3) = 0' | true",
                "'read(3, 0x1, 1) = 0\n7 close(3) = 0' | false",
                "'[pid 7] close(3) = 0' | false",
                "'7 <... read resumed>, 1) = 0' | false",
                "'+++ exited with 0 +++' | true",
            })
    void tidsTellASetFromAFileOfAll(String text, boolean one) {
        assertEquals(one, head(text + "\n").isOfOneTask());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{\"strait\": \"observation/1\"}' | true | true",
                "' \n{\"defaultAction\": 1}' | true | false",
                "'[1]' | false | false",
                "'{\nread(3, 0x1, 1) = 0' | false | false",
                "'7 write(1, \"{\\\"strait\\\"}\", 10) = 10' | false | false",
            })
    void jsonAndWhetherItIsAnObservation(String text, boolean json, boolean observation) {
        assertEquals(json, head(text + "\n").isJson());
        assertEquals(observation, head(text + "\n").isObservation());
    }

    /** Lines with tids in brackets are found also behind other text, which here is the beginning of the JSON. */
    @Test
    void dockersOwnFileIsRefusedWhateverItsLinesHold() {
        String line = "{\"log\":\"[pid 7] close(3) = 0\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-22T08:00:00Z\"}\n";
        assertTrue(head(line.repeat(3)).refusal().orElse("").contains("jq -j .log"));
    }
}
