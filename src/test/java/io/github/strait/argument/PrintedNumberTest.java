package io.github.strait.argument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import io.github.strait.syscall.Arch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a register held, from what strace printed. */
class PrintedNumberTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            emptyValue = "",
            value = {
                "3 -> ?00000003",
                "0 -> ?00000000",
                "0x8 -> ?00000008",
                "0755 -> ?000001ed",
                "NULL -> 0",
                "0x7fc9daed1000 -> 7fc9daed1000",
                "18446744073709551615 -> ffffffffffffffff",
                "5</dev/null> -> ?00000005",
                "5</a=b (deleted)> -> ?00000005",
                "-100 /* AT_FDCWD */ -> ?ffffff9c",
                "-1 -> ?ffffffff",
                "0xffffffffffffff9c -> ffffffffffffff9c",
                "-2147483648 -> ?80000000",
                "-2147483649 -> ffffffff7fffffff",
                "4294967295 -> ?ffffffff",
                "4294967296 -> 100000000",
                "0x100000002 -> 100000002",
                "SOCK_STREAM|0x100000000 -> 100000001",
                "-4294967297 -> fffffffeffffffff",
                "0xc0045405 -> ?c0045405",
                "0x1 /* SOCK_STREAM */|0x80800 /* SOCK_CLOEXEC|SOCK_NONBLOCK */ -> ?00080801",
                "0x1200000 /* CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID */|17 /* SIGCHLD */ -> ?01200011",
                "CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD -> ?01200011",
                "AF_UNIX -> ?00000001",
                "PF_INET -> ?00000002",
                "PER_LINUX32|ADDR_NO_RANDOMIZE -> ?00040008",
                "PR_SET_NO_NEW_PRIVS -> ?00000026",
                "TIOCSTI -> ?00005412",
                "F_DUPFD_CLOEXEC -> ?00000406",
                "O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC -> ?00080241",
                "SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK -> ?00080801",
                "PTRACE_SEIZE -> ?00004206",
                "MADV_DONTNEED -> ?00000004",
                "AT_FDCWD -> ?ffffff9c",
                "AT_FDCWD</home/a=b> -> ?ffffff9c",
                "FICLONE or BTRFS_IOC_CLONE -> ?40049409",
                "TCGETS or SNDCTL_TMR_STRANGE -> ?00005401",
                "0x5401 /* TCGETS or SNDCTL_TMR_TIMEBASE */ -> ?00005401",
                "FUTEX_WAIT_BITSET_PRIVATE|FUTEX_CLOCK_REALTIME -> ?00000189",
                "SIGRT_1 -> ?00000021",
                "SIGRTMIN -> ?00000020",
                "MFD_CLOEXEC|MFD_HUGETLB|21<<MFD_HUGE_SHIFT -> ?54000005",
                "_IOC(_IOC_READ|_IOC_WRITE, 0x54, 0x30, 0x4) -> ?c0045430",
                "_IOC(_IOC_NONE, 0x54, 0x30, 0) -> ?00005430",
                "_IOC(0x3, 0x54, 0x30, 0x4) -> ?c0045430",
                "_IO('T', 0x30) -> ?00005430",
                "_IOR(0x54, 0x30, 0x4) -> ?80045430",
                "_IOW('T', 48, 4) -> ?40045430",
                "_IOWR(0x54, 0x30, 0x4) -> ?c0045430",
                "QCMD(Q_SYNC, USRQUOTA) -> ?80000100",
                "QCMD(0x800001 /* Q_SYNC */, 0 /* USRQUOTA */) -> ?80000100",
                "htons(ETH_P_ALL) -> ?00000300",
                "IPC_64|IPC_STAT -> ?00000102",
                "S_IFREG|S_ISUID|0644 -> ?000089a4",
            })
    void isRead(String text, String registers) {
        assertEquals(registers, hex(PrintedNumber.argument(text, Arch.X86_64)), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {"-1", "0xc0045405", "AF_UNIX", "-100 /* AT_FDCWD */", "NULL", "0x100000000"})
    void ofANarrowRegisterFiltersLookAtTheLowHalf(String text) {
        assertTrue(PrintedNumber.argument(text, Arch.X86).isLowKnown());
        assertEquals(0xffffffffL, PrintedNumber.argument(text, Arch.X86).known());
        assertEquals(0xffffffffL, PrintedNumber.argument(text, Arch.X32).known());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\u0001',
            delimiter = '\t',
            value = {
                "\"text\"",
                "{st_mode=S_IFREG}",
                "[1, 2]",
                "0x",
                "SOCK_WHATEVER",
                "AF_UNIX|SOCK_WHATEVER",
                "O_RDONLY|O_DIRECTORIES",
                "FIONREAD or",
                "TCGETS or TCSETS",
                "SIGRT_96",
                "SIGRT_-1",
                "SIGRT_",
                "21<<MAP_STRANGE",
                "_IOC(_IOC_READ, 0x54, 0x30)",
                "_IOC(_IOC_READ, 0x154, 0x30, 0x4)",
                "_IOC(_IOC_READ, 0x54, 0x30, 0x4000)",
                "_IOC(_IOC_STRANGE, 0x54, 0x30, 0x4)",
                "_IOC(_IOC(0, 0, 0, 0), 0x54, 0x30, 0x4)",
                "QCMD(Q_SYNC)",
                "QCMD(Q_SYNC, 256)",
                "QCMD(QCMD(0, 0), 0)",
                "htons(65536)",
                "htons()",
                "()",
                ")",
                "</dev/null>",
                "1|",
                "08",
                "99999999999999999999",
                "makedev(0x1, 0x3)",
                "CLONE_VM /* and",
                "---1",
                "- 1",
            })
    void whatIsNoNumberIsUnknown(String text) {
        assertEquals(Argument.UNKNOWN, PrintedNumber.argument(text, Arch.X86_64), text);
    }

    @Test
    void nothingIsUnknown() {
        assertEquals(Argument.UNKNOWN, PrintedNumber.argument("", Arch.X86_64));
    }

    /** Numbers that were read in the kernel's headers by hand. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "CLONE_VM|SIGCHLD; AARCH64 X86 PPC64LE; 111",
                "CLONE_VM|SIGCHLD; MIPS MIPSEL64; 112",
                "TIOCSTI; X86 AARCH64 S390X RISCV64 LOONGARCH64 ARM PPC64LE PPC; 5412",
                "TIOCSTI; MIPS64 MIPSEL; 5472",
                "TIOCGWINSZ; X86 S390; 5413",
                "TIOCGWINSZ; PPC64LE PPC MIPS64 MIPSEL; 40087468",
                "TCGETS; X86 ARM; 5401",
                "TCGETS; PPC PPC64; 402c7413",
                "TCGETS; MIPS MIPSEL64N32; 540d",
                "FIOCLEX; X86_64 S390X; 5451",
                "FIOCLEX; PPC64LE PPC; 20006601",
                "FIOCLEX; MIPS64 MIPSEL; 6601",
                "FS_IOC_GETFLAGS; X86_64 AARCH64; 80086601",
                "FS_IOC_GETFLAGS; X86 X32 ARM S390; 80046601",
                "FS_IOC_GETFLAGS; PPC64LE MIPS64; 40086601",
                "FS_IOC_GETFLAGS; PPC MIPS MIPS64N32; 40046601",
                "O_CREAT; X86 AARCH64 PPC64LE; 40",
                "O_CREAT; MIPS64 MIPSEL; 100",
                "O_DIRECTORY; X86_64 MIPS S390X RISCV64; 10000",
                "O_DIRECTORY; AARCH64 ARM PPC64LE; 4000",
                "SOCK_STREAM|SOCK_NONBLOCK; X32 AARCH64 PPC64LE; 801",
                "SOCK_STREAM|SOCK_NONBLOCK; MIPS MIPSEL64N32; 82",
                "SOCK_DGRAM; MIPS64; 1",
                "SOL_SOCKET; S390X PPC; 1",
                "SOL_SOCKET; MIPS MIPSEL; ffff",
                "SO_RCVLOWAT; X86_64 S390; 12",
                "SO_RCVLOWAT; PPC64LE PPC; 10",
                "SO_RCVLOWAT; MIPS MIPSEL64; 1004",
                "SO_RCVTIMEO; X86_64 X86 ARM S390 S390X RISCV64; 14",
                "F_SETLK64; X86 ARM PPC S390; d",
                "F_SETLK64; MIPS MIPSEL; 22",
                "F_GETLK; X86_64 PPC; 5",
                "F_GETLK; MIPS MIPS64; e",
                "MAP_ANONYMOUS; MIPS MIPSEL64N32; 800",
                "PROT_SEM; MIPS; 10",
                "ARCH_SET_FS; X86_64 X32 X86; 1002",
                "ARCH_SET_FS; AARCH64; ?",
                "O_CLOEXEC; X86_64 PPC64LE MIPS64; 80000",
                "htons(ETH_P_IP); X86_64 AARCH64 PPC64LE MIPSEL; 8",
                "htons(ETH_P_IP); S390X PPC64 MIPS; 800",
            })
    void namesHaveTheNumberOfTheAbi(String text, String arches, String value) {
        for (String arch : Splitter.on(' ').split(arches)) {
            Argument read = PrintedNumber.argument(text, Arch.valueOf(arch));
            assertEquals(value, read.isLowKnown() ? Long.toHexString(read.value()) : "?", text + " on " + arch);
        }
    }

    private static String hex(Argument argument) {
        return argument.toString().substring("0x".length());
    }
}
