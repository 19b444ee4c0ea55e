package io.github.strait.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.argument.Tier;
import io.github.strait.condition.Calls;
import io.github.strait.derive.Derivation;
import io.github.strait.derive.DeriveOptions;
import io.github.strait.derive.Observations;
import io.github.strait.derive.Overrides;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Run;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of conditions: what is let through and why, or why there are none. */
class ExplainedConditionTest {
    private final List<Run> runs = new ArrayList<>();

    private ExplainedConditionTest run(Map<String, SyscallObservation> calls) {
        runs.add(Observations.run("run" + runs.size(), Map.of(Arch.X86_64, calls)));
        return this;
    }

    private static ArgumentTuple tuple(Long... values) {
        return ArgumentTuple.of(values);
    }

    private Derivation derive(Tier tier, Overrides overrides) {
        return Derivation.of(
                Observation.of(runs),
                new DeriveOptions(
                        ImmutableSortedSet.of(),
                        ImmutableList.of(),
                        DeriveOptions.EPERM,
                        DeriveOptions.BASELINE,
                        false,
                        overrides,
                        Optional.of(tier)));
    }

    private String explain(Tier tier, Overrides overrides, String... calls) {
        Explanation explanation =
                Explanation.of(Observation.of(runs), derive(tier, overrides), Sharing.ALL, List.of(calls));
        StringBuilder lines = new StringBuilder();
        ExplanationText.of(explanation)
                .lines()
                .filter(line -> line.startsWith("  condition:") || line.startsWith("     "))
                .forEach(line -> lines.append(line).append('\n'));
        return lines.toString();
    }

    private String explain(String call) {
        return explain(Tier.SAFE, Overrides.NONE, call);
    }

    @Test
    void groupsAreNamedWithWhatOpenedThem() {
        run(Map.of("socket", Calls.seen("0 1 2", tuple(2L, 0x80801L, 6L), tuple(17L, 3L, 0x300L))));
        run(Map.of("socket", Calls.seen("0 1 2", tuple(10L, 1L, 0L))));
        run(Map.of("getpid", Calls.seen("9", tuple(1L))));
        assertEquals("""
                  condition: AF_UNIX: group, nscd and syslog
                           · AF_INET, AF_INET6 (tcp, udp): seen, first run:1, runs 2 of 3
                           · NETLINK_ROUTE: group, getifaddrs and getaddrinfo
                           · AF_PACKET SOCK_RAW 0x300: seen, first run:2, runs 1 of 3
                           · all else EPERM
                """, explain("socket"));
    }

    @Test
    void valuesOfALongGroupAreCalledByIt() {
        run(Map.of("ioctl", Calls.seen("1", tuple(0x5401L), tuple(0x541bL), tuple(0x1234L))));
        assertEquals("""
                  condition: FIONREAD, FIONBIO, FIONCLEX, FIOCLEX (what any descriptor has): seen, first run:2, runs 1 of 1
                           · terminal (termios and job control, where there is a terminal): seen, first run:1, runs 1 of 1
                           · pty: group, openpty, and whether a terminal is such a one
                           · argument 1 = 0x1234: seen, first run:3, runs 1 of 1
                           · all else EPERM
                """, explain("ioctl"));
    }

    @Test
    void bitsThatWereNeverSeenAreMissing() {
        run(Map.of(
                "clone", Calls.seen("0", tuple(0x10000011L)),
                "fchmod", Calls.seen("1", tuple(0644L)),
                "unshare", Calls.seen("0", tuple(0x20000L)),
                "memfd_create", Calls.seen("1", tuple(1L))));
        assertEquals("""
                  condition: CLONE_NEWUSER: seen, first run:1, runs 1 of 1
                           · in each case without CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWPID, CLONE_NEWNET
                           · all else EPERM
                """, explain("clone"));
        assertEquals("""
                  condition: without S_ISGID, S_ISUID
                           · all else EPERM
                """, explain("fchmod"));
        assertEquals("""
                  condition: CLONE_NEWNS: seen, first run:1, runs 1 of 1
                           · in each case no flags but CLONE_NEWNS
                           · all else EPERM
                """, explain("unshare"));
        assertTrue(explain("memfd_create").startsWith("  condition: no flags but MFD_CLOEXEC, MFD_ALLOW_SEALING, "));
    }

    @Test
    void strictRowsHaveTheirWords() {
        run(Map.of(
                "mprotect", Calls.seen("2", tuple(3L), tuple(5L)),
                "mmap", Calls.seen("2", tuple(7L)),
                "prlimit64", Calls.seen("2", tuple(0L)),
                "openat", Calls.seen("2 3", tuple(0x41L, 0600L))));
        assertEquals("""
                  condition: PROT_EXEC: seen, first run:2, runs 1 of 1
                           · in each case without PROT_WRITE and PROT_EXEC together
                           · all else EPERM
                  condition: none: the evidence needs all that the catalogue would forbid
                  condition: argument 2 = NULL
                           · all else EPERM
                           · not compared: argument 0 unknown in 1 call, first at run:1; record with: strait record
                  condition: files made without S_ISGID, S_ISUID
                           · all else EPERM
                """, explain(Tier.STRICT, Overrides.NONE, "mprotect", "mmap", "prlimit64", "openat"));
    }

    @Test
    void limitsThatAllHoldAreOneLine() {
        run(Map.of("mprotect", Calls.seen("2", tuple(1L))));
        assertEquals("""
                  condition: without PROT_WRITE and PROT_EXEC together, and without PROT_EXEC
                           · all else EPERM
                """, explain(Tier.STRICT, Overrides.NONE, "mprotect"));
    }

    @Test
    void whereThereIsNoneTheReasonAndTheFixAreNamed() {
        run(Map.of("ioctl", Calls.seen("1", List.of(tuple(1L)), 3), "socket", Calls.seen("0 1 2", tuple(1L, 1L, 0L))));
        assertEquals(
                "  condition: none: argument 1 unknown in 3 calls, first at run:90; record with: strait record\n",
                explain("ioctl"));
        assertEquals(
                "  condition: none: allowed by request, with any arguments; leave out --allow\n",
                explain(Tier.SAFE, Overrides.parse(List.of("socket"), List.of()), "socket"));
    }

    @Test
    void theSummaryCountsThem() {
        run(Map.of(
                "ioctl", Calls.seen("1", List.of(tuple(1L)), 3),
                "prctl", Calls.seen("9", tuple(1L)),
                "socket", Calls.seen("0 1 2", tuple(1L, 1L, 0L)),
                "fchmod", Calls.seen("1", tuple(0644L))));
        String text = SummaryText.of(summary());
        assertTrue(
                text.endsWith("  2 calls by argument; 2 not (ioctl prctl: unknown value in 4 calls, first at run:1;"
                        + " record with: strait record)\n"),
                text);
        String json = SummaryJson.of(summary());
        assertTrue(json.contains("\"compared\": [ \"fchmod\", \"socket\" ]"), json);
        assertTrue(json.contains("argument 1 unknown in 3 calls"), json);
        runs.clear();
        run(Map.of("socket", Calls.seen("0 1 2", tuple(1L, 1L, 0L))));
        assertTrue(SummaryText.of(summary()).endsWith("  1 call by argument\n"));
    }

    private Summary summary() {
        return Summary.of(Observation.of(runs), derive(Tier.SAFE, Overrides.NONE), Sharing.ALL, true);
    }
}
