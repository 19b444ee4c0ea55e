package io.github.strait.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamelessCallTest {
    @Property
    void everyNumberIsReadBack(@ForAll int number, @ForAll Arch arch) {
        String name = NamelessCall.nameOf(number, arch);
        assertEquals(
                OptionalInt.of(number),
                NamelessCall.isOne(name)
                        ? NamelessCall.number(name)
                        : SyscallTable.of(arch).number(name));
    }

    @Test
    void aNumberWithANameIsCalledByIt() {
        assertEquals("clone3", NamelessCall.nameOf(435, Arch.X86_64));
        assertEquals("syscall_9999", NamelessCall.nameOf(9999, Arch.X86_64));
        assertEquals("syscall_4294967295", NamelessCall.nameOf(-1, Arch.X86_64));
        assertEquals("9999", NamelessCall.digits("syscall_9999"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "read",
                "syscall",
                "syscall_",
                "syscall_x",
                "syscall_0x1b3",
                "syscall_007",
                "syscall_+7",
                "syscall_-1",
                "syscall_7 ",
                "syscall_4294967296"
            })
    void onlyOneSpellingIsRead(String name) {
        assertEquals(OptionalInt.empty(), NamelessCall.number(name));
    }

    @Test
    void noCallOfATableIsNameless() {
        assertTrue(NamelessCall.isOne("syscall_1"));
        Syscalls.names().forEach(name -> assertFalse(NamelessCall.isOne(name), name));
    }
}
