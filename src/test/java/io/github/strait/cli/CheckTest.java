package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {
    @TempDir
    Path directory;

    private Path trace;
    private Path companion;
    private Path profile;

    @BeforeEach
    void record() throws IOException {
        trace = Traces.write(directory, "a.strace", Traces.X86_64);
        companion = Traces.write(directory, "b.strace", Traces.X86);
        profile = directory.resolve("profile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oci", "docker", "moby", "names"})
    void whatGenerateWroteHasNotDrifted(String format) {
        generate(trace, companion, "--format", format);
        assertEquals(new Result(0, "", ""), check(trace, companion, "--format", format));
        assertEquals(1, check(trace, "--format", format).status());
        assertEquals(
                1,
                check(trace, companion, "--format", format, "--no-layer", "vdso")
                        .status());
    }

    @Test
    void aCallMoreAndACallLessAreShownWithTheirReasons() throws IOException {
        generate(trace);
        String written = Files.readString(profile);
        Files.writeString(profile, written.replace("\"openat\"", "\"ptrace\""));
        Result result = check(trace);
        assertEquals(1, result.status());
        assertEquals("", result.err());
        assertEquals(
                profile + " is not what the evidence gives now:\n"
                        + "+ openat  2 calls, first at " + trace + ":2\n"
                        + "- ptrace  no evidence and no layer asks for it\n"
                        + "regenerate it with: strait generate " + trace + " -q -o " + profile + "\n",
                result.out());
    }

    @Test
    void theRiskOfANewCallIsShown() throws IOException {
        generate(trace);
        Traces.write(directory, "a.strace", Traces.X86_64 + "10 [ 101] ptrace(PTRACE_TRACEME) = 0\n");
        String out = check(trace).out();
        assertTrue(out.contains("\n+ ptrace  1 call, first at " + trace + ":8 [critical risk: "), out);
    }

    @Test
    void aDifferenceInTheLayoutIsOneToo() throws IOException {
        generate(trace);
        Files.writeString(profile, Files.readString(profile).replace("  ", " "));
        Result result = check(trace);
        assertEquals(1, result.status());
        assertTrue(result.out().contains("\nit allows and denies the same; only its layout differs\n"), result.out());
    }

    /** Whatever a document means otherwise is said, although its plain rules allow the same calls. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'SCMP_ACT_ERRNO',  'defaultErrnoRet': 1 | 'SCMP_ACT_ALLOW' | - bpf ",
                "'SCMP_ACT_ERRNO',  'defaultErrnoRet': 1 | 'SCMP_ACT_LOG' | - bpf ",
                "'syscalls': [ | 'syscalls': [{'names': ['ptrace'], 'action': 'SCMP_ACT_LOG'}, | - ptrace ",
                "'defaultErrnoRet': 1 | 'defaultErrnoRet': 13 | by default: ERRNO 13",
            },
            quoteCharacter = '`')
    void whatRulesMeanCounts(String part, String other, String said) throws IOException {
        generate(trace);
        String written = Files.readString(profile).replace("\n", "");
        String changed = written.replace(part.replace('\'', '"'), other.replace('\'', '"'));
        assertNotEquals(written, changed);
        Files.writeString(profile, changed);
        Result result = check(trace);
        assertEquals(1, result.status(), result.err());
        assertTrue(result.out().contains(said), result.out());
        assertFalse(result.out().contains("only its layout"), result.out());
    }

    /** Docker leaves such a rule out on this machine, and whoever ignores includes lets the call in. */
    @Test
    void aRuleOfAnotherMachineIsNotTakenForLayout() throws IOException {
        generate(trace);
        String rule = "\"syscalls\": [{\"names\": [\"ptrace\"], \"action\": \"SCMP_ACT_ALLOW\","
                + " \"includes\": {\"arches\": [\"arm64\"]}},";
        Files.writeString(profile, Files.readString(profile).replace("\"syscalls\": [", rule));
        String out = check(trace).out();
        assertTrue(out.contains("which containerd, runc and crun ignore"), out);
    }

    @Test
    void forgottenOptionsAreNamed() {
        generate(trace, "--runtime", "crun", "--no-new-privs");
        String out = check(trace).out();
        assertTrue(out.contains(" --no-new-privs there is no difference: check it so, or\n"), out);
        generate(trace);
        out = check(trace, "--no-new-privs").out();
        assertTrue(out.contains("\nwith --runtime docker, and without --no-new-privs, there is no difference: "), out);
    }

    /** It has the option in common with the format of the profile, and both may be given. */
    @ParameterizedTest
    @ValueSource(
            strings = {"--format json", "--format=json", "--format moby --format json", "--format=json --format=moby"})
    void theDifferenceIsWrittenForPrograms(String options) throws IOException {
        Object[] words = options.split(" ");
        boolean moby = options.contains("moby");
        generate(trace, "--format", moby ? "moby" : "oci");
        Result same = check(with(trace, words));
        assertEquals(0, same.status(), same.err());
        assertTrue(same.out().contains("\"same\": true"), same.out());
        Files.writeString(profile, Files.readString(profile).replace("\"openat\"", "\"ptrace\""));
        Result other = check(with(trace, words));
        assertEquals(1, other.status(), other.err());
        assertTrue(other.out().contains("\"gained\"") && other.out().contains("\"ptrace\""), other.out());
        String text = check(trace, "--format", moby ? "moby" : "oci", "--format", "text")
                .out();
        assertTrue(
                text.contains("strait generate " + trace + " -q --format " + (moby ? "moby" : "oci") + " -o "), text);
    }

    /** What the text says beside the difference: the reasons, the options that were forgotten, and what to do. */
    @Test
    void whatIsWrittenForProgramsHasTheReasons() throws IOException {
        generate(trace, "--no-new-privs");
        Files.writeString(profile, Files.readString(profile).replace("\"openat\"", "\"ptrace\""));
        JsonNode json = json(trace, "--no-new-privs", "--format=json");
        assertEquals("diff/1", json.get("strait").textValue());
        assertEquals("openat", json.at("/drift/gained/0/syscall").textValue());
        assertEquals(
                trace + ":2",
                json.at("/drift/gained/0/architectures/x86_64/first").textValue());
        assertEquals("ptrace", json.at("/drift/lost/0/syscall").textValue());
        assertFalse(json.get("identical").booleanValue());
        assertEquals(
                "strait generate " + trace + " -q --no-new-privs -o " + profile,
                json.get("regenerate").textValue());
        generate(trace);
        String start =
                json(trace, "--no-new-privs", "--format=json").get("start").textValue();
        assertTrue(check(trace, "--no-new-privs").out().contains("\nwith " + start + " there is no difference"), start);
        assertTrue(json(trace, "--format=json").get("identical").booleanValue());
    }

    @Test
    void aCompiledFilterIsComparedForProgramsToo() throws IOException {
        generate(trace, "--format", "bpf");
        JsonNode same = json(trace, "--format=bpf", "--format=json");
        assertTrue(same.get("identical").booleanValue());
        generate(companion, "--format", "bpf");
        JsonNode other = json(trace, "--format=bpf", "--format=json");
        assertFalse(other.get("identical").booleanValue() || other.has("same"), other.toString());
        assertTrue(other.has("regenerate"));
    }

    private JsonNode json(Object... args) throws IOException {
        Result result = check(args);
        JsonNode json = new ObjectMapper().readTree(result.out());
        assertEquals(json.get("identical").booleanValue() ? 0 : 1, result.status(), result.err());
        return json;
    }

    @Test
    void twoFormatsOfOneKindAreAMistake() {
        generate(trace);
        for (String[] words : new String[][] {{"oci", "moby"}, {"text", "json"}}) {
            Result result = check(trace, "--format", words[0], "--format", words[1]);
            assertEquals(2, result.status());
            assertTrue(
                    result.err().contains("--format takes one format of the profile and one of the report"),
                    result.err());
        }
    }

    private static Object[] with(Path first, Object... others) {
        Object[] all = new Object[others.length + 1];
        all[0] = first;
        System.arraycopy(others, 0, all, 1, others.length);
        return all;
    }

    /** The hint is a line that a shell runs. */
    @Test
    void theHintRunsAsWritten() throws IOException {
        Path odd = Traces.write(directory, "it's a trace", Traces.X86_64);
        generate(trace);
        String out = Strait.run("check", odd, "--profile=" + profile, "-q", "--no-layer", "vdso")
                .out();
        assertTrue(
                out.endsWith("\nregenerate it with: strait generate '" + directory
                        + "/it'\\''s a trace' -q --no-layer vdso -o " + profile + "\n"),
                out);
    }

    @Test
    void anArchitectureMoreIsShownWithItsCalls() {
        generate(trace);
        String out = check(trace, companion).out();
        assertTrue(out.contains("\n+ x86  the whole architecture\n"), out);
        assertTrue(out.contains("\n+ socketcall           x86         1 call, first at " + companion + ":3 ["), out);
        generate(trace, companion);
        assertTrue(check(trace).out().contains("\n- x86  the whole architecture\n"));
    }

    /** No one profile is as narrow as a list of names for two ABIs, and it must be comparable all the same. */
    @Test
    void aListOfNamesForTwoArchitecturesIsCompared() throws IOException {
        generate(trace, companion, "--format", "names");
        Files.writeString(profile, Files.readString(profile).replace("x86\tread\n", "x86\tmount\n"));
        Result result = check(trace, companion, "--format=names");
        assertEquals(1, result.status(), result.err());
        assertEquals(
                profile + " is not what the evidence gives now:\n"
                        + "+ read   x86  1 call, first at " + companion + ":4\n"
                        + "- mount  x86  no evidence and no layer asks for it\n"
                        + "regenerate it with: strait generate " + trace + " " + companion
                        + " -q --format=names -o " + profile + "\n",
                result.out());
    }

    @Test
    void aCallThatMovedToAnotherMachineHasDrifted() throws IOException {
        Path other = Traces.write(directory, "c.strace", Traces.AARCH64);
        generate(trace, other, "--format", "moby", "--runtime=none");
        String written = Files.readString(profile);
        assertTrue(written.contains("\"write\""), written);
        Traces.write(directory, "c.strace", Traces.AARCH64 + "30 [  64] write(1, \"x\", 1) = 1\n");
        String out = check(trace, other, "--format", "moby", "--runtime=none").out();
        assertTrue(out.contains("\n+ write  aarch64  1 call, first at " + other + ":6\n"), out);
    }

    /** More than the heap of the tests, in a file that takes no space. */
    @Test
    void aFileOfAnySizeTakesBoundedMemory() throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(profile.toFile(), "rw")) {
            sparse.setLength(8L << 30);
        }
        broken("larger than the 16777216 bytes that are read");
    }

    @Test
    void theProfileMayComeFromStdin() {
        generate(trace);
        String written = Strait.run("generate", "-q", trace).out();
        assertEquals(new Result(0, "", ""), Strait.runWith(written, "check", "-q", trace, "--profile", "-"));
        Result both = Strait.runWith(written, "check", "-q", "-", "--profile", "-");
        assertEquals(2, both.status());
        assertTrue(both.err().contains("cannot be both the profile and evidence"), both.err());
    }

    @Test
    void aProfileThatCannotBeReadIsTrouble() throws IOException {
        broken("cannot be read; write it first with: strait generate -o FILE");
        Files.createDirectory(profile);
        broken("is a directory; name the files in it");
        Files.delete(profile);
        for (String text :
                new String[] {"", "\u0000\u0001", "{", "[]", "{\"defaultAction\": \"SCMP_ACT_X\"}", "x86_64\n"}) {
            Files.writeString(profile, text);
            broken("");
        }
        Files.writeString(profile, "{\n  \"defaultAction\": \"SCMP_ACT_ERRNO\",\n  \"syscalls\": 3\n}\n");
        Result result = check(trace);
        assertTrue(result.err().startsWith(profile + ":3: error: "), result.err());
    }

    @Test
    void strictMattersWithoutDriftToo() throws IOException {
        generate(trace);
        Traces.write(directory, "a.strace", Traces.FLAWED);
        assertEquals(0, check(trace).status());
        assertEquals(1, check(trace, "--strict").status());
    }

    private void broken(String what) {
        Result result = check(trace);
        assertEquals(2, result.status(), result.toString());
        assertEquals("", result.out());
        assertEquals(1, result.errors().size(), result.err());
        assertTrue(result.err().startsWith(profile.toString()), result.err());
        assertTrue(result.err().contains(what), result.err());
    }

    private void generate(Object... args) {
        assertEquals(new Result(0, "", ""), run("generate", "-o", args));
    }

    private Result check(Object... args) {
        return run("check", "--profile", args);
    }

    private Result run(String command, String option, Object... args) {
        Object[] all = new Object[args.length + 4];
        System.arraycopy(new Object[] {command, "-q", option, profile}, 0, all, 0, 4);
        System.arraycopy(args, 0, all, 4, args.length);
        return Strait.run(all);
    }
}
