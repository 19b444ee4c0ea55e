package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The arguments that are observed of calls and of their halves do not depend on the scan, wherever strace splits a call. */
class ArgumentProperties {
    private static final String[] CALLS = {
        "socket(AF_INET, SOCK_STREAM, 0",
        "socket(0x2 /* AF_INET */, 0x80001 /* SOCK_STREAM|SOCK_CLOEXEC */, 0",
        "recvfrom(5, \"a, )\", 9, 0x2 /* MSG_PEEK */, {sa_family=AF_UNIX}, [2]",
        "recvfrom(5<socket:[7]>, \"\", 9, 0, NULL, NULL",
        "recvfrom(0x5, 0x7f12, 9, 0, 0, 0",
        "pipe2([3, 4], O_CLOEXEC",
        "pipe2([3<pipe:[1]>, 4<pipe:[1]>], 0",
        "accept4(5, NULL, NULL, SOCK_CLOEXEC",
        "openat(AT_FDCWD, \"a, O_RDWR\", O_RDONLY",
        "openat(AT_FDCWD</>, \"\", O_WRONLY|O_CREAT, 0644",
        "open(\"b\", O_RDONLY|O_CLOEXEC",
        "futex(0x7f1200, 0x81 /* FUTEX_WAKE_PRIVATE */, 1",
        "futex(0x7f1234, 0x81 /* FUTEX_WAKE_PRIVATE */ /* twice */, 1",
        "ioctl(0, TCGETS, {c_iflag=ICRNL, ...}",
        "ioctl(3, 0x5401, 0x7ffd1234",
        "prlimit64(0, RLIMIT_CORE, NULL, {rlim_cur=0, rlim_max=2}",
        "prlimit64(0, RLIMIT_CORE, {rlim_cur=0, rlim_max=2}, NULL",
        "mprotect(0x7f1234560000, 4096, PROT_READ",
        "clone(child_stack=0x7, flags=CLONE_VM, child_tidptr=0x7",
        "clone(child_stack=0x7, stack_size=1, flags=CLONE_VM",
        "clone(child_stack=0x7, stack_size=1, flags=CLONE_NEWUSER",
        "read(3, \"\", 10",
    };
    private static final String[] RESULTS = {
        ") = 0", ")    = 3", ") = -1 EIO (Input/output error)", ") = ?", ") = 3</a, b>"
    };
    private static final String[] PIECES = {"", ",", " ", "(", "}", "\"", "<", "/*", "\n", " <unfinished ...>", "1"};

    @Property(tries = 1500)
    void ofAnyCalls(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 5000) int block,
            @ForAll @IntRange(min = 1, max = 3) int workers) {
        String text = trace(random, random.nextBoolean());
        byte[] trace = text.getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(Transcript.careful(trace), Transcript.quick(trace, block, workers), text);
    }

    /** Or else the property would show little. */
    @Property(tries = 1)
    void mostCallsAreCountedUnparsed() {
        String trace = trace(new Random(5), false);
        long unparsed = Transcript.unparsed(trace.getBytes(StandardCharsets.ISO_8859_1));
        boolean isOff = "off".equals(System.getProperty("strait.scan"));
        assertTrue(
                isOff || unparsed > trace.lines().count() / 2,
                unparsed + " of " + trace.lines().count());
        assertTrue(Transcript.careful(trace.getBytes(StandardCharsets.ISO_8859_1))
                .contains("recvfrom=SyscallObservation"));
    }

    /** Few calls again and again, of some tasks, whole or split where strace may split them, or anywhere. */
    private static String trace(Random random, boolean isDamaged) {
        StringBuilder trace =
                new StringBuilder("100 [  59] execve(\"/bin/a\", [\"a\"], 0x7ffd1234 /* 9 vars */) = 0\n");
        String[] pending = new String[3];
        for (int i = 50 + random.nextInt(150); i > 0; i--) {
            int task = random.nextInt(pending.length);
            String tid = 100 + task + " ";
            if (pending[task] != null) {
                trace.append(tid).append(pending[task]);
                pending[task] = null;
            } else {
                String call = CALLS[random.nextInt(1 + random.nextInt(CALLS.length))];
                String result = RESULTS[random.nextInt(RESULTS.length)];
                int split = random.nextInt(3) == 0 ? split(call, random) : -1;
                String name = call.substring(0, call.indexOf('('));
                trace.append(tid).append(call, 0, split < 0 ? call.length() : split);
                trace.append(split < 0 ? result : " <unfinished ...>");
                boolean isLost = random.nextInt(20) == 0;
                pending[task] = split < 0 || isLost
                        ? null
                        : "<... " + name + " resumed>" + call.substring(split) + result + "\n";
            }
            if (isDamaged && random.nextInt(20) == 0) {
                trace.append(PIECES[random.nextInt(PIECES.length)]);
            }
            if (trace.charAt(trace.length() - 1) != '\n') {
                trace.append('\n');
            }
            if (isDamaged && random.nextInt(30) == 0) {
                trace.insert(
                        trace.length() - 1 - random.nextInt(Math.min(60, trace.length() - 1)),
                        PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return trace.toString();
    }

    /** After the parenthesis, before or after a separator, at the end, or anywhere. */
    private static int split(String call, Random random) {
        int from = call.indexOf('(') + 1;
        int comma = call.indexOf(", ", from + random.nextInt(call.length() - from));
        return switch (random.nextInt(8)) {
            case 0 -> from;
            case 1 -> call.length();
            case 2 -> from + random.nextInt(call.length() - from + 1);
            case 3, 4 -> comma < 0 ? call.length() : comma;
            default -> comma < 0 ? from : comma + 2;
        };
    }
}
