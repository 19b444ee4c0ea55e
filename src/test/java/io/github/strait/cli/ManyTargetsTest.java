package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.io.Resources;
import io.github.strait.cli.Strait.Result;
import io.github.strait.derive.DerivedLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One document for an image of several architectures, of which one was recorded. */
class ManyTargetsTest {
    private static final String[] BOTH = {
        "--target", "x86_64,aarch64", "--derive", "--libc", "debian-13", "--no-new-privs"
    };

    @TempDir
    private Path directory;

    private Path here;
    private Path there;

    @BeforeEach
    void write() throws IOException {
        here = recording("nginx.x86_64.strace.zst");
        there = recording("nginx.aarch64.strace.zst");
    }

    private Path recording(String name) throws IOException {
        byte[] trace = Resources.toByteArray(Resources.getResource(DerivedLayer.class, "recordings/" + name));
        return Files.write(directory.resolve(name), trace);
    }

    private Result generate(String format, Object... more) {
        return run(List.of("generate", here), List.of(BOTH), List.of("--format", format), List.of(more));
    }

    private static Result run(List<?>... words) {
        return Strait.run(Arrays.stream(words).flatMap(List::stream).toArray());
    }

    private static JsonNode json(Result result) throws IOException {
        assertEquals(0, result.status(), result.err());
        return new ObjectMapper().readTree(result.out());
    }

    /** The calls that rules for a machine allow. */
    private static Set<String> allowed(JsonNode document, String machine) {
        Set<String> names = new TreeSet<>();
        for (JsonNode rule : document.required("syscalls")) {
            JsonNode arches = rule.path("includes").path("arches");
            assertTrue(arches.size() == 1, rule::toString);
            if (arches.get(0).asText().equals(machine)
                    && rule.required("action").asText().equals("SCMP_ACT_ALLOW")) {
                rule.required("names").forEach(name -> names.add(name.asText()));
            }
        }
        return names;
    }

    @Test
    void mobyAllowsEachMachineItsOwn() throws IOException {
        JsonNode document = json(generate("moby", "-q"));
        Set<String> amd64 = allowed(document, "amd64");
        Set<String> arm64 = allowed(document, "arm64");
        for (String old : List.of("dup2", "epoll_wait", "mkdir", "unlink", "arch_prctl")) {
            assertTrue(amd64.contains(old) && !arm64.contains(old), old);
        }
        for (String other : List.of("dup3", "epoll_pwait", "mkdirat", "unlinkat")) {
            assertTrue(arm64.contains(other) && !amd64.contains(other), other);
        }
        assertTrue(document.toString().contains("layer derived: from evidence of x86_64"));
        assertEquals(
                "[{\"architecture\":\"SCMP_ARCH_X86_64\"},{\"architecture\":\"SCMP_ARCH_AARCH64\"}]",
                document.required("archMap").toString());
    }

    /** What the document allows on aarch64 is the same in both forms; on x86_64 the union allows seven more. */
    @Test
    void plainIsTheUnionAndSaysWhatItAdds() throws IOException {
        Result result = generate("oci");
        assertTrue(
                result.err()
                        .contains("one document for several architectures is their union, which adds 7 on x86_64;"
                                + " --target writes one alone\n"),
                result.err());
        Set<String> union = new TreeSet<>();
        for (JsonNode rule : json(result).required("syscalls")) {
            if (rule.required("action").asText().equals("SCMP_ACT_ALLOW")) {
                rule.required("names").forEach(name -> union.add(name.asText()));
            }
        }
        JsonNode moby = json(generate("moby"));
        Set<String> both = allowed(moby, "amd64");
        both.addAll(allowed(moby, "arm64"));
        assertEquals(both, union);
    }

