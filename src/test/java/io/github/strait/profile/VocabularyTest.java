package io.github.strait.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {
    @ParameterizedTest
    @EnumSource
    void everyActionIsFoundByItsToken(Action action) {
        assertEquals(Optional.of(action), Action.find(action.token()));
    }

    @Test
    void theOldKillIsThatOfTheThread() {
        assertEquals(Optional.of(Action.KILL_THREAD), Action.find("SCMP_ACT_KILL"));
        assertEquals("SCMP_ACT_KILL_THREAD", Action.KILL_THREAD.token());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALLOW", "scmp_act_allow", "SCMP_ACT_", "SCMP_ACT_DENY", ""})
    void otherTextIsNoAction(String token) {
        assertEquals(Optional.empty(), Action.find(token));
    }

    /** The kernel compares the action parts of return values as signed numbers; the lowest wins. */
    @Test
    void declarationOrderIsTheKernelsPrecedence() {
        List<Action> byKernel = Arrays.stream(Action.values())
                .sorted((a, b) -> Integer.compare(a.returnValue(), b.returnValue()))
                .toList();
        assertEquals(List.of(Action.values()), byKernel);
    }

    @Test
    void errorNumbersGoWithErrnoAndTrace() {
        List<Action> taking =
                Arrays.stream(Action.values()).filter(Action::takesErrno).toList();
        assertEquals(List.of(Action.ERRNO, Action.TRACE), taking);
        List<Action> permitting =
                Arrays.stream(Action.values()).filter(Action::permits).toList();
        assertEquals(List.of(Action.LOG, Action.ALLOW), permitting);
    }

    @ParameterizedTest
    @EnumSource
    void everyOperatorIsFoundByItsToken(Operator operator) {
        assertEquals(Optional.of(operator), Operator.find(operator.token()));
        assertEquals(Optional.empty(), Operator.find(operator.name()));
    }

    @ParameterizedTest
    @EnumSource
    void everyFlagIsFoundByItsToken(Flag flag) {
        assertEquals(Optional.of(flag), Flag.find(flag.token()));
        assertEquals(Optional.empty(), Flag.find(flag.name()));
    }

    @Test
    void aDecisionIsWhatTheFilterReturns() {
        assertEquals(0x00050026, new Decision(Action.ERRNO, 38).returnValue());
        assertEquals(0x80000000, Decision.of(Action.KILL_PROCESS).returnValue());
        assertEquals("ERRNO 1", Decision.of(Action.ERRNO).toString());
        assertEquals("ALLOW", Decision.of(Action.ALLOW).toString());
        assertThrows(IllegalArgumentException.class, () -> new Decision(Action.ALLOW, 1));
        assertThrows(IllegalArgumentException.class, () -> new Decision(Action.ERRNO, 4096));
    }
}
