package io.github.strait.start;

import io.github.strait.argument.Place;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import java.util.List;

/** Whether a rule counts for a call of which some registers are known; the weakest first. */
enum Match {
    NO,
    /** It depends on the other registers. */
    PERHAPS,
    YES;

    /**
     * The match of a rule.
     *
     * @param values what is in the registers of the place
     */
    static Match of(Rule rule, Arch arch, Place place, List<Long> values) {
        Match all = YES;
        Match any = NO;
        for (Condition condition : rule.conditions()) {
            Match one = of(condition, arch, place, values);
            all = one.compareTo(all) < 0 ? one : all;
            any = one.compareTo(any) > 0 ? one : any;
        }
        return rule.isSplit() ? any : all;
    }

    private static Match of(Condition condition, Arch arch, Place place, List<Long> values) {
        if (condition.isVacuous(arch)) {
            return YES;
        }
        int at = place.registers().indexOf(condition.index());
        if (at < 0 || (place.isPointer() && values.get(at) != 0)) {
            return PERHAPS; // of a pointer it is only known that it is not NULL
        }
        return condition.test(arch, values.get(at)) ? YES : NO;
    }
}
