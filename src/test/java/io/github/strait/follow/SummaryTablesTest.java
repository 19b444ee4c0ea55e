package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.evidence.Evidence;
import io.github.strait.observation.ArgumentValues;
import io.github.strait.observation.LineCounts;
import io.github.strait.observation.Proof;
import io.github.strait.observation.RunMark;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The tables of {@code -c} and {@code -C}, as evidence and as a check. */
class SummaryTablesTest {
    private static final String HEADER = """
            % time     seconds  usecs/call     calls    errors syscall
            ------ ----------- ----------- --------- --------- ----------------
            """;
    private static final String END = """
            ------ ----------- ----------- --------- --------- ----------------
            100.00    0.000005                    12         2 total
            """;
    private static final String NATIVE = HEADER + """
             55.00    0.000003           1        10         2 openat
             45.00    0.000002           1         2           arch_prctl
            """ + END;

    @Test
    void standAlone() {
        Evidence evidence = Observing.text(NATIVE);
        assertEquals(Map.of("x86_64 openat", 10L, "x86_64 arch_prctl", 2L), Observing.counts(evidence));
        SyscallObservation openat = Observing.call(evidence, Arch.X86_64, "openat");
        assertEquals(8, openat.succeeded());
        assertEquals(Map.of("other", 2L), openat.errors());
        assertEquals("-:3", openat.first().toString());
        assertEquals(
                Set.of(RunMark.SUMMARY_ONLY),
                evidence.observation().runs().get(0).marks());
        assertTrue(Observing.codes(evidence).contains("summary-only"));
        assertEquals(new LineCounts(0, 6, 0), evidence.observation().lines());
    }

    /** The 64-bit table has no title once there is one with a title. */
    @Test
    void haveATitleForEachOtherMode() {
        String narrow = """
                100.00    0.000003           1         3         1 getuid
                """;
        Evidence evidence = Observing.text(
                Optional.of(Arch.X86_64),
                HEADER
                        + " 55.00    0.000003           1        10           getuid\n" + END
                        + "System call usage summary for 32 bit mode:\n" + HEADER + narrow + END);
        assertEquals(Map.of("x86_64 getuid", 10L, "x86 getuid", 3L), Observing.counts(evidence));
        assertEquals(Proof.DECLARED, Observing.proof(evidence, Arch.X86_64));
    }

    /** {@code -U} chooses the columns. */
    @Test
    void haveTheirColumnsInAnyOrder() {
        Evidence evidence = Observing.text("""
                    calls syscall          % time     seconds    errors
                --------- ---------------- ------ ----------- ---------
                        4 openat             0.00    0.000000         1
                        3 fstat              0.00    0.000000
                --------- ---------------- ------ ----------- ---------
                        7 total            100.00    0.000000         1
                """);
        assertEquals(Map.of("x86_64 openat", 4L, "x86_64 fstat", 3L), Observing.counts(evidence));
        assertEquals(3, Observing.call(evidence, Arch.X86_64, "openat").succeeded());
    }

    @Test
    void namesWithoutCountsAreSeenOnce() {
        Evidence evidence = Observing.text("seconds syscall\n------- -------\n0.000000 openat\n------- -------\n");
        assertEquals(Map.of("x86_64 openat", 1L), Observing.counts(evidence));
    }

    /** Up to 7.0 unknown numbers have no name. */
    @Test
    void whatIsNoNameIsNotCounted() {
        Evidence evidence = Observing.text(HEADER + """
                  0.00    0.000000           0         1           (null)
                  0.00    0.000000           0         1           getpid
                """ + END);
        assertEquals(Map.of("x86_64 getpid", 1L), Observing.counts(evidence));
    }

    @Test
    void absurdNumbersAreBounded() {
        Evidence evidence = Observing.text(HEADER + " 0.0 0.0 0 999999999999999999 999999999999999999 getpid\n"
                + " 0.0 0.0 0 9999999999999999999999 0 getuid\n" + END);
        assertEquals(Map.of("x86_64 getpid", 1L << 32, "x86_64 getuid", 1L), Observing.counts(evidence));
        assertEquals(
                1L << 32,
                Observing.call(evidence, Arch.X86_64, "getpid").errors().get("other"));
    }

    @Test
    void agreeWithTheLinesOfTheirRun() {
        Evidence evidence = Observing.text(
                "7 openat(1) = 3\n".repeat(10) + "7 arch_prctl(1) = 0\n".repeat(2) + "7 exit_group(0) = ?\n" + NATIVE);
        assertEquals(10, Observing.call(evidence, Arch.X86_64, "openat").count());
        assertEquals(List.of(), List.copyOf(evidence.observation().runs().get(0).marks()));
        assertEquals(
                List.of(),
                Observing.codes(evidence).stream()
                        .filter(code -> code.startsWith("summary"))
                        .toList());
    }

    /** What no line shows has unknown arguments, so a profile has no condition there. */
    @Test
    void whatOnlyATableCountsIsUnknown() {
        String table = HEADER + " 55.00    0.000003           1        COUNT           socket\n" + END;
        String lines = "7 socket(AF_INET, SOCK_STREAM, 0) = 3\n".repeat(2) + "7 exit_group(0) = ?\n";
        Evidence evidence = Observing.text(lines + table.replace("COUNT", "5"));
        SyscallObservation socket = Observing.call(evidence, Arch.X86_64, "socket");
        assertEquals(5, socket.count());
        ArgumentValues values = socket.arguments().get("0 1 2");
        assertNotNull(values);
        assertEquals(2, values.known());
        assertEquals(3, values.unknown());
        assertEquals("-:6", values.unknownAt().orElseThrow().toString());
        ArgumentValues agreed = Observing.call(
                        Observing.text(lines + table.replace("COUNT", "2")), Arch.X86_64, "socket")
                .arguments()
                .get("0 1 2");
        assertNotNull(agreed);
        assertEquals(0, agreed.unknown());
        assertEquals(
                Map.of("x86_64 getpid", 1L),
                Observing.counts(Observing.text("7 getpid() = 7\n" + table.replace("COUNT", "2"))),
                "a call without a line is no evidence");
    }

    @Test
    void whatTheLinesLackIsReported() {
        Evidence evidence = Observing.text("7 openat(1) = 3\n".repeat(9) + "7 getpid() = 7\n" + NATIVE);
        assertEquals(
                "-:13: warning: the counts in the table differ from the lines: arch_prctl 2, not 0; getpid 0, not 1;"
                        + " openat 10, not 9; lines are missing or forged, so record again with -o FILE"
                        + " [summary-difference]",
                evidence.diagnostics().stream()
                        .filter(diagnostic -> diagnostic.code().equals("summary-difference"))
                        .findFirst()
                        .orElseThrow()
                        .toString());
        SyscallObservation openat = Observing.call(evidence, Arch.X86_64, "openat");
        assertEquals(10, openat.count());
        assertEquals(1, openat.unreturned());
        assertEquals(1, Observing.call(evidence, Arch.X86_64, "getpid").count());
    }
}
