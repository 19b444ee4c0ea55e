package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Severity;
import io.github.strait.evidence.Corpus;
import io.github.strait.observation.Remediation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildrenTest {
    private static final String FORK = "clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD) = 8";

    private static List<Diagnostic> missing(String... lines) {
        return Observing.lines(lines).diagnostics().stream()
                .filter(diagnostic -> diagnostic.code().equals("children-missing"))
                .toList();
    }

    @Test
    void areMissingWithoutTheOptionToFollowThem() {
        List<Diagnostic> told = missing("brk(NULL) = 0x5555557d8000", FORK, "vfork() = 9", "exit_group(0) = ?");
        assertEquals(1, told.size());
        assertEquals(Severity.WARNING, told.get(0).severity());
        assertEquals("-:2", String.valueOf(told.get(0).position()));
        assertEquals(
                "2 calls made a child or thread, the first here, and the trace has no line of any: what they call is"
                        + " missing; "
                        + Remediation.RECORD_AGAIN,
                told.get(0).message());
    }

    @Test
    void areMissingWhereTheParentAloneHasATid() {
        assertEquals(
                1,
                missing("7 " + FORK, "7 exit_group(0) = ?", "7 +++ exited with 0 +++")
                        .size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8 close(3) = 0",
                "8 +++ exited with 0 +++",
                "8 +++ killed by SIGKILL +++",
                // numbered otherwise in the parent's pid namespace
                "1008 close(3) = 0"
            })
    void areThereWhenOneHasALine(String line) {
        assertEquals(List.of(), missing("7 " + FORK, line, "7 exit_group(0) = ?"));
    }

    @Test
    void mayBeSeenBeforeTheForkReturns() {
        assertEquals(
                List.of(),
                missing("7 vfork( <unfinished ...>", "8 close(3) = 0", "7 <... vfork resumed>) = 8", "7 close(3) = 0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fork() = -1 EAGAIN (Resource temporarily unavailable)", "fork() = 0", "fork() = ?"})
    void areNotMadeByAForkThatFails(String fork) {
        assertEquals(List.of(), missing("close(3) = 0", fork, "close(3) = 0"));
    }

    /** The kernel counted the calls of all tasks in these. */
    @Test
    void areThereWhereTheKernelCountedTheSame() {
        for (Corpus.Recording recording : Corpus.kernel()) {
            List<String> codes = Observing.omissions(recording.read(Optional.empty()));
            assertFalse(codes.contains("children-missing"), recording.trace());
        }
    }

    @Test
    void areMissingInTheRecordingThatDidNotFollowThem() {
        List<Corpus.Recording> unfollowed = Corpus.partial().stream()
                .filter(recording -> recording.trace().contains("opt-nof"))
                .toList();
        assertFalse(unfollowed.isEmpty());
        for (Corpus.Recording recording : unfollowed) {
            assertTrue(
                    Observing.omissions(recording.read(Optional.empty())).contains("children-missing"),
                    recording.trace());
        }
    }
}
