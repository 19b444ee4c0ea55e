package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalWidthTest {
    @ParameterizedTest
    @CsvSource({"'24 120\n', 120", "'1 1', 1", "'0 0\n', 80", "'', 80", "x, 80", "'24 -1', 80", "'24 99999999999', 80"})
    void readsWhatSttyPrints(String text, int columns) {
        assertEquals(columns, TerminalWidth.parse(text));
    }
}
