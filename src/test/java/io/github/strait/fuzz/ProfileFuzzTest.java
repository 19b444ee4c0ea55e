package io.github.strait.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Formats;
import io.github.strait.format.ProfileFormat;
import io.github.strait.format.ReadableFormat;
import io.github.strait.format.Reading;
import io.github.strait.format.names.NamesFormat;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes, they are refused or are a profile that keeps its meaning when it is written. */
class ProfileFuzzTest {
    static Stream<byte[]> seeds() {
        return Seeds.profiles();
    }

    @MethodSource("seeds")
    @FuzzTest
    void documentsAreRefusedOrReadBack(byte[] content) {
        Profile profile;
        try {
            Reading reading = Formats.read("f", content);
            reading.allowedCalls(Set.of(Arch.X86_64));
            profile = reading.profile();
        } catch (RefusalException e) {
            assertFalse(e.diagnostic().toString().isEmpty());
            return;
        }
        ReadableFormat own = Formats.detect(content);
        byte[] written;
        try {
            written = own.write(profile);
        } catch (RefusalException e) {
            // lists have no line for an ABI that has none of the names
            assertEquals(NamesFormat.NAMES, own);
            return;
        }
        assertEquals(profile, own.read("f", written).profile());
        assertArrayEquals(written, own.write(own.read("f", written).profile()));
        for (ProfileFormat format : Formats.all()) {
            try {
                format.write(profile);
            } catch (RefusalException e) {
                assertFalse(e.diagnostic().toString().isEmpty());
            }
        }
    }
}
