package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeCommandTest {
    private static final Path GENERATED = Path.of("generated");

    @TempDir
    Path directory;

    private static List<Path> profiles(String name) throws IOException {
        try (Stream<Path> folders = Files.list(GENERATED)) {
            return folders.map(folder -> folder.resolve(name))
                    .filter(Files::exists)
                    .sorted()
                    .toList();
        }
    }

    private static Path of(String program) {
        return GENERATED.resolve(program).resolve("profile.json");
    }

    /** The laws once more, on bytes and on the profiles of real programs. */
    @Test
    void theOrderAndTheGroupingOfFilesDoNotMatter() throws IOException {
        List<Path> all = profiles("profile.json");
        assertTrue(all.size() >= 3, all.toString());
        Path a = all.get(0);
        Path b = all.get(1);
        Path c = all.get(2);
        String abc = Strait.run("merge", "-q", a, b, c).out();
        assertFalse(abc.isEmpty());
        assertEquals(abc, Strait.run("merge", "-q", c, a, b, a).out());
        Path ab = directory.resolve("ab.json");
        assertEquals(new Result(0, "", ""), Strait.run("merge", "-q", a, b, "-o", ab));
        assertEquals(abc, Strait.run("merge", "-q", c, ab).out());
        assertEquals(abc, Strait.runWith(abc, "merge", "-q", "-", b).out());
    }

    @Test
    void theUnionOfOneProfileMeansTheSame() throws IOException {
        for (Path profile : profiles("profile.json")) {
            Path written = directory.resolve("one.json");
            assertEquals(0, Strait.run("merge", profile, "-o", written).status());
            assertEquals(new Result(0, "", ""), Strait.run("diff", profile, written));
        }
    }

    @Test
    void nothingIsLostAndNothingElseIsGained() {
        Path union = directory.resolve("union.json");
        Strait.run("merge", "-q", of("nginx"), of("redis"), "-o", union);
        for (String program : List.of("nginx", "redis")) {
            Result result = Strait.run("diff", of(program), union);
            assertEquals(1, result.status());
            assertFalse(result.out().lines().anyMatch(line -> line.startsWith("  - ")), result.out());
        }
    }

    @Test
    void whatIsLostByTheUnionIsSaid() {
        Result result = Strait.run("merge", of("i386"), of("nginx"));
        assertEquals(0, result.status());
        assertTrue(result.err().contains("x86 is allowed "), result.err());
        assertTrue(result.err().contains("[union-of-architectures]"), result.err());
    }

    @Test
    void observationsAreUnitedToAnObservation() throws IOException {
        Path one = Traces.write(directory, "a.strace", Traces.X86_64);
        Path two = Traces.write(directory, "b.strace", Traces.X86_64.replace("/etc/motd", "/etc/hosts"));
        String both = Strait.run("summarize", one, two).out();
        assertEquals(new Result(0, both, ""), Strait.run("merge", one, two));
        Path observation = Files.writeString(
                directory.resolve("o.json"), Strait.run("summarize", two).out());
        assertEquals(new Result(0, both, ""), Strait.run("merge", observation, one));
        assertEquals(new Result(0, both, ""), Strait.runWith(both, "merge", "-", one));
    }

    @Test
    void linesThatWereNotUnderstoodCountWhenTheUserAsks() throws IOException {
        Path flawed = Traces.write(directory, "a.strace", Traces.FLAWED);
        Path list = Files.writeString(
                directory.resolve("calls"),
                Strait.run("generate", "-q", "traces/nginx.strace.zst", "--format=names")
                        .out());
        assertEquals(0, Strait.run("merge", flawed).status());
        assertEquals(1, Strait.run("merge", "--strict", flawed).status());
        assertEquals(0, Strait.run("diff", flawed, flawed).status());
        assertEquals(1, Strait.run("diff", "--strict", flawed, flawed).status());
        assertEquals(0, Strait.run("diff", "--strict", list, list).status());
    }

    @Test
    void whatCannotBeMergedIsTrouble() throws IOException {
        Path trace = Traces.write(directory, "a.strace", Traces.X86_64);
        Result format = Strait.run("merge", trace, trace, "--format=oci");
        assertEquals(2, format.status());
        assertTrue(format.err().contains("--format is for profiles"), format.err());
        Result denylist = Strait.runWith(
                "{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"architectures\": [\"SCMP_ARCH_X86\"], \"syscalls\": []}",
                "merge",
                of("nginx"),
                "-");
        assertEquals(2, denylist.status());
        assertEquals("", denylist.out());
        assertTrue(denylist.err().contains("permits by default (SCMP_ACT_ALLOW)"), denylist.err());
        Result empty = Strait.run("merge", "", of("nginx"));
        assertEquals(2, empty.status());
        assertTrue(empty.err().contains("an empty argument names no file"), empty.err());
    }

    /** The union of profiles allows what the evidence of each of them shows. */
    @Test
    void theUnionOfGeneratedProfilesCoversTheEvidenceOfBoth() {
        Path union = directory.resolve("union.json");
        assertEquals(
                0,
                Strait.run("merge", "-q", "generated/i386/profile.json", "generated/redis/profile.json", "-o", union)
                        .status());
        for (String name : new String[] {"i386", "redis"}) {
            Strait.Result result = Strait.run("verify", union, "traces/" + name + ".strace.zst");
            assertTrue(result.out().contains(" 0 gaps, 0 undecided"), result.out());
        }
        Strait.Result narrower = Strait.run("diff", "generated/redis/observation.json", "generated/i386/profile.json");
        assertTrue(narrower.out().contains("less"), narrower.out());
    }

    @Test
    void theUnionOfTracesIsTheirSummary() {
        String[] traces = {"traces/nginx.strace.zst", "traces/curl.strace.zst"};
        assertEquals(
                Strait.run("summarize", "-q", traces[0], traces[1]).out(),
                Strait.run("merge", "-q", traces[1], traces[0]).out());
    }

    @Test
    void oneTraceOfTwoMachinesIsRefused() throws IOException {
        Path trace = Files.writeString(directory.resolve("t.strace"), "read(0, \"\", 1) = 0\nexit_group(0) = ?\n");
        String[] observations = new String[2];
        for (int i = 0; i < 2; i++) {
            observations[i] = directory.resolve(i + ".json").toString();
            String arch = i == 0 ? "aarch64" : "riscv64";
            assertEquals(
                    0,
                    Strait.run("summarize", "-q", "--arch", arch, "" + trace, "-o", observations[i])
                            .status());
        }
        for (String command : new String[] {"merge", "generate"}) {
            Result refused = Strait.run(command, observations[0], observations[1]);
            assertEquals(2, refused.status());
            assertTrue(refused.err().contains("taken for aarch64 in "), refused.err());
            assertTrue(refused.err().contains("for riscv64 in "), refused.err());
        }
    }
}
