package io.github.strait.argument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.Iterables;
import io.github.strait.syscall.Syscalls;
import io.github.strait.syscall.TableResource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PrototypeTest {
    @Test
    void rowsFitTheCall() {
        List<String> names =
                TableResource.read(Prototype.class, "prototypes.tsv").rows(row -> row.get(0));
        assertEquals(names.stream().sorted(Comparator.naturalOrder()).toList(), names);
        for (String name : names) {
            assertTrue(Syscalls.names().contains(name), name);
            Prototype prototype = Prototype.of(name);
            int count = prototype.count().orElse(Argument.COUNT);
            assertTrue(count <= Argument.COUNT, name);
            for (int index : Iterables.concat(prototype.pointers(), prototype.narrow(), prototype.signed())) {
                assertTrue(index >= 0 && index < count, name);
            }
            for (int pointer : prototype.pointers()) {
                assertTrue(prototype.count().isPresent(), name);
                assertFalse(prototype.narrow().contains(pointer), name + ": an int is no pointer");
                assertFalse(prototype.signed().contains(pointer), name + ": a pointer has no sign");
            }
        }
    }

    @Test
    void theArgumentsThatNegativesFill() {
        assertTrue(Prototype.of("openat").narrow().contains(0));
        assertTrue(Prototype.of("openat").signed().contains(0));
        assertTrue(Prototype.of("mmap").signed().contains(4));
        assertFalse(Prototype.of("personality").signed().contains(0));
        assertFalse(Prototype.of("lseek").narrow().contains(1));
    }

    @Test
    void countsAreKnownOrNot() {
        assertTrue(Prototype.of("close").lacks(1));
        assertFalse(Prototype.of("close").lacks(0));
        assertFalse(Prototype.of("ioctl").lacks(5), "how many there are depends on the command");
        assertFalse(Prototype.of("no-such-call").lacks(5));
        assertEquals(Set.of(1), Prototype.of("bind").pointers());
    }
}
