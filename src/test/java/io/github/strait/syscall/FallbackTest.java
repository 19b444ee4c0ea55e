package io.github.strait.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FallbackTest {
    @Test
    void rowsNameCallsThatExistAndSayWhatLintNeedsOrNothingOfIt() {
        for (Fallback fallback : Fallback.all()) {
            assertTrue(Syscalls.names().contains(fallback.syscall()), fallback::syscall);
            assertTrue(Syscalls.names().containsAll(fallback.instead()), fallback::toString);
            assertFalse(fallback.instead().contains(fallback.syscall()), fallback::toString);
            assertFalse(fallback.callers().isBlank() || fallback.callers().endsWith("."), fallback::toString);
            assertEquals(fallback.instead().isEmpty(), fallback.failure().isEmpty(), fallback::toString);
            assertTrue(!fallback.isCommon() || !fallback.failure().isEmpty(), fallback::toString);
        }
    }

    @Test
    void cellsAreOfTheWordsThatTheTableNames() {
        for (List<String> row :
                TableResource.read(Fallback.class, "fallbacks.tsv").rows()) {
            assertTrue(Set.of("measured", "read", "known").contains(row.get(2)), row::toString);
            assertTrue(Set.of("yes", "-").contains(row.get(3)), row::toString);
            assertTrue(Set.of("many", "few", "-").contains(row.get(6)), row::toString);
            assertEquals(row.get(4).equals("-"), row.get(6).equals("-"), row::toString);
        }
    }

    @Test
    void rowsAreInOrder() {
        List<String> names = Fallback.all().stream().map(Fallback::syscall).toList();
        assertEquals(names.stream().sorted(Comparator.naturalOrder()).toList(), names);
    }

    @Test
    void callsAreFoundByName() {
        assertEquals(List.of("clone"), Fallback.find("clone3").orElseThrow().instead());
        assertTrue(Fallback.find("statx").orElseThrow().isOfRuntimes());
        assertFalse(Fallback.find("clone3").orElseThrow().isOfRuntimes());
        assertEquals(Optional.empty(), Fallback.find("read"));
    }
}
