package io.github.strait.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.strait.observation.LineCounts;
import io.github.strait.observation.Observation;
import io.github.strait.syscall.Arch;
import io.github.strait.trace.AttachedProgram;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose calls those of tasks are that ran before strace came. */
class AttachedProgramsTest {
    private static final String MASTER = AttachedProgram.line(10, "/usr/sbin/nginx") + "\n";

    @TempDir
    Path directory;

    @Test
    void aTaskThatIsIntroducedHasAProgram() throws Exception {
        assertEquals("{getpid=[/usr/sbin/nginx]}", programs(MASTER + "10 [  39] getpid() = 10\n"));
    }

    @Test
    void childrenInheritItAndExecutedProgramsDoNot() throws Exception {
        String trace = MASTER
                + "10 [  56] clone(child_stack=NULL, flags=17) = 11\n"
                + "11 [  39] getpid() = 11\n"
                + "11 [  59] execve(\"/bin/a\", [...], 0x7ffe /* 3 vars */) = 0\n"
                + "11 [ 110] getppid() = 10\n";
        assertEquals(
                "{clone=[/usr/sbin/nginx], execve=[/usr/sbin/nginx], getpid=[/usr/sbin/nginx], getppid=[/bin/a]}",
                programs(trace));
    }

    @Test
    void anIntroducedTaskIsNotTakenForTheChildOfAPendingFork() throws Exception {
        String trace = MASTER
                + AttachedProgram.line(12, "/bin/other") + "\n"
                + "10 [  56] clone(child_stack=NULL, flags=17 <unfinished ...>\n"
                + "12 [  39] getpid() = 12\n"
                + "10 [  56] <... clone resumed>) = 13\n"
                + "13 [ 110] getppid() = 10\n";
        assertEquals("{clone=[/usr/sbin/nginx], getpid=[/bin/other], getppid=[/usr/sbin/nginx]}", programs(trace));
    }

    @Test
    void aLineAfterTheTasksFirstNamesNothing() throws Exception {
        String late = "10 [  39] getpid() = 10\n" + MASTER + "10 [ 110] getppid() = 1\n";
        assertEquals("{getpid=[(unknown, attached)], getppid=[(unknown, attached)]}", programs(late));
    }

    @Test
    void theLinesAreRecognisedAndBeginNoCall() throws Exception {
        Observation observation = observe(MASTER + MASTER + "10 [  39] getpid() = 10\n");
        assertEquals(new LineCounts(1, 2, 0), observation.lines());
    }

    private String programs(String trace) throws Exception {
        TreeMap<String, TreeSet<String>> programs = new TreeMap<>();
        observe(trace).architectures().get(Arch.X86_64).syscalls().forEach((name, call) -> {
            TreeSet<String> known = new TreeSet<>(call.programs());
            known.remove("");
            programs.put(name, known);
        });
        return programs.toString();
    }

    private Observation observe(String trace) throws Exception {
        Path file = Files.writeString(directory.resolve("trace"), trace);
        return new EvidenceReader(Optional.empty(), Arch.X86_64, InputStream.nullInputStream())
                .read(List.of(file.toString()))
                .observation();
    }
}
