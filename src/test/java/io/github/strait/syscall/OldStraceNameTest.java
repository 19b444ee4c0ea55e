package io.github.strait.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OldStraceNameTest {
    private static final TableResource TABLE = TableResource.read(SyscallTable.class, "strace-old-names.tsv");

    @Test
    void meansOneCallThenAndAnotherNow() {
        assertEquals(
                Optional.of(new OldStraceName("_newselect", new StraceVersion(4, 10))),
                OldStraceName.of("select", Arch.X86));
        assertEquals(Optional.empty(), OldStraceName.of("select", Arch.X86_64));
        assertEquals(Optional.empty(), OldStraceName.of("openat", Arch.X86));
    }

    /** A row names a call that its ABI has, and not the one that strace means today. */
    @Test
    void everyRowTellsADifference() {
        for (List<String> row : TABLE.rows()) {
            for (String abi : row.get(TABLE.column("abis")).split(",", -1)) {
                Arch arch = Arch.parse(abi);
                String name = row.get(TABLE.column("name"));
                assertTrue(SyscallTable.of(arch).contains(name), name + " on " + abi);
                assertNotEquals(
                        Optional.of(name), StraceName.toLibseccomp(row.get(0), arch), row.get(0) + " on " + abi);
            }
        }
    }

    @Test
    void versionsCompareByNumber() {
        assertTrue(StraceVersion.parse("4.10").compareTo(StraceVersion.parse("4.9")) > 0);
        assertTrue(StraceVersion.parse("5.0").compareTo(StraceVersion.parse("4.26")) > 0);
        assertEquals("4.10", StraceVersion.parse("4.10").toString());
        assertThrows(IllegalArgumentException.class, () -> StraceVersion.parse("4"));
        assertThrows(IllegalArgumentException.class, () -> new StraceVersion(-1, 0));
    }
}
