package io.github.strait.profile;

import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The reference decision of a profile about a call. It follows the filters that libseccomp compiles for runc and crun,
 * as measured with four versions of them. Written to be read, not to be fast. See {@link Profile#decide} for the rules.
 */
final class Semantics {
    private Semantics() {}

    static Decision decide(Profile profile, SeccompData data) {
        Arch abi = data.abi();
        if (!covers(profile, data, abi)) {
            return Decision.of(Action.KILL_THREAD);
        }
        Decision byDefault = profile.defaultDecision();
        Optional<String> name = SyscallTable.of(abi).name(data.number());
        if (name.isEmpty()) {
            return byDefault;
        }
        List<Rule> rules = profile.rules().stream()
                .filter(rule -> rule.names().contains(name.get()))
                .filter(rule -> !rule.decision().equals(byDefault))
                .toList();
        return first(rules, rule -> rule.isUnconditional(abi))
                .or(() -> first(rules, rule -> matches(rule, data, abi)))
                .map(Rule::decision)
                .orElse(byDefault);
    }

    /** A skipped call carries the x86_64 token and no mark, so either ABI of the token may decide about it. */
    private static boolean covers(Profile profile, SeccompData data, Arch abi) {
        return profile.architectures().contains(abi)
                || (abi == Arch.X86_64
                        && data.number() == SeccompData.SKIPPED
                        && profile.architectures().contains(Arch.X32));
    }

    /** All conditions must hold, unless two of them look at one argument: then each is a rule of its own. */
    private static boolean matches(Rule rule, SeccompData data, Arch abi) {
        Predicate<Condition> holds =
                condition -> condition.test(abi, data.args().get(condition.index()));
        return rule.isSplit()
                ? rule.conditions().stream().anyMatch(holds)
                : rule.conditions().stream().allMatch(holds);
    }

    private static Optional<Rule> first(List<Rule> rules, Predicate<Rule> wanted) {
        return rules.stream().filter(wanted).findFirst();
    }
}
