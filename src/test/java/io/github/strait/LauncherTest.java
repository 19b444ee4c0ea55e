package io.github.strait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher in a tree of its own, with scripts in the places of Maven and the JVM that say what they were given. */
class LauncherTest {
    private static final String FAKE_JAVA = """
            #!/bin/sh
            case "$*" in *DumpLoadedClassList*) exit 0 ;; *Xshare:dump* | *AOTCacheOutput*) exit 1 ;; esac
            case $1 in -Dstrait.supervisor=*) supervisor=${1#*=} supervisor=/proc/self/fd/${supervisor%:*} ;; esac
            echo ready >$supervisor
            while [ "$1" != -jar ]; do shift; done
            shift 2
            for argument; do echo "[$argument]"; done
            cat
            echo "to stderr" >&2
            echo exit 42 >$supervisor
            exit 42
            """;
    private static final String FAKE_MAVEN = """
            #!/bin/sh
            echo "Maven's output"
            echo built >>builds
            sleep 0.2
            touch "$PWD/target/strait.jar.new"
            """;

    /** Makes what it is asked for, and prints the flags that it is started with. */
    private static final String SHARING_JAVA = """
            #!/bin/sh
            for argument; do
                case $argument in
                    -XX:AOTCacheOutput=* | -XX:DumpLoadedClassList=*) echo made >"${argument#*=}"; making=yes ;;
                    -Xshare:dump) dump=yes ;;
                    -XX:SharedArchiveFile=*) [ -z "${dump:-}" ] || { echo made >"${argument#*=}"; making=yes; } ;;
                esac
            done
            [ -n "${making:-}" ] || echo "$*"
            case $1 in -Dstrait.supervisor=*) echo ready >/proc/self/fd/${1#*=} && echo exit 0 >/proc/self/fd/${1#*=} ;; esac
            """;

    @TempDir
    Path directory;

    private Path tree;
    private Path jdk;

