package io.github.strait.argument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.Iterables;
import com.google.common.collect.Sets;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.Syscalls;
import io.github.strait.syscall.TableResource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrototypeTest {
    @Test
    void rowsFitTheCall() {
        List<String> names =
                TableResource.read(Prototype.class, "prototypes.tsv").rows(row -> row.get(0));
        assertEquals(names.stream().sorted(Comparator.naturalOrder()).toList(), names);
        for (String name : names) {
            assertTrue(Syscalls.names().contains(name), name);
            for (Arch abi : Arch.values()) {
                Prototype prototype = Prototype.of(name, abi);
                int count = prototype.count().orElse(Argument.COUNT);
                assertTrue(count <= Argument.COUNT, name);
                for (int index : Iterables.concat(
                        prototype.pointers(), prototype.narrow(), prototype.shorts(), prototype.signed())) {
                    assertTrue(index >= 0 && index < count, name);
                }
                for (int pointer : prototype.pointers()) {
                    assertTrue(prototype.count().isPresent(), name);
                    assertEquals(Long.SIZE, prototype.bits(pointer), name + ": an int is no pointer");
                    assertFalse(prototype.signed().contains(pointer), name + ": a pointer has no sign");
                }
                assertEquals(Set.of(), Sets.intersection(prototype.narrow(), prototype.shorts()), name);
            }
        }
    }

    /** Two tables that were made apart. Of the tuple of open the mode is narrower than the flags. */
    @ParameterizedTest
    @EnumSource(Arch.class)
    void agreesWithTheCatalogue(Arch abi) {
        for (String call : Sets.filter(Catalogue.calls(), SyscallTable.of(abi)::contains)) {
            for (Place place : Catalogue.places(call, abi)) {
                for (int index : place.registers()) {
                    Prototype prototype = Prototype.of(call, abi);
                    String what = call + " " + index + " on " + abi;
                    assertFalse(prototype.lacks(index), what);
                    assertEquals(place.isPointer(), prototype.pointers().contains(index), what);
                    if (abi.pointerBits() == Long.SIZE) {
                        assertTrue(prototype.bits(index) <= place.bits(), what);
                        assertTrue(prototype.bits(index) == place.bits() || place.size() > 1, what);
                    }
                }
            }
        }
    }

    @Test
    void theArgumentsThatNegativesFill() {
        assertTrue(on64("openat").narrow().contains(0));
        assertTrue(on64("openat").signed().contains(0));
        assertTrue(on64("mmap").signed().contains(4));
        assertFalse(on64("personality").signed().contains(0));
        assertFalse(on64("lseek").narrow().contains(1));
        assertEquals(Short.SIZE, on64("openat").bits(3));
    }

    @Test
    void countsAreKnownOrNot() {
        assertTrue(on64("close").lacks(1));
        assertFalse(on64("close").lacks(0));
        assertFalse(on64("ioctl").lacks(5), "how many there are depends on the command");
        assertFalse(on64("no-such-call").lacks(5));
        assertEquals(Set.of(1), on64("bind").pointers());
    }

    @Test
    void someAbisHaveOthers() {
        assertTrue(Prototype.of("mmap", Arch.S390X).lacks(2), "all are in memory");
        assertEquals(Set.of(0), Prototype.of("mmap", Arch.X86).pointers());
        assertFalse(Prototype.of("mmap", Arch.AARCH64).lacks(5));
        assertEquals(Long.SIZE, Prototype.of("clone", Arch.S390X).bits(0));
        assertEquals(Integer.SIZE, Prototype.of("clone", Arch.S390X).bits(1));
        assertEquals(Integer.SIZE, Prototype.of("clone", Arch.X86_64).bits(0));
        assertFalse(Prototype.of("pread64", Arch.X86).lacks(4), "the offset takes two registers, or three");
        assertTrue(Prototype.of("pread64", Arch.X86_64).lacks(4));
    }

    private static Prototype on64(String call) {
        return Prototype.of(call, Arch.X86_64);
    }
}
