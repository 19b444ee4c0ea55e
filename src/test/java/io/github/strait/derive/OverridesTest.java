package io.github.strait.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverridesTest {
    private static Derivation derive(List<String> allow, List<String> deny, List<Layer> layers, String... observed) {
        return Derivation.of(
                Observations.of(Arch.X86_64, observed),
                new DeriveOptions(
                        ImmutableSortedSet.of(),
                        ImmutableList.copyOf(layers),
                        DeriveOptions.EPERM,
                        DeriveOptions.BASELINE,
                        false,
                        Overrides.parse(allow, deny),
                        Optional.empty()));
    }

    private static Decision decide(Profile profile, String name) {
        int number = SyscallTable.of(Arch.X86_64).number(name).orElseThrow();
        return profile.decide(SeccompData.of(Arch.X86_64, number));
    }

    @Test
    void whatIsAllowedByRequestIsARuleOfItsOwnWithTheReason() {
        Derivation derivation = derive(List.of("mount:the job mounts", "umount2,bpf"), List.of(), List.of(), "read");
        assertEquals(
                List.of(new Reason.Layered("asked", "the job mounts (--allow mount)")),
                derivation.rationale(Arch.X86_64).reasons().get("mount"));
        assertEquals(
                List.of(new Reason.Layered("asked", "--allow bpf")),
                derivation.rationale(Arch.X86_64).reasons().get("bpf"));
        Profile profile = derivation.plain();
        assertEquals(
                List.of("bpf", "mount", "umount2"),
                List.copyOf(profile.rules().get(1).names()));
        assertEquals(Action.ALLOW, decide(profile, "mount").action());
        assertTrue(derivation.diagnostics().isEmpty());
        assertEquals(
                Optional.of("layer asked: bpf: --allow bpf; mount: the job mounts (--allow mount);"
                        + " umount2: --allow umount2"),
                derivation.scoped().rules().get(1).comment());
    }

    @Test
    void whatIsDeniedByRequestIsNotAllowedWhoeverAsksForIt() {
        Layer essential = NamedLayer.of("essential");
        Derivation derivation = derive(
                List.of(),
                List.of("read=EACCES:no reads", "exit", "clone3", "write"),
                List.of(essential),
                "read",
                "write");
        Profile profile = derivation.plain();
        assertEquals(13, decide(profile, "read").errno());
        assertEquals(1, decide(profile, "write").errno());
        assertEquals(1, decide(profile, "exit").errno());
        assertEquals(38, decide(profile, "clone3").errno(), "callers of clone3 fall back on ENOSYS only");
        assertEquals(
                new Denial("EACCES", "no reads (--deny read=EACCES)", Denial.Cause.ASKED),
                derivation.rationale(Arch.X86_64).denials().get("read"));
        assertEquals(
                List.of("denied-observed", "denied-observed", "denied-layer"),
                derivation.diagnostics().stream()
                        .map(Diagnostic::code)
                        .sorted((a, b) -> b.compareTo(a))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mont | | unknown system call 'mont'; did you mean 'mount'?",
                "'' | | unknown system call ''",
                "mount | mount=EACCES | 'mount' is both allowed and denied",
                " | mount=13 | errors are given by name",
                " | mount=EFOO | unknown error 'EFOO'",
                " | mount= | unknown error ''",
                " | mount=EACCES,mount=EPERM | 'mount' is denied in two ways",
            })
    void mistakesAreSaid(String allow, String deny, String said) {
        List<String> allowed = Optional.ofNullable(allow).stream().toList();
        List<String> denied = Optional.ofNullable(deny).stream().toList();
        String message = String.valueOf(assertThrows(RefusalException.class, () -> Overrides.parse(allowed, denied))
                .getMessage());
        assertTrue(message.contains(said), message);
    }

    @Test
    void aCallThatTheArchitectureLacksIsSaid() {
        List<Diagnostic> said =
                derive(List.of("mmap2"), List.of(), List.of(), "read").diagnostics();
        assertEquals("allow-elsewhere", said.get(0).code());
    }

    /** What mariadb, node and ruby were denied under load; only who asks for it gets it. */
    @Test
    void theLayerLoadIsOnRequest() {
        Layer load = NamedLayer.of("load");
        assertFalse(Layer.all().contains(load));
        assertTrue(Layer.onRequest().contains(load));
        assertTrue(load.reasons()
                .keySet()
                .containsAll(List.of("sched_yield", "clock_nanosleep", "fadvise64", "mremap", "rt_sigsuspend")));
        assertEquals(
                Action.ALLOW,
                decide(derive(List.of(), List.of(), List.of(load), "read").plain(), "sched_yield")
                        .action());
    }
}
