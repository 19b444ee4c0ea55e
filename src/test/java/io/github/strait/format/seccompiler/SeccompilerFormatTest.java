package io.github.strait.format.seccompiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Formats;
import io.github.strait.format.Settings;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeccompilerFormatTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/github/strait/format/seccompiler/web.json");

    private static Profile.Builder small() {
        return Profile.builder(Action.ERRNO)
                .defaultErrnoRet(38)
                .architectures(Arch.X86_64)
                .rule(Rule.allow("getpid", "read"))
                .rule(Rule.builder(Action.ALLOW)
                        .name("exit")
                        .comment("a \"reason\"\n*/")
                        .build())
                .rule(Rule.builder(Action.ALLOW)
                        .name("lseek")
                        .condition(Condition.of(1, Operator.EQ, -1))
                        .condition(Condition.maskedEqual(2, 0xf, 1))
                        .build());
    }

    @Test
    void theFilterIsAsBefore() throws IOException {
        String text = new String(
                SeccompilerFormat.SECCOMPILER
                        .with(new Settings("web"))
                        .write(small()
                                // what is allowed anyway, and what the default does, needs no rule
                                .rule(Rule.builder(Action.ALLOW)
                                        .name("read")
                                        .condition(Condition.of(0, Operator.EQ, 1))
                                        .build())
                                .rule(Rule.errno(38, "clone3", "fchroot"))
                                .build()),
                StandardCharsets.UTF_8);
        if (Boolean.getBoolean("strait.regenerate")) {
            Files.writeString(GOLDEN, text);
        }
        assertEquals(Files.readString(GOLDEN), text);
        Profile read = Formats.read("f", text.getBytes(StandardCharsets.UTF_8)).profile();
        assertEquals(
                ImmutableList.of("a \"reason\"\n*/"),
                read.rules().stream()
                        .flatMap(rule -> rule.comment().stream())
                        .collect(ImmutableList.toImmutableList()));
    }

    @Test
    void aThirdActionIsRefused() {
        assertEquals(
                "format 'seccompiler' has two actions in all, and the profile has 3: ERRNO 38 by default, ALLOW, and ERRNO 13"
                        + " for 'mount'; strait generate --format seccompiler --errno ENOSYS derives a profile with two",
                refusal(small().rule(Rule.errno(13, "mount"))));
        assertEquals(
                "format 'seccompiler' has no 'fchroot': its table ends with Linux 6.12, and it refuses a filter with a name"
                        + " that it does not know; remove the call from the profile",
                refusal(small().rule(Rule.allow("fchroot"))));
        assertTrue(refusal(small().architectures(Arch.X86))
                .contains("is for the calls of x86_64 or of aarch64 or of riscv64"));
    }

    private static String refusal(Profile.Builder profile) {
        return assertThrows(RefusalException.class, () -> SeccompilerFormat.SECCOMPILER.write(profile.build()))
                .getMessage();
    }

    @Test
    void rustVmmsKeysAndDwordsAreRead() {
        Profile profile =
                Formats.read("f", """
                {"api": {"mismatch_action": "trap", "match_action": {"errno": 13}, "filter": [
                  {"syscall": "socket", "args": [{"index": 0, "type": "dword", "op": "eq", "val": 1}]}]}}
                """.getBytes(StandardCharsets.UTF_8)).profile();
        assertEquals(
                Profile.builder(Action.TRAP)
                        .architectures(Arch.X86_64)
                        .rule(Rule.builder(Action.ERRNO)
                                .errnoRet(13)
                                .name("socket")
                                .condition(Condition.maskedEqual(0, 0xffffffffL, 1))
                                .build())
                        .build(),
                profile);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"x\": 1, \"filter\": []|key 'x' of a thread is unknown, and rust-vmm refuses it",
                "\"filter\": {}|'filter' is an array, not an object",
                "\"filter\": [{\"syscall\": \"nope\"}]|x86_64 has no call 'nope', and seccompiler refuses it",
                "\"filter\": [{\"syscall\": \"read\", \"args\": []}]|'args' is empty, which seccompiler refuses; remove it",
                "\"filter\": [{\"syscall\": \"read\"}, {\"syscall\": \"read\"}]|'read' has a rule for all arguments and another,"
                        + " of which Firecracker takes the first and rust-vmm the second; remove one",
                "\"filter\": [{\"syscall\": \"read\", \"args\": [{\"index\": 6, \"type\": \"qword\", \"op\": \"eq\", \"val\":"
                        + " 1}]}]|'index' counts from 0 to 5",
                "\"filter\": [{\"syscall\": \"read\", \"args\": [{\"index\": 0, \"type\": \"dword\", \"op\": \"ne\", \"val\":"
                        + " 1}]}]|a dword is compared by its low 32 bits, and a profile can say that of eq and masked_eq"
                        + " alone; write qword",
                "\"filter\": [{\"syscall\": \"read\", \"args\": [{\"index\": 0, \"type\": \"qword\", \"op\": \"eq\", \"val\":"
                        + " -1}]}]|'val' is an unsigned number of 64 bits, not the number -1",
                "\"filter\": [{\"syscall\": \"read\", \"args\": [{\"index\": 0, \"type\": \"qword\", \"op\": \"ge\", \"val\":"
                        + " 1}, {\"index\": 0, \"type\": \"qword\", \"op\": \"le\", \"val\": 2}]}]|two conditions on argument"
                        + " 0 must both hold there, which a profile cannot say; write one",
            })
    void whatCannotBeReadIsRefused(String rest, String message) {
        String text = "{\"t\": {\"default_action\": \"trap\", \"filter_action\": \"allow\", " + rest + "}}";
        assertEquals("f:1: error: " + message + " [unreadable-profile]", unreadable(text));
    }

    @Test
    void severalThreadsAreListed() {
        String thread = "{\"default_action\": \"trap\", \"filter_action\": \"allow\", \"filter\": []}";
        assertEquals(
                "f:1: error: 2 threads, and a profile is one filter: api vmm; keep one of them, with jq '{NAME}' FILE"
                        + " [unreadable-profile]",
                unreadable("{\"api\": " + thread + ", \"vmm\": " + thread + "}"));
        assertEquals(
                "f:1: error: both actions are the same, which seccompiler refuses; change one [unreadable-profile]",
                unreadable("{\"api\": " + thread.replace("allow", "trap") + "}"));
    }

    private static String unreadable(String text) {
        return assertThrows(RefusalException.class, () -> Formats.read("f", text.getBytes(StandardCharsets.UTF_8)))
                .diagnostic()
                .toString();
    }
}
