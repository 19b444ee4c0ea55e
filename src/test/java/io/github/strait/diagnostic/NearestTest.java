package io.github.strait.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> KNOWN = List.of("write", "read", "readv", "rt_sigreturn", "openat");

    @Test
    void findsInsertedDeletedReplacedAndExchangedCharacters() {
        assertEquals(Optional.of("openat"), Nearest.of("opennat", KNOWN));
        assertEquals(Optional.of("openat"), Nearest.of("opena", KNOWN));
        assertEquals(Optional.of("openat"), Nearest.of("openat", KNOWN));
        assertEquals(Optional.of("write"), Nearest.of("wrote", KNOWN));
        assertEquals(Optional.of("read"), Nearest.of("raed", KNOWN));
    }

    @Test
    void longWordsMayHaveMoreFaults() {
        assertEquals(Optional.of("rt_sigreturn"), Nearest.of("rtsigretrun", KNOWN));
        assertEquals(Optional.empty(), Nearest.of("wroet_", List.of("write")));
    }

    @Test
    void prefersTheFewestChangesThenTheAlphabet() {
        assertEquals(Optional.of("readv"), Nearest.of("readvv", KNOWN));
        assertEquals(Optional.of("a1"), Nearest.of("a", List.of("a2", "a1")));
    }

    @Test
    void aWordInTheWrongCaseIsMeant() {
        assertEquals(Optional.of("EPERM"), Nearest.of("eperm", List.of("EPERM", "perm")));
        assertEquals(Optional.of("siblings"), Nearest.of("SIBLINGS", List.of("siblings")));
    }

    @Test
    void hostileWordsCostNothing() {
        assertEquals(Optional.empty(), Nearest.of("", KNOWN));
        assertEquals(Optional.empty(), Nearest.of("r".repeat(1_000_000), List.of("r".repeat(1_000_000))));
    }
}
