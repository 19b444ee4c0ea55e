package io.github.strait.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.RefusalException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelVersionTest {
    @ParameterizedTest
    @CsvSource({"5.3, 5, 3, 0", "6.18, 6, 18, 0", "2.6.28, 2, 6, 28", "1.0, 1, 0, 0"})
    void parses(String text, int major, int minor, int patch) {
        assertEquals(new KernelVersion(major, minor, patch), KernelVersion.parse(text));
        assertEquals(text, KernelVersion.parse(text).toString());
    }

    @Test
    void zeroPatchIsNoPatch() {
        assertEquals(new KernelVersion(2, 6), KernelVersion.parse("2.6.0"));
        assertEquals("2.6", KernelVersion.parse("2.6.0").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "5.",
                ".3",
                "5.3.1.2",
                "5.x",
                "v5.3",
                " 5.3",
                "5.-3",
                "5.+3",
                "5.3-rc1",
                "5.99999999999",
                "٥.٣"
            })
    void refusesAnythingElse(String text) {
        assertThrows(RefusalException.class, () -> KernelVersion.parse(text));
    }

    @Test
    void refusesNegativeParts() {
        assertThrows(IllegalArgumentException.class, () -> new KernelVersion(5, -1));
    }

    @Test
    void tenComesAfterNine() {
        assertTrue(KernelVersion.parse("6.10").compareTo(KernelVersion.parse("6.9")) > 0);
        assertTrue(KernelVersion.parse("2.6.39").compareTo(KernelVersion.parse("3.0")) < 0);
    }

    @Property
    boolean textGoesRoundAndOrderIsConsistent(
            @ForAll @IntRange(max = 9) int major,
            @ForAll @IntRange(max = 99) int minor,
            @ForAll @IntRange(max = 99) int patch,
            @ForAll @IntRange(max = 9) int otherMajor,
            @ForAll @IntRange(max = 99) int otherMinor) {
        KernelVersion version = new KernelVersion(major, minor, patch);
        KernelVersion other = new KernelVersion(otherMajor, otherMinor);
        return KernelVersion.parse(version.toString()).equals(version)
                && (version.compareTo(other) == 0) == version.equals(other)
                && Integer.signum(version.compareTo(other)) == -Integer.signum(other.compareTo(version));
    }
}
