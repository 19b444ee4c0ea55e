package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two evidences side by side: what an upgrade asks for. */
class ReleasesTest {
    private static final Path FOLDER = Path.of("src/test/resources/io/github/strait/cli/releases");
    private static final Path REDIS_7 = FOLDER.resolve("redis-7.0.strace.zst");
    private static final Path REDIS_8 = FOLDER.resolve("redis-8.0.strace.zst");
    private static final Path CURL_7 = FOLDER.resolve("curl-7.88.strace.zst");
    private static final Path CURL_8 = FOLDER.resolve("curl-8.14.strace.zst");

    @TempDir
    Path directory;

    @Test
    void theCallsOfAnUpgradeAreNamedByProgram() {
        Result result = Strait.run("diff", REDIS_7, REDIS_8);
        assertEquals("--- " + REDIS_7 + "\n+++ " + REDIS_8 + "\n" + """
                        x86_64: 3 calls more, 1 call less
                          + fadvise64 fstat shutdown
                          - lseek
                        by program:
                          /usr/bin/redis-server on x86_64
                            + fadvise64 fstat shutdown
                            - lseek
                          /usr/sbin/chroot on x86_64
                            + made by others before: readlink
                        """, result.out());
        assertEquals("", result.err());
        assertEquals(1, result.status());
        Result verbose = Strait.run("diff", "-v", REDIS_7, REDIS_8);
        assertTrue(verbose.out().contains("    + fadvise64 (" + REDIS_8 + ":"), verbose.out());
    }

    @Test
    void newValuesOfArgumentsAreNamed() {
        Result result = Strait.run("diff", CURL_7, CURL_8);
        assertTrue(
                result.out()
                        .contains("    + eventfd2 fstat getsockname rt_sigprocmask\n"
                                + "    - socketpair sysinfo; still made by others: munmap\n"),
                result.out());
        assertTrue(
                result.out()
                        .endsWith(
                                "new values of arguments:\n"
                                        + "  setsockopt on x86_64, arg1, arg2: IPPROTO_TCP TCP_KEEPCNT\n"
                                        + "  socket on x86_64, arg0, arg1, arg2: AF_INET SOCK_STREAM|SOCK_NONBLOCK IPPROTO_TCP\n"),
                result.out());
    }

    @Test
    void observationsGiveTheSame() {
        Path before = directory.resolve("before.json");
        Path after = directory.resolve("after.json");
        Strait.run("summarize", CURL_7, "-o", before);
        Strait.run("summarize", CURL_8, "-o", after);
        String traces = Strait.run("diff", CURL_7, CURL_8).out();
        String observations = Strait.run("diff", before, after).out();
        assertEquals(
                traces.lines().skip(2).collect(Collectors.joining("\n")),
                observations.lines().skip(2).collect(Collectors.joining("\n")));
    }

    @Test
    void jsonAndMarkdownHaveTheSame() throws IOException {
        JsonNode evidence = new ObjectMapper()
                .readTree(Strait.run("diff", "--format", "json", CURL_7, CURL_8).out())
                .get("evidence");
        assertEquals(0, evidence.get("cautions").size());
        JsonNode curl = evidence.get("programs").get(0);
        assertEquals("/usr/bin/curl", curl.get("inA").asText());
        assertEquals("/usr/bin/curl", curl.get("inB").asText());
        assertEquals("eventfd2", curl.get("gained").get(0).get("syscall").asText());
        assertFalse(curl.get("gained").get(0).get("elsewhere").asBoolean());
        assertTrue(curl.get("gained").get(0).get("first").asText().startsWith(CURL_8 + ":"));
        assertEquals("1 2", evidence.get("values").get(0).get("arguments").asText());
        String markdown =
                Strait.run("diff", "--format", "markdown", CURL_7, CURL_8).out();
        assertTrue(markdown.contains("| `/usr/bin/curl` | x86_64 | **`eventfd2`** **`fstat`**"), markdown);
        assertTrue(markdown.contains("| `setsockopt` | x86_64 | arg1, arg2 | IPPROTO\\_TCP TCP\\_KEEPCNT |"), markdown);
    }

    /** A profile has no programs, and what a trace lacks of it says nothing about a release. */
    @Test
    void aProfileHasNoPrograms() throws IOException {
        Path profile = directory.resolve("profile.json");
        Strait.run("generate", CURL_7, "-o", profile);
        Result result = Strait.run("diff", "--format", "json", profile, CURL_8);
        assertFalse(new ObjectMapper().readTree(result.out()).has("evidence"));
        assertEquals("", Strait.run("diff", CURL_7, CURL_7).out());
    }

    @Test
    void theProfileOfOneReleaseIsVerifiedAgainstTheNext() {
        Result result = Strait.run("verify", REDIS_7, REDIS_8);
        assertEquals(1, result.status());
        assertTrue(result.out().contains(": gap: fadvise64 on x86_64 gets EPERM; 1 call by /usr/bin/redis-server\n"));
        assertTrue(result.out().contains(" calls replayed: 2 gaps, "), result.out());
        Result same = Strait.run("verify", REDIS_7, REDIS_7);
        assertEquals(0, same.status(), same.out());
    }

