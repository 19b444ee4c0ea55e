package io.github.strait.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.derive.Choices;
import io.github.strait.derive.Derivation;
import io.github.strait.derive.DeriveOptions;
import io.github.strait.derive.Layer;
import io.github.strait.derive.NamedLayer;
import io.github.strait.derive.Observations;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.LineCounts;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Recording;
import io.github.strait.observation.Run;
import io.github.strait.observation.RunMark;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Parts of the texts that depend on what the evidence holds. */
class ReportPartsTest {
    private static final DeriveOptions BARE = Choices.of(ImmutableSortedSet.of(), ImmutableList.of());

    private static final String FEW =
            "  too few runs to say how often one more shows a new call; record 4 or more, each another task\n";

    @Test
    void columnsOfUnequalRowsAlign() {
        Columns table = new Columns();
        table.row("a", "b");
        table.row("long", "b", "c");
        table.row("", "wide", "");
        assertEquals("a     b\nlong  b     c\n      wide  \n", table.text(0));
        assertEquals("2 calls", Columns.times(2));
    }

    @Test
    void marksOfRunsAreCounted() {
        Run first = marked("a", RunMark.SHARED_STREAM);
        Run second = marked("b", RunMark.SHARED_STREAM, RunMark.SUMMARY_ONLY);
        assertEquals(
                "2 runs, 8 lines: 2 calls, 2 other, 4 unparsed\n"
                        + "  2 runs from a stream that the program could forge; record with -o FILE\n"
                        + "  1 run only a table, without calls that never return\n" + FEW,
                EvidenceCountsText.of(EvidenceCounts.of(Observation.of(List.of(first, second)))));
    }

    @Test
    void recordingsAreCountedByKind() {
        Recording session = Recording.of(Recording.Kind.EXEC);
        Recording part = new Recording(
                Recording.Kind.COMMAND,
                ImmutableSortedMap.of(),
                ImmutableList.of(),
                Optional.empty(),
                true,
                ImmutableSortedSet.of("read"));
        EvidenceCounts counts = EvidenceCounts.of(Observation.of(List.of(
                recorded("a", Optional.of(session)),
                recorded("b", Optional.of(part)),
                recorded("c", Optional.empty()))));
        assertEquals(
                "3 runs, 12 lines: 3 calls, 3 other, 6 unparsed\n"
                        + "  1 run of a command, recorded by strait\n"
                        + "  1 run of a session in a running container\n"
                        + "  1 run partial: calls were left out on purpose, so numbers of calls say little\n" + FEW,
                EvidenceCountsText.of(counts));
        assertEquals(2, counts.wholeRuns());
    }

    @Test
    void layersAreSummedUpOverAbis() {
        Observation both = Observation.of(
                List.of(Observations.run("a", Arch.X86_64, "read", "exit"), Observations.run("b", Arch.X86, "read")));
        Layer essential = NamedLayer.of("essential");
        Derivation derivation = Derivation.of(both, Choices.of(ImmutableSortedSet.of(), ImmutableList.of(essential)));
        String text = SummaryText.of(Summary.of(both, derivation, Sharing.ALL, true));
        int own = derivation.rationale(Arch.X86_64).names().size();
        assertTrue(text.contains("  x86_64  2 observed + " + (own - 2) + " from layers = " + own + " allowed"), text);
        assertTrue(text.contains("  layer essential: exit exit_group restart_syscall rt_sigreturn sigreturn\n"), text);
        assertFalse(text.contains("layer vdso"), text);
    }

    @Test
    void equalAbisHaveNothingToAdd() {
        Observation both = Observation.of(
                List.of(Observations.run("a", Arch.X86_64, "read"), Observations.run("b", Arch.X86, "read")));
        assertFalse(SummaryText.of(Summary.of(both, Derivation.of(both, BARE), Sharing.ALL, true))
                .contains("union"));
    }

    @Test
    void runsSayWhereTheyWereNotUnderstood() {
        Observation one = Observation.of(List.of(marked("a", RunMark.SHARED_STREAM)));
        String text = ExplanationText.of(Explanation.of(one, Derivation.of(one, BARE), Sharing.ALL, List.of()));
        assertTrue(text.contains("  a: 4 lines: 1 calls, 1 other, 2 unparsed (first at a:7, a:9)\n"), text);
    }

    @Test
    void theMostFrequentCallComesFirst() {
        Observation one = Observation.of(List.of(Observations.run(
                "t",
                Map.of(
                        Arch.X86_64,
                        Map.of(
                                "write", Observations.call("t", 1, 2, List.of()),
                                "close", Observations.call("t", 2, 2, List.of()),
                                "read", Observations.call("t", 3, 30, List.of()))))));
        String text = ExplanationText.of(Explanation.of(one, Derivation.of(one, BARE), Sharing.ALL, List.of()));
        assertEquals("""
                x86_64 (proven)
                  read   30 calls  runs 1 of 1  t:3  30 ok  /bin/app
                  close  2 calls   runs 1 of 1  t:2  2 ok   /bin/app
                  write  2 calls   runs 1 of 1  t:1  2 ok   /bin/app
                """, text.substring(text.indexOf("x86_64")));
    }

