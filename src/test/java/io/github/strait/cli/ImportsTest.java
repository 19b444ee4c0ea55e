package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import io.github.strait.elf.ElfSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options --binary and --root, and what imports say beside the evidence. */
class ImportsTest {
    private static final String LOADER = "/lib64/ld-linux-x86-64.so.2";

    @TempDir
    Path folder;

    private Path trace;
    private Path root;

    @BeforeEach
    void write() throws IOException {
        trace = Traces.write(folder, "a.strace", Traces.X86_64);
        root = Files.createDirectory(folder.resolve("root"));
        ElfSample.usual()
                .interpreter(LOADER)
                .needs("libc.so.6", "libapp.so")
                .imports("setsid", "read", "setuid", "ptrace", "socket", "fork")
                .write(root.resolve("bin/app"));
        ElfSample.usual().imports("flock", "setsid").write(root.resolve("usr/lib/libapp.so"));
    }

    private Result run(String command, Object... words) {
        Object[] all = new Object[words.length + 6];
        all[0] = command;
        all[1] = trace;
        all[2] = "--binary";
        all[3] = "bin/app";
        all[4] = "--root";
        all[5] = root;
        System.arraycopy(words, 0, all, 6, words.length);
        return Strait.run(all);
    }

    private String names(Object... words) {
        Object[] all = new Object[words.length + 2];
        all[0] = "--format";
        all[1] = "names";
        System.arraycopy(words, 0, all, 2, words.length);
        return run("generate", all).out();
    }

    @Test
    void layersAllowWhatIsImportedAndNothingRisky() {
        String own = names("--layer", "imports");
        assertTrue(own.contains("x86_64\tsetsid\n"), own);
        assertTrue(own.contains("x86_64\tclone\n"), own);
        assertFalse(own.contains("flock"), own);
        assertFalse(own.contains("ptrace"), own);
        String all = names("--layer", "imports-all", "--runtime", "none");
        assertTrue(all.contains("x86_64\tflock\n"), all);
        assertFalse(all.contains("setuid"), all);
        assertFalse(names().contains("setsid"));
    }

    @Test
    void mapsCallsToOtherArchitectures() {
        String names = names("--layer", "imports", "--target", "aarch64,s390x", "--derive");
        assertTrue(names.contains("aarch64\tsetsid\n"), names);
        assertTrue(names.contains("s390x\tclone\n"), names);
    }

    /** What a 64-bit program imports says nothing about a 32-bit one that was observed. */
    @Test
    void countsForItsOwnArchitecture() throws IOException {
        trace = Traces.write(folder, "both.strace", Traces.X86_64 + Traces.X86);
        String names = names("--layer", "imports");
        assertTrue(names.contains("x86_64\tsetsid\n"), names);
        assertTrue(names.contains("x86\t"), names);
        assertFalse(names.contains("x86\tsetsid\n"), names);
    }

    @Test
    void conditionsAreThoseOfLayers() {
        String document =
                run("generate", "--layer", "imports", "--format", "moby").out();
        assertTrue(document.contains("layer imports: functions that the programs import make these calls"), document);
        int socket = document.indexOf("\"socket\"");
        assertTrue(document.indexOf("\"args\"", socket) > 0, document);
        assertFalse(document.contains("valueTwo\": 40"), "no AF_VSOCK");
    }

    @Test
    void explainsEachCallAndWhatNoRunShows() {
        String text = run("explain", "--layer", "imports-all").out();
        assertTrue(text.contains("setsid") && text.contains("layer imports-all: app imports setsid"), text);
        assertTrue(text.contains("layer imports-all: libapp.so imports flock"), text);
        assertTrue(text.contains("imports of app that no run shows, the riskiest first"), text);
        assertTrue(text.indexOf("administration") < text.indexOf("daemon mode"), text);
        assertTrue(
                text.contains("not in the layers imports and imports-all: ptrace (critical risk), setuid (needs"
                        + " CAP_SETUID)"),
                text);
        text = run("explain", "setsid", "flock", "ptrace").out();
        assertTrue(text.contains("  imports:  app imports setsid; in the layer imports\n"), text);
        assertTrue(text.contains("  imports:  libapp.so imports flock; in the layer imports-all\n"), text);
        assertTrue(
                text.contains("  imports:  app imports ptrace; not in the layers of imports: critical risk\n"), text);
        String json = run("explain", "--format", "json").out();
        assertTrue(json.contains("\"notInLayers\": \"critical risk\""), json);
        assertTrue(json.contains("\"libapp.so imports flock\""), json);
    }

    @Test
    void generateSaysItInOneLine() {
        String err = run("generate").err();
        assertTrue(
                err.contains("  app imports ptrace, setuid, clone, ... (6 calls) that no run shows: administration,"
                        + " privilege drop, starting programs, ...; see: strait explain\n"),
                err);
    }

