package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.RefusalException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"10, 10000", "10s, 10000", "0.25s, 250", "1.5, 1500", "5m, 300000", "0.5m, 30000", "2h, 7200000"})
    void readsWhatSleepReads(String text, long millis) {
        assertEquals(Duration.ofMillis(millis), Durations.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "s", "0", "0s", "-1", "+1", "1d", "1ms", "1 s", "1e3", ".5", "169h", "9999999999", "0.0001"})
    void refusesTheRestWithAnExample(String text) {
        String message = assertThrows(RefusalException.class, () -> Durations.parse(text))
                .getMessage();
        assertTrue(message.startsWith("'" + text + "' is not a duration; write it as 10s"), message);
    }
}
