package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.record.TraceEnd.UntracedChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceEndTest {
    private static final String START = "7 [  59] execve(\"/bin/sh\", [...], 0x7ffe /* 3 vars */) = 0\n";
    private static final String FORK = "7 [  56] clone(child_stack=NULL, flags=0x1200000|17, child_tidptr=0x7f) = 8\n";
    private static final String CHILD = "8 [  39] getpid()                    = 8\n";
    private static final String CHILD_END = "8 [ 231] +++ exited with 0 +++\n";
    private static final String END = "7 [ 231] +++ exited with 3 +++\n";

    @TempDir
    Path directory;

    @Test
    void endsWhenAllTasksHaveEnded() throws IOException {
        TraceEnd end = end(START + FORK + CHILD + CHILD_END + END);
        assertEquals(7, end.root());
        assertEquals(OptionalInt.of(3), end.rootStatus());
        assertEquals(Set.of(), end.unended());
        assertEquals(5, end.lines());
        assertEquals(Optional.empty(), early(3, end));
    }

    @Test
    void namesTasksWithoutAnEnd() throws IOException {
        TraceEnd end = end(START + FORK + CHILD + END);
        assertEquals(Set.of(8), end.unended());
        assertTrue(early(3, end).orElseThrow().startsWith("strace ended before the program, with status 3"));
    }

    @Test
    void aRepeatedCallKeepsATaskAliveAndATidCanComeAgain() throws IOException {
        String again = CHILD.repeat(50);
        assertEquals(
                Set.of(),
                end(START + FORK + again + CHILD_END + FORK + again + CHILD_END + END)
                        .unended());
        assertEquals(
                Set.of(8), end(START + FORK + again + CHILD_END + again + END).unended());
    }

    @Test
    void aThreadThatExecutesAProgramEndsAsItsLeader() throws IOException {
        String thread = "8 [  59] execve(\"/bin/a\", [...], 0x7ffe /* 3 vars */ <unfinished ...>\n"
                + "7 [ 202] +++ superseded by execve in pid 8 +++\n"
                + "7 [  59] <... execve resumed>) = 0\n";
        TraceEnd end = end(START + FORK + CHILD + thread + END);
        assertEquals(Set.of(), end.unended());
        assertEquals(OptionalInt.of(3), end.rootStatus());
    }

    @ParameterizedTest
    @CsvSource({
        "137, strace was killed by SIGKILL",
        "153, limit on the size of files",
        "139, strace was killed by signal 11",
        "1, 'strace ended before the program, with status 1, and says why above'",
    })
    void saysWhyThereIsNoEnd(int status, String why) throws IOException {
        TraceEnd end = end(START + "7 [ 257] openat(-100, \"/etc/ld");
        assertTrue(end.isCut());
        assertEquals(OptionalInt.empty(), end.rootStatus());
        assertEquals(2, end.damaged());
        String said = early(status, end).orElseThrow();
        assertTrue(said.contains(why), said);
        assertTrue(said.endsWith("; the program has ended"), said);
    }

    @Test
    void aDaemonAfterWhichStraceIsKilledIsNoEnd() throws IOException {
        TraceEnd end = end(START + FORK + CHILD + END);
        String said = early(137, end).orElseThrow();
        assertTrue(said.startsWith("strace was killed by SIGKILL"), said);
    }

    @Test
    void theSignalThatKilledTheProgramIsItsEnd() throws IOException {
        TraceEnd end = end(START + "7 [  62] +++ killed by SIGTERM +++\n");
        assertEquals(Optional.empty(), early(143, end));
        assertTrue(early(1, end).isPresent());
    }

    @Test
    void linesInPiecesAreALoss() throws IOException {
        TraceEnd end = end(START + "7 [   3] close(7 [   3] close(4) = 0\nrubbish\n" + END);
        assertEquals(3, end.damaged());
        assertTrue(early(3, end).orElseThrow().startsWith("lines are missing or in pieces"));
    }

    @Test
    void findsChildrenThatHideFromStrace() throws IOException {
        String hidden = "7 [  56] clone(child_stack=NULL, flags=0x800000|17) = 9\n"
                + "7 [  56] clone(child_stack=NULL, flags=0x800000|17) = -1 EAGAIN (Resource temporarily unavailable)\n"
                + "7 [ 435] clone3({flags=0x820000, exit_signal=17, stack=NULL, stack_size=0}, 88 <unfinished ...>\n"
                + "7 [ 435] <... clone3 resumed>) = 10\n";
        TraceEnd end = end(START + FORK + CHILD + CHILD_END + hidden + END);
        assertEquals(List.of(new UntracedChild(5, 9), new UntracedChild(8, 10)), end.untraced());
        assertEquals(Optional.empty(), early(3, end));
    }

    @Test
    void anEmptyTraceHasNoTasks() throws IOException {
        TraceEnd end = end("");
        assertEquals(0, end.root());
        assertFalse(end.isCut());
    }

    @Test
    void attachedProcessesMayGoOn() throws IOException {
        TraceEnd end = end(CHILD);
        Path file = directory.resolve("trace");
        assertEquals(Optional.empty(), EarlyEnd.ofAttached(143, true, end, file));
        assertTrue(EarlyEnd.ofAttached(137, false, end, file).orElseThrow().startsWith("strace was killed by SIGKILL"));
        assertTrue(
                EarlyEnd.ofAttached(0, true, end(CHILD + "8 [  39] getp"), file).isPresent());
    }

    private TraceEnd end(String text) throws IOException {
        return TraceEnd.of(Files.writeString(directory.resolve("trace"), text));
    }

    private Optional<String> early(int status, TraceEnd end) {
        return EarlyEnd.ofCommand(status, end, new Survivors(end.root(), noProcesses()), directory.resolve("trace"));
    }

    private static ImmutableSortedSet<Integer> noProcesses() {
        return ImmutableSortedSet.of();
    }
}