    @Test
    void observationsCarryImports() throws IOException {
        Path observation =
                Files.writeString(folder.resolve("o.json"), run("summarize").out());
        assertEquals(
                Files.readString(observation),
                Strait.run("summarize", observation).out());
        assertEquals(
                names("--layer", "imports"),
                Strait.run("generate", observation, "--format", "names", "--layer", "imports")
                        .out());
        Path merged = folder.resolve("m.json");
        assertEquals(0, Strait.run("merge", observation, trace, "-o", merged).status());
        assertEquals(Files.readString(observation), Files.readString(merged));
    }

    /** As record writes it behind a trace, and damaged, and of a later version. */
    @Test
    void recordedTracesCarryImports() throws IOException {
        String line =
                "# strait-imports/1 {\"program\": \"/bin/cat\", \"kind\": \"dynamic\", \"architecture\": \"x86_64\","
                        + " \"libc\": \"glibc\", \"functions\": [\"setsid\"]}\n";
        Path recorded = Traces.write(folder, "r.strace", Traces.X86_64 + line);
        Result result = Strait.run("generate", recorded, "--layer", "imports", "--format", "names");
        assertTrue(result.out().contains("x86_64\tsetsid\n"), result.out());
        assertTrue(result.err().contains("cat imports setsid (1 call) that no run shows"), result.err());
        assertTrue(result.err().contains("8 lines: 6 calls, 2 other, 0 unparsed"), result.err());
        result = Strait.run("generate", recorded, "--layer", "imports", "--format", "names", "--program", "/bin/cat");
        assertTrue(result.out().contains("x86_64\tsetsid\n"), result.out());
        Path damaged = Traces.write(
                folder, "d.strace", Traces.X86_64 + line.replace("dynamic", "x") + line.replace("/1", "/2"));
        result = Strait.run("summarize", damaged);
        assertFalse(result.out().contains("\"imports\""), result.out());
        assertTrue(result.err().contains("it is ignored [imports-line]"), result.err());
    }

    @Test
    void checkTakesTheSameOptions() {
        Path profile = folder.resolve("p.json");
        assertEquals(0, run("generate", "--layer", "imports", "-o", profile).status());
        assertEquals(0, run("check", "--layer", "imports", "--profile", profile).status());
        assertEquals(
                1, run("check", "--layer", "imports-all", "--profile", profile).status());
    }

    @Test
    void saysWhatImportsDoNotSay() throws IOException {
        Result without = Strait.run("generate", trace, "--layer", "imports");
        assertEquals(0, without.status());
        assertTrue(without.err().contains("[no-imports]"), without.err());
        ElfSample.usual().linkedStatically().write(root.resolve("static"));
        String err = Strait.run("summarize", trace, "--binary", "static", "--root", root)
                .err();
        assertTrue(err.contains("no dynamic imports: not applicable"), err);
        ElfSample.usual()
                .interpreter(LOADER)
                .needs("nowhere.so")
                .imports("dlopen")
                .write(root.resolve("loads"));
        err = Strait.run("summarize", trace, "--binary", "loads", "--root", root)
                .err();
        assertTrue(err.contains("libraries not found, so their imports are not known: nowhere.so"), err);
        assertTrue(err.contains("imported, and what it leads to is invisible: dlopen"), err);
    }

    /** Where no run shows clone3, the call that stands in for it was not observed either. */
    @Test
    void countsWhatStandsInForAnImportAsImported() throws IOException {
        ElfSample.usual()
                .interpreter(LOADER)
                .needs("libc.so.6")
                .imports("fork", "pthread_create")
                .write(root.resolve("bin/app"));
        String err = run("generate", "--layer", "imports").err();
        String usual = run("generate").err();
        assertEquals(
                usual.replaceFirst("(?s).* (\\d+) observed.*", "$1"),
                err.replaceFirst("(?s).* (\\d+) observed.*", "$1"));
        assertTrue(err.contains("layer imports: clone "), err);
    }

    /** A layer that was asked for and allows nothing is said to be empty, whatever the programs are. */
    @Test
    void saysThatTheLayerIsEmpty() throws IOException {
        ElfSample.usual().linkedStatically().write(root.resolve("static"));
        ElfSample.usual().ofGo().write(root.resolve("go"));
        Path observation = folder.resolve("static.json");
        Strait.run("summarize", trace, "--binary", "static", "--binary", "go", "--root", root, "-o", observation);
        String err =
                Strait.run("generate", observation, "--layer", "imports-all").err();
        assertTrue(
                err.contains(
                        "(linked statically, or with Go's runtime): go, static, so the layer imports-all is empty; "
                                + "record more runs, each another task [no-imports]"),
                err);
        assertFalse(Strait.run("generate", observation).err().contains("[no-imports]"));
        assertFalse(run("generate", "--layer", "imports").err().contains("[no-imports]"));
    }

    @Test
    void refusesWhatItCannotRead() {
        assertEquals(2, Strait.run("generate", trace, "--binary", trace).status());
        assertEquals(2, Strait.run("generate", trace, "--root", root).status());
        assertEquals(
                2,
                Strait.run("generate", trace, "--binary", "x", "--root", trace).status());
    }
}
