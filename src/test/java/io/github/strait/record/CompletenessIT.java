package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.evidence.EvidenceReader;
import io.github.strait.live.RequiresTool;
import io.github.strait.observation.Completeness;
import io.github.strait.observation.Omission;
import io.github.strait.syscall.Arch;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real recordings lack: whole ones nothing, and each of the others what was kept from strace. */
@RequiresTool("strace")
@Timeout(60)
class CompletenessIT {
    private static final ImmutableList<String> SHELL =
            ImmutableList.of("sh", "-c", "ls / | sort >/dev/null; (sleep 0.01 & wait); true");

    @TempDir
    Path directory;

    private Process start(List<String> options, List<String> command) throws Exception {
        ImmutableList<String> all = ImmutableList.<String>builder()
                .add("strace")
                .addAll(options)
                .add("-o", directory.resolve("t").toString())
                .addAll(command)
                .build();
        return new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
    }

    private Completeness read() throws Exception {
        return new EvidenceReader(Optional.empty(), Arch.X86_64, InputStream.nullInputStream())
                .read(List.of(directory.resolve("t").toString()))
                .observation()
                .runs()
                .get(0)
                .completeness()
                .orElseThrow();
    }

    private Completeness record(List<String> options, List<String> command) throws Exception {
        start(options, command).waitFor();
        return read();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-f", "-f -qq", "-f -n", "-f -k", "-f -i -tt", "-f -yy", "-ff", "-f -C", "-f -X raw", "-f -D"})
    void aWholeRecordingLacksNothing(String options) throws Exception {
        Completeness known = record(List.of(options.split(" ")), SHELL);
        assertTrue(known.isWhole(), known.toString());
        assertTrue(known.tasks() >= 4, known.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "process",
                "file",
                "desc",
                "memory",
                "signal",
                "execve,exit_group",
                "!mmap",
                "!openat",
                "!close",
                "!read"
            })
    void callsThatWereLeftOutShow(String filter) throws Exception {
        Completeness known = record(List.of("-f", "-e", "trace=" + filter), SHELL);
        assertEquals(List.of(Omission.CALLS_MISSING), List.copyOf(known.signs().keySet()), known.toString());
    }

    @Test
    void failuresThatWereLeftOutShow() throws Exception {
        assertTrue(record(List.of("-f", "-z"), SHELL).signs().containsKey(Omission.CALLS_MISSING));
    }

    @Test
    void childrenThatWereNotFollowedShow() throws Exception {
        Completeness known = record(List.of("-q"), SHELL);
        assertEquals(
                List.of(Omission.CHILDREN_MISSING), List.copyOf(known.signs().keySet()), known.toString());
        assertEquals(1, known.tasks());
    }

    @Test
    void aStraceThatIsKilledLeavesTasksThatNeverEnd() throws Exception {
        Process strace = start(List.of("-f"), List.of("sh", "-c", "sleep 3; true"));
        TimeUnit.MILLISECONDS.sleep(1000);
        strace.destroyForcibly().waitFor();
        Completeness known = read();
        assertTrue(known.signs().containsKey(Omission.TASKS_UNENDED), known.toString());
    }

    @Test
    void attachingLacksTheStartAndLetsGo() throws Exception {
        Process program = new ProcessBuilder("sleep", "20").start();
        try {
            Process strace = start(List.of("-f", "-p", String.valueOf(program.pid())), List.of());
            TimeUnit.MILLISECONDS.sleep(1000);
            strace.destroy();
            strace.waitFor();
            assertEquals(
                    List.of(Omission.DETACHED, Omission.START_MISSING),
                    List.copyOf(read().signs().keySet()),
                    read().toString());
        } finally {
            program.destroyForcibly();
        }
    }
}
