package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.strait.observation.Observation;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which values of arguments a trace shows, where first, and where it shows none. */
class ArgumentEvidenceTest {
    private static final String START = "7 [  59] execve(\"/bin/a\", [...], 0x7ffc /* 3 vars */) = 0\n";

    private static String told(Arch arch, String call, String lines) {
        return told(Optional.empty(), arch, call, START + lines);
    }

    /** Each place with its values, {@code 2 1 6 x5 @3}, and the unknown. */
    private static String told(Optional<Arch> declared, Arch arch, String call, String trace) {
        Observation observation = Observing.text(declared, trace).observation();
        StringBuilder told = new StringBuilder();
        SyscallObservation seen =
                observation.architectures().get(arch).syscalls().get(call);
        seen.arguments().forEach((place, values) -> {
            told.append(told.isEmpty() ? "" : "; ").append(place).append(':');
            values.seen()
                    .forEach((tuple, sighting) -> told.append(" [")
                            .append(tuple)
                            .append("] x")
                            .append(sighting.count())
                            .append(" @")
                            .append(sighting.first().line()));
            values.unknownAt()
                    .ifPresent(at -> told.append(" ?")
                            .append(values.unknown())
                            .append(" @")
                            .append(at.line()));
            told.append(values.more() ? " more" : "");
        });
        return told.toString();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '~',
            value = {
                // whole calls, in the spellings of strace
                "socket~socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_TCP) = 3~0 1 2: [2 80001 6] x1 @2",
                "socket~socket(0x2 /* AF_INET */, 0x1 /* SOCK_STREAM */, 0) = 3~0 1 2: [2 1 0] x1 @2",
                "socket~socket(AF_INET, SOCK_STREAM, 0) = -1 EPERM (Operation not permitted)~0 1 2: [2 1 0] x1 @2",
                "socket~socket(AF_UNKNOWN, SOCK_STREAM, 0) = 3~``",
                "socket~socket(AF_INET, SOCK_STREAM, 0) = 3;socket(AF_NEW, 3, 4) = 3~0 1 2: [2 1 0] x1 @2 ?1 @3",
                "ioctl~ioctl(3</dev/pts/0, {[(>, TCGETS, {c_iflag=ICRNL, ...}) = 0~1: [5401] x1 @2",
                "ioctl~ioctl(-1 /* \", \" */, TCGETS, \"a, )\") = 0~1: [5401] x1 @2",
                "openat~openat(AT_FDCWD, \"a, O_RDWR, 07777\", O_RDONLY) = 3~2 3: [0 0] x1 @2",
                "openat~openat(AT_FDCWD, \"x\", O_WRONLY|O_CREAT, 0644) = 3~2 3: [41 1a4] x1 @2",
                "prlimit64~prlimit64(0, RLIMIT_NOFILE, NULL, {rlim_cur=1, rlim_max=2}) = 0~0: [0] x1 @2; 2: [0] x1 @2",
                "prlimit64~prlimit64(0, RLIMIT_CORE, {rlim_cur=0, rlim_max=0}, NULL) = 0~0: [0] x1 @2; 2: [1] x1 @2",
                "prlimit64~prlimit64(0, 0x4, 0x7ffc0000beef, 0) = 0~0: [0] x1 @2; 2: [1] x1 @2",
                "clone~clone(child_stack=NULL, flags=CLONE_VM|SIGCHLD, child_tidptr=0x7) = 9~0: [111] x1 @2",
                "clone~clone(0x11, 0x7ffc0000beef, 0, 0x7, 0) = 9~0: [11] x1 @2",
                "clone~clone(child_stack=0x7, stack_size=1, flags=CLONE_VM) = 9;clone(child_stack=0x7, stack_size=1, flags=CLONE_NEWUSER) = 9~``",
                "clone3~clone3({flags=CLONE_VM|CLONE_VFORK, exit_signal=SIGCHLD, stack=0x7}, 88) = 9~flags: [4100] x1 @2",
                "clone3~clone3({flags=0} => {parent_tid=[9]}, 88) = 9~flags: [0] x1 @2",
                "clone3~clone3(0x7ffc0000beef, 88) = 9~``",
                "read~read(3, \"\", 1) = 0~``",
                // halves
                "pipe2~pipe2( <unfinished ...>;<... pipe2 resumed>[3, 4], O_CLOEXEC) = 0~1: [80000] x1 @2",
                "pipe2~pipe2( <unfinished ...>;<... pipe2 resumed>[3, 4], 0) = 0~1: [0] x1 @2",
                "recvfrom~recvfrom(5,  <unfinished ...>;<... recvfrom resumed>\"a, b\", 9, 0x2 /* MSG_PEEK */, NULL, NULL) = 1~3: [2] x1 @2",
                "recvfrom~recvfrom(5 <unfinished ...>;<... recvfrom resumed>, \"a, b\", 9, 0x2 /* MSG_PEEK */, NULL, NULL) = 1~3: [2] x1 @2",
                "recvfrom~recvfrom(5, 0x7, 9, 0x2, 0, 0 <unfinished ...>;<... recvfrom resumed>) = 1~3: [2] x1 @2",
                "accept4~accept4(5,  <unfinished ...>;<... accept4 resumed>{sa_family=AF_UNIX}, [2], SOCK_CLOEXEC) = 1~3: [80000] x1 @2",
                "recvmsg~recvmsg(5,  <unfinished ...>;<... recvmsg resumed>{msg_name=NULL, msg_iov=[{}]}, 0x40) = 1~2: [40] x1 @2",
                "openat~openat(AT_FDCWD, \"x\", O_RDONLY <unfinished ...>;<... openat resumed>) = 3~2 3: [0 0] x1 @2",
                "openat~openat(AT_FDCWD, \"x\", O_CREAT <unfinished ...>;<... openat resumed>, 0600) = 3~2 3: [40 180] x1 @2",
                "openat~openat(AT_FDCWD, \"x\", O_RDONLY <unfinished ...>;+++ killed by SIGKILL +++~2 3: [0 0] x1 @2",
                "ioctl~ioctl(3, TIOCGWINSZ <unfinished ...>;<... ioctl resumed>, {ws_row=1}) = 0~1: [5413] x1 @2",
                "clone3~clone3({flags=CLONE_VM, stack=0x7} <unfinished ...>;<... clone3 resumed> => {parent_tid=[9]}, 88) = 9~flags: [100] x1 @2",
                "clone~clone(child_stack=0x7, flags=CLONE_VM <unfinished ...>;<... clone resumed>, child_tidptr=0x7) = 9~0: [100] x1 @2",
                "pipe2~pipe2( <unfinished ...>;<... pipe2 resumed> <unfinished ...>;<... pipe2 resumed>[3, 4], 0) = 0~1: [0] x1 @2",
                // what is missing
                "recvfrom~recvfrom(5,  <unfinished ...>;+++ killed by SIGKILL +++~``",
                "recvfrom~<... recvfrom resumed>\"\", 9, 0, NULL, NULL) = 1~``",
                "recvfrom~recvfrom(5,  <unfinished ...>;recvfrom(5, \"\", 9, 0, NULL, NULL) = 1~3: [0] x1 @3 ?1 @2",
                "recvfrom~recvfrom(5, \"\", 9, 0, NULL, NULL) = 1;recvfrom(5,  <detached ...>~3: [0] x1 @2 ?1 @3",
            })
    void aCallShows(String call, String lines, String told) {
        StringBuilder trace = new StringBuilder();
        for (String line : lines.split(";")) {
            trace.append("7 ").append(line).append('\n');
        }
        assertEquals(told, told(Arch.X86_64, call, trace.toString()));
    }