    /** What a format can say of several architectures it says of derived ones too; the others refuse. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "oci; 0; ",
                "moby; 0; ",
                "names; 0; ",
                "spo; 0; ",
                "talos; 0; ",
                "bpf; 0; ",
                "bpf-asm; 0; ",
                "c; 0; ",
                "libseccomp-c; 0; ",
                "lxc; 0; ",
                "systemd; 0; ",
                "gvisor; 2; is for the calls of x86_64 or of aarch64 alone",
                "minijail; 2; is for one architecture",
                "kafel; 2; is for the calls of x86_64 or of x86 or of aarch64",
                "firejail; 2; is for the calls of x86_64 or of aarch64 alone",
                "seccompiler; 2; is for the calls of x86_64 or of aarch64 or of riscv64 alone",
            })
    void eachFormatWritesBothOrRefuses(String format, int status, String refusal) {
        Path file = directory.resolve("app." + format);
        Result result = generate(format, "-o", file);
        assertEquals(status, result.status(), result.err());
        assertEquals(status == 0, Files.exists(file));
        assertTrue(refusal == null || result.err().contains(refusal), result.err());
        if (status == 0) {
            List<?> check = List.of("check", here, "--profile", file, "--format", format);
            assertEquals(0, run(check, List.of(BOTH)).status());
            assertEquals(
                    1,
                    run(check, List.of("--target", "x86_64", "--no-new-privs")).status());
        }
    }

    @ParameterizedTest
    @CsvSource({"oci", "moby", "bpf", "systemd"})
    void theDocumentLetsTheRealRunThrough(String format) {
        Path file = directory.resolve("app." + format);
        assertEquals(0, generate(format, "-o", file).status());
        for (Path trace : List.of(here, there)) {
            Result verified = Strait.run("verify", file, trace);
            assertEquals(0, verified.status(), verified.out() + verified.err());
        }
    }

    /** Where evidence came later, a comparison shows the surplus and no gap. */
    @Test
    void aComparisonWithTheRealRunShowsTheSurplus() throws IOException {
        Path file = directory.resolve("app.json");
        run(List.of("generate", here, "--target", "aarch64", "--derive", "-q", "-o", file));
        Result difference = Strait.run("diff", file, there, "--format", "json");
        assertEquals(1, difference.status());
        JsonNode aarch64 = new ObjectMapper()
                .readTree(difference.out())
                .required("architectures")
                .required("aarch64");
        assertEquals(0, aarch64.required("gained").size(), aarch64::toString);
        assertTrue(aarch64.required("lost").size() > 0, aarch64::toString);
    }

