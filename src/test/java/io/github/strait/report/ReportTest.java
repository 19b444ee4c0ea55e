package io.github.strait.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.derive.Choices;
import io.github.strait.derive.Derivation;
import io.github.strait.derive.DeriveOptions;
import io.github.strait.derive.NamedLayer;
import io.github.strait.derive.Observations;
import io.github.strait.observation.Observation;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The texts, each as a whole. */
class ReportTest {
    private static final Observation TWO_ABIS = Observation.of(List.of(
            Observations.run("a", Arch.X86_64, "read", "openat", "mount"),
            Observations.run(
                    "b",
                    Map.of(
                            Arch.X86,
                            Map.of(
                                    "socketcall", Observations.call("b", 4, 3, List.of("connect")),
                                    "read", Observations.call("b", 7, 1, List.of()),
                                    "syscall_999", Observations.call("b", 9, 2, List.of()))))));

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        Columns table = new Columns();
        table.row("a", "bb", "c");
        table.row("aaa", "b", "ccc");
        table.row("aa and no more");
        assertEquals("  a    bb  c\n  aaa  b   ccc\n  aa and no more\n", table.text(2));
        assertEquals("", new Columns().text(4));
        assertEquals("1 call", Columns.times(1));
        assertEquals("0 calls", Columns.times(0));
    }

    @Test
    void columnsOfManyRowsAreMeasuredOnce() {
        Columns table = new Columns();
        for (int i = 0; i < 200_000; i++) {
            table.row("call_" + i, "1 call", "x");
        }
        int length = assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> table.text(2).length());
        assertTrue(length > 200_000 * 20, "rows are missing");
    }

    @Test
    void theSummaryFitsOnAScreen() {
        Derivation derivation = derive(TWO_ABIS);
        assertEquals(
                """
                2 runs, 11 lines: 9 calls, 2 other, 0 unparsed
                  too few runs to say how often one more shows a new call; record 4 or more, each another task
                  x86_64  3 observed + 9 from layers = 12 allowed  (Docker's default allows 309)
                  x86     3 observed + 12 from layers = 15 allowed  (Docker's default allows 360)
                  layer essential: exit exit_group restart_syscall rt_sigreturn sigreturn
                  layer vdso: clock_getres clock_getres_time64 clock_gettime clock_gettime64 getcpu gettimeofday time
                  allowed and risky: critical: mount (Docker's default denies mount)
                  90 other calls return ENOSYS, so callers fall back
                  one document for several architectures is their union, which adds 1 on x86_64 and 2 on x86; --target writes one alone
                """.replace("12 allowed  (", "12 allowed   ("),
                SummaryText.of(Summary.of(TWO_ABIS, derivation, Sharing.ALL, true)));
        assertTrue(!SummaryText.of(Summary.of(TWO_ABIS, derivation, Sharing.NONE, true))
                .contains("union"));
    }

    @Test
    void aSummaryOfOneAbiSaysNothingOfUnions() {
        Observation one = Observations.of(Arch.X86_64, "read");
        DeriveOptions bare = Choices.of(ImmutableSortedSet.of(), ImmutableList.of());
        assertEquals("""
                1 run, 2 lines: 1 calls, 1 other, 0 unparsed
                  too few runs to say how often one more shows a new call; record 4 or more, each another task
                  x86_64  1 observed + 0 from layers = 1 allowed  (Docker's default allows 309)
                  72 other calls return ENOSYS, so callers fall back
                """, SummaryText.of(Summary.of(one, Derivation.of(one, bare), Sharing.ALL, true)));
    }

    @Test
    void theExplanationHasARowForEachCall() {
        DeriveOptions essential =
                Choices.of(ImmutableSortedSet.of(Arch.X86), ImmutableList.of(NamedLayer.of("essential")));
        assertEquals(
                """
                2 runs, 11 lines: 9 calls, 2 other, 0 unparsed
                  too few runs to say how often one more shows a new call; record 4 or more, each another task
                  a: 4 lines: 3 calls, 1 other, 0 unparsed
                  b: 7 lines: 6 calls, 1 other, 0 unparsed

                x86 (proven)
                  socketcall  3 calls  runs 1 of 2  b:4  3 ok  /bin/app
                  read        1 call   runs 1 of 2  b:7  1 ok  /bin/app
                  connect          the text may mean this call or socketcall; only a trace made with strace -n shows which
                  exit             layer essential: a thread ends with it, and strace -c and -z do not show it
                  exit_group       layer essential: every program ends with it, and strace -c and -z do not show it
                  restart_syscall  layer essential: the kernel makes the task call it after a stop (SIGSTOP, a freezer, a debugger)
                  rt_sigreturn     layer essential: returns from every signal handler, also of signals that came in no recorded run
                  sigreturn        layer essential: returns from signal handlers set up the old way, on ABIs that have it
                  syscall_999  2 calls  b:9  not allowed: the number has no name here, and a profile lists names

                x86_64 (proven): 3 calls, left out because --target does not name it
                """,
                ExplanationText.of(
                        Explanation.of(TWO_ABIS, Derivation.of(TWO_ABIS, essential), Sharing.ALL, List.of())));
    }

    @Test
    void theDetailsNameEveryReason() {
        assertEquals(
                """
                connect on x86_64: not needed, but allowed: a rule names calls for several architectures, and another one needs it; --target writes one alone
                connect on x86:
                  the text may mean this call or socketcall; only a trace made with strace -n shows which
                syscall_999 on x86_64: not allowed: not observed, and no layer names it
                syscall_999 on x86: not allowed: the number has no name here, and a profile lists names
                read on x86_64:
                  observed: 1 call, runs 1 of 2, first at a:1
                  results:  1 ok
                  programs: /bin/app
                read on x86:
                  observed: 1 call, runs 1 of 2, first at b:7
                  results:  1 ok
                  programs: /bin/app
                """,
                ExplanationText.of(Explanation.of(
                        TWO_ABIS, derive(TWO_ABIS), Sharing.ALL, List.of("connect", "syscall_999", "read"))));
    }

    @Test
    void driftIsEmptyWhenTheSameCallsAreAllowed() {
        ImmutableSetMultimap<Arch, String> calls = ImmutableSetMultimap.of(Arch.X86_64, "read", Arch.X86, "read");
        assertEquals("", DriftText.of(Drift.of(calls, calls, derive(TWO_ABIS))));
    }

    @Test
    void driftShowsEachDifferenceOnceWithItsPlaceAndReason() {
        ImmutableSetMultimap<Arch, String> committed = ImmutableSetMultimap.<Arch, String>builder()
                .putAll(Arch.X86_64, "read", "ptrace")
                .putAll(Arch.ARM, "read")
                .build();
        ImmutableSetMultimap<Arch, String> derived = ImmutableSetMultimap.<Arch, String>builder()
                .putAll(Arch.X86_64, "read", "mount", "connect", "exit")
                .putAll(Arch.X86, "read", "connect")
                .build();
        assertEquals(
                """
                + x86  the whole architecture
                - arm  the whole architecture
                + connect  x86_64,x86  another architecture of the document needs it; may be meant by the text
                + exit     x86_64      layer essential
                + mount    x86_64      1 call, first at a:3 [RISK]
                + read     x86         1 call, first at b:7
                - ptrace   x86_64      no evidence and no layer asks for it
                - read     arm         no evidence and no layer asks for it
                """,
                DriftText.of(Drift.of(committed, derived, derive(TWO_ABIS)))
                        .replaceAll("\\[critical risk: [^]]+]", "[RISK]"));
    }

    @Test
    void pagesOfTheTables() {
        assertEquals("openat: Linux 2.6.16\n  x86_64  257\n", SyscallPages.ofName("openat", Optional.of(Arch.X86_64)));
        assertEquals(
                "set_tls: Linux 2.6.15\n  not on x86_64\n".split(":")[0],
                SyscallPages.ofName("set_tls", Optional.of(Arch.X86_64)).split(":")[0]);
        assertTrue(SyscallPages.ofName("set_tls", Optional.empty()).contains("\n  arm  "));
        String bpf = SyscallPages.ofName("bpf", Optional.of(Arch.RISCV64));
        assertTrue(bpf.matches("bpf: Linux 3\\.18, \\w+ risk \\(CAP_\\w+\\): .+\n  riscv64  280\n"), bpf);
        String number = SyscallPages.ofNumber(1, Optional.empty());
        assertEquals(Arch.values().length + 1, number.lines().count());
        assertTrue(
                number.contains("\n  x86_64       write\n") && number.contains("\n  aarch64      io_destroy\n"),
                number);
        String table = SyscallPages.table(Arch.AARCH64);
        assertTrue(table.startsWith("0    io_setup "), table.substring(0, 60));
    }

    private static Derivation derive(Observation observation) {
        return Derivation.of(observation, Choices.LAYERED);
    }
}
