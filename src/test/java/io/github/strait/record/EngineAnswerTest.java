package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineAnswerTest {
    /** An engine that prints anything else than JSON is named in strait's words, not in those of a parser. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"State\": [1,2 | its answer is cut short, at line 1, column 15",
                "[1, \u001b[31mevil] | its answer is not JSON, at line 1, column 6",
                "Error: no such thing | its answer is not JSON, at line 1, column 1",
            })
    void aDamagedAnswerIsSaidToBe(String answer, String words) {
        assertEquals(
                words,
                assertThrows(EngineException.class, () -> EngineAnswer.of(answer))
                        .getMessage());
    }
}
