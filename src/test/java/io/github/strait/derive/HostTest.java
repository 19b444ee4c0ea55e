package io.github.strait.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.SeccompData;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A 64-bit runtime starts a program that makes 32-bit calls only. */
class HostTest {
    private static final Layer RUNC = RuntimeLayer.of("runc", false, false, false);

    @ParameterizedTest
    @CsvSource({"X86,X86_64", "X32,X86_64", "ARM,AARCH64", "S390,S390X", "MIPSEL,MIPSEL64", "PPC,PPC64"})
    void theCallsOfTheRuntimeAreAllowedNatively(Arch program, Arch host) {
        Derivation derivation = derive(program, RUNC);
        assertEquals(
                Set.of(program, host),
                derivation.rationales().keySet(),
                "the document names both, as runtimes do anyhow");
        assertEquals(
                RUNC.on(host).keySet(),
                derivation.rationale(host).names(),
                "of the native calls nothing else is needed");
        for (String name : RUNC.on(host).keySet()) {
            assertTrue(allows(derivation.plain(), host, name), name);
        }
        assertFalse(allows(derivation.plain(), host, "ptrace"));
    }

    /** runc 1.1 cannot set up its user without newfstatat, which x86 has not (seen). */
    @Test
    void namedTargetsAreAllThatIsListedButTheNativeNamesAreIn() {
        Derivation derivation = Derivation.of(
                Observations.of(Arch.X86, "write"),
                Choices.of(ImmutableSortedSet.of(Arch.X86), ImmutableList.of(RUNC)));
        assertEquals(ImmutableSortedSet.of(Arch.X86), derivation.plain().architectures());
        Profile onRunc = derivation.plain().toBuilder()
                .architectures(Arch.X86_64, Arch.X86)
                .build();
        assertTrue(allows(onRunc, Arch.X86_64, "newfstatat"));
        assertFalse(derivation.rationale(Arch.X86).names().contains("newfstatat"));
        assertEquals("runtime-not-targeted", derivation.diagnostics().get(0).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gvisor"})
    void whoMakesNoCallsAddsNoArchitecture(String runtime) {
        Derivation derivation = derive(Arch.X86, RuntimeLayer.of(runtime, false, false, false));
        assertEquals(Set.of(Arch.X86), derivation.rationales().keySet());
        assertTrue(derivation.diagnostics().isEmpty());
    }

    @Test
    void aProgramOfTheMachinesOwnAbiAddsNone() {
        assertEquals(Set.of(Arch.X86_64), derive(Arch.X86_64, RUNC).rationales().keySet());
    }

    @Test
    void aCallThatAnotherAbiAllowsIsNotCountedAsDenied() {
        Derivation derivation = Derivation.of(
                Observations.of(Arch.X86, "statx").merge(Observations.of(Arch.X86_64, "read")),
                Choices.of(ImmutableSortedSet.of(), ImmutableList.of()));
        assertTrue(derivation.rationale(Arch.X86_64).denials().containsKey("statx"));
        assertFalse(derivation.denials(Arch.X86_64, Sharing.ALL).containsKey("statx"));
        assertFalse(derivation.denials(Arch.X86_64, Sharing.FAMILY).containsKey("statx"));
        assertTrue(derivation.denials(Arch.X86_64, Sharing.NONE).containsKey("statx"));
        assertEquals(Set.of("statx"), derivation.addedByUnion(Arch.X86_64, Sharing.FAMILY));
        assertTrue(derivation.addedByUnion(Arch.X86_64, Sharing.NONE).isEmpty());
        for (Arch arch : derivation.rationales().keySet()) {
            derivation
                    .denials(arch, Sharing.ALL)
                    .keySet()
                    .forEach(name -> assertFalse(allows(plain(derivation), arch, name), name));
        }
    }

    private static Profile plain(Derivation derivation) {
        try {
            return derivation.plain();
        } catch (RefusalException e) {
            throw new AssertionError(e);
        }
    }

    private static Derivation derive(Arch arch, Layer runtime) {
        return Derivation.of(
                Observations.of(arch, "write"), Choices.of(ImmutableSortedSet.of(), ImmutableList.of(runtime)));
    }

    private static boolean allows(Profile profile, Arch arch, String name) {
        int number = SyscallTable.of(arch).number(name).orElseThrow();
        return profile.decide(SeccompData.of(arch, number)).action() == Action.ALLOW;
    }
}
