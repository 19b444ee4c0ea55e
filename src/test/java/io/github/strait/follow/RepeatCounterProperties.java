package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.strait.trace.RandomTrace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The scan, its portions and threads do not show in what is observed, for any order of lines and any damage to them. */
class RepeatCounterProperties {
    private static final String[] DAMAGE = {
        "",
        "\n",
        " ",
        "\"",
        ")",
        " <unfinished ...>",
        "<... read resumed>",
        "0",
        "+++ exited with 0 +++",
        "[pid 101] ",
        "100 "
    };

    /** Of 4.12 and later, and then of others. */
    private static final String[] VERSIONS = {
        "execve(\"/bin/a\", [\"a\"], 0x7ffd12345678 /* 9 vars */) = 0",
        "brk(NULL) = 0x555512345000",
        "brk(0x555512345000) = 0x555512345000",
        "socket(AF_UNIX, SOCK_STREAM, 0) = 3",
        "socketpair(AF_UNIX, SOCK_STREAM, 0, [3, 4]) = 0",
        "ioctl(1, TCGETS, {}) = 0",
        "umount2(\"/mnt\", 0) = 0",
        "umount(\"/mnt\") = 0",
        "pread64(3, \"\", 1, 0) = 0",
        "read(3, \"\", 1) = 0",
        "syscall_0x1ff(0, 0, 0, 0, 0, 0) = -1 ENOSYS (Function not implemented)",
        "read(3, <unfinished ...>",
        "<... read resumed>\"\", 1) = 0",
        "exit_group(0) = ?",
        "<... read resumed> \"\", 1) = 0",
        "execve(\"/bin/a\", [\"a\"], [/* 9 vars */]) = 0",
        "brk(0) = 0x555512345000",
        "socket(PF_UNIX, SOCK_STREAM, 0) = 3",
        "ioctl(1, SNDCTL_TMR_TIMEBASE or TCGETS, {}) = 0",
        "pread(3, \"\", 1, 0) = 0",
        "_exit(0) = ?",
        "ugetrlimit(RLIMIT_STACK, {}) = 0",
        "syscall_511(0, 0, 0, 0, 0, 0) = -1 ENOSYS (Function not implemented)",
        "SYS_511(0, 0, 0, 0, 0, 0) = -1 ENOSYS (Function not implemented)"
    };

    private static final int YOUNG = 14;

    @Property(tries = 500)
    void ofRandomPrograms(
            @ForAll long seed,
            @ForAll long order,
            @ForAll boolean mixes,
            @ForAll @IntRange(min = 1, max = 300) int block,
            @ForAll @IntRange(min = 1, max = 3) int workers) {
        byte[] trace = trace(seed, order, mixes).getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(Transcript.careful(trace), Transcript.quick(trace, block, workers));
    }

    /** The same lines twice, so that their calls are known. */
    @Property(tries = 100)
    void ofTracesOfAnyStyle(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 1000) int block,
            @ForAll @IntRange(min = 1, max = 3) int workers) {
        byte[] trace = RandomTrace.text(random, 20).repeat(2).getBytes(StandardCharsets.UTF_8);
        assertEquals(Transcript.careful(trace), Transcript.quick(trace, block, workers));
    }

    @Property(tries = 1000)
    void ofDamagedTraces(
            @ForAll long seed,
            @ForAll long order,
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 5000) int block) {
        StringBuilder text = new StringBuilder(trace(seed, order, true));
        for (int i = random.nextInt(8); i > 0; i--) {
            int place = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), place + random.nextInt(6));
            text.replace(place, end, DAMAGE[random.nextInt(DAMAGE.length)]);
        }
        byte[] trace = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(Transcript.careful(trace), Transcript.quick(trace, block, 1));
    }

    /** Lines that show the version of strace, of several versions in any order. */
    @Property(tries = 1000)
    void ofSeveralVersions(@ForAll Random random, @ForAll boolean isYoung) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(60); i > 0; i--) {
            boolean mayBeOld = !isYoung || random.nextInt(20) == 0;
            String line = VERSIONS[random.nextInt(mayBeOld ? VERSIONS.length : YOUNG)];
            text.append(100 + random.nextInt(2)).append(' ').append(line).append('\n');
        }
        byte[] trace = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(Transcript.careful(trace), Transcript.quick(trace, 1 << 12, 1));
    }

    /** One after the other, as in a folder. */
    @Property(tries = 300)
    void ofTracesAfterOthers(@ForAll Random random, @ForAll @IntRange(min = 1, max = 5000) int block) {
        Vocabulary vocabulary = new Vocabulary();
        for (int i = 0; i < 4; i++) {
            List<byte[]> files = random.nextBoolean()
                    ? RandomSession.files(random, 200)
                    : List.of(RandomTrace.text(random, 20).getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    Transcript.careful(files, false, ProgramChoice.ALL),
                    Transcript.quick(files, false, ProgramChoice.ALL, block, 1 + random.nextInt(2), vocabulary));
        }
    }

    /** Short tasks, whose calls are seldom known. */
    @Property(tries = 2000)
    void ofSessions(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 5000) int block,
            @ForAll @IntRange(min = 1, max = 3) int workers) {
        List<byte[]> files = RandomSession.files(random, 400);
        boolean isSet = random.nextInt(4) == 0;
        ProgramChoice choice = switch (random.nextInt(4)) {
            case 0 -> ProgramChoice.of(List.of("ls"), List.of());
            case 1 -> ProgramChoice.of(List.of(), List.of("/bin/sh"));
            default -> ProgramChoice.ALL;
        };
        assertEquals(Transcript.careful(files, isSet, choice), Transcript.quick(files, isSet, choice, block, workers));
    }

    /** The same tasks run again and again, so that their calls are known. */
    private static String trace(long seed, long order, boolean mixes) {
        String once = new RandomProgram(seed, mixes).interleaved(order, true);
        return (seed & 1) == 0 ? once : once + once.replaceAll("(?m)^.*(execve|\\+\\+\\+|clone|fork).*\n", "") + once;
    }
}
