package io.github.strait.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableResourceTest {
    private static final TableResource TABLE =
            new TableResource("t", List.of("name", "size"), ImmutableList.of(List.of("a", "1"), List.of("b", "2")));

    @Test
    void columnsAndRows() {
        assertEquals(1, TABLE.column("size"));
        assertEquals(Map.of("a", "1", "b", "2"), TABLE.index(row -> row.get(1)));
    }

    @Test
    void faultsOfTheBuildAreLoud() {
        assertThrows(IllegalStateException.class, () -> TABLE.column("colour"));
        List<String> titles = List.of("name", "size");
        ImmutableList<List<String>> narrow = ImmutableList.of(List.of("a"));
        assertThrows(IllegalStateException.class, () -> new TableResource("t", titles, narrow));
        ImmutableList<List<String>> twice = ImmutableList.of(List.of("a", "1"), List.of("a", "2"));
        TableResource ambiguous = new TableResource("t", titles, twice);
        assertThrows(IllegalArgumentException.class, () -> ambiguous.index(row -> row.get(1)));
        assertThrows(IllegalArgumentException.class, () -> TableResource.read("no-such.tsv"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "syscalls.tsv",
                "errno.tsv",
                "risk.tsv",
                "docker-default.tsv",
                "strace-names.tsv",
                "multiplexers.tsv"
            })
    void resourcesHaveNoStrayBlanks(String file) {
        TableResource table = TableResource.read(file);
        assertTrue(table.rows().size() > 1);
        for (List<String> row : table.rows()) {
            for (String cell : row) {
                assertEquals(cell.strip(), cell, file + row);
                assertTrue(!cell.isEmpty(), file + row);
            }
        }
    }
}