    @Test
    void programsThatCameWentOrMovedAreSaidSo() throws IOException {
        String text = """
                1 [  59] execve("/opt/app-1/bin/app", ["app"], 0x7ffc00000000) = 0
                1 [  39] getpid() = 1
                1 [  59] execve("/bin/old", ["old"], 0x7ffc00000000) = 0
                1 [ 110] getppid() = 0
                1 [ 231] exit_group(0) = ?
                """;
        Path before = Files.writeString(directory.resolve("before"), text);
        Path after = Files.writeString(
                directory.resolve("after"),
                text.replace("app-1", "app-2")
                        .replace("/bin/old", "/bin/n\\33[2Jew")
                        .replace("[  39] getpid", "[ 102] getuid"));
        assertEquals(
                """
                x86_64: 1 call more, 1 call less
                  + getuid
                  - getpid
                by program:
                  /bin/n\\x1b[2Jew (new) on x86_64
                    + made by others before: exit_group getppid
                  /bin/old (gone) on x86_64
                    - still made by others: exit_group getppid
                  /opt/app-1/bin/app → /opt/app-2/bin/app on x86_64
                    + getuid
                    - getpid
                """,
                Strait.run("diff", before, after).out().lines().skip(2).collect(Collectors.joining("\n", "", "\n")));
    }

    /** The first file from the inside that is neither the C library nor the loader; a name in a string is no frame. */
    @Test
    void stackFramesNameTheLibraries() throws IOException {
        String old = """
                1 [  59] execve("/bin/app", ["app"], 0x7ffc00000000) = 0
                 > unexpected_backtracing_error [0x0]
                1 [ 110] getppid() = 0
                 > /usr/lib/x86_64-linux-gnu/libc.so.6(getppid+0x7) [0xd0e47]
                 > /usr/lib/x86_64-linux-gnu/libssl.so.1.1(OPENSSL_init+0x7) [0xd0e47]
                 > /bin/app(main+0x7) [0x47]
                1 [ 231] exit_group(0) = ?
                """;
        Path before = Files.writeString(directory.resolve("before"), old);
        Path after = Files.writeString(
                directory.resolve("after"),
                old.replace("[ 110] getppid", "[  39] getpid")
                        .replace("libssl.so.1.1", "libssl\33[2J.so.3")
                        .replace("1 [ 231]", """
                                1 [ 102] getuid() = 0
                                 > /lib/ld-musl-x86_64.so.1(x+0x7) [0xd0e47]
                                 > /bin/app(main+0x7) [0x47]
                                1 [ 231]"""));
        String text = Strait.run("diff", before, after).out();
        assertTrue(text.contains("""
                by library, as stack frames say:
                  app
                    + getuid
                  libssl
                    - getppid
                  libssl\\x1b[2J
                    + getpid
                """), text);
        String markdown =
                Strait.run("diff", "--format", "markdown", before, after).out();
        assertTrue(markdown.contains("| `app` | getuid |  |\n"), markdown);
        JsonNode evidence = new ObjectMapper()
                .readTree(Strait.run("diff", "--format", "json", before, after).out())
                .get("evidence");
        assertEquals("app", evidence.get("libraries").get(0).get("library").asText());
    }

    @Test
    void whatIsHardlyComparableIsSaidSo() throws IOException {
        assertCaution("one alone shows x86", CURL_7, Path.of("traces/i386.strace.zst"));
        Path arm = Files.writeString(directory.resolve("arm"), "1 [ 172] getpid() = 1\n1 [  94] exit_group(0) = ?\n");
        assertCaution("they have no ABI in common (x86_64 and aarch64)", CURL_7, arm);
        Path runs = Files.createDirectory(directory.resolve("runs"));
        String read = "1 [   0] read(3, \"\", %d) = 0\n1 [ 231] exit_group(0) = ?\n";
        for (int i : IntStream.range(1, 5).toArray()) {
            Files.writeString(runs.resolve("r" + i + ".strace"), read.formatted(i));
        }
        Path one =
                Files.writeString(directory.resolve("one"), read.formatted(9).replace("[   0] read", "[   1] write"));
        assertCaution("the first has 1 run and the second 4: fewer runs show fewer calls", one, runs);
        assertCaution("each has runs that are incomplete", one, runs);
        assertCaution("did both do the same work?", CURL_7, one);
    }

    private static void assertCaution(String caution, Path before, Path after) throws IOException {
        Result result = Strait.run("diff", "--format=json", before, after);
        assertTrue(
                result.err().lines().anyMatch(line -> line.contains(caution) && line.endsWith(" [hardly-comparable]")),
                result.err());
        JsonNode cautions =
                new ObjectMapper().readTree(result.out()).get("evidence").get("cautions");
        assertTrue(cautions.toString().contains(caution), cautions.toString());
    }
}
