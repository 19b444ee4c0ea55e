package io.github.strait.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelVersionTest {
    @Test
    void ordersByNumbersNotByText() {
        assertTrue(KernelVersion.parse("5.9").compareTo(KernelVersion.parse("5.10")) < 0);
        assertTrue(KernelVersion.parse("6.0").compareTo(KernelVersion.parse("5.19")) > 0);
        assertEquals("5.3", new KernelVersion(5, 3).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5.", "5.3.1", "5.3-rc1", "v5.3", "-1.0", "99999.1"})
    void otherFormsAreRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> KernelVersion.parse(text));
    }
}
