package io.github.strait.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.names.NamesFormat;
import io.github.strait.format.oci.ArchMap;
import io.github.strait.format.oci.MobyFormat;
import io.github.strait.format.oci.OciFormat;
import io.github.strait.syscall.Arch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {
    @Test
    void formatsAreFoundByNameAndSynonym() {
        for (ProfileFormat format : Formats.all()) {
            assertEquals(Optional.of(format), Formats.find(format.name()));
        }
        assertEquals(Optional.of(OciFormat.OCI), Formats.find("docker"));
        assertEquals(Optional.empty(), Formats.find("yaml"));
        assertEquals("oci", Formats.all().get(0).name());
    }

    @ParameterizedTest
    @CsvSource({
        "plain.json, moby",
        "moby.json, moby",
        "loose.json, moby",
        "calls.names, names",
        "spo.yaml, spo",
        "talos.yaml, talos"
    })
    void documentsAreDetected(String document, String format) {
        byte[] content = Blocks.bytes(document);
        assertEquals(format, Formats.detect(content).name());
        assertTrue(Formats.read(document, content).diagnostics().stream()
                .allMatch(diagnostic -> diagnostic.code().equals("singular-name")));
    }

    /** Companions go under their native ABI when Docker can find its entry there; else the list is flat. */
    @ParameterizedTest
    @CsvSource({
        "X86_64, X86_64:",
        "X86_64 X86 X32, X86_64:X86+X32",
        "X86_64 AARCH64 ARM, X86_64: AARCH64:ARM",
        "PPC64LE, PPC64LE:",
        "PPC64, PPC64:",
        "MIPSEL64 MIPSEL64N32, MIPSEL64:MIPSEL64N32",
        "X86, flat",
        "X86_64 ARM, flat",
        "PPC64 PPC, flat",
        "'', flat",
    })
    void architecturesBecomeAMapWhenTheyCan(String architectures, String expected) {
        ImmutableSortedSet<Arch> set = Arrays.stream(architectures.split(" "))
                .filter(text -> !text.isEmpty())
                .map(Arch::valueOf)
                .collect(ImmutableSortedSet.toImmutableSortedSet(Arch::compareTo));
        String actual = ArchMap.of(set)
                .map(map -> map.stream()
                        .map(entry -> entry.architecture() + ":"
                                + String.join(
                                        "+",
                                        entry.companions().stream()
                                                .map(Arch::name)
                                                .toList()))
                        .toList())
                .map(entries -> String.join(" ", entries))
                .orElse("flat");
        assertEquals(expected, actual);
    }

    /** The entries that Moby's own profile has for MIPS say the same thing three times. */
    @Test
    void entriesOfCompanionsMayRepeatTheirNativeAbi() {
        String document = """
                {"defaultAction": "SCMP_ACT_ERRNO", "archMap": [
                  {"architecture": "SCMP_ARCH_MIPS64", "subArchitectures": ["SCMP_ARCH_MIPS", "SCMP_ARCH_MIPS64N32"]},
                  {"architecture": "SCMP_ARCH_MIPS64N32", "subArchitectures": ["SCMP_ARCH_MIPS", "SCMP_ARCH_MIPS64"]}]}
                """;
        assertEquals(
                ImmutableSortedSet.of(Arch.MIPS, Arch.MIPS64, Arch.MIPS64N32),
                MobyFormat.MOBY.read("f", bytes(document)).profile().architectures());
    }

    @Test
    void namesThatWouldWidenAreRefused() {
        RefusalException refusal = assertThrows(
                RefusalException.class,
                () -> NamesFormat.NAMES
                        .read("f", bytes("x86_64\tread\nx86_64\topen\nx86\tread\n"))
                        .profile());
        assertEquals(
                "f: error: 'open' is listed for another architecture but not for x86, and a profile allows it on both;"
                        + " add the line or split the document [unreadable-profile]",
                refusal.diagnostic().toString());
    }

    @Test
    void namesTakeCommentsAndSynonyms() {
        Reading reading = NamesFormat.NAMES.read(
                "f", bytes("# calls\r\n\r\namd64\tread\r\narm64\tread\r\narm64\topen\r\namd64\topen\r\n"));
        assertEquals(
                List.of("f: warning: aarch64 has no call 'open'; remove the line [unknown-syscall]"),
                reading.diagnostics().stream().map(Diagnostic::toString).toList());
        assertEquals(
                "x86_64\topen\nx86_64\tread\naarch64\tread\n",
                new String(NamesFormat.NAMES.write(reading.profile()), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "'x86_64\tread write', 'f:1: error: ''read write'' is not a syscall name; letters, digits and _ only'",
        "'vax\tread', 'f:1: error: unknown architecture ''vax'' before the tab'",
        "'x86_64\t', 'f:1: error: '''' is not a syscall name; letters, digits and _ only'",
    })
    void namesRefuseOtherLines(String line, String message) {
        RefusalException refusal = assertThrows(RefusalException.class, () -> NamesFormat.NAMES.read("f", bytes(line)));
        assertEquals(message + " [unreadable-profile]", refusal.diagnostic().toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
