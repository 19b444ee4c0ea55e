package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.SetMultimap;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.Tier;
import io.github.strait.bpf.Program;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.observation.Recording;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.StraceName;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.Syscalls;
import io.github.strait.syscall.TableResource;
import io.github.strait.verify.Filter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The choice of the calls that a recording leaves out. */
class LeftOutTest {
    /** Written down once more: what the reader follows, whatever the table says. */
    private static final RecordedMachine SEVERAL = new RecordedMachine(2, Optional.empty());

    private static final Set<String> FOLLOWED = ImmutableSet.of(
            "clone",
            "clone3",
            "fork",
            "vfork",
            "execve",
            "execveat",
            "exit",
            "exit_group",
            "prctl",
            "seccomp",
            "setuid");

    private static final Program ALLOW = Filter.of(
                    Profile.builder(Action.ALLOW).architectures(Arch.X86_64).build(), Arch.X86_64)
            .program();

    @Provide
    Arbitrary<SetMultimap<Arch, String>> settled() {
        return Combinators.combine(
                        Arbitraries.of(Arch.class).set().ofMaxSize(4),
                        Arbitraries.of(Syscalls.names()).set().ofMaxSize(60))
                .as((arches, names) -> {
                    ImmutableSetMultimap.Builder<Arch, String> calls = ImmutableSetMultimap.builder();
                    arches.forEach(arch -> calls.putAll(arch, names));
                    return calls.build();
                });
    }

    @Property(tries = 300)
    void isSettledAndNeverFollowedOrCompared(
            @ForAll("settled") SetMultimap<Arch, String> settled, @ForAll Arch of, @ForAll Optional<Tier> compared) {
        Arch machine = of.nativeArch();
        LeftOut chosen = LeftOut.of(settled, machine, compared);
        chosen.calls().forEach((arch, name) -> {
            assertTrue(settled.containsEntry(arch, name), name);
            assertTrue(machine.personalities().contains(arch), arch.label());
            assertFalse(FOLLOWED.contains(name), name);
            assertTrue(SyscallTable.of(arch).contains(name), name);
            compared.ifPresent(tier -> assertFalse(Catalogue.has(name, arch, tier), name));
        });
        // what else is settled is left out: the choice is not empty for want of trying
        settled.forEach((arch, name) -> {
            boolean isPlain = name.equals("read") || name.equals("write") || name.equals("epoll_wait");
            if (isPlain
                    && machine.personalities().contains(arch)
                    && SyscallTable.of(arch).contains(name)) {
                assertTrue(chosen.calls().containsEntry(arch, name), name);
            }
        });
    }

    @Property(tries = 100)
    void whatIsSettledBesideChangesNothing(
            @ForAll("settled") SetMultimap<Arch, String> one, @ForAll("settled") SetMultimap<Arch, String> other) {
        ImmutableSetMultimap<Arch, String> both = ImmutableSetMultimap.<Arch, String>builder()
                .putAll(one)
                .putAll(other)
                .build();
        Optional<Tier> compared = Optional.of(Tier.SAFE);
        assertEquals(
                ImmutableSetMultimap.<Arch, String>builder()
                        .putAll(LeftOut.of(one, Arch.X86_64, compared).calls())
                        .putAll(LeftOut.of(other, Arch.X86_64, compared).calls())
                        .build(),
                LeftOut.of(both, Arch.X86_64, compared).calls());
    }

    /** strace takes the name of a call for that call, or for none. */
    @ParameterizedTest
    @EnumSource
    void namesMeanTheSameToStrace(Arch arch) {
        for (String name : LeftOut.of(all(arch), arch.nativeArch(), Optional.empty())
                .calls()
                .get(arch)) {
            assertEquals(Optional.of(name), StraceName.toLibseccomp(name, arch));
            assertTrue(name.matches("[a-z0-9_]+"), name);
        }
    }

    private static ImmutableSetMultimap<Arch, String> all(Arch arch) {
        return ImmutableSetMultimap.<Arch, String>builder()
                .putAll(arch, Syscalls.names())
                .build();
    }

