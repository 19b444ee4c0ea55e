package io.github.strait.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which machines a scope covers, after Moby's own rules. */
class ScopeTest {
    private static final KernelVersion LINUX_5_10 = new KernelVersion(5, 10);

    @ParameterizedTest
    @CsvSource({
        "'', '', '', true",
        "AARCH64, '', '', false",
        "AARCH64 X86_64, '', '', true",
        "X86, '', '', false",
        "'', CAP_BPF, '', true",
        "'', CAP_BPF CAP_SYS_ADMIN, '', true",
        "'', CAP_BPF CAP_SYS_TIME, '', false",
        "'', '', 5.10, true",
        "'', '', 4.8, true",
        "'', '', 5.11, false",
        "X86_64, CAP_BPF, 6.0, false",
    })
    void everythingIncludedMustHold(String arches, String caps, String kernel, boolean applies) {
        Scope scope = new Scope(clause(arches, caps, kernel), Scope.Clause.NONE);
        assertEquals(applies, scope.applies(Arch.X86_64, Set.of("CAP_BPF", "CAP_SYS_ADMIN"), LINUX_5_10));
    }

    @ParameterizedTest
    @CsvSource({
        "AARCH64, '', '', true",
        "AARCH64 X86_64, '', '', false",
        "'', CAP_SYS_TIME, '', true",
        "'', CAP_BPF CAP_SYS_TIME, '', false",
        "'', '', 5.11, true",
        "'', '', 5.10, false",
        "AARCH64, CAP_BPF, 6.0, false",
    })
    void oneThingExcludedIsEnough(String arches, String caps, String kernel, boolean applies) {
        Scope scope = new Scope(Scope.Clause.NONE, clause(arches, caps, kernel));
        assertEquals(applies, scope.applies(Arch.X86_64, Set.of("CAP_BPF", "CAP_SYS_ADMIN"), LINUX_5_10));
    }

    @Test
    void misspeltCapabilitiesAreRefused() {
        assertThrows(RefusalException.class, () -> clause("", "SYS_ADMIN", ""));
    }

    @Test
    void kernelsHaveNoPatchLevel() {
        assertThrows(RefusalException.class, () -> clause("", "", "5.10.3"));
        assertEquals(
                true,
                new Scope(clause("", "", "5.10"), Scope.Clause.NONE)
                        .applies(Arch.X86_64, Set.of(), KernelVersion.parse("5.10.3")));
    }

    @Test
    void resolvingKeepsTheRulesOfTheMachine() {
        Rule here = Rule.allow("read");
        Rule.Builder scoped = Rule.builder(Action.ALLOW).name("clone");
        Rule admin = scoped.scope(new Scope(clause("", "CAP_SYS_ADMIN", ""), Scope.Clause.NONE))
                .build();
        Rule others = scoped.scope(new Scope(Scope.Clause.NONE, clause("", "CAP_SYS_ADMIN", "")))
                .build();
        Profile profile = Profile.builder(Action.ERRNO)
                .architectures(Arch.X86_64, Arch.X86, Arch.AARCH64, Arch.ARM)
                .rules(List.of(here, admin, others))
                .build();

        Profile resolved = profile.resolve(Arch.X86_64, Set.of("CAP_SYS_ADMIN"), LINUX_5_10);

        assertEquals(ImmutableList.of(here, admin.withoutScope()), resolved.rules());
        assertEquals(ImmutableSortedSet.of(Arch.X86_64, Arch.X86), resolved.architectures());
        assertEquals(
                ImmutableSortedSet.of(Arch.RISCV64),
                profile.resolve(Arch.RISCV64, Set.of(), LINUX_5_10).architectures());
    }

    private static Scope.Clause clause(String arches, String caps, String kernel) {
        return new Scope.Clause(
                words(arches).stream()
                        .map(Arch::parse)
                        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder())),
                ImmutableSortedSet.copyOf(words(caps)),
                Optional.of(kernel).filter(text -> !text.isEmpty()).map(KernelVersion::parse));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
