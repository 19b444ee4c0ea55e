package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertTest {
    private static final String PLAIN = """
            {"defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_X86_64"], "syscalls": [
              {"names": ["write", "read"], "action": "SCMP_ACT_ALLOW"%s}
            ]}
            """;

    @TempDir
    Path directory;

    private static void assertRefused(String document, String format, String message) {
        Result result = Strait.runWith(document, "convert", "-", "--format", format);
        assertEquals(
                new Result(2, "", "strait: error: format '" + format + "' " + message + " [inexpressible-profile]\n"),
                result);
    }

    @Test
    void listsAndDocumentsBecomeOneAnother() {
        Result names = Strait.runWith(PLAIN.formatted(""), "convert", "-", "--format=names");
        assertEquals(new Result(0, "x86_64\tread\nx86_64\twrite\n", ""), names);
        Result back = Strait.runWith(names.out(), "convert", "-", "--format=docker");
        assertEquals(0, back.status(), back.err());
        assertEquals(names, Strait.runWith(back.out(), "convert", "-", "--format=names"));
        Result moby = Strait.runWith(back.out(), "convert", "-", "--format=moby");
        assertTrue(moby.out().contains("\"archMap\""), moby.out());
        assertEquals(back, Strait.runWith(moby.out(), "convert", "-", "--format=oci"));
        Result gvisor = Strait.runWith(back.out(), "convert", "-", "--format=gvisor");
        assertEquals(back, gvisor);
    }

    @Test
    void whatAFormatCannotExpressIsNamed() {
        String condition = ", \"args\": [{\"index\": 0, \"value\": 1, \"op\": \"SCMP_CMP_EQ\"}]";
        assertRefused(
                PLAIN.formatted(condition),
                "names",
                "has no conditions, and the rule for 'read' and others has one: arg0 EQ 1; strait generate --format names"
                        + " derives a profile without");
        assertRefused(
                PLAIN.formatted(", \"comment\": \"why\""),
                "oci",
                "has no comments, and the rule for 'read' and others has one; leave them out with --no-comments, or use moby");
        assertRefused(
                PLAIN.formatted("").replace("X86_64\"", "X86_64\", \"SCMP_ARCH_X86\""),
                "gvisor",
                "is for the calls of x86_64 or of aarch64 alone, and the profile lists x86_64, x86; convert --arch and generate"
                        + " --target write one of them");
    }

    /** Where the format is for one ABI the option names that, not a machine with all of its own. */
    @Test
    void oneOfTwoAbisIsWritten() {
        String both = PLAIN.formatted("").replace("X86_64\"", "X86_64\", \"SCMP_ARCH_X86\"");
        assertRefused(
                both,
                "kafel",
                "is for the calls of x86_64 or of x86 or of aarch64 or of arm or of riscv64 alone, and the profile lists"
                        + " x86_64, x86; convert --arch and generate --target write one of them");
        for (String abi : new String[] {"x86_64", "x86"}) {
            Result result = Strait.runWith(both, "convert", "-", "--format=kafel", "--arch", abi);
            assertEquals("", result.err());
            assertTrue(result.out().startsWith("// For " + abi + ": "), result.out());
        }
    }

    @Test
    void commentsAreLeftOutWhenTheUserSaysSo() {
        Result result = Strait.runWith(
                PLAIN.formatted(", \"comment\": \"why\""), "convert", "-", "--format=oci", "--no-comments");
        assertEquals(0, result.status(), result.err());
        assertEquals(Strait.runWith(PLAIN.formatted(""), "convert", "-", "--format=oci"), result);
    }

    @Test
    void aFailedRunLeavesTheOldFile() throws IOException {
        Path file = Files.writeString(directory.resolve("old"), "old");
        assertEquals(
                2,
                Strait.runWith(PLAIN.formatted(", \"comment\": \"why\""), "convert", "-", "--format=oci", "-o", file)
                        .status());
        assertEquals("old", Files.readString(file));
        Result written = Strait.runWith(PLAIN.formatted(""), "convert", "-", "--format=names", "-o", file);
        assertEquals(new Result(0, "", ""), written);
        assertEquals("x86_64\tread\nx86_64\twrite\n", Files.readString(file));
    }

    @Test
    void whatIsNoProfileIsTrouble() {
        Result missing = Strait.run("convert", directory.resolve("nowhere"), "--format=oci");
        assertEquals(2, missing.status());
        assertTrue(missing.err().contains("does not exist; check its name"), missing.err());
        Result folder = Strait.run("convert", directory, "--format=oci");
        assertTrue(folder.err().contains("is a directory; name the files in it"), folder.err());
        assertEquals(2, Strait.runWith("what?", "convert", "-", "--format=oci").status());
    }
}
