package io.github.strait.format.oci;

import static io.github.strait.format.oci.DraftTest.draft;
import static io.github.strait.format.oci.DraftTest.faults;
import static io.github.strait.format.oci.DraftTest.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.format.oci.Draft.WrittenRule;
import io.github.strait.profile.Action;
import io.github.strait.profile.Flag;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a misspelt word is taken for. */
class DraftGuessesTest {
    @ParameterizedTest
    @CsvSource({
        "SCMP_ACT_ALOW, ALLOW",
        "allow, ALLOW",
        "Deny, ERRNO",
        "SECCOMP_RET_ERRNO, ERRNO",
        "scmp-act-log, LOG",
        "KILL, KILL_PROCESS",
        "SCMP_ACT_USER_NOTIF, NOTIFY",
        "audit, LOG",
        "SCMP_ACT_BANANA, ''",
    })
    void actionsAreGuessed(String written, String meant) {
        Draft draft = draft("{\"defaultAction\": \"" + written + "\"}");
        assertEquals(meant, draft.defaultAction().value().map(Action::name).orElse(""));
        assertEquals(
                "UNKNOWN_ACTION 1 '" + written + "' in 'defaultAction' is unknown, and no container starts with it",
                faults(draft).get(0));
        String fix = draft.faults().get(0).fix();
        assertTrue(
                meant.isEmpty()
                        ? fix.startsWith("write one of SCMP_ACT_")
                        : fix.equals("write 'SCMP_ACT_" + meant + "'"),
                fix);
    }

    @ParameterizedTest
    @CsvSource({
        "==, EQ",
        "=, EQ",
        "!=, NE",
        "<, LT",
        "<=, LE",
        ">, GT",
        ">=, GE",
        "&, MASKED_EQ",
        "SCMP_CMP_EQUAL, EQ",
        "eq, EQ",
        "cmp_neq, NE",
        "SCMP_CMP_MASKED_EQUAL, MASKED_EQ",
        "gte, GE",
        "%, ''",
    })
    void operatorsAreGuessed(String written, String meant) {
        WrittenRule rule = rule("\"args\": [{\"index\": 0, \"value\": 1, \"op\": \"" + written + "\"}]");
        assertEquals(
                meant,
                rule.conditions().stream()
                        .map(c -> c.operator().name())
                        .findFirst()
                        .orElse(""));
        assertEquals(!meant.isEmpty(), rule.isWhole());
        assertEquals(!meant.isEmpty(), rule.mended().isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "SCMP_ARCH_AMD64, X86_64",
        "x86_64, X86_64",
        "AUDIT_ARCH_AARCH64, AARCH64",
        "SCMP_ARCH_ARM64, AARCH64",
        "scmp_arch_x86, X86",
        "SCMP_ARCH_VAX, ''",
    })
    void architecturesAreGuessed(String written, String meant) {
        Draft draft = draft("{\"defaultAction\": \"SCMP_ACT_KILL\",\n\"architectures\": [\"" + written + "\"]}");
        assertEquals(
                meant,
                draft.architectures().stream()
                        .map(arch -> arch.value().name())
                        .findFirst()
                        .orElse(""));
        assertEquals(
                List.of("UNKNOWN_ARCHITECTURE 2 '" + written
                        + "' in 'architectures' is unknown, and no container starts with it"),
                faults(draft));
    }

    @Test
    void flagsAreGuessed() {
        Draft draft = draft("""
                {"defaultAction": "SCMP_ACT_KILL",
                 "flags": ["log", "SECCOMP_FILTER_FLAG_TSYNC", "FILTER_FLAG_SPEC_ALOW", 5]}""");
        assertEquals(
                List.of(Flag.LOG, Flag.TSYNC, Flag.SPEC_ALLOW),
                draft.flags().stream().map(Located::value).toList());
        assertEquals(
                List.of(
                        "UNKNOWN_FLAG 2 'log' in 'flags' is unknown: runc, crun and Podman start no container with it",
                        "UNKNOWN_FLAG 2 'FILTER_FLAG_SPEC_ALOW' in 'flags' is unknown: runc, crun and Podman start no"
                                + " container with it",
                        "WRONG_TYPE 2 'flags' takes a string, not the number 5"),
                faults(draft).subList(0, 3));
    }
}
