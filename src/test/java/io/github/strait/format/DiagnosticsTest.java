package io.github.strait.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.oci.MobyFormat;
import io.github.strait.format.oci.OciFormat;
import io.github.strait.syscall.Arch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What readers say about documents that are wrong, or odd: the text is the interface. */
class DiagnosticsTest {
    @TestFactory
    Stream<DynamicTest> refusals() {
        return Blocks.read("refusals.txt")
                .map(block -> DynamicTest.dynamicTest(
                        block.format() + ": " + block.diagnostics().get(0),
                        () -> assertEquals(block.diagnostics(), List.of(refusal(block.readable(), block.bytes())))));
    }

    @TestFactory
    Stream<DynamicTest> warnings() {
        return Blocks.read("warnings.txt")
                .map(block -> DynamicTest.dynamicTest(
                        block.format() + ": " + block.diagnostics().get(0),
                        () -> assertEquals(
                                block.diagnostics(),
                                block.readable().read("f", block.bytes()).diagnostics().stream()
                                        .map(Diagnostic::toString)
                                        .toList())));
    }

    @TestFactory
    Stream<DynamicTest> everyTruncationOfADocumentIsRefused() {
        byte[] whole = Blocks.bytes("plain.json");
        return Stream.of(OciFormat.OCI, MobyFormat.MOBY)
                .map(format -> DynamicTest.dynamicTest(format.name(), () -> {
                    for (int length = 0; length < whole.length - 2; length++) {
                        refusal(format, Arrays.copyOf(whole, length));
                    }
                }));
    }

    @Test
    void binaryAndOtherEncodingsAreRefused() {
        String ascii = "{\"defaultAction\": \"SCMP_ACT_ALLOW\"}";
        assertEquals(
                "f: error: not UTF-8 text; is it a compiled filter or a compressed file? [unreadable-profile]",
                refusal(OciFormat.OCI, new byte[] {0x1f, (byte) 0x8b, 8, 0}));
        assertEquals(
                "f: error: a byte order mark comes first; runtimes refuse it: remove it [unreadable-profile]",
                refusal(OciFormat.OCI, ("\ufeff" + ascii).getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                "f: error: the document is empty; is it the right file? [unreadable-profile]",
                refusal(OciFormat.OCI, new byte[] {' ', '\n'}));
        assertTrue(refusal(OciFormat.OCI, ascii.getBytes(StandardCharsets.UTF_16LE))
                .startsWith("f:1: error: column "));
    }

    @Test
    void bytesThatAreNotUtf8AreReadAsGoReadsThem() {
        byte[] content = "{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"x\": \"@\"}".getBytes(StandardCharsets.UTF_8);
        content[content.length - 3] = (byte) 0xff;
        assertEquals(
                "f: warning: some bytes of the document are not UTF-8: crun refuses it, Docker, Podman and runc read U+FFFD"
                        + " there; save it as UTF-8 [malformed-text]",
                Formats.read("f", content).diagnostics().get(0).toString());
        Reader crun = new Reader(Engine.CRUN, Arch.X86_64);
        assertThrows(RefusalException.class, () -> Formats.read("f", content, crun));
    }

    @Test
    void controlCharactersAreNotEchoed() {
        String document = "{\"defaultAction\": \"\\u001b[31m\"}";
        String refusal = refusal(OciFormat.OCI, document.getBytes(StandardCharsets.UTF_8));
        assertTrue(refusal.startsWith("f:1: error: '\\x1b[31m' in 'defaultAction' is unknown"), refusal);
    }

    @Test
    void sizesAreBounded() {
        String deep = "[".repeat(100_000);
        assertEquals(
                "f:1: error: column 1: larger or deeper than any profile (Document nesting depth (33) exceeds the maximum"
                        + " allowed (32)); is it one? [unreadable-profile]",
                refusal(OciFormat.OCI, deep.getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                "f: error: 16777217 bytes are too many for a profile; at most 16777216 are read [unreadable-profile]",
                refusal(OciFormat.OCI, new byte[ReadableFormat.MAX_BYTES + 1]));
        String many = "[" + "[],".repeat(1_000_000) + "[]]";
        assertTrue(refusal(OciFormat.OCI, many.getBytes(StandardCharsets.UTF_8)).contains("Token count"));
        String digits = "{\"defaultErrnoRet\": " + "9".repeat(100_000) + "}";
        String refusal = refusal(OciFormat.OCI, digits.getBytes(StandardCharsets.UTF_8));
        assertTrue(refusal.contains("Number value length (100000)") && !refusal.contains("`"), refusal);
    }

    @Test
    void aKeyThatComesTooOftenIsRefused() {
        String often = "{\"defaultAction\": \"SCMP_ACT_ERRNO\"" + ",\n \"flags\": []".repeat(17) + "}";
        assertEquals(
                "f:18: error: key 'flags' comes 17 times in one object: Docker, Podman and runc take the last value and"
                        + " crun the first; remove the other [unreadable-profile]",
                refusal(OciFormat.OCI, often.getBytes(StandardCharsets.UTF_8)));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoJsonIsNamed() {
        String comment = "a comment, which JSON does not have: crun alone passes over it";
        String hash = "a line that begins with '#' is not JSON, and every runtime refuses it; remove it";
        return Stream.of(
                        List.of("// a\n{}", comment),
                        List.of("{/* a */}", comment),
                        List.of("# a\n{}", hash),
                        List.of("# a\n# b\n\n {\"defaultAction\": \"SCMP_ACT_LOG\"}", hash),
                        List.of("{\n# a\n}", hash))
                .map(pair -> DynamicTest.dynamicTest(pair.get(0), () -> {
                    byte[] content = pair.get(0).getBytes(StandardCharsets.UTF_8);
                    String refusal = assertThrows(RefusalException.class, () -> Formats.read("f", content))
                            .diagnostic()
                            .toString();
                    assertTrue(refusal.contains(pair.get(1)), refusal);
                }));
    }

    @Test
    void windowsLineEndsMakeNoDifference() {
        byte[] unix = Blocks.bytes("moby.json");
        byte[] windows = Blocks.text("moby.json").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        Reading first = MobyFormat.MOBY.read("f", unix);
        Reading second = MobyFormat.MOBY.read("f", windows);
        assertEquals(first.profile(), second.profile());
        assertEquals(first.diagnostics(), second.diagnostics());
    }

    private static String refusal(ReadableFormat format, byte[] content) {
        return assertThrows(RefusalException.class, () -> format.read("f", content))
                .diagnostic()
                .toString();
    }
}