    /** The last argument of a cut line may be cut too. */
    @Test
    void aCutLineShowsWhatIsWhole() {
        assertEquals(
                "1: [5401] x1 @3 ?1 @2",
                told(Arch.X86_64, "ioctl", "7 ioctl(3, TCGE\n7 ioctl(3, TCGETS, {c_iflag=ICR"));
    }

    /** The position of a call is that of its beginning. */
    @Test
    void theFirstToBeginIsFirst() {
        String trace = "7 recvfrom(5,  <unfinished ...>\n8 recvfrom(5, \"\", 1, 0, NULL, NULL) = 1\n"
                + "7 <... recvfrom resumed>\"\", 1, 0, NULL, NULL) = 1\n";
        assertEquals("3: [0] x2 @2", told(Arch.X86_64, "recvfrom", trace));
    }

    @Test
    void theAbiSaysWhichRegisterItIs() {
        String raw = "7 execve(\"/bin/a\", [...], 0x3ff /* 3 vars */) = 0\n7 clone(0x3ff, 0x11, 0, 0, 0) = 9\n";
        assertEquals("1: [11] x1 @2", told(Optional.of(Arch.S390X), Arch.S390X, "clone", raw));
        assertEquals("0: [3ff] x1 @2", told(Optional.of(Arch.AARCH64), Arch.AARCH64, "clone", raw));
        String named = raw.replace("0x3ff, 0x11", "child_stack=0x3ff, flags=CLONE_VM");
        assertEquals("1: [100] x1 @2", told(Optional.of(Arch.S390X), Arch.S390X, "clone", named));
    }

