package io.github.strait.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.observation.Observation;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Errno;
import io.github.strait.syscall.KernelVersion;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.Syscalls;
import io.github.strait.syscall.TableResource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a call gets that is not allowed. */
class DenialTest {
    private static final KernelVersion KERNEL = KernelVersion.parse("6.1");

    private static DeriveOptions options(String errno, String baseline, boolean elideFailed) {
        return Choices.of(
                ImmutableSortedSet.of(), ImmutableList.of(), errno, KernelVersion.parse(baseline), elideFailed);
    }

    private static Decision decide(Profile profile, Arch arch, String name) {
        return profile.decide(
                SeccompData.of(arch, SyscallTable.of(arch).number(name).orElseThrow()));
    }

    private static Observation failing(Arch arch, String name, Map<String, Long> errors, int succeeded) {
        SyscallObservation ok = Observations.call("a", 1, 1, List.of());
        long count =
                succeeded + errors.values().stream().mapToLong(Long::longValue).sum();
        SyscallObservation call = new SyscallObservation(
                count,
                succeeded,
                0,
                ImmutableSortedMap.copyOf(errors),
                ok.first(),
                ok.programs(),
                false,
                ImmutableSortedSet.of());
        return Observation.of(List.of(Observations.run("a", Map.of(arch, Map.of("read", ok, name, call)))));
    }

    @ParameterizedTest
    @CsvSource({
        "read, 5.0, ALLOW 0",
        "clone3, 5.0, ERRNO 38",
        "clone3, 6.0, ERRNO 38",
        "statx, 5.0, ERRNO 38",
        "openat2, 5.0, ERRNO 38",
        "mseal, 5.0, ERRNO 38",
        "mseal, 6.9, ERRNO 38",
        "mseal, 6.10, ERRNO 1",
        "fsopen, 5.0, ERRNO 38",
        "fsopen, 5.10, ERRNO 1",
        "mount, 5.0, ERRNO 1",
        "ptrace, 5.0, ERRNO 1",
        "bpf, 5.0, ERRNO 1",
        "write, 5.0, ERRNO 1",
    })
    void aCallWithAnotherWayAnswersEnosysAndOldOnesEperm(String name, String baseline, String expected) {
        Profile profile = Derivation.of(Observations.of(Arch.X86_64, "read"), options("EPERM", baseline, false))
                .plain();
        Decision decision = decide(profile, Arch.X86_64, name);
        assertEquals(expected, decision.action() + " " + decision.errno());
    }

    @Test
    void whatIsAllowedIsInNoRuleThatDenies() {
        Derivation derivation =
                Derivation.of(Observations.of(Arch.X86_64, "clone3", "statx"), options("EPERM", "5.0", false));
        assertFalse(derivation.rationale(Arch.X86_64).denials().containsKey("clone3"));
        assertEquals(
                Action.ALLOW, decide(derivation.plain(), Arch.X86_64, "clone3").action());
        Profile union = Derivation.of(
                        Observation.of(List.of(
                                Observations.run("a", Arch.X86_64, "read"), Observations.run("b", Arch.X86, "statx"))),
                        options("EPERM", "5.0", false))
                .plain();
        assertEquals(Action.ALLOW, decide(union, Arch.X86_64, "statx").action());
    }