    @Test
    void detailsListErrorsAndProgramsAndHideControlCharacters() {
        SyscallObservation call = new SyscallObservation(
                6,
                1,
                2,
                ImmutableSortedMap.of("EACCES", 1L, "ENOENT", 2L),
                new SourcePosition("t", 5),
                ImmutableSortedSet.of("", "/bin/\u001b[31m"),
                true,
                ImmutableSortedSet.of());
        Observation one = Observation.of(List.of(Observations.run("t", Map.of(Arch.X86_64, Map.of("openat", call)))));
        String text = ExplanationText.of(Explanation.of(one, Derivation.of(one, BARE), Sharing.ALL, List.of("openat")));
        assertTrue(text.contains("  observed: 6 calls, runs 1 of 1, first at t:5\n"), text);
        assertTrue(text.contains("  results:  1 ok, 1 EACCES, 2 ENOENT, 2 without result\n"), text);
        assertTrue(text.contains("  programs: (before execve) /bin/"), text);
        assertTrue(text.endsWith(" and more\n"), text);
        assertFalse(text.contains("\u001b"), text);
    }

    @Test
    void anObservedCallOfALayerHasBothReasons() {
        Observation one = Observations.of(Arch.X86_64, "exit_group");
        String text = ExplanationText.of(
                Explanation.of(one, Derivation.of(one, Choices.LAYERED), Sharing.ALL, List.of("exit_group")));
        assertTrue(text.contains("  observed: 1 call, runs 1 of 1"), text);
        assertTrue(text.contains("\n  layer essential: every program ends with it"), text);
    }

    @Test
    void driftOfOneArchitectureNamesNoPlace() {
        Observation one = Observations.of(Arch.X86_64, "read", "mount");
        ImmutableSetMultimap<Arch, String> committed =
                ImmutableSetMultimap.of(Arch.X86_64, "read", Arch.X86_64, "write", Arch.X86_64, "bpf");
        ImmutableSetMultimap<Arch, String> derived = ImmutableSetMultimap.of(Arch.X86_64, "read", Arch.X86_64, "mount");
        List<String> lines = DriftText.of(Drift.of(committed, derived, Derivation.of(one, BARE)))
                .lines()
                .toList();
        assertEquals(3, lines.size(), lines.toString());
        assertTrue(lines.get(0).startsWith("+ mount  1 call, first at run of x86_64:2 [critical risk: "), lines.get(0));
        assertEquals("- bpf    no evidence and no layer asks for it", lines.get(1));
        assertEquals("- write  no evidence and no layer asks for it", lines.get(2));
    }

    @Test
    void tablesAreInTheOrderOfNumbers() {
        List<String> lines = SyscallPages.table(Arch.X86_64).lines().toList();
        assertEquals(SyscallTable.of(Arch.X86_64).numbers().size(), lines.size());
        List<Integer> numbers =
                lines.stream().map(line -> Integer.valueOf(line.split(" ")[0])).toList();
        assertEquals(numbers.stream().sorted().toList(), numbers);
        assertTrue(lines.get(0).matches("0 +read +\\S+ +-"), lines.get(0));
        assertTrue(lines.stream().anyMatch(line -> line.matches("165 +mount .* critical")), "mount");
    }

    @Test
    void pagesOfOneArchitecture() {
        assertEquals("0:\n  x86_64  read\n", SyscallPages.ofNumber(0, Optional.of(Arch.X86_64)));
        assertEquals("9999:\n  aarch64  -\n", SyscallPages.ofNumber(9999, Optional.of(Arch.AARCH64)));
        assertTrue(SyscallPages.ofName("socketcall", Optional.of(Arch.X86_64)).endsWith("\n  not on x86_64\n"));
        assertEquals("nothing: Linux ?\n  not on any architecture\n", SyscallPages.ofName("nothing", Optional.empty()));
    }

    private static Run marked(String source, RunMark... marks) {
        return recorded(source, Optional.empty(), marks);
    }

    private static Run recorded(String source, Optional<Recording> recording, RunMark... marks) {
        Run run = Observations.run(source, Arch.X86_64, "read");
        return new Run(
                run.id(),
                source,
                new LineCounts(1, 1, 2),
                ImmutableList.of(new SourcePosition(source, 7), new SourcePosition(source, 9)),
                ImmutableSortedSet.copyOf(marks),
                Optional.empty(),
                recording,
                Optional.empty(),
                run.architectures());
    }
}
