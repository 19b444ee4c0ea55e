package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names found in the bytes of a line, and how much hostile text the table keeps. */
class PrintedNameTableTest {
    private final PrintedNameTable table = new PrintedNameTable();

    private @Nullable PrintedName find(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        return table.find(bytes, 0, bytes.length);
    }

    private PrintedName known(String name) {
        PrintedName found = find(name);
        assertNotNull(found, name);
        return found;
    }

    @Test
    void aNameIsTheRangeAndNotWhatIsAroundIt() {
        byte[] bytes = "7 openat(preadv2)".getBytes(StandardCharsets.ISO_8859_1);
        PrintedName openat = table.find(bytes, 2, 8);
        assertNotNull(openat);
        assertEquals("openat", openat.name());
        assertSame(openat, known("openat"));
        PrintedName open = table.find(bytes, 2, 6);
        assertNotNull(open);
        assertEquals("open", open.name());
        PrintedName pread = table.find(bytes, 9, 15);
        assertNotNull(pread);
        assertEquals("preadv", pread.name());
        assertNull(table.find(bytes, 3, 8));
        assertNull(table.find(bytes, 4, 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "printf", "Read", "read ", "syscall_", "syscall_x", "syscall_0x", "re\u00e9d"})
    void wordsThatNoStracePrintsAreNoCalls(String word) {
        assertNull(find(word));
        assertNull(find(word), "asked again");
    }

    /** 64 characters, and one more, of a number that is the same. */
    @Test
    void aWordLongerThanAnyNumberIsNotLookedAt() {
        String longest = "syscall_" + "0".repeat(64 - "syscall_333".length()) + "333";
        assertEquals(longest, known(longest).name());
        assertNull(find("syscall_0" + longest.substring("syscall_".length())));
    }

    @Test
    void namesAreFoundHoweverMuchOtherTextThereIs() {
        PrintedName before = known("read");
        for (int i = 0; i < 20_000; i++) {
            assertNull(find("word" + i));
        }
        assertSame(before, known("read"));
        PrintedName after = known("write");
        assertEquals("write", after.name());
        assertSame(after, known("write"), "remembered though the hash table is full");
    }

    @Test
    void numbersWithoutANameAreBounded() {
        for (int i = 0; i < 1 << 12; i++) {
            assertNotNull(find("syscall_" + i));
        }
        assertNull(find("syscall_4096"));
        assertNull(find("syscall_0x1b3"));
        assertSame(known("syscall_4095"), known("syscall_4095"));
        assertEquals("getpid", known("getpid").name());
    }

    @Test
    void umountWithTwoArgumentsIsAnotherSpellingOfTheSameName() {
        PrintedName two = table.umountWithTwoArguments();
        assertSame(two, table.umountWithTwoArguments());
        assertNotSame(two, known("umount"));
        assertEquals("umount", two.name());
        assertEquals("umount2", two.meaning());
        assertEquals("umount", known("umount").meaning());
        assertEquals(true, two.isUmount());
        assertEquals(false, known("umount2").isUmount());
    }

    @ParameterizedTest
    @CsvSource({
        "read, PLAIN, false",
        "clone3, FORK, false",
        "vfork, FORK, false",
        "execveat, EXECVE, false",
        "exit_group, EXIT, false",
        "_exit, PLAIN, false",
        "mmap2, MAPS, false",
        "brk, MAPS, false",
        "munmap, TAKES_ADDRESS, false",
        "set_tid_address, TAKES_ADDRESS, true",
        "gettid, PLAIN, true",
        "getpid, PLAIN, false",
        "set_robust_list, ROBUST_LIST, false",
        "get_robust_list, PLAIN, false",
    })
    void theNameTellsWhatTheCallDoes(String name, PrintedName.Role role, boolean returnsTid) {
        assertEquals(role, known(name).role());
        assertEquals(returnsTid, known(name).isReturningTid());
    }

    @ParameterizedTest
    @CsvSource({
        "arch_prctl, 158, x86_64",
        "arch_prctl, 384, x86",
        "arch_prctl, 1073741982, x32",
        "exit_group, 231, x86_64",
        "openat, 257, x86_64",
        "readv#64, 1073741843, x32",
        "o32:open, 4005, mips mips64 mips64n32 mipsel mipsel64 mipsel64n32",
        "execve, 59, x86_64",
        "read, 7777, ''",
        "riscv_flush_icache, 259, riscv64",
        "riscv_flush_icache, 258, ''",
    })
    void theNumberTellsTheAbi(String name, int number, String arches) {
        int expected = 0;
        for (Arch arch : Arch.values()) {
            expected |= (" " + arches + " ").contains(" " + arch.label() + " ") ? Abis.of(arch) : 0;
        }
        assertEquals(Abis.list(expected), Abis.list(known(name).abis(number)));
        // the last answer is kept; another number must not get it
        assertEquals(0, known(name).abis(123_456));
        assertEquals(Abis.list(expected), Abis.list(known(name).abis(number)));
    }

    /** A name that is printed as the table has it is possible with its own number. */
    @ParameterizedTest
    @EnumSource(Arch.class)
    void everyArchAdmitsItsOwnNumbers(Arch arch) {
        for (String name : new String[] {"read", "execve", "exit_group", "close", "getpid", "set_robust_list"}) {
            OptionalInt number = SyscallTable.of(arch).number(name);
            assertEquals(true, number.isPresent(), name);
            int abis = known(name).abis(number.getAsInt());
            assertEquals(Abis.of(arch), abis & Abis.of(arch), name);
            assertEquals(0, known(name).abis(-1 - number.getAsInt()), name);
        }
    }
}