    @ParameterizedTest
    @CsvSource({"EACCES, 13", "EPERM, 1", "ENOSYS, 38"})
    void theDefaultIsWhatWasAskedFor(String errno, int number) {
        Profile profile = Derivation.of(Observations.of(Arch.X86_64, "read"), options(errno, "5.0", false))
                .plain();
        assertEquals(number, decide(profile, Arch.X86_64, "ptrace").errno());
        assertEquals(38, decide(profile, Arch.X86_64, "clone3").errno());
        assertEquals(errno.equals("ENOSYS") ? 1 : 2, profile.rules().size(), "no rule that repeats the default");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0      | errno 0 would make every denied call seem to succeed; name an error, such as EPERM",
                "38     | errors are given by name, because their numbers differ between architectures; 38 is ENOSYS on"
                        + " most",
                "EPREM  | unknown error 'EPREM'; did you mean EPERM?",
                "eperm  | unknown error 'eperm'; did you mean EPERM?",
                "''     | unknown error ''; name one such as EPERM, EACCES or ENOSYS",
            })
    void anErrorThatIsNoneIsRefused(String errno, String message) {
        assertEquals(
                message,
                assertThrows(RefusalException.class, () -> options(errno, "5.0", false))
                        .getMessage());
    }

    @Test
    void numbersAreThoseOfTheArchitecture() {
        Observation mips = Observations.of(Arch.MIPSEL64, "read");
        DeriveOptions options = options("EPERM", "5.0", false);
        assertEquals(
                89,
                decide(Derivation.of(mips, options).plain(), Arch.MIPSEL64, "clone3")
                        .errno());
        Derivation both = Derivation.of(mips.merge(Observations.of(Arch.X86_64, "read")), options);
        assertEquals(
                "ENOSYS is 38 on x86_64 and 89 on mipsel64, and a plain document has one number for all of its"
                        + " architectures; write one for each with --target",
                assertThrows(RefusalException.class, both::plain).getMessage());
        for (Arch arch : List.of(Arch.X86_64, Arch.MIPSEL64)) {
            int enosys = Errno.number("ENOSYS", arch).orElseThrow();
            assertEquals(enosys, decide(both.only(arch), arch, "clone3").errno());
            assertEquals(
                    enosys,
                    decide(both.scoped().resolve(arch, Set.of(), KERNEL), arch, "clone3")
                            .errno());
        }
        Derivation other =
                Derivation.of(mips.merge(Observations.of(Arch.X86_64, "read")), options("ENOSYS", "5.0", false));
        assertThrows(RefusalException.class, other::scoped);
    }

    @Test
    void anErrorThatTheArchitectureLacksIsRefused() {
        Derivation derivation = Derivation.of(Observations.of(Arch.X86_64, "read"), options("EINIT", "5.0", false));
        assertEquals(
                "x86_64 has no error EINIT; name another with --errno",
                assertThrows(RefusalException.class, derivation::plain).getMessage());
    }

    @Test
    void aProbeThatOnlyFailedIsAnsweredTheSame() {
        Observation probe = failing(Arch.X86_64, "io_uring_setup", Map.of("EPERM", 3L), 0);
        Derivation elided = Derivation.of(probe, options("EACCES", "5.0", true));
        assertEquals(1, decide(elided.plain(), Arch.X86_64, "io_uring_setup").errno());
        assertEquals(
                Denial.Cause.ELIDED,
                elided.rationale(Arch.X86_64).denials().get("io_uring_setup").cause());
        Derivation kept = Derivation.of(probe, options("EACCES", "5.0", false));
        assertEquals(
                Action.ALLOW,
                decide(kept.plain(), Arch.X86_64, "io_uring_setup").action());
    }

    @Test
    void onlyWhatSurelyAnswersTheSameIsElided() {
        DeriveOptions elide = options("EPERM", "5.0", true);
        for (Observation observation : List.of(
                failing(Arch.X86_64, "rseq", Map.of("EINVAL", 1L), 1),
                failing(Arch.X86_64, "rseq", Map.of("EINVAL", 1L, "EPERM", 1L), 0),
                failing(Arch.X86_64, "rseq", Map.of("EFAULT", 1L), 0),
                failing(Arch.X86_64, "rseq", Map.of("EINVAL", 1L), 0).merge(Observations.of(Arch.X86, "rseq")),
                failing(Arch.X86_64, "openat", Map.of("ENOENT", 1L), 0))) {
            Derivation derivation = Derivation.of(observation, elide);
            assertEquals(2, derivation.rationale(Arch.X86_64).observed(), observation::toString);
        }
        DeriveOptions layered = Choices.of(
                ImmutableSortedSet.of(),
                ImmutableList.of(new Layer("x", "needs it", ImmutableSortedMap.of("rseq", "needs it"))),
                "EPERM",
                DeriveOptions.BASELINE,
                true);
        assertTrue(Derivation.of(failing(Arch.X86_64, "rseq", Map.of("EINVAL", 1L), 0), layered)
                .rationale(Arch.X86_64)
                .names()
                .contains("rseq"));
    }

    @Test
    void whatOneArchitectureElidesCountsBeforeWhatIsUsualOnAnother() {
        Observation both =
                failing(Arch.X86_64, "rseq", Map.of("EINVAL", 1L), 0).merge(Observations.of(Arch.X86, "read"));
        Profile plain = Derivation.of(both, options("EPERM", "5.0", true)).plain();
        assertEquals(22, decide(plain, Arch.X86_64, "rseq").errno());
        assertEquals(22, decide(plain, Arch.X86, "rseq").errno());
    }

    @ParameterizedTest
    @CsvSource({"stateless-failures.tsv, 3", "siblings.tsv, 3"})
    void theTablesNameCallsThatExistAndGiveReasons(String table, int columns) {
        Set<List<String>> keys = new HashSet<>();
        for (List<String> row : TableResource.read(Derivation.class, table).rows()) {
            assertEquals(columns, row.size(), row::toString);
            assertTrue(Syscalls.names().contains(row.get(0)), row::toString);
            assertFalse(row.get(2).isBlank() || row.get(2).endsWith("."), row::toString);
            assertTrue(keys.add(table.startsWith("sib") ? row.subList(0, 2) : row.subList(0, 1)), row::toString);
        }
    }

    @Test
    void theErrorsOfProbesExistEverywhere() {
        for (List<String> row :
                TableResource.read(Derivation.class, "stateless-failures.tsv").rows()) {
            for (String errno : Splitter.on(' ').split(row.get(1))) {
                for (Arch arch : Arch.values()) {
                    assertTrue(Errno.number(errno, arch).isPresent(), errno + " on " + arch.label());
                }
            }
        }
    }

    @Test
    void aRuleThatDeniesNamesOnlyCallsOfItsArchitectures() {
        for (Arch arch : Arch.values()) {
            Profile profile = Derivation.of(Observations.of(arch, "write"), options("EPERM", "5.0", false))
                    .plain();
            Rule denying = profile.rules().get(1);
            assertEquals(Action.ERRNO, denying.action());
            denying.names().forEach(name -> assertTrue(SyscallTable.of(arch).contains(name), name));
        }
    }
}
