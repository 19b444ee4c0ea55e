package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.live.RequiresTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The loop of staging on this kernel: a profile that logs, the program, the kernel's log, and the profile with it. */
@RequiresTool({"strace", "perl", "dmesg", "busybox"})
class StagingIT {
    private static final Set<String> MISSING = Set.of("mkdir", "rmdir", "rename");

    @TempDir
    Path folder;

    /** A program of its own name: other tests' calls are in the log as well. */
    private final String name = "busybox-" + Long.toString(System.nanoTime(), 36);

    private int run(Path out, String... command) throws Exception {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start()
                .waitFor();
    }

    private int strait(Path out, String... words) throws Exception {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classes,
                Main.class.getName()));
        line.addAll(List.of(words));
        return run(out, line.toArray(new String[0]));
    }

    /** The kernel prints ten lines in five seconds, whoever they are of: the loop merges what there is, and goes on. */
    @Test
    @Timeout(120)
    void theLogGivesWhatTheProfileLacks() throws Exception {
        Path out = folder.resolve("out");
        Path program = Files.copy(Path.of("/bin/busybox"), folder.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        String[] command = {program.toString(), "sh", "-c", "mkdir d && mv d e && rmdir e"};
        String trace = folder.resolve("run.strace").toString();
        assertEquals(0, strait(out, concat(new String[] {"record", "-q", "-o", trace, "--"}, command)));
        String whole = folder.resolve("whole.json").toString();
        String staged = folder.resolve("staged.json").toString();
        assertEquals(0, strait(out, "generate", trace, "--default-action", "log", "--runtime", "none", "-o", whole));
        String complete = Files.readString(Path.of(whole));
        Files.writeString(
                Path.of(staged),
                complete.lines()
                        .filter(line -> MISSING.stream().noneMatch(call -> line.contains("\"" + call + "\"")))
                        .map(line -> line + "\n")
                        .reduce("", String::concat));
        Set<String> found = new TreeSet<>();
        for (int round = 0; round < 10 && !Files.readString(Path.of(staged)).equals(complete); round++) {
            Thread.sleep(round == 0 ? 0 : 5_000);
            int status = strait(out, concat(new String[] {"run", "-q", "--profile", staged, "--"}, command));
            assertEquals(0, status, Files.readString(out));
            Path log = folder.resolve("dmesg.log");
            assertEquals(0, run(log, "dmesg"));
            if (!Files.readString(log).contains(name)) {
                continue;
            }
            status = strait(out, "merge", staged, log.toString(), "--exe", name, "-o", staged + ".next");
            assertEquals(0, status, Files.readString(out));
            Files.move(Path.of(staged + ".next"), Path.of(staged), StandardCopyOption.REPLACE_EXISTING);
            Files.readString(out)
                    .lines()
                    .filter(line -> line.startsWith("  + "))
                    .forEach(line -> found.add(line.strip()));
        }
        assertEquals(complete, Files.readString(Path.of(staged)), Files.readString(out));
        assertTrue(!found.isEmpty());
    }

    private static String[] concat(String[] some, String[] more) {
        String[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }
}
