package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions that no short list says: what must compare them refuses, and everything else takes them as they are. */
class IntricateConditionsTest {
    private static final String REFUSAL = "the conditions on the arguments of 'read' are too many to be %s;"
            + " give it fewer rules with conditions, or one without";

    @TempDir
    private Path directory;

    private Path intricate;
    private Path plain;

    @BeforeEach
    void write() throws IOException {
        intricate = Files.writeString(directory.resolve("intricate.json"), profile(40));
        plain = Files.writeString(directory.resolve("plain.json"), profile(0));
    }

    /** Masks without any pattern. */
    private static String profile(int rules) {
        String read = IntStream.rangeClosed(1, rules)
                .mapToObj(i -> "{\"names\": [\"read\"], \"action\": \"SCMP_ACT_ALLOW\", \"args\": [%s, %s, %s]},\n"
                        .formatted(
                                masked(0, 0x9e3779b97f4a7c15L * i),
                                masked(1, 0xc2b2ae3d27d4eb4fL * i),
                                masked(2, 0x165667b19e3779f9L * i)))
                .collect(Collectors.joining());
        return """
                {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 1, "architectures": ["SCMP_ARCH_X86_64"],
                 "syscalls": [
                %s{"names": ["write"], "action": "SCMP_ACT_ALLOW"}]}
                """.formatted(read);
    }

    private static String masked(int index, long mask) {
        long positive = mask & Long.MAX_VALUE;
        return "{\"index\": %d, \"value\": %d, \"valueTwo\": %d, \"op\": \"SCMP_CMP_MASKED_EQ\"}"
                .formatted(index, positive, positive & 0xf0f0f0f0f0f0f0fL);
    }

    private static void assertRefused(String message, Result result) {
        assertEquals(new Result(2, "", message + "\n"), result);
    }

    @Test
    void mergingAndComparingThemIsRefused() {
        String compared = REFUSAL.formatted("compared");
        assertRefused("strait: error: " + compared + " [cannot-merge]", Strait.run("merge", intricate, plain));
        assertRefused("strait: error: " + compared + " [cannot-merge]", Strait.run("merge", plain, intricate));
        assertRefused("strait: error: " + compared + " [cannot-compare]", Strait.run("diff", intricate, plain));
    }

    @Test
    void aFormatThatNeedsTheirMeaningRefusesThem() {
        Result result = Strait.run("convert", intricate, "--format=gvisor");
        assertEquals(2, result.status());
        assertEquals(1, result.errors().size(), result.err());
        assertEquals(
                "is written from the meaning of the rules, but " + REFUSAL.formatted("compared"),
                result.err().replaceAll("(?s).*(is written.* or one without).*", "$1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"convert --format=oci", "convert --format=bpf-asm", "lint", "verify"})
    void everythingElseTakesThem(String command) throws IOException {
        Path trace = Traces.write(directory, "a.strace", Traces.X86_64);
        String[] words = command.split(" ");
        Result result = switch (words.length) {
            case 2 -> Strait.run(words[0], words[1], intricate);
            default -> command.equals("lint") ? Strait.run(command, intricate) : Strait.run(command, intricate, trace);
        };
        assertFalse(result.out().isEmpty(), result.err());
        assertFalse(result.status() > 1, result.err());
    }
}
