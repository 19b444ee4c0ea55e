package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which lines of a trace that is being written are put to the filter. */
class TraceTailTest {
    private static final String FILTER = "7 [ 317] seccomp(0x1, 0, {len=1, filter=0x55}) = 0";

    private final List<String> asked = new ArrayList<>();

    private void read(boolean denied, String... lines) {
        try (TraceTail tail = new TraceTail(List.of("EPERM", "ENOSYS")::contains, text -> {
            asked.add(text);
            return denied;
        })) {
            for (String line : lines) {
                tail.take(line);
            }
        }
    }

    @Test
    void asksOnceOfACallThatIsDenied() {
        String denied = "7 [  83] mkdir(\"\"..., 0777) = -1 EPERM (Operation not permitted)";
        read(true, denied, FILTER, denied, denied, denied.replace("7 ", "8 "), "7 [  83] mkdir(\"\"..., 0777) = 0");
        assertEquals(List.of(denied + "\n"), asked);
    }

    @Test
    void asksOfEachAbiAndOfEachErrorThatTheFilterGives() {
        String first = "7 [  83] mkdir(\"\"..., 0777) = -1 EPERM (Operation not permitted)";
        String x86 = "7 [  39] mkdir(\"\"..., 0777) = -1 EPERM (Operation not permitted)";
        String other = "7 [  83] mkdir(\"\"..., 0777) = -1 ENOSYS (Function not implemented)";
        read(true, FILTER, first, x86, other, first.replace("EPERM", "EEXIST"));
        assertEquals(List.of(first + "\n", x86 + "\n", other + "\n"), asked);
    }

    @Test
    void joinsHalves() {
        String begun = "7 [  83] mkdir(\"\"..., 0777 <unfinished ...>";
        String ended = "7 [  83] <... mkdir resumed>) = -1 EPERM (Operation not permitted)";
        read(true, FILTER, begun, "8 [   1] write(1, \"\"..., 4) = 4", ended, begun, ended);
        assertEquals(List.of(begun + "\n" + ended + "\n"), asked);
    }

    @Test
    void takesTheCallBeforeTheSignal() {
        String call = "7 [  83] mkdir(\"\"..., 0777) = 83";
        String signal =
                "7 --- SIGSYS {si_signo=SIGSYS, si_code=SYS_SECCOMP, si_call_addr=0x7f, si_syscall=__NR_mkdir} ---";
        read(true, FILTER, call, "8 [   1] write(1, \"\"..., 4) = 4", signal, "9 --- SIGSYS {si_code=SYS_SECCOMP} ---");
        assertEquals(List.of(call + "\n" + signal + "\n"), asked);
    }

    @Test
    void givesUpOnACallThatFailsOfItself() {
        String[] lines = new String[2001];
        lines[0] = FILTER;
        for (int i = 1; i < lines.length; i++) {
            lines[i] = "7 [  62] kill(" + i + ", 0) = -1 EPERM (Operation not permitted)";
        }
        read(false, lines);
        assertEquals(64, asked.size());
        read(
                false,
                FILTER,
                "",
                " ",
                "7",
                "= -1 E",
                "7 [ = -1 EPERM",
                "x] y( = -1 EPERM",
                " = -1 EPERM",
                "[]] <... = -1 EPERM");
    }
}
