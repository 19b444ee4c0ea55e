package io.github.strait.profile;

import com.google.common.collect.ImmutableList;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import io.github.strait.syscall.SyscallTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The rules that libseccomp adds, and that containers therefore get: where an ABI has {@code socketcall} or
 * {@code ipc}, a rule for {@code socket} is also one for {@code socketcall} with the number of that sub-call.
 *
 * <p>The added rule loses a condition on the first argument, because the number takes its place. Conditions on other
 * arguments test registers that hold something else (measured with 2.5.4). On such an ABI a rule for one socket family
 * therefore allows all of them. A filter that strait derives from evidence has no companions unless they are requested
 * here. A program that makes its calls through the multiplexer needs a rule that names it.
 */
public final class Companions {
    private static final ImmutableList<String> MULTIPLEXERS = ImmutableList.of("socketcall", "ipc");

    private Companions() {}

    /** The profile with its companions, after all other rules; they mean nothing on ABIs without multiplexers. */
    public static Profile add(Profile profile) {
        Profile.Builder all = profile.toBuilder();
        profile.rules().forEach(rule -> all.rules(of(rule)));
        return all.build();
    }

    /** Whether some ABI of these has a call that stands for others. */
    public static boolean exist(Set<Arch> abis) {
        return abis.stream()
                .anyMatch(abi -> MULTIPLEXERS.stream()
                        .anyMatch(name -> SyscallTable.of(abi).contains(name)));
    }

    /** The companions of one rule; none when it names no sub-call. */
    static List<Rule> of(Rule rule) {
        List<Rule> all = new ArrayList<>();
        for (String multiplexer : MULTIPLEXERS) {
            rule.names().stream()
                    .filter(Multiplexer.subcalls(multiplexer)::contains)
                    .map(name -> Multiplexer.number(multiplexer, name))
                    .forEach(number -> all.addAll(companions(rule, multiplexer, number)));
        }
        return all;
    }

    private static List<Rule> companions(Rule rule, String multiplexer, int number) {
        return rule.isSplit()
                ? rule.conditions().stream()
                        .map(condition -> companion(rule, List.of(condition), multiplexer, number))
                        .toList()
                : List.of(companion(rule, rule.conditions(), multiplexer, number));
    }

    private static Rule companion(Rule rule, List<Condition> conditions, String multiplexer, int number) {
        Rule.Builder companion = Rule.builder(rule.action())
                .name(multiplexer)
                .scope(rule.scope())
                .condition(Condition.of(0, Operator.EQ, number))
                .conditions(conditions.stream()
                        .filter(condition -> condition.index() != 0)
                        .toList());
        rule.errnoRet().ifPresent(companion::errnoRet);
        return companion.build();
    }
}