    @BeforeEach
    void plant() throws IOException {
        tree = Files.createDirectories(directory.resolve("a tree"));
        jdk = directory.resolve("a jdk");
        script(tree.resolve("strait"), Files.readString(Path.of("strait")));
        script(tree.resolve("mvnw"), FAKE_MAVEN);
        script(jdk.resolve("bin/java"), FAKE_JAVA);
        script(jdk.resolve("bin/javac"), "");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.15\"\nJAVA_RUNTIME_VERSION=\"17.0.15+6\"\n");
        Files.createDirectories(tree.resolve("src/main/java"));
        Files.writeString(tree.resolve("pom.xml"), "");
        Files.createDirectories(tree.resolve("target"));
        Files.writeString(tree.resolve("target/strait.jar"), "");
    }

    @Test
    void passesArgumentsStreamsAndStatusThrough() throws Exception {
        Result result = run(tree.resolve("strait"), "input", "a b", "", "*", "--x=y");
        assertEquals(new Result(42, "[a b]\n[]\n[*]\n[--x=y]\ninput", "to stderr\n"), result);
    }

    @Test
    void findsItsTreeThroughChainsOfLinks() throws Exception {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("absolute"), tree.resolve("strait"));
        Files.createSymbolicLink(bin.resolve("relative"), Path.of("absolute"));
        assertEquals("[x]\n", run(bin.resolve("relative"), "", "x").out());
        assertEquals(0, builds());
    }

    @Test
    void buildsWhenASourceIsNewerAndKeepsTheBuildOffStdout() throws Exception {
        Files.setLastModifiedTime(
                Files.writeString(tree.resolve("src/main/java/A.java"), ""),
                FileTime.from(Instant.now().minusSeconds(5)));
        Files.setLastModifiedTime(
                tree.resolve("target/strait.jar"), FileTime.from(Instant.now().minusSeconds(9)));
        Result first = run(tree.resolve("strait"), "", "x");
        assertEquals("[x]\n", first.out());
        assertTrue(first.err().contains("Maven's output"), first.err());
        assertEquals("to stderr\n", run(tree.resolve("strait"), "", "x").err());
        assertEquals(1, builds());
    }

    @Test
    void buildsOnceForManyLaunches() throws Exception {
        Files.delete(tree.resolve("target/strait.jar"));
        List<Process> launches = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            launches.add(start(tree.resolve("strait"), Map.of()));
        }
        for (Process launch : launches) {
            launch.getOutputStream().close();
            assertTrue(launch.waitFor(300, TimeUnit.SECONDS));
            assertEquals(42, launch.exitValue());
        }
        assertEquals(1, builds());
    }

    @Test
    void aFailedBuildIsTroubleAndKeepsTheOldJarOut() throws Exception {
        Files.delete(tree.resolve("target/strait.jar"));
        script(tree.resolve("mvnw"), "#!/bin/sh\nexit 1\n");
        Result result = run(tree.resolve("strait"), "");
        assertEquals(2, result.status());
        assertTrue(result.err().contains("strait: the build failed; it needs a JDK and"), result.err());
        assertEquals(
                125,
                run(tree.resolve("strait"), "", "-q", "record", "--", "true").status());
        assertEquals(
                125,
                run(tree.resolve("strait"), "", "run", "--profile", "p", "true").status());
    }

    @Test
    void buildsInAUnicodeLocaleAndForOthersToo() throws Exception {
        Files.delete(tree.resolve("target/strait.jar"));
        script(tree.resolve("mvnw"), FAKE_MAVEN.replace("Maven's output", "$LC_ALL"));
        Path launcher = tree.resolve("strait");
        Process process = new ProcessBuilder(
                        "sh", "-c", "umask 077; JAVA_HOME='" + jdk + "' LC_ALL=C '" + launcher + "' x 2>&1")
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(said.contains("\nC.UTF-8\n"), said);
        assertEquals(
                "rw-r--r--",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(tree.resolve("target/strait.jar"))));
    }

    /** Whatever becomes of the JVM: its exit status alone is not strait's. */
    @Test
    void aJvmThatDoesNotSayHowItEndsHasFailed() throws Exception {
        for (String end : List.of("exit 1", "exit 0", "exit 3", "kill -9 $$", "kill -6 $$")) {
            script(jdk.resolve("bin/java"), "#!/bin/sh\n" + end + "\n");
            Result result = run(tree.resolve("strait"), "", "generate");
            assertEquals(2, result.status(), end);
            assertTrue(result.err().startsWith("strait: error: Java did not start"), result.err());
            assertEquals(125, run(tree.resolve("strait"), "", "record").status(), end);
        }
    }

    @Test
    void aDamagedArchiveIsDoneWithout() throws Exception {
        String crash = "case $* in *-Dstrait.archive*) kill -6 $$ ;; *-version) exit 0 ;; esac\n";
        script(jdk.resolve("bin/java"), FAKE_JAVA.replace("#!/bin/sh\n", "#!/bin/sh\n" + crash));
        Path archive = tree.toRealPath().resolve("target/strait-17.0.15+6.jsa");
        Files.writeString(archive, "damaged");
        Files.setLastModifiedTime(archive, FileTime.from(Instant.now().plusSeconds(9)));
        assertEquals(new Result(42, "[x]\n", "to stderr\n"), run(tree.resolve("strait"), "", "x"));
        assertFalse(Files.exists(archive));
    }

    @Test
    void anInstalledCopyWithoutSourcesJustRuns() throws Exception {
        Files.delete(tree.resolve("src/main/java"));
        Files.delete(tree.resolve("src/main"));
        Files.delete(tree.resolve("pom.xml"));
        assertEquals("[x]\n", run(tree.resolve("strait"), "", "x").out());
        assertEquals(0, builds());
    }

    @Test
    void refusesAnOldJavaAndABrokenHome() throws Exception {
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        Result old = run(tree.resolve("strait"), "");
        assertEquals(2, old.status());
        assertTrue(old.err().contains("needs a JDK 17 or later") && old.err().contains("11.0.2"), old.err());
        Files.delete(jdk.resolve("bin/java"));
        Result broken = run(tree.resolve("strait"), "");
        assertEquals(2, broken.status());
        assertTrue(broken.err().contains("no java in JAVA_HOME"), broken.err());
    }

    @Test
    void givesTheJvmAUnicodeLocaleAndKeepsTheCallersOwn() throws Exception {
        script(jdk.resolve("bin/java"), "#!/bin/sh\necho $LC_ALL/${STRAIT_LC_ALL-unset}\n");
        assertEquals(
                "C.UTF-8/POSIX\n",
                run(tree.resolve("strait"), Map.of("LC_ALL", "POSIX"), "").out());
        assertEquals(
                "C.UTF-8/\n",
                run(tree.resolve("strait"), Map.of("LC_ALL", "", "LC_CTYPE", "C"), "")
                        .out());
        assertEquals(
                "de_DE.UTF-8/unset\n",
                run(tree.resolve("strait"), Map.of("LC_ALL", "de_DE.UTF-8"), "").out());
    }

    @Test
    void archivesTheClassesInTheWayOfTheJdkAndAnewForANewJar() throws Exception {
        script(jdk.resolve("bin/java"), SHARING_JAVA);
        Path jsa = tree.toRealPath().resolve("target/strait-17.0.15+6.jsa");
        assertTrue(run(tree.resolve("strait"), "").out().contains("-XX:SharedArchiveFile=" + jsa + " "));
        FileTime old = FileTime.from(Instant.now().minusSeconds(9999));
        Files.setLastModifiedTime(jsa, old);
        assertTrue(run(tree.resolve("strait"), "").out().contains("-XX:SharedArchiveFile=" + jsa + " "));
        assertTrue(Files.getLastModifiedTime(jsa).compareTo(old) > 0);
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\nJAVA_RUNTIME_VERSION=\"25.0.3+9\"\n");
        Path aot = tree.toRealPath().resolve("target/strait-25.0.3+9.aot");
        assertTrue(run(tree.resolve("strait"), "").out().contains("-XX:AOTCache=" + aot + " "));
    }

    @Test
    void runsWithoutAnArchiveWhereNoneCanBeMade() throws Exception {
        script(jdk.resolve("bin/java"), SHARING_JAVA.replace("echo made", "true"));
        assertFalse(run(tree.resolve("strait"), "").out().contains("SharedArchiveFile"));
        // an old one, and the lock is a directory, so that nobody can hold it
        Path jsa = tree.resolve("target/strait-17.0.15+6.jsa");
        Files.writeString(jsa, "old");
        Files.setLastModifiedTime(jsa, FileTime.from(Instant.now().minusSeconds(9999)));
        Files.deleteIfExists(tree.resolve("target/.launcher.lock"));
        Files.createDirectory(tree.resolve("target/.launcher.lock"));
        Result result = run(tree.resolve("strait"), "");
        assertFalse(result.out().contains("SharedArchiveFile"), result.out());
        assertTrue(result.out().contains("-jar"), result.out());
    }

    @Test
    void onlyLargeEvidenceGetsTheOptimisingCompiler() throws Exception {
        script(jdk.resolve("bin/java"), SHARING_JAVA);
        Path trace = directory.resolve("a trace");
        sparse(trace, 0);
        assertFalse(optimises("", "summarize", trace.toString()));
        sparse(trace, 400);
        assertTrue(optimises("", "summarize", trace.toString()));
        assertTrue(optimises("", "generate", "-o", "p.json", trace.toString()));
        assertTrue(optimises("", "-q", "--color", "never", "explain", trace.toString()));
        assertFalse(optimises("", "record", trace.toString()));
        Files.move(trace, directory.resolve("a trace.1"));
        assertTrue(optimises("", "check", trace.toString()));
    }

    @Test
    void manyFilesAreLargeTogether() throws Exception {
        script(jdk.resolve("bin/java"), SHARING_JAVA);
        Path folder = Files.createDirectories(directory.resolve("* folder"));
        for (int i = 0; i < 4; i++) {
            sparse(folder.resolve("a " + i), 90);
        }
        assertFalse(optimises("", "summarize", folder.toString()));
        sparse(folder.resolve("4\n9999999999 a"), 1);
        assertFalse(optimises("", "summarize", folder.toString()), "a name that looks like a size");
        sparse(folder.resolve("z.zst"), 2);
        assertTrue(optimises("", "summarize", folder.toString()));
        Path compressed = directory.resolve("c.gz");
        sparse(compressed, 14);
        assertFalse(optimises("", "diff", compressed.toString()));
        assertTrue(optimises(
                "",
                "diff",
                compressed.toString(),
                folder.resolve("z.zst").toString(),
                "--",
                folder + "/a 1",
                folder + "/a 2"));
    }

    @Test
    void theHeadsOfFilesDoNotCount() throws Exception {
        script(jdk.resolve("bin/java"), SHARING_JAVA);
        Path folder = Files.createDirectories(directory.resolve("heads"));
        for (int i = 0; i < 3500; i++) {
            try (RandomAccessFile file =
                    new RandomAccessFile(folder.resolve("t" + i).toFile(), "rw")) {
                file.setLength(130_000);
            }
        }
        assertFalse(optimises("", "summarize", folder.toString()));
        Path compressed = directory.resolve("c.zst");
        sparse(compressed, 20);
        assertFalse(optimises("", "summarize", compressed.toString()));
        sparse(compressed, 25);
        assertTrue(optimises("", "summarize", compressed.toString()));
    }

    @Test
    void whatComesThroughAPipeMayBeLarge() throws Exception {
        script(jdk.resolve("bin/java"), SHARING_JAVA);
        assertTrue(optimises("", "summarize", "-"));
        sparse(directory.resolve("trace"), 400);
        script(tree.resolve("large"), "#!/bin/sh\nexec '" + tree.resolve("strait") + "' summarize - <trace\n");
        assertFalse(run(tree.resolve("large"), "").out().contains("TieredStopAtLevel=1"));
        script(tree.resolve("small"), "#!/bin/sh\nexec '" + tree.resolve("strait") + "' summarize - </dev/null\n");
        assertTrue(run(tree.resolve("small"), "").out().contains("TieredStopAtLevel=1"));
    }

    @Test
    void largeEvidenceHasAnArchiveOfItsOwn() throws Exception {
        jdk25();
        Path target = tree.toRealPath().resolve("target");
        Path small = target.resolve("strait-25.0.3+9.aot");
        Path large = target.resolve("strait-25.0.3+9-large.aot");
        Path trace = directory.resolve("trace");
        sparse(trace, 400);
        Path launcher = tree.resolve("strait");
        // without traces to train with
        assertTrue(run(launcher, "", "summarize", trace.toString()).out().contains("-XX:AOTCache=" + small + " "));
        Files.delete(large);
        Files.createDirectory(tree.resolve("traces"));
        Files.writeString(tree.resolve("traces/a.strace.zst"), "");
        Files.writeString(tree.resolve("traces/b.strace"), "");
        assertTrue(run(launcher, "", "summarize", trace.toString()).out().contains("-XX:AOTCache=" + large + " "));
        assertEquals(
                List.of("io.github.strait.cli.Training", "large", "a.strace.zst", "b.strace"),
                Files.readAllLines(large));
        assertTrue(run(launcher, "", "summarize", "-").out().contains("-XX:AOTCache=" + small + " "));
        assertTrue(run(launcher, "", "--version").out().contains("-XX:AOTCache=" + small + " "));
        assertEquals("made", Files.readString(small).strip());
    }

    @Test
    void aDamagedOrOldArchiveForLargeEvidenceIsDoneWithout() throws Exception {
        jdk25();
        Path target = tree.toRealPath().resolve("target");
        Path small = target.resolve("strait-25.0.3+9.aot");
        Path large = target.resolve("strait-25.0.3+9-large.aot");
        Path trace = directory.resolve("trace");
        sparse(trace, 400);
        Path launcher = tree.resolve("strait");
        assertTrue(run(launcher, "", "--version").out().contains("-XX:AOTCache=" + small + " "));
        Files.writeString(large, "old");
        Files.setLastModifiedTime(large, FileTime.from(Instant.now().minusSeconds(9999)));
        Files.delete(target.resolve(".launcher.lock"));
        Files.createDirectory(target.resolve(".launcher.lock")); // keeps other launches from making another
        assertTrue(run(launcher, "", "summarize", trace.toString()).out().contains("-XX:AOTCache=" + small + " "));
        Files.setLastModifiedTime(large, FileTime.from(Instant.now().plusSeconds(9)));
        String crash = "case $* in *-version) exit 0 ;; *-large.aot*) kill -6 $$ ;; esac\n";
        script(jdk.resolve("bin/java"), SHARING_JAVA.replace("#!/bin/sh\n", "#!/bin/sh\n" + crash));
        Result result = run(launcher, "", "summarize", trace.toString());
        assertEquals(0, result.status(), result.err());
        assertFalse(result.out().contains("AOTCache"), result.out());
        assertFalse(result.out().contains("TieredStopAtLevel"), result.out());
        assertFalse(Files.exists(large));
    }

    private void jdk25() throws IOException {
        String training = """
                for argument; do
                    case $argument in -XX:AOTCacheOutput=*) file=${argument#*=} ;; esac
                done
                case $* in
                    *' large '*)
                        while [ "${1##*.}" != Training ]; do shift; done
                        for argument; do echo "${argument##*/}"; done >"$file"
                        exit
                        ;;
                esac
                """;
        script(jdk.resolve("bin/java"), SHARING_JAVA.replace("#!/bin/sh\n", "#!/bin/sh\n" + training));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\nJAVA_RUNTIME_VERSION=\"25.0.3+9\"\n");
    }

    private static void sparse(Path path, long megabytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(megabytes << 20);
        }
    }

    private boolean optimises(String input, String... arguments) throws Exception {
        String flags = run(tree.resolve("strait"), input, arguments).out();
        assertEquals(flags.contains("MaxNodeLimit"), !flags.contains("TieredStopAtLevel=1"), flags);
        return flags.contains("MaxNodeLimit");
    }

    private record Result(int status, String out, String err) {}

    private Result run(Path launcher, String input, String... arguments) throws Exception {
        return run(launcher, Map.of(), input, arguments);
    }

    private Result run(Path launcher, Map<String, String> environment, String input, String... arguments)
            throws Exception {
        Process process = start(launcher, environment, arguments);
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The launcher may refuse before anybody reads.
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out, err);
    }

    private Process start(Path launcher, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().putAll(Map.of("JAVA_HOME", jdk.toString(), "STRAIT_JAVA_OPTS", ""));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private long builds() throws IOException {
        Path log = tree.resolve("builds");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    private static void script(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        assertTrue(path.toFile().setExecutable(true));
    }
}
