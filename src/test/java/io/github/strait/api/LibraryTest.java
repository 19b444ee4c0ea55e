package io.github.strait.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import io.github.strait.cli.Strait.Result;
import io.github.strait.derive.Layer;
import io.github.strait.derive.RuntimeLayer;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.syscall.Arch;
import io.github.strait.trace.Compression;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The program and the library are the same: same defaults, same bytes, same refusals. */
class LibraryTest {
    private static final Path TRACES = Path.of("traces");
    private static final Path PAGE = Path.of("src/site/markdown/library.md");
    private static final Path PACKAGE = Path.of("src/main/java/io/github/strait/api/package-info.java");
    private static final Path THIS = Path.of("src/test/java/io/github/strait/api/LibraryTest.java");

    @TempDir
    Path directory;

    static Stream<Path> traces() throws IOException {
        try (Stream<Path> files = Files.list(TRACES)) {
            return files.filter(file -> file.toString().endsWith(".strace.zst")).sorted().toList().stream();
        }
    }

    /** The lines between the marks are those of the documentation. */
    private static void generate(Path trace, Path profileFile) throws IOException {
        // snippet
        Evidence evidence = Strait.read(trace);
        DerivedProfile profile = Strait.derive(evidence);
        profile.diagnostics().forEach(System.err::println);
        Files.write(profileFile, profile.write());
        // end
    }

    @ParameterizedTest
    @MethodSource("traces")
    void theSnippetWritesWhatTheProgramWrites(Path trace) throws IOException {
        Path written = directory.resolve("library.json");
        generate(trace, written);
        Path expected = directory.resolve("program.json");
        Result result = io.github.strait.cli.Strait.run("generate", "-q", trace, "-o", expected);
        assertEquals(new Result(0, "", ""), result);
        assertArrayEquals(Files.readAllBytes(expected), Files.readAllBytes(written));
    }

    @Test
    void allTracesTogetherGiveWhatTheProgramWrites() throws IOException {
        Result result = io.github.strait.cli.Strait.run("generate", "-q", "--format", "moby", TRACES);
        assertEquals(0, result.status());
        byte[] written = Strait.derive(Strait.read(TRACES))
                .as(OutputFormat.parse("moby"))
                .write();
        assertEquals(result.out(), new String(written, StandardCharsets.UTF_8));
    }

    @Test
    void aStreamIsReadAsItsFileIs() throws IOException {
        Path trace = TRACES.resolve("curl.strace.zst");
        try (InputStream plain = Compression.open(new BufferedInputStream(Files.newInputStream(trace)))) {
            assertArrayEquals(
                    Strait.derive(Strait.read(trace)).write(),
                    Strait.derive(Strait.read(plain)).write());
        }
    }

    /** Without the calls of the runtime no container starts under the profile. */
    @Test
    void theDefaultsAreThoseOfTheProgram() throws IOException {
        DerivedProfile profile = Strait.derive(Strait.read(TRACES.resolve("curl.strace.zst")));
        List<String> layers =
                profile.derivation().layers().stream().map(Layer::name).toList();
        assertTrue(layers.contains(RuntimeLayer.NAME), layers.toString());
        ImmutableSet<String> ofRuntime =
                ImmutableSet.copyOf(profile.derivation().rationale(Arch.X86_64).addedBy(RuntimeLayer.NAME));
        assertEquals(19, ofRuntime.size(), ofRuntime.toString());
    }

    @Test
    void theSnippetIsThatOfTheDocumentation() throws IOException {
        String source = Files.readString(THIS);
        String snippet = source.substring(source.indexOf("// snippet\n") + 11, source.indexOf("        // end\n"))
                .lines()
                .map(line -> line.strip() + "\n")
                .reduce("", String::concat)
                .replace("Strait.read(trace)", "Strait.read(Path.of(\"app.strace\"))")
                .replace("Files.write(profileFile,", "Files.write(Path.of(\"app.json\"),");
        assertTrue(Files.readString(PAGE).contains("```java\n" + snippet + "```\n"), snippet);
        String javadoc = snippet.lines().map(line -> " * " + line + "\n").reduce("", String::concat);
        assertTrue(Files.readString(PACKAGE).contains(" * <pre>{@code\n" + javadoc + " * }</pre>\n"), javadoc);
    }

    /** Each row of the page's table is a call that there is. */
    @Test
    void theTableOfTheDocumentationIsTrue() throws IOException {
        Path trace = TRACES.resolve("curl.strace.zst");
        Evidence evidence = EvidenceRequest.DEFAULT
                .recordedOn(Arch.X86_64)
                .read(List.of(trace.toString()), InputStream.nullInputStream());
        DerivedProfile hardened = DerivationRequest.builder()
                .start(StartRequest.DEFAULT.withNoNewPrivileges())
                .build()
                .derive(evidence);
        assertEquals(
                io.github.strait.cli.Strait.run("generate", "-q", "--no-new-privs", "--format", "names", trace)
                        .out(),
                new String(hardened.as(OutputFormat.parse("names")).write(), StandardCharsets.UTF_8));
    }

    @Test
    void whatCannotBeUsedIsRefusedAsTheProgramDoes() {
        RefusalException thrown = assertThrows(RefusalException.class, () -> Strait.read(Path.of("nowhere.strace")));
        Diagnostic refusal = thrown.diagnostic();
        assertTrue(thrown.toString().endsWith(": " + refusal), thrown.toString());
        assertEquals(
                io.github.strait.cli.Strait.run("generate", "nowhere.strace").err(), refusal + "\n");
        InputStream prose = new ByteArrayInputStream("no trace\n".getBytes(StandardCharsets.UTF_8));
        assertThrows(RefusalException.class, () -> Strait.read(prose));
        for (String format : List.of("xml", "")) {
            assertThrows(RefusalException.class, () -> OutputFormat.parse(format));
        }
        assertThrows(
                RefusalException.class,
                () -> DerivationRequest.builder().layers(List.of("vdsO")).build());
        assertThrows(
                RefusalException.class,
                () -> DerivationRequest.builder().errno("EPREM").build());
        assertThrows(
                RefusalException.class,
                () -> DerivationRequest.builder()
                        .start(new StartRequest("dcoker", false, false, false))
                        .build());
    }
}
