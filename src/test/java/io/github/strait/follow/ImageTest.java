package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.Arch;
import io.github.strait.trace.Line;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Programs, the ABIs that each may use, and how they are summed up when they end. */
class ImageTest {
    private static final int X86_64 = Abis.of(Arch.X86_64);
    private static final int X86 = Abis.of(Arch.X86);
    private static final int AARCH64 = Abis.of(Arch.AARCH64);
    private static final PrintedName READ = PrintedName.of("read").orElseThrow();

    private static final Task.Id TASK = new Task.Id(7);

    private static Image image(String program) {
        return new Image(program, Abis.ALL, false, Lineage.KEPT);
    }

    private static SourcePosition at(long line) {
        return new SourcePosition("t", line);
    }

    private static void count(Context context, int calls) {
        Observing.each("read(3) = 0\n", line -> {
            for (int i = 0; i < calls; i++) {
                context.tally(READ, Line.NO_NUMBER, line).enter();
            }
        });
    }

    private static long counted(Tallies tallies) {
        return tallies.all().stream().mapToLong(Tally::count).sum();
    }

    private static long counted(Context context) {
        return counted(context.sum());
    }

    @Test
    void oneContextForEachModeThatIsNotCompatible() {
        Image image = image("/bin/p");
        Context wide = image.context(Abis.WIDE);
        assertSame(wide, image.context(X86_64));
        assertSame(wide, image.context(Abis.ALL));
        Context narrow = image.context(X86);
        assertNotSame(wide, narrow);
        assertEquals(X86, narrow.candidates());
        assertEquals(List.of(wide, narrow), image.contexts());
        assertSame(image, narrow.image());
    }

    @Test
    void narrowingKeepsACandidateAndRecordsOnlyWhatIsNew() {
        Context context = new Context(image("/bin/p"), Abis.WIDE);
        assertFalse(context.isDecided());
        context.narrow(Abis.WIDE | X86, "nothing new", TASK, at(1));
        context.narrow(Abis.NARROW, "impossible", TASK, at(2));
        assertEquals(Abis.WIDE, context.candidates());
        assertEquals(List.of(), context.narrowings());
        context.narrow(X86_64 | AARCH64, "a name", TASK, at(3));
        context.narrow(X86_64 | X86, "a number", TASK, at(4));
        context.narrow(X86_64, "late", TASK, at(5));
        assertTrue(context.isDecided());
        assertEquals(
                List.of(
                        new Context.Narrowing(X86_64 | AARCH64, "a name", at(3), TASK),
                        new Context.Narrowing(X86_64 | X86, "a number", at(4), TASK)),
                context.narrowings());
        assertEquals(Optional.of(at(3)), context.positionAgainst(Abis.of(Arch.RISCV64)));
        assertEquals(Optional.of(at(3)), context.positionAgainst(X86));
        assertEquals(Optional.of(at(4)), context.positionAgainst(AARCH64));
        assertEquals(Optional.of(at(4)), context.positionAgainst(AARCH64 | X86));
        assertEquals(Optional.empty(), context.positionAgainst(X86_64));
    }

    @Test
    void aReplacedContextHandsOverWhatItKnows() {
        Image image = image("/bin/p");
        Context parent = image.context(Abis.ALL);
        Context child = new Context(image, Abis.ALL);
        Context grandchild = new Context(image, Abis.ALL);
        count(parent, 1);
        count(child, 2);
        count(grandchild, 4);
        grandchild.hint(AARCH64);
        grandchild.narrow(Abis.WIDE, "an address", TASK, at(7));
        grandchild.replaceWith(child);
        child.replaceWith(parent);
        assertSame(parent, grandchild.current());
        assertSame(parent, parent.current());
        assertEquals(Abis.WIDE, parent.candidates());
        assertEquals(AARCH64, parent.hints());
        assertEquals(Optional.of(at(7)), parent.positionAgainst(X86));
        assertEquals(7, counted(parent));
        // a call that was pending there is counted here
        count(grandchild, 1);
        assertEquals(8, counted(parent));
    }

    @Test
    void aReplacedContextThatContradictsAddsOnlyItsCounts() {
        Image image = image("/bin/p");
        Context parent = new Context(image, X86_64);
        Context child = new Context(image, Abis.ALL);
        assertFalse(parent.isUsed());
        count(child, 3);
        child.narrow(X86, "a name", TASK, at(2));
        child.replaceWith(parent);
        assertEquals(X86_64, parent.candidates());
        assertEquals(List.of(), parent.narrowings());
        assertEquals(3, counted(parent));
        assertTrue(parent.isUsed());
    }

    @Test
    void anImageEndsWithItsLastTask() {
        Image parent = image(Image.UNKNOWN_PROGRAM);
        Image child = image(Image.UNKNOWN_PROGRAM);
        parent.join();
        child.join();
        child.join();
        Context own = parent.context(Abis.ALL);
        Context moved = child.context(X86_64);
        count(moved, 2);
        parent.absorb(child, own);
        assertEquals(List.of(), child.contexts());
        assertEquals(X86_64, own.candidates());
        assertSame(own, moved.current());
        assertFalse(parent.leave());
        assertFalse(parent.leave());
        assertTrue(parent.leave());
        parent.nameProgram("/bin/late");
        assertEquals("/bin/late", parent.program());
    }

    @Test
    void programsThatAreAlikeAreSummedUp() {
        Groups groups = new Groups();
        for (int i = 1; i <= 3; i++) {
            Image image = image("/bin/p");
            count(image.context(X86_64), i);
            image.context(X86_64).hint(i == 2 ? AARCH64 : 0);
            image.context(AARCH64);
            groups.add(image);
        }
        assertEquals(1, groups.all().size(), "contexts without calls do not count");
        Groups.Group group = groups.all().get(0);
        assertEquals("/bin/p", group.program());
        assertEquals(X86_64, group.candidates());
        assertEquals(Abis.ALL, group.inherited());
        assertEquals(AARCH64, group.hints());
        assertEquals(6, counted(group.tallies()));
    }

    @Test
    void whatDiffersIsKeptApart() {
        Groups groups = new Groups();
        List<Image> images = List.of(
                image("/bin/p"),
                image("/bin/q"),
                new Image("/bin/p", X86, false, Lineage.KEPT),
                new Image("/bin/p", Abis.ALL, true, Lineage.KEPT));
        for (Image image : images) {
            count(image.context(X86_64), 1);
            groups.add(image);
        }
        Image other = image("/bin/p");
        count(other.context(X86), 1);
        groups.add(other);
        assertEquals(5, groups.all().size());
        assertEquals(1, groups.all().stream().filter(Groups.Group::isLauncher).count());
        assertEquals(
                1, groups.all().stream().filter(each -> each.inherited() == X86).count());
    }

    @Test
    void programsAreBounded() {
        Groups groups = new Groups();
        for (int i = 0; i < 5000; i++) {
            Image image = image("/bin/" + i);
            count(image.context(X86_64), 1);
            groups.add(image);
        }
        Image known = image("/bin/7");
        count(known.context(X86_64), 1);
        groups.add(known);
        Map<String, Long> counts = new HashMap<>();
        groups.all().forEach(each -> counts.put(each.program(), counted(each.tallies())));
        assertEquals(4097, counts.size());
        assertEquals(2, counts.get("/bin/7"));
        assertEquals(1, counts.get("/bin/4095"));
        assertEquals(904, counts.get("(other programs)"));
    }
}