    @Test
    void documentsSayWhichProofIsDerived() throws IOException {
        Path summary = directory.resolve("summary.json");
        generate("oci", "-q", "--summary", summary);
        JsonNode arches = new ObjectMapper().readTree(summary.toFile()).required("architectures");
        assertEquals("derived", arches.required("aarch64").required("proof").asText());
        assertFalse(arches.required("x86_64").has("proof"));
        JsonNode explained = json(run(List.of("explain", here, "--format", "json"), List.of(BOTH)))
                .required("architectures");
        assertEquals("derived", explained.required("aarch64").required("proof").asText());
        assertEquals(
                "x86_64", explained.required("aarch64").required("derivedFrom").asText());
        assertEquals("proven", explained.required("x86_64").required("proof").asText());
        Path profile = directory.resolve("app.json");
        generate("oci", "-q", "-o", profile);
        JsonNode verified = json(Strait.run(
                "verify", profile, here, "--target", "x86_64,aarch64", "--derive", "-q", "--format", "json"));
        assertEquals(
                "{\"aarch64\":{\"proof\":\"derived\"}}",
                verified.required("architectures").toString());
        assertFalse(json(Strait.run("verify", profile, here, there, "--derive", "-q", "--format", "json"))
                .has("architectures"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "debian-13; ",
                "glibc; ",
                "glibc-2.41; ",
                "debian-12; recorded on glibc 2.39 or newer, and the target is debian-12, whose libc",
                "alpine-3.20; recorded on glibc 2.39 or newer, and the target is alpine-3.20, whose libc",
                "musl; recorded on glibc 2.39 or newer, and the target is musl, whose libc",
                "debain-13; strait does not know which libc debain-13 has, and compares nothing; say --libc with",
                "debian-99; strait does not know which libc debian-99 has, and compares nothing; say --libc with",
                "'' ; derived calls are right for the release that was recorded",
            })
    void anotherReleaseIsWarnedOf(String release, String warning) {
        for (String command : List.of("generate", "explain", "check", "verify")) {
            Path file = directory.resolve("app.json");
            List<Object> words = new ArrayList<>(List.of(command));
            if (command.equals("verify")) {
                words.add(file);
            }
            words.addAll(List.of(here, "--target", "aarch64", "--derive"));
            words.addAll(release.isEmpty() ? List.of() : List.of("--libc", release));
            words.addAll(
                    switch (command) {
                        case "generate" -> List.of("-o", file);
                        case "check" -> List.of("--profile", file);
                        default -> List.of();
                    });
            Result result = run(words);
            assertEquals(0, result.status(), result.err());
            assertEquals(warning != null, result.err().contains("[release]"), result.err());
            assertTrue(warning == null || result.err().contains(warning), result.err());
        }
    }

    /** Without anything derived as well; the layer that is named ends the warning, where its map has the target. */
    @ParameterizedTest
    @CsvSource({"debian-12, true", "alpine-3.20, true", "debian-13, true", "glibc-2.30, true", "fedora-42, false"})
    void theLayerOfSiblingsIsNamedAsTheFix(String target, boolean isKnown) throws IOException {
        Path evidence = recorded("one", "2", target.equals("debian-13") ? "debian-12" : "debian-13");
        Files.writeString(evidence, """
                10 [ 218] set_tid_address(0x7f00) = 10
                10 [ 273] set_robust_list(0x7f10, 24) = 0
                10 [ 334] rseq(0x7f20, 0x20, 0, 0x53053053) = 0
                10 [ 318] getrandom("x", 1, GRND_NONBLOCK) = 1
                10 [ 262] newfstatat(3, "", {st_mode=S_IFREG|0644, st_size=5, ...}, AT_EMPTY_PATH) = 0
                """, StandardOpenOption.APPEND);
        for (List<String> derive : List.of(List.<String>of(), List.of("--target", "aarch64", "--derive"))) {
            List<Object> words = new ArrayList<>(List.of("generate", evidence, "--format", "moby", "--libc", target));
            words.addAll(derive);
            Result alone = run(words);
            assertTrue(
                    alone.err()
                            .contains("whose libc makes other calls; record on that release"
                                    + (isKnown ? ", or generate with --layer siblings --libc " + target : "")
                                    + " [release]"),
                    alone.err());
            words.addAll(List.of("--layer", "siblings"));
            Result layered = run(words);
            assertEquals(0, layered.status(), layered.err());
            assertEquals(!isKnown, layered.err().contains("[release]"), layered.err());
            assertEquals(isKnown, !layered.out().equals(alone.out()));
            assertEquals(isKnown, layered.out().contains("calls that " + target + " makes for the same purpose"));
        }
        assertTrue(
                Strait.run("explain", evidence, "--libc", "musl", "--layer", "siblings", "open")
                        .out()
                        .contains(
                                "layer siblings: on musl, stands in for openat: musl makes this call where glibc makes openat"));
    }

    /** A list without a word is not the same as no list. */
    @ParameterizedTest
    @ValueSource(strings = {",", "aarch64,", ",aarch64", ",,"})
    void aListWithAnEmptyWordIsRefused(String list) {
        Result result = Strait.run("generate", here, "--target", list, "--derive");
        assertEquals(2, result.status(), result.err());
        assertTrue(result.err().contains("unknown architecture"), result.err());
    }

    /** Nothing is derived, so nothing is compared. */
    @Test
    void evidenceOfTheTargetIsNotWarnedOf() {
        Result result = Strait.run("generate", here, there, "--target", "x86_64,aarch64", "--derive");
        assertEquals(0, result.status());
        assertFalse(result.err().contains("[release]"), result.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"debian", "glibc-3.1", "musl-x", "-", "../etc", "glibc-2.", "\u001b-1"})
    void whatIsNoReleaseIsRefused(String word) {
        Result result = Strait.run("generate", here, "--target", "aarch64", "--derive", "--libc", word);
        assertEquals(2, result.status());
        assertTrue(result.err().contains("is neither a libc"), result.err());
        assertFalse(result.err().contains("\u001b"));
    }

    /** The header says so; a run on several processors, or one of which that is not known, is enough. */
    @ParameterizedTest
    @CsvSource({"1, 1, true", "1, 2, false", "1, '', false", "2, 2, false"})
    void oneProcessorIsWarnedOf(String first, String second, boolean isWarned) throws IOException {
        Path one = recorded("one", first, "debian-13");
        Path two = recorded("two", second, "debian-13");
        Result result = Strait.run("generate", one, two, "--target", "aarch64", "--derive", "--libc", "debian-13");
        assertEquals(0, result.status(), result.err());
        assertEquals(
                isWarned,
                result.err().contains(one + ": warning: recorded on one processor, where a program may not start the"),
                result.err());
        assertFalse(Strait.run("generate", one, two).err().contains("one-processor"));
    }

    /** What the header says goes before what the calls show. */
    @Test
    void theHeaderTellsTheRelease() throws IOException {
        Path one = recorded("one", "2", "debian-12");
        Path two = recorded("two", "2", "debian-11");
        Result result = Strait.run("generate", one, two, "--target", "aarch64", "--derive", "--libc", "debian-13");
        assertTrue(
                result.err()
                        .contains(one + ": warning: recorded on debian-12, and so was 1 other run, and the target is"
                                + " debian-13, whose libc makes other calls"),
                result.err());
        Path observation = directory.resolve("observation.json");
        assertEquals(0, Strait.run("summarize", one, "-o", observation).status());
        assertTrue(Files.readString(observation).contains("\"release\": \"debian-12\""));
        assertTrue(Strait.run("generate", observation, "--target", "aarch64", "--derive", "--libc", "debian-13")
                .err()
                .contains("recorded on debian-12"));
    }

    private Path recorded(String name, String processors, String release) throws IOException {
        String facts = (processors.isEmpty() ? "" : "\"processors\":\"" + processors + "\",") + "\"release\":\""
                + release + "\",";
        return Traces.write(
                directory,
                name + ".strace",
                "# strait-recording/1 {\"kind\":\"command\"," + facts + "\"command\":[\"app\"]}\n"
                        + Traces.X86_64.replace("motd", name));
    }
}