    /** Words that are classes of calls to strace would leave out more than a call. */
    @ParameterizedTest
    @ValueSource(strings = {"signal", "ipc", "process", "socketcall", "umount"})
    void wordsOfStraceStayIn(String name) {
        assertFalse(
                LeftOut.of(all(Arch.X86), Arch.X86_64, Optional.empty()).names().contains(name));
    }

    @Test
    void eachNameOfTheTableIsOne() {
        Set<String> classes = Set.of("process", "file", "memory", "network", "desc", "pure");
        ImmutableSortedSet.Builder<String> names = ImmutableSortedSet.naturalOrder();
        TableResource.read(LeftOut.class, "always-traced.tsv")
                .rows()
                .forEach(row -> names.addAll(TableResource.words(row.get(0))));
        names.build().stream()
                .filter(name -> !classes.contains(name) && !name.equals("syscall"))
                .forEach(name -> assertTrue(Syscalls.names().contains(name), name));
        assertTrue(names.build().containsAll(FOLLOWED));
    }

    @Test
    void eachAbiHasItsOwn() {
        LeftOut chosen = LeftOut.of(
                ImmutableSetMultimap.of(
                        Arch.X86_64, "read", Arch.X86, "getuid", Arch.X32, "write", Arch.AARCH64, "close"),
                Arch.X86_64,
                Optional.of(Tier.SAFE));
        assertEquals(List.of("--seccomp-bpf", "-e", "trace=!?getuid@32,?read@64,?write@x32"), chosen.straceOptions());
        assertEquals(Set.of("getuid", "read", "write"), chosen.names());
        assertEquals(List.of(), LeftOut.NOTHING.straceOptions());
    }

    @Test
    void valuesThatAProfileComparesStayIn() {
        ImmutableSetMultimap<Arch, String> known =
                ImmutableSetMultimap.of(Arch.X86_64, "ioctl", Arch.X86_64, "futex", Arch.X86_64, "read");
        assertEquals(
                Set.of("futex", "read"),
                LeftOut.of(known, Arch.X86_64, Optional.of(Tier.SAFE)).names());
        assertEquals(
                Set.of("read"),
                LeftOut.of(known, Arch.X86_64, Optional.of(Tier.STRICT)).names());
        assertEquals(
                Set.of("futex", "ioctl", "read"),
                LeftOut.of(known, Arch.X86_64, Optional.empty()).names());
    }

    @Test
    void isForCommandsWithoutAFilterOfTheirOwn() {
        LeftOut read = LeftOut.of(ImmutableSetMultimap.of(Arch.X86_64, "read"), Arch.X86_64, Optional.empty());
        RecordOptions attached = RecordOptions.ofAttached(Path.of("t"), List.of(7L));
        assertThrows(RefusalException.class, () -> attached.leavingOut(read));
        RecordOptions under = RecordOptions.ofCommand(Path.of("t"), List.of("ls"))
                .under(Confinement.of(ALLOW, Arch.X86_64, Set.of()));
        assertThrows(RefusalException.class, () -> under.leavingOut(read));
        assertEquals(attached, attached.leavingOut(LeftOut.NOTHING));
    }

    @Test
    void theHeaderNamesThemAndNoArgumentOfTheCommand() {
        LeftOut read = LeftOut.of(ImmutableSetMultimap.of(Arch.X86_64, "read"), Arch.X86_64, Optional.empty());
        RecordOptions whole = RecordOptions.ofCommand(Path.of("t"), List.of("mysql", "-psecret"));
        Recording header = whole.leavingOut(read).header(SEVERAL).orElseThrow();
        assertEquals(Recording.Kind.COMMAND, header.kind());
        assertEquals(List.of("mysql"), header.command());
        assertTrue(header.partial());
        assertEquals(Set.of("read"), header.leftOut());
        assertEquals(Map.of(Recording.Fact.PROCESSORS, "2"), header.facts());
        assertEquals(Optional.empty(), whole.header(SEVERAL));
    }
}
