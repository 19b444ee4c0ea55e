package io.github.strait.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.syscall.Arch;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The verdict tables, against the reference semantics. libseccomp 2.5.4 gives the same answers to all
 * but one of them, whose name says so. */
class SemanticsTest {

    @TestFactory
    Stream<DynamicTest> verdictTables() {
        return VerdictTable.ALL.stream()
                .flatMap(resource -> VerdictTable.read(resource).stream())
                .map(row -> DynamicTest.dynamicTest(
                        row.place(),
                        () -> assertEquals(row.expected(), row.profile().decide(row.data()))));
    }

    @Test
    void overlappingConditionsWithDifferentActionsGoToTheFirst() {
        Rule allow = Rule.builder(Action.ALLOW)
                .name("socket")
                .condition(Condition.of(0, Operator.EQ, 1))
                .build();
        Rule deny = Rule.builder(Action.TRAP)
                .name("socket")
                .condition(Condition.of(1, Operator.EQ, 1))
                .build();
        Profile.Builder profile = Profile.builder(Action.ERRNO).architectures(Arch.X86_64);

        assertEquals(
                Action.ALLOW,
                profile.rule(allow)
                        .rule(deny)
                        .build()
                        .decide(SeccompData.of(Arch.X86_64, 41, 1, 1))
                        .action());
    }

    @Test
    void scopesMustBeResolvedFirst() {
        Scope.Clause onArm =
                new Scope.Clause(ImmutableSortedSet.of(Arch.ARM), ImmutableSortedSet.of(), Optional.empty());
        Profile profile = Profile.builder(Action.ERRNO)
                .architectures(Arch.X86_64)
                .rule(Rule.builder(Action.ALLOW)
                        .name("read")
                        .scope(new Scope(onArm, Scope.Clause.NONE))
                        .build())
                .build();
        assertThrows(IllegalStateException.class, () -> profile.decide(SeccompData.of(Arch.X86_64, 0)));
    }

    @Test
    void noArchitecturesMeansThatTheCallerAddsTheNativeOne() {
        Profile profile = Profile.builder(Action.ALLOW).build();
        assertEquals(Decision.of(Action.KILL_THREAD), profile.decide(SeccompData.of(Arch.X86_64, 0)));
    }
}
