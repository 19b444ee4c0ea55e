package io.github.strait.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class LibcFunctionTest {
    private static List<String> calls(String symbol, Libc libc) {
        return LibcFunction.find(symbol).orElseThrow().calls(libc);
    }

    @Test
    void namesCallsOfX8664() {
        for (LibcFunction function : LibcFunction.all()) {
            for (Libc libc : Libc.values()) {
                assertEquals(function.isHidden(), function.calls(libc).isEmpty(), function.name());
                for (String call : function.calls(libc)) {
                    assertTrue(SyscallTable.of(Arch.X86_64).contains(call), function.name() + ": " + call);
                }
            }
        }
    }

    @Test
    void tellsTheLibcsApart() {
        assertEquals(List.of("clone"), calls("fork", Libc.GLIBC));
        assertEquals(List.of("fork"), calls("fork", Libc.MUSL));
    }

    @Test
    void knowsCheckedAndWiderForms() {
        assertEquals(calls("read", Libc.GLIBC), calls("__read_chk", Libc.GLIBC));
        assertEquals(calls("open64", Libc.GLIBC), calls("__open64_2", Libc.GLIBC));
        assertEquals(calls("clock_settime", Libc.MUSL), calls("__clock_settime64", Libc.MUSL));
        assertFalse(LibcFunction.find("__x").isPresent());
        assertFalse(LibcFunction.find("strlen").isPresent());
        assertTrue(LibcFunction.find("dlopen").orElseThrow().isHidden());
    }
}
