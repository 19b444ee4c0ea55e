package io.github.strait.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSetMultimap;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.Arch;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadingTest {
    @Test
    void ofAListOfNamesAreItsLines() {
        assertEquals(
                ImmutableSetMultimap.of(Arch.X86_64, "read", Arch.X86, "write"),
                calls("# two\nx86\twrite\n\nx86_64\tread\n"));
        assertThrows(RefusalException.class, () -> calls("x86\twrite\nread\n"));
        assertThrows(RefusalException.class, () -> calls("# nothing\n"));
    }

    @Test
    void ofAProfileAreTheNamesThatEachArchitectureHas() {
        assertEquals(
                ImmutableSetMultimap.builder()
                        .putAll(Arch.X86_64, "open", "frobnicate2")
                        .putAll(Arch.AARCH64, "frobnicate2")
                        .build(),
                calls("""
                        {"defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_AARCH64"],
                         "syscalls": [{"names": ["open", "frobnicate2"], "action": "SCMP_ACT_ALLOW"},
                                      {"names": ["ptrace"], "action": "SCMP_ACT_LOG"}]}
                        """));
    }

    @Test
    void aRuleCountsOnTheMachinesOfItsScope() {
        assertEquals(
                ImmutableSetMultimap.builder()
                        .putAll(Arch.X86_64, "read", "close")
                        .putAll(Arch.X86, "read", "close")
                        .putAll(Arch.AARCH64, "close", "write")
                        .build(),
                calls("""
                        {"defaultAction": "SCMP_ACT_ERRNO",
                         "archMap": [{"architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86"]},
                                     {"architecture": "SCMP_ARCH_AARCH64"}],
                         "syscalls": [
                           {"names": ["read"], "action": "SCMP_ACT_ALLOW", "includes": {"arches": ["amd64"]}},
                           {"names": ["write"], "action": "SCMP_ACT_ALLOW", "excludes": {"arches": ["amd64"]}},
                           {"names": ["close"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_BPF"]}}]}
                        """));
    }

    @Test
    void aProfileWithoutArchitecturesStandsForTheGivenOnes() {
        String profile = """
                {"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [{"names": ["read"], "action": "SCMP_ACT_ALLOW"}]}
                """;
        assertTrue(calls(profile).isEmpty());
        assertEquals(
                ImmutableSetMultimap.of(Arch.ARM, "read"),
                Formats.read("p", bytes(profile)).allowedCalls(Set.of(Arch.ARM)));
    }

    private static ImmutableSetMultimap<Arch, String> calls(String document) {
        return Formats.read("document", bytes(document)).allowedCalls(Set.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
