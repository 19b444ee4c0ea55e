package io.github.strait.lint;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.profile.Action;
import io.github.strait.profile.Companions;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Profiles;
import io.github.strait.profile.Rule;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is said of socketcall, against the decisions of the profile with the rules that libseccomp adds. */
class MultiplexerProperties {
    private static final List<Long> NUMBERS = List.of(0L, 1L, 2L, 3L, 4L);

    @Provide
    Arbitrary<Profile> profiles() {
        Arbitrary<Condition> conditions = Combinators.combine(
                        Arbitraries.of(0, 1, 2), Arbitraries.of(Operator.values()), Arbitraries.of(1L, 2L, 3L))
                .as((index, operator, value) -> operator == Operator.MASKED_EQ
                        ? Condition.maskedEqual(index, 3, value)
                        : Condition.of(index, operator, value));
        Arbitrary<Rule> rules = Combinators.combine(
                        Arbitraries.of("socket", "socket", "socketcall"),
                        Arbitraries.of(Action.ALLOW, Action.ERRNO, Action.KILL_PROCESS),
                        conditions.list().ofMaxSize(2))
                .as((name, action, all) ->
                        Rule.builder(action).name(name).conditions(all).build());
        return Combinators.combine(
                        Arbitraries.of(Action.ALLOW, Action.ERRNO),
                        rules.list().ofMinSize(1).ofMaxSize(4))
                .as((action, all) -> Profile.builder(action)
                        .architectures(Arch.X86_64, Arch.X86)
                        .rules(all)
                        .build())
                .filter(Profiles::isLoadable);
    }

    /** The first argument is the number of the sub-call; what it is called with stands in memory. */
    @Property
    void conditionsAreVoidWhereTheMultiplexerIsReached(@ForAll("profiles") Profile profile) {
        List<Rule> effective = profile.rules().stream()
                .filter(rule -> rule.names().contains("socket"))
                .filter(rule -> !rule.decision().equals(profile.defaultDecision()))
                .toList();
        boolean isConditional =
                !effective.isEmpty() && effective.stream().noneMatch(rule -> rule.isUnconditional(Arch.X86));
        boolean isReported = !Sample.findings("socketcall", profile).isEmpty();
        if (isReached(profile) && isConditional) {
            assertTrue(isReported, profile::toString);
        } else if (!isConditional) {
            assertFalse(isReported, profile::toString);
        }
    }

    private static boolean isReached(Profile profile) {
        Profile loaded = Companions.add(profile);
        int number = SyscallTable.of(Arch.X86).number("socketcall").orElseThrow();
        return NUMBERS.stream()
                .anyMatch(second -> NUMBERS.stream()
                        .anyMatch(third -> loaded.decide(SeccompData.of(Arch.X86, number, 1, second, third))
                                .action()
                                .permits()));
    }
}