    /** On x86, glibc calls socketcall, and strace prints both alike: if it was socketcall, its register has the number. */
    @Test
    void aMultiplexerHasTheNumberOfItsSubcall() {
        String trace =
                "7 [  11] execve(\"/bin/a\", [...], 0xffd0 /* 3 vars */) = 0\n7 socket(AF_UNIX, SOCK_STREAM, 0) = 3\n";
        assertEquals("0: [1] x1 @2", told(Optional.empty(), Arch.X86, "socketcall", trace));
        assertEquals(
                "0 1 2: [1 1 0] x1 @2",
                told(Optional.empty(), Arch.X86, "socket", trace.replace("7 socket", "7 [ 359] socket")));
    }

    /** Addresses and strings are not what is looked at, however many there are. */
    @Test
    void onlyWhatIsLookedAtCounts() {
        StringBuilder trace = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            trace.append("7 clone3({flags=CLONE_VM, stack=0x7f")
                    .append(i)
                    .append("}, 88) = ")
                    .append(1000 + i);
            trace.append("\n7 clone(0x11, 0x7f")
                    .append(i)
                    .append(", 0, 0, 0) = ")
                    .append(9000 + i);
            trace.append("\n7 prlimit64(0, 0x4, 0x7f").append(i).append(", 0) = 0\n");
        }
        assertEquals("flags: [100] x1000 @2", told(Arch.X86_64, "clone3", trace.toString()));
        assertEquals("0: [11] x1000 @3", told(Arch.X86_64, "clone", trace.toString()));
        assertEquals("0: [0] x1000 @4; 2: [1] x1000 @4", told(Arch.X86_64, "prlimit64", trace.toString()));
    }

    @Test
    void beyondTheLimitThereAreMore() {
        StringBuilder trace = new StringBuilder();
        for (int i = 0; i < 64; i++) {
            trace.append("7 ioctl(3, 0x").append(Integer.toHexString(i)).append(", 0) = 0\n");
        }
        Observation observation = Observing.text(START + trace).observation();
        SyscallObservation seen =
                observation.architectures().get(Arch.X86_64).syscalls().get("ioctl");
        assertEquals(64, seen.arguments().get("1").seen().size());
        for (int i = 64; i < 1000; i++) {
            trace.append("7 ioctl(3, 0x").append(Integer.toHexString(i)).append(", 0) = 0\n");
            if (i == 64 || i == 999) {
                assertEquals("1: more", told(Arch.X86_64, "ioctl", trace.toString()));
            }
        }
    }

    /** A table counts calls without arguments; beside lines it only checks their counts. */
    @Test
    void aTableShowsNothing() {
        String table = """
            % time     seconds  usecs/call     calls    errors syscall
            ------ ----------- ----------- --------- --------- ----------------
             60.00    0.000060          20         3           ioctl
             40.00    0.000040          20         2         1 openat
            ------ ----------- ----------- --------- --------- ----------------
            100.00    0.000100          20         5         1 total
            """;
        assertEquals("", told(Optional.of(Arch.X86_64), Arch.X86_64, "ioctl", table));
    }
}
