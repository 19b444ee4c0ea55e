package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.trace.Line;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is counted of one spelling, and how the counts of many are found and added. */
class TallyTest {
    private static final PrintedName READ = PrintedName.of("read").orElseThrow();
    private static final PrintedName WRITE = PrintedName.of("write").orElseThrow();

    private static Tally tally(String file, long line) {
        return new Tally(READ, Line.NO_NUMBER, new SourcePosition(file, line));
    }

    /** Enters and leaves a call for each line. */
    private static Tally of(String... lines) {
        Tally tally = tally("t", 1);
        Observing.each(String.join("\n", lines) + "\n", line -> {
            tally.enter();
            tally.leave(line);
        });
        return tally;
    }

    @Test
    void everyEndingIsCountedOnce() {
        Tally tally = of(
                "read(3, 0x1, 1) = 0",
                "read(3, 0x1, 1) = 1",
                "read(3, 0x1, 1) = -1 EAGAIN (Resource temporarily unavailable)",
                "read(3, 0x1, 1) = -1 EAGAIN (Resource temporarily unavailable)",
                "read(3, 0x1, 1) = -1 EBADF (Bad file descriptor)",
                "read(3, 0x1, 1) = ? ERESTARTSYS (To be restarted if SA_RESTART is set)",
                "read(3, 0x1, 1) = ?",
                "read(3, <detached ...>");
        assertEquals(8, tally.count());
        assertEquals(2, tally.succeeded());
        assertEquals(3, tally.unreturned());
        assertEquals(Map.of("EAGAIN", 2L, "EBADF", 1L), tally.errors());
    }

    @Test
    void aCallThatNoLineEndsNeverReturned() {
        Tally tally = tally("t", 1);
        tally.enter();
        tally.neverReturned();
        assertEquals(List.of(1L, 0L, 1L), List.of(tally.count(), tally.succeeded(), tally.unreturned()));
    }

    @Test
    void tablesTellErrorsWithoutTheirNames() {
        Tally tally = tally("t", 1);
        tally.addCounted(5, 2);
        assertEquals(List.of(5L, 3L, 0L), List.of(tally.count(), tally.succeeded(), tally.unreturned()));
        assertEquals(Map.of("other", 2L), tally.errors());
        tally.addCounted(1, 0);
        assertEquals(4, tally.succeeded());
        assertEquals(Map.of("other", 2L), tally.errors());
        Tally sound = tally("t", 1);
        sound.addCounted(7, 0);
        assertEquals(Map.of(), sound.errors());
    }

    @Test
    void namesOfErrorsAreBounded() {
        String[] lines = new String[300];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = "read(3) = -1 E" + i + " (No such error)";
        }
        Tally tally = of(lines);
        assertEquals(257, tally.errors().size());
        assertEquals(1, tally.errors().get("E255"));
        assertFalse(tally.errors().containsKey("E256"));
        assertEquals(44, tally.errors().get("other"));
        tally.add(of("read(3) = -1 E0 (No such error)", "read(3) = -1 E299 (No such error)"));
        assertEquals(2, tally.errors().get("E0"), "a known name counts on");
        assertEquals(45, tally.errors().get("other"));
    }

    @Test
    void longNamesOfErrorsAreNotKept() {
        String longest = "E" + "X".repeat(31);
        Tally tally = of("read(3) = -1 " + longest + " (No)", "read(3) = -1 " + longest + "X (No)");
        assertEquals(Map.of(longest, 1L, "other", 1L), tally.errors());
    }

    @Test
    void theSumHasTheEarlierPosition() {
        Tally tally = tally("b", 9);
        tally.add(tally("b", 10));
        assertEquals(new SourcePosition("b", 9), tally.first());
        tally.add(tally("b", 8));
        assertEquals(new SourcePosition("b", 8), tally.first());
        tally.add(tally("a", 70));
        assertEquals(new SourcePosition("a", 70), tally.first());
        Tally more = of("read(3) = 1", "read(3) = -1 EIO (Input/output error)", "read(3) = ?");
        tally.add(more);
        tally.add(more);
        assertEquals(List.of(6L, 2L, 2L), List.of(tally.count(), tally.succeeded(), tally.unreturned()));
        assertEquals(Map.of("EIO", 2L), tally.errors());
        assertEquals(3, more.count(), "what is added stays as it is");
    }

    @Test
    void oneTallyForEachSpellingAndNumber() {
        Tallies tallies = new Tallies();
        assertTrue(tallies.isEmpty());
        Observing.each("\nread(3) = 0\n", line -> {
            Tally first = tallies.at(READ, 0, line);
            assertSame(first, tallies.at(READ, 0, line));
            assertNotSame(first, tallies.at(READ, 3, line));
            assertNotSame(first, tallies.at(WRITE, 0, line));
        });
        assertEquals(3, tallies.all().size());
        assertFalse(tallies.isEmpty());
        assertEquals(
                Set.of(new SourcePosition("t", 1)),
                Set.copyOf(tallies.all().stream().map(Tally::first).toList()),
                "the line that came first");
    }

    /** Far more than there are slots at first, and the same again. */
    @Test
    void growingLosesNothing() {
        Tallies tallies = new Tallies();
        for (int round = 0; round < 2; round++) {
            Observing.each("read(3) = 0\n", line -> {
                for (int number = 0; number < 1000; number++) {
                    tallies.at(READ, number, line).enter();
                    tallies.at(WRITE, -number, line).enter();
                }
            });
        }
        Set<String> seen = new HashSet<>();
        for (Tally tally : tallies.all()) {
            assertEquals(2, tally.count());
            assertTrue(seen.add(tally.printed.name() + tally.number));
        }
        assertEquals(2000, seen.size());
    }

    @Test
    void addingASetCopiesIt() {
        Tallies from = new Tallies();
        Observing.each("read(3) = 0\n", line -> {
            from.at(READ, 0, line).enter();
            from.at(WRITE, 1, line).addCounted(4, 1);
        });
        Tallies sum = new Tallies();
        sum.add(from);
        sum.add(from);
        sum.add(new Tallies());
        assertEquals(2, sum.all().size());
        for (Tally tally : sum.all()) {
            assertEquals(tally.printed == READ ? 2 : 8, tally.count());
            assertEquals(tally.printed == READ ? Map.of() : Map.of("other", 2L), tally.errors());
        }
        for (Tally tally : from.all()) {
            assertEquals(tally.printed == READ ? 1 : 4, tally.count());
        }
    }
}
