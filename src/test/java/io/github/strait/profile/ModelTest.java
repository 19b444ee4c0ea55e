package io.github.strait.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.Arch;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the constructors accept and refuse. */
class ModelTest {
    @Test
    void conditionsLookAtSixArguments() {
        assertEquals(
                "arg5 EQ 18446744073709551615", Condition.of(5, Operator.EQ, -1).toString());
        assertEquals(
                "arg0 & 0x7e020000 == 0",
                Condition.maskedEqual(0, 0x7e020000, 0).toString());
        assertRefused("argument index 6 is outside 0 to 5", () -> Condition.of(6, Operator.EQ, 0));
        assertRefused("argument index -1 is outside 0 to 5", () -> Condition.of(-1, Operator.EQ, 0));
        assertRefused("valueTwo means nothing to EQ; leave it out", () -> new Condition(0, Operator.EQ, 1, 1));
    }

    @Test
    void rulesNeedNames() {
        assertRefused("a rule names at least one call", () -> Rule.allow());
        assertEquals(
                List.of("open", "read"),
                Rule.allow("read", "open", "read").names().asList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "read write", "a-b", "é", "a\nb", "a\0"})
    void namesAreLettersDigitsAndUnderscores(String name) {
        assertThrows(RefusalException.class, () -> Rule.allow(name));
    }

    @Test
    void errorNumbersHaveLimits() {
        assertEquals(0, Rule.errno(0, "read").decision().errno());
        assertEquals(4095, Rule.errno(4095, "read").decision().errno());
        assertRefused("errnoRet 4096 is outside 0 to 4095", () -> Rule.errno(4096, "read"));
        assertRefused("errnoRet -1 is outside 0 to 4095", () -> Rule.errno(-1, "read"));
        for (Action action : Action.values()) {
            Rule.Builder rule = Rule.builder(action).name("read").errnoRet(5);
            if (action.takesErrno()) {
                assertEquals(5, rule.build().decision().errno());
            } else {
                assertRefused(
                        "errnoRet goes with SCMP_ACT_ERRNO and SCMP_ACT_TRACE only, not " + action.token(),
                        rule::build);
            }
        }
    }

    @Test
    void rulesHaveAtMostSixConditions() {
        Rule.Builder rule = Rule.builder(Action.ALLOW).name("read");
        Collections.nCopies(6, Condition.of(0, Operator.EQ, 1)).forEach(rule::condition);
        assertTrue(rule.build().isSplit());
        rule.condition(Condition.of(1, Operator.EQ, 1));
        assertRefused("7 conditions in one rule; crun reads 6 and drops the rest", rule::build);
    }

    @Test
    void textsAreNotEmptyAndFitUtf8() {
        Rule.Builder rule = Rule.builder(Action.ALLOW).name("read");
        assertRefused(
                "an empty comment says nothing; leave it out",
                () -> rule.comment("").build());
        assertRefused(
                "the comment is not well-formed Unicode",
                () -> rule.comment("\ud800").build());
        assertFalse(rule.comment("why").build().withoutComment().comment().isPresent());
    }

    @Test
    void defaultsHaveLimitsToo() {
        assertEquals(
                Decision.of(Action.ERRNO), Profile.builder(Action.ERRNO).build().defaultDecision());
        assertRefused(
                "defaultErrnoRet 0 is outside 1 to 4095",
                () -> Profile.builder(Action.ERRNO).defaultErrnoRet(0).build());
        assertRefused(
                "defaultErrnoRet goes with SCMP_ACT_ERRNO and SCMP_ACT_TRACE only, not SCMP_ACT_ALLOW",
                () -> Profile.builder(Action.ALLOW).defaultErrnoRet(1).build());
    }

    @Test
    void metadataGoesWithAListener() {
        Profile.Builder profile = Profile.builder(Action.ERRNO).listenerMetadata("x");
        assertRefused("listenerMetadata goes with a listenerPath only", profile::build);
        assertEquals("/s", profile.listenerPath("/s").build().listenerPath().orElseThrow());
    }

    @Test
    void theBuilderStartsFromAProfile() {
        Profile profile = Profile.builder(Action.ERRNO)
                .defaultErrnoRet(38)
                .architectures(Arch.X86, Arch.X86_64)
                .flag(Flag.LOG)
                .listenerPath("/s")
                .listenerMetadata("m")
                .rule(Rule.builder(Action.ALLOW).name("read").comment("why").build())
                .build();
        assertEquals(profile, profile.toBuilder().build());
        assertEquals(List.of(Arch.X86_64, Arch.X86), profile.architectures().asList());
        assertEquals(List.of(Rule.allow("read")), profile.withoutComments().rules());
    }

    @Test
    void callsHaveSixArguments() {
        assertEquals(6, SeccompData.of(Arch.ARM, 1, 9).args().length());
        assertThrows(IllegalArgumentException.class, () -> SeccompData.of(Arch.ARM, 1, 0, 0, 0, 0, 0, 0, 0));
    }

    private static void assertRefused(String message, Executable action) {
        assertEquals(message, assertThrows(RefusalException.class, action).getMessage());
    }
}
