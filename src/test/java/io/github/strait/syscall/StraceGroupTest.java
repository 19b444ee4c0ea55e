package io.github.strait.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StraceGroupTest {
    @ParameterizedTest
    @CsvSource({
        "execve clone wait4 exit_group,%process",
        "socket connect sendto,%network",
        "execve openat access,%file",
        "mmap munmap brk,%memory",
        "rt_sigaction kill,%signal",
        "shmget semop,%ipc",
        "getuid32 setgroups,%creds",
        "read write close mmap poll,%desc"
    })
    void ofCallsIsTheFirstThatHasThemAll(String names, String group) {
        assertEquals(Optional.of(group), StraceGroup.of(List.of(names.split(" "))));
    }

    @Test
    void isNoneOfAllKinds() {
        assertEquals(Optional.empty(), StraceGroup.of(List.of("execve", "socket", "mmap")));
    }
}
