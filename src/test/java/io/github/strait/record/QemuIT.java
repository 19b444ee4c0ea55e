package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.follow.Observing;
import io.github.strait.live.RequiresTool;
import io.github.strait.observation.Proof;
import io.github.strait.observation.Run;
import io.github.strait.record.Recording.Outcome;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.NamelessCall;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program for arm64 is recorded on whatever machine this is. */
@RequiresTool({"qemu-aarch64-static", "aarch64-linux-gnu-gcc"})
class QemuIT {
    private static final String EMULATOR = "qemu-aarch64-static";
    private static final Pattern NUMBER = Pattern.compile("(?m)^guest_user_syscall .*?\\bnum=0x([0-9a-f]+) ");
    /** Where Debian's cross compiler has the libraries of arm64. */
    private static final String ROOT = "/usr/aarch64-linux-gnu";

    @TempDir
    private Path directory;

    private Outcome strait(Object... words) throws Exception {
        ImmutableList<String> recorder = Recording.program();
        ImmutableList.Builder<String> line = ImmutableList.<String>builder()
                .addAll(recorder.subList(0, recorder.size() - 1))
                .add("io.github.strait.cli.Main");
        Arrays.stream(words).map(Object::toString).forEach(line::add);
        return Recording.run(Map.of(), "", line.build());
    }

    private String program(String option, String body) throws Exception {
        Path source = Files.writeString(
                directory.resolve("program.c"),
                "#include <fcntl.h>\n#include <signal.h>\n#include <stdio.h>\n#include <stdlib.h>\n"
                        + "#include <sys/socket.h>\n#include <unistd.h>\nint main(int c, char **v) {\n" + body
                        + "\n}\n");
        String program = directory.resolve("program").toString();
        Outcome built = Recording.run(
                Map.of(), "", List.of("aarch64-linux-gnu-gcc", "-w", option, "-o", program, source.toString()));
        assertEquals(0, built.exitStatus(), () -> "apt-get install libc6-dev-arm64-cross: " + built.err());
        return program;
    }

    private Path trace() {
        return directory.resolve("t.strace");
    }

    /** The numbers that qemu's trace event prints, which this does not read otherwise. */
    private Map<String, Long> calls(String program) throws Exception {
        Path log = directory.resolve("numbers");
        Recording.run(Map.of(), "", List.of(EMULATOR, "-d", "trace:guest_user_syscall", "-D", log.toString(), program));
        return NUMBER.matcher(Files.readString(log, StandardCharsets.ISO_8859_1))
                .results()
                .map(match -> NamelessCall.nameOf(Integer.parseInt(match.group(1), 16), Arch.AARCH64))
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }

    @Test
    void showsTheCallsThatTheProgramMakes() throws Exception {
        String program = program("-static", """
                for (int i = 0; i < 10; i++) close(open("/nowhere) = 3", O_RDONLY));
                socket(AF_UNIX, SOCK_DGRAM, 0);
                pipe((int[2]){0, 0});
                printf("out\\n");
                fprintf(stderr, "7 ptrace(0) = 0\\n");
                return 7;
                """);
        assertEquals(
                new Outcome(7, "out\n", "7 ptrace(0) = 0\n"),
                strait("record", "--qemu=arm64", "-o", trace(), "--", program));
        Map<String, Long> made = calls(program);
        made.put("execve", 1L);
        Run run = Observing.files(trace()).observation().runs().get(0);
        Map<String, Long> seen = new TreeMap<>();
        run.architectures().get(Arch.AARCH64).syscalls().forEach((name, call) -> seen.put(name, call.count()));
        assertEquals(made, seen);
        assertEquals(
                10,
                run.architectures()
                        .get(Arch.AARCH64)
                        .syscalls()
                        .get("openat")
                        .errors()
                        .get("ENOENT"));
        assertEquals(Proof.PROVEN, run.architectures().get(Arch.AARCH64).proof());
        assertTrue(run.completeness().orElseThrow().isWhole());
        assertEquals(0, run.lines().unparsed());
    }

    @Test
    void itsProfileAllowsItsCalls() throws Exception {
        Path profile = directory.resolve("p.json");
        String program = program("-static", "return 0;");
        Outcome outcome = strait("record", "--qemu=aarch64", "-o", trace(), "--profile", profile, "--", program);
        assertTrue(Files.readString(profile).contains("SCMP_ARCH_AARCH64"), outcome::err);
        assertEquals(0, strait("verify", profile, trace()).exitStatus());
        assertEquals(0, strait("check", trace(), "--profile", profile).exitStatus());
        String explained = strait("explain", "execve", trace()).out();
        assertTrue(explained.contains("first at " + trace() + ":1"), explained);
    }

    @ParameterizedTest
    @CsvSource({"exit(3), 3", "raise(SIGTERM), 143", "abort(), 134", "raise(SIGKILL), 125"})
    void exitsAsTheProgramDoes(String body, int status) throws Exception {
        String program = program("-static", body + "; return 0;");
        assertEquals(
                status,
                strait("record", "--qemu=aarch64", "-o", trace(), "--", program).exitStatus());
        assertTrue(Files.exists(trace()));
    }

    @Test
    void endsAfterTheTimeThatIsGiven() throws Exception {
        String program = program("-static", "while (1) pause();");
        Outcome outcome = strait("record", "--qemu=aarch64", "--duration=2s", "-o", trace(), "--", program);
        assertEquals(143, outcome.exitStatus(), outcome.err());
        assertFalse(Observing.files(trace()).observation().runs().isEmpty());
    }

    @Test
    void aDynamicProgramNeedsItsRoot() throws Exception {
        String program = program("-O1", "puts(v[0]); return 0;");
        Outcome without = strait("record", "--qemu=aarch64", "-o", trace(), "--", program);
        assertEquals(125, without.exitStatus());
        assertTrue(without.err().contains("-L ROOT [no-trace]"), without.err());
        assertFalse(Files.exists(trace()));
        Outcome with = strait("record", "--qemu=aarch64", "-L", ROOT, "-o", trace(), "--", program);
        assertEquals(new Outcome(0, program + "\n", ""), with);
    }

    @Test
    void aProgramOfThisMachineIsNone() throws Exception {
        Outcome outcome = strait("record", "--qemu=aarch64", "-o", trace(), "--", "/bin/true");
        assertEquals(125, outcome.exitStatus(), outcome.err());
        assertEquals(
                127,
                strait("record", "--qemu=aarch64", "-o", trace(), "--", "/nowhere")
                        .exitStatus());
    }
}
