package io.github.strait.format.kafel;

import com.google.common.collect.Iterables;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;

/** A profile as it counts on one ABI. */
final class OneAbi {
    private static final long LOW_WORD = 0xffffffffL;

    private OneAbi() {}

    /** The profile, with the low words alone where the ABI has 32-bit addresses: there the high ones do not count. */
    static Profile of(Profile profile, Arch abi) {
        return abi.pointerBits() == 64 ? profile : profile.withRules(Iterables.transform(profile.rules(), OneAbi::low));
    }

    private static Rule low(Rule rule) {
        Rule.Builder low = Rule.builder(rule.action())
                .names(rule.names())
                .conditions(Iterables.transform(rule.conditions(), OneAbi::low));
        rule.errnoRet().ifPresent(low::errnoRet);
        return low.build();
    }

    private static Condition low(Condition condition) {
        return new Condition(
                condition.index(), condition.operator(), condition.value() & LOW_WORD, condition.valueTwo() & LOW_WORD);
    }
}
