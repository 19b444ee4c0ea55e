package io.github.strait.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableResourceTest {
    private static final TableResource TABLE = TableResource.parse("t", "# x\nname\tsize\n# y\na\t1\nb\t2");

    @Test
    void columnsAndRows() {
        assertEquals(1, TABLE.column("size"));
        assertEquals(Map.of("a", "1", "b", "2"), TABLE.index(row -> row.get(1)));
    }

    @Test
    void rowsAndCellsAreDivided() {
        assertEquals(List.of("a1", "b2"), TABLE.rows(row -> row.get(0) + row.get(1)));
        assertEquals(List.of(), TableResource.words("-"));
        assertEquals(List.of("read"), TableResource.words("read"));
        assertEquals(List.of("read", "write"), TableResource.words("read write"));
        assertEquals(List.of("read", "", "write"), TableResource.words("read  write"));
        assertEquals(List.of(), TableResource.items("-"));
        assertEquals(List.of("x86", "x86_64"), TableResource.items("x86,x86_64"));
        assertEquals(List.of("a b", ""), TableResource.items("a b,"));
    }

    /** The classes of tests come from another place than the tables: these are searched for. */
    @Test
    void aTableThatIsElsewhereIsFound() {
        String known = TableResource.text(TableResource.class, "errno.tsv");
        assertTrue(known.contains("\tENOENT") || known.contains("ENOENT\t"));
        assertEquals(known, TableResource.text(TableResourceTest.class, "errno.tsv"));
        assertThrows(IllegalArgumentException.class, () -> TableResource.text(TableResource.class, "none.tsv"));
    }

    @Test
    void faultsOfTheBuildAreLoud() {
        assertThrows(IllegalStateException.class, () -> TABLE.column("colour"));
        for (String row : List.of("a", "a\t1\t2")) {
            List<String> cells =
                    TableResource.parse("t", "name\tsize\n" + row + "\n").rows().get(0);
            assertThrows(IllegalStateException.class, () -> cells.get(1));
            assertThrows(IllegalStateException.class, cells::size);
        }
        TableResource ambiguous = TableResource.parse("t", "name\tsize\na\t1\na\t2\n");
        assertThrows(IllegalArgumentException.class, () -> ambiguous.index(row -> row.get(1)));
        assertThrows(IllegalArgumentException.class, () -> TableResource.read(SyscallTable.class, "no-such.tsv"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "syscalls.tsv",
                "errno.tsv",
                "risk.tsv",
                "docker-default.tsv",
                "strace-names.tsv",
                "strace-old-names.tsv",
                "multiplexers.tsv"
            })
    void resourcesHaveNoStrayBlanks(String file) {
        TableResource table = TableResource.read(SyscallTable.class, file);
        assertTrue(table.rows().size() > 1);
        for (List<String> row : table.rows()) {
            for (String cell : row) {
                assertEquals(cell.strip(), cell, file + row);
                assertTrue(!cell.isEmpty(), file + row);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"strace-names.tsv", "strace-old-names.tsv"})
    void spellingsMeanOneThingOnAnAbi(String file) {
        TableResource table = TableResource.read(SyscallTable.class, file);
        SpellingRows rows = SpellingRows.of(table);
        for (List<String> row : table.rows()) {
            for (String abi : row.get(table.column("abis")).split(",")) {
                assertSame(row, rows.find(row.get(0), Arch.parse(abi)), row::toString);
                assertEquals(abi, Arch.parse(abi).label());
            }
            assertNull(rows.find(row.get(0) + "?", Arch.X86));
        }
    }
}
