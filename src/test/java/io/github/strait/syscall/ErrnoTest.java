package io.github.strait.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrnoTest {
    @ParameterizedTest
    @CsvSource({
        "X86_64, EPERM, 1",
        "X86_64, ENOSYS, 38",
        "X86_64, ENOTCONN, 107",
        "X86_64, EHWPOISON, 133",
        "X86_64, EFTYPE, 134",
        "ARM, EINPROGRESS, 115",
        "PPC64LE, ENOSYS, 38",
        "PPC64LE, EDEADLK, 35",
        "PPC64LE, EDEADLOCK, 58",
        "MIPS, EPERM, 1",
        "MIPS, ENOSYS, 89",
        "MIPSEL64N32, EDEADLK, 45",
        "MIPS64, EDEADLOCK, 56",
        "MIPSEL, EDQUOT, 1133",
        "MIPS, EHWPOISON, 168",
    })
    void numbersAndNames(Arch arch, String name, int number) {
        assertEquals(OptionalInt.of(number), Errno.number(name, arch));
        assertEquals(Optional.of(name), Errno.name(number, arch));
    }

    @ParameterizedTest
    @CsvSource({
        "X86_64, EWOULDBLOCK, EAGAIN",
        "MIPS, EWOULDBLOCK, EAGAIN",
        "X86_64, EDEADLOCK, EDEADLK",
        "X86_64, ENOTSUP, EOPNOTSUPP",
        "MIPS64, ENOTSUP, EOPNOTSUPP",
    })
    void aliasesHaveTheNumberAndNotTheName(Arch arch, String alias, String name) {
        int number = Errno.number(alias, arch).orElseThrow();
        assertEquals(Errno.number(name, arch).orElseThrow(), number);
        assertEquals(Optional.of(name), Errno.name(number, arch));
    }

    @ParameterizedTest
    @EnumSource
    void namesGoRound(Arch arch) {
        List<String> names = IntStream.rangeClosed(-1, 4096)
                .mapToObj(number -> Errno.name(number, arch))
                .flatMap(Optional::stream)
                .toList();
        assertTrue(names.size() >= 131, arch + " has " + names.size());
        for (String name : names) {
            int number = Errno.number(name, arch).orElseThrow();
            assertEquals(Optional.of(name), Errno.name(number, arch));
        }
    }

    /** POSIX.1 wants these of every system. */
    @ParameterizedTest
    @EnumSource
    void everyAbiHasTheErrorsThatProfilesName(Arch arch) {
        for (String name : List.of("EPERM", "ENOSYS", "EACCES", "EINVAL", "ENOTSUP", "EAFNOSUPPORT", "EWOULDBLOCK")) {
            assertTrue(Errno.number(name, arch).isPresent(), name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "enosys", "ENOPE", "38", "ERESTARTSYS"})
    void unknownNames(String name) {
        assertEquals(OptionalInt.empty(), Errno.number(name, Arch.X86_64));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 41, 135, 512, 4096})
    void unknownNumbers(int number) {
        assertEquals(Optional.empty(), Errno.name(number, Arch.X86_64));
    }

    @Test
    void mipsAloneHasItsOwnError() {
        assertTrue(Errno.number("EINIT", Arch.MIPS).isPresent());
        assertEquals(OptionalInt.empty(), Errno.number("EINIT", Arch.X86_64));
    }
}
