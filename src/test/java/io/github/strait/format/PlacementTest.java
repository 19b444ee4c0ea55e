package io.github.strait.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of the page about placement; a live test does what its sections say. */
class PlacementTest {
    @Test
    void theTableNamesEveryFormat() throws Exception {
        List<String> rows = Files.readAllLines(Path.of("src/site/markdown/formats.md")).stream()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split("\\|")[2])
                .toList();
        assertEquals(
                List.of(),
                Formats.names().stream()
                        .filter(name -> rows.stream().noneMatch(row -> row.contains("`" + name + "`")))
                        .toList(),
                "add a row for each to the table, and a section that says how a program is started");
    }
}
