package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands take what people deploy on Kubernetes as they take any other profile. */
class KubernetesFilesTest {
    private static final String TRACE = """
            1 [  59] execve("/bin/a", ["a"], 0x7ffd /* 2 vars */) = 0
            1 [   0] read(3, "", 1) = 0
            1 [  39] getpid() = 1
            1 [ 231] exit_group(0) = ?
            1 +++ exited with 0 +++
            """;

    @TempDir
    Path directory;

    private Path json;

    @BeforeEach
    void writeOne() throws IOException {
        json = Files.writeString(directory.resolve("one.json"), """
                {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 1, "architectures": ["SCMP_ARCH_X86_64"],
                 "syscalls": [{"names": ["execve", "exit_group", "read"], "action": "SCMP_ACT_ALLOW"}]}
                """);
    }

    private Path converted(String format) {
        Path file = directory.resolve("web." + format + ".yaml");
        assertEquals(new Result(0, "", ""), Strait.run("convert", json, "--format", format, "-o", file));
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"spo", "talos"})
    void theyMeanWhatTheirProfileMeans(String format) throws IOException {
        Path file = converted(format);
        assertEquals(new Result(0, "", ""), Strait.run("diff", json, file));
        Path trace = Files.writeString(directory.resolve("a.strace"), TRACE);
        Result verified = Strait.run("verify", file, trace);
        assertEquals(1, verified.status());
        assertTrue(verified.out().contains("getpid"), verified.out());
        assertEquals(
                Strait.run("verify", json, trace).out().replace("one.json", "web." + format + ".yaml"), verified.out());
        Path back = directory.resolve("back.json");
        assertEquals(new Result(0, "", ""), Strait.run("convert", file, "--format", "oci", "-o", back));
        assertEquals(Strait.run("convert", json, "--format", "oci").out(), Files.readString(back));
    }

    @ParameterizedTest
    @ValueSource(strings = {"spo", "talos"})
    void findingsHaveTheLinesOfTheFile(String format) throws IOException {
        Path file = converted(format);
        String text = Files.readString(file);
        Files.writeString(file, text.replace("    - read\n", "    - read\n    - sys_open\n"));
        int line = 1 + text.substring(0, text.indexOf("    - read\n")).split("\n").length + 1;
        Result linted = Strait.run("lint", file);
        assertTrue(linted.out().contains("web." + format + ".yaml:" + line + ": "), linted.out());
        assertFalse(linted.out().contains(".yaml: "), linted.out());
    }

    @ParameterizedTest
    @CsvSource({"spo, name: web", "talos, name: web.json"})
    void aMergedDocumentKeepsItsFormAndItsName(String format, String name) throws IOException {
        Path file = converted(format);
        Path moved = Files.move(file, directory.resolve("other.yaml"));
        Path trace = Files.writeString(directory.resolve("a.strace"), TRACE);
        Result merged = Strait.run("merge", moved, trace);
        assertEquals(0, merged.status(), merged.err());
        List<String> added =
                merged.out().lines().filter(line -> line.contains("getpid")).toList();
        assertEquals(List.of("    - getpid"), added);
        assertTrue(merged.out().contains(name + "\n"), merged.out());
        assertEquals(Files.readString(moved), merged.out().replace("    - getpid\n", ""));
        Path written = Files.writeString(directory.resolve("merged.yaml"), merged.out());
        assertEquals(merged.out(), Strait.run("merge", written, trace).out());
    }

    @Test
    void theNameIsTheOneThatIsAskedForOrThatOfTheFile() {
        assertTrue(Strait.run("convert", json, "--format", "spo").out().contains("  name: one\n"));
        assertTrue(Strait.run("convert", json, "--format", "spo", "--name", "b.c")
                .out()
                .contains("  name: b.c\n"));
        Path file = directory.resolve("My_App.yaml");
        Result refused = Strait.run("convert", json, "--format", "spo", "-o", file);
        assertEquals(2, refused.status());
        assertTrue(refused.err().contains("use --name my-app"), refused.err());
        assertFalse(Files.exists(file));
    }

    /** What names a profile is not evidence, either: each command says what it is, in one line. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiVersion: v1\nkind: Pod\nspec: {containers: []}\n",
                "services: {a: {security_opt: [seccomp=a.json]}}\n",
                "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"spec\": {\"containers\": []}}\n",
            })
    void otherFilesAreToldApart(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("other.yaml"), text);
        Path trace = Files.writeString(directory.resolve("a.strace"), TRACE);
        for (Object[] line : List.<Object[]>of(
                new Object[] {"convert", file, "--format", "oci"},
                new Object[] {"verify", file, trace},
                new Object[] {"diff", file, json},
                new Object[] {"merge", file, trace},
                new Object[] {"run", "--profile", file, "--", "true"})) {
            Result result = Strait.run(line);
            assertTrue(result.status() == 2 || line[0].equals("run"), result.toString());
            assertEquals("", result.out());
            assertEquals(1, result.errors().size(), result.err());
            assertTrue(result.err().contains("not a") || result.err().contains("no seccomp profile"), result.err());
        }
    }

    @Test
    void aProfileAsYamlIsReadWithAWarning() throws IOException {
        Path yaml = Files.writeString(directory.resolve("one.yaml"), """
                # by hand
                defaultAction: SCMP_ACT_ERRNO
                defaultErrnoRet: 1
                architectures: [SCMP_ARCH_X86_64]
                syscalls:
                - names: [execve, exit_group, read]
                  action: SCMP_ACT_ALLOW
                """);
        Result difference = Strait.run("diff", yaml, json);
        assertEquals(0, difference.status());
        assertEquals(
                yaml
                        + ":2: warning: the document is YAML, and runtimes read JSON alone; write it as JSON: strait convert"
                        + " FILE --format oci [not-json]\n",
                difference.err());
        Result written = Strait.run("convert", "-q", yaml, "--format", "oci");
        assertEquals(
                new Result(0, Strait.run("convert", json, "--format", "oci").out(), ""), written);
    }
}
