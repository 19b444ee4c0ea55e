package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What documents mean on a machine, beside what they list: its own ABI, its entry of archMap, libseccomp's companions. */
class DocumentMeaningTest {
    private static final String RULES =
            "\"syscalls\": [{\"names\": [\"read\", \"execve\", \"exit_group\"], \"action\": \"SCMP_ACT_ALLOW\"}]}";

    @TempDir
    private Path directory;

    /** inspektor-gadget's case: written on an arm64 laptop, run on an amd64 server. */
    @ParameterizedTest
    @ValueSource(strings = {"SCMP_ARCH_AARCH64", "SCMP_ARCH_X86", "SCMP_ARCH_RISCV64"})
    void theMachinesOwnAbiIsAlwaysFiltered(String listed) throws IOException {
        Path profile = write("{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"architectures\": [\"" + listed + "\"],"
                + " \"syscalls\": [{\"names\": [\"mkdir\"], \"action\": \"SCMP_ACT_ERRNO\", \"errnoRet\": 5}]}");
        Path trace = Files.writeString(
                directory.resolve("t.strace"),
                "1 execve(\"/bin/mkdir\", [\"mkdir\"], 0x7ffd1e5c1e38 /* 3 vars */) = 0\n1 mkdir(\"a\", 0777) = 0\n"
                        + "1 exit_group(0) = ?\n1 +++ exited with 0 +++\n");
        Result verified = Strait.run("verify", "--arch", "x86_64", profile, trace);
        assertEquals(1, verified.status(), verified.toString());
        assertTrue(verified.out().contains("gap: mkdir on x86_64 gets EIO"), verified.out());
        assertFalse(verified.out().contains("gap: execve"), verified.out());
        String filter = Strait.run("convert", "--format", "bpf-asm", "--arch", "x86_64", profile)
                .out();
        assertTrue(filter.contains("mkdir (83)"), filter);
        assertEquals(0, Strait.run("diff", "--arch", "x86_64", profile, profile).status());
    }

    /** SPO's shipped profile, and other layouts that Docker takes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"architecture\": \"SCMP_ARCH_X86_64\"}, {\"architecture\": \"SCMP_ARCH_PPC64LE\","
                        + " \"subArchitectures\": [\"SCMP_ARCH_PPC64\", \"SCMP_ARCH_PPC\"]}",
                "{\"architecture\": \"SCMP_ARCH_X86_64\"}, {\"architecture\": \"SCMP_ARCH_X86\"}",
                "{\"architecture\": \"SCMP_ARCH_X86_64\"}, {\"architecture\": \"SCMP_ARCH_X86_64\","
                        + " \"subArchitectures\": [\"SCMP_ARCH_X32\"]}",
                "{\"architecture\": \"SCMP_ARCH_FOO\", \"subArchitectures\": [\"SCMP_ARCH_BAR\"]},"
                        + " {\"architecture\": \"SCMP_ARCH_X86_64\"}",
                "{\"architecture\": \"SCMP_ARCH_X86_64\"}, {\"architecture\": \"SCMP_ARCH_S390X\","
                        + " \"subArchitectures\": [\"SCMP_ARCH_S390\"]}",
                "{\"architecture\": \"SCMP_ARCH_AARCH64\", \"subArchitectures\": [\"SCMP_ARCH_ARM\"]},"
                        + " {\"architecture\": \"SCMP_ARCH_ARM\"}, {\"architecture\": \"SCMP_ARCH_X86_64\","
                        + " \"subArchitectures\": null}",
            })
    void ofArchMapTheEntryOfTheMachineCounts(String entries) throws IOException {
        Path profile = write("{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"archMap\": [" + entries + "], " + RULES);
        Result oci = Strait.run("convert", "--format", "oci", "--arch", "x86_64", profile);
        assertEquals(0, oci.status(), oci.toString());
        assertTrue(oci.out().replaceAll("\\s+", "").contains("\"architectures\":[\"SCMP_ARCH_X86_64\"],"), oci.out());
        for (String command : new String[] {"merge", "diff"}) {
            Result result = Strait.run(command, profile, profile);
            assertEquals(0, result.status(), result.toString());
        }
        assertEquals(
                0,
                Strait.run("convert", "--format", "bpf-asm", "--arch", "x86_64", profile)
                        .status());
    }

    @Test
    void companionsBecomeReachableWithTheirAbi() throws IOException {
        String text = "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"architectures\": [\"SCMP_ARCH_X86_64\"%s],"
                + " \"syscalls\": [{\"names\": [\"socket\", \"shmget\"], \"action\": \"SCMP_ACT_ALLOW\"}]}";
        Path one = write(text.formatted(""));
        Path two = Files.writeString(directory.resolve("two.json"), text.formatted(", \"SCMP_ARCH_X86\""));
        String difference = Strait.run("diff", one, two).out();
        assertTrue(difference.contains("+ socketcall "), difference);
        assertTrue(difference.contains("+ ipc "), difference);
        String filter = Strait.run("convert", "--format", "bpf-asm", "--arch", "x86_64", two)
                .out();
        assertTrue(filter.contains("socketcall (102)"), filter);
    }

    /** The trace says socket(...), the register of socketcall has its number. */
    @Test
    void aMultiplexedCallIsJudgedByItsSubcall() throws IOException {
        Path trace = Files.writeString(
                directory.resolve("t.strace"),
                "1 [  11] execve(\"./a\", [\"./a\"], 0xffd1e5c8 /* 3 vars */) = 0\n"
                        + "1 [ 102] socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3\n"
                        + "1 [ 102] listen(3, 5) = 0\n1 [ 252] exit_group(0) = ?\n1 +++ exited with 0 +++\n");
        Path profile = write(
                "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"architectures\": [\"SCMP_ARCH_X86\"],"
                        + " \"syscalls\": [{\"names\": [\"execve\", \"exit_group\", \"socket\"], \"action\": \"SCMP_ACT_ALLOW\"}]}");
        Result verified = Strait.run("verify", "--runtime", "none", "--arch", "x86", profile, trace);
        assertEquals(1, verified.status(), verified.toString());
        assertTrue(verified.out().contains(":3: gap: socketcall(4) on x86 gets EPERM"), verified.out());
        assertFalse(verified.out().contains(":2: gap"), verified.out());
        Path observation = directory.resolve("t.json");
        Strait.run("summarize", "--arch", "x86", trace, "-o", observation);
        Result again = Strait.run("verify", "--runtime", "none", profile, observation);
        assertEquals(1, again.status(), again.toString());
        assertTrue(again.out().contains(":3: gap: socketcall(0x4) on x86 gets EPERM"), again.out());
        assertFalse(again.out().contains(":2: gap"), again.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"syscalls\": []}", "{\"defaultAction\": \"\", \"syscalls\": null}"})
    void aDocumentThatSaysNothingIsNoFilter(String text) throws IOException {
        Path profile = write(text);
        Result converted = Strait.run("convert", "--format", "oci", profile);
        assertEquals(0, converted.status(), converted.toString());
        assertTrue(converted.out().contains("SCMP_ACT_ALLOW"), converted.out());
        assertTrue(converted.err().contains("[no-filter]"), converted.err());
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("profile.json"), text);
    }
}
