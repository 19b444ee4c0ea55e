package io.github.strait.profile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.strait.syscall.Arch;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One action for some calls.
 *
 * @param names libseccomp's names, at least one (the runtime specification demands it). A name that no table knows is
 *     legal, because runtimes ignore it and a newer kernel may know it
 * @param action what happens to the calls
 * @param errnoRet 0 to 4095, the kernel's cap (runc and crun fail beyond it), and with ERRNO and TRACE only (crun
 *     refuses others, runc ignores the number); empty means EPERM
 * @param conditions what the arguments must satisfy, at most six, because crun drops the rest without a word; empty
 *     means unconditional. See {@link Profile#decide} for two conditions on one argument
 * @param scope the machines on which the rule counts
 * @param comment why the rule is there, not empty
 */
public record Rule(
        ImmutableSortedSet<String> names,
        Action action,
        OptionalInt errnoRet,
        ImmutableList<Condition> conditions,
        Scope scope,
        Optional<String> comment) {

    public Rule {
        if (names.isEmpty()) {
            throw ValueChecks.illegal("a rule names at least one call");
        }
        names.forEach(ValueChecks::checkName);
        ValueChecks.checkErrno("errnoRet", action, errnoRet, 0);
        if (conditions.size() > Condition.ARGUMENTS) {
            throw ValueChecks.illegal(conditions.size() + " conditions in one rule; crun reads " + Condition.ARGUMENTS
                    + " and drops the rest");
        }
        comment.ifPresent(text -> ValueChecks.checkText("comment", text));
    }

    /** An unconditional rule that allows the calls. */
    public static Rule allow(String... names) {
        return builder(Action.ALLOW).names(ImmutableList.copyOf(names)).build();
    }

    /** An unconditional rule that returns an error number for the calls. */
    public static Rule errno(int errno, String... names) {
        return builder(Action.ERRNO)
                .errnoRet(errno)
                .names(ImmutableList.copyOf(names))
                .build();
    }

    public static Builder builder(Action action) {
        return new Builder(action);
    }

    public boolean isConditional() {
        return !conditions.isEmpty();
    }

    /**
     * Whether two conditions look at one argument. libseccomp does not support such a rule, so runc, crun, youki and
     * runsc make every condition a separate rule. The conditions are then alternatives.
     */
    public boolean isSplit() {
        int seen = 0;
        for (Condition condition : conditions) {
            int register = 1 << condition.index();
            if ((seen & register) != 0) {
                return true;
            }
            seen |= register;
        }
        return false;
    }

    /** Whether the rule holds for all arguments of a call of the ABI: a condition with an empty mask is none. */
    public boolean isUnconditional(Arch abi) {
        int vacuous = 0;
        for (Condition condition : conditions) {
            vacuous += condition.isVacuous(abi) ? 1 : 0;
        }
        return vacuous == conditions.size() || (vacuous > 0 && isSplit());
    }

    /** The decision about a call that the rule matches. An ERRNO or TRACE without a number means EPERM. */
    public Decision decision() {
        return Decision.of(action, errnoRet);
    }

    /** The same rule without its scope, for a machine on which it counts. */
    public Rule withoutScope() {
        return new Rule(names, action, errnoRet, conditions, Scope.EVERYWHERE, comment);
    }

    /** The same rule without its comment. */
    public Rule withoutComment() {
        return new Rule(names, action, errnoRet, conditions, scope, Optional.empty());
    }

    /** Collects the parts of a rule. */
    public static final class Builder {
        private final Action action;
        private final ImmutableSortedSet.Builder<String> names = ImmutableSortedSet.naturalOrder();
        private final ImmutableList.Builder<Condition> conditions = ImmutableList.builder();
        private OptionalInt errnoRet = OptionalInt.empty();
        private Scope scope = Scope.EVERYWHERE;
        private Optional<String> comment = Optional.empty();

        private Builder(Action action) {
            this.action = action;
        }

        @CanIgnoreReturnValue
        public Builder names(Iterable<String> more) {
            names.addAll(more);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder name(String name) {
            names.add(name);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder errnoRet(int errno) {
            errnoRet = OptionalInt.of(errno);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder condition(Condition condition) {
            conditions.add(condition);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder conditions(Iterable<Condition> more) {
            conditions.addAll(more);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder scope(Scope where) {
            scope = where;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder comment(String why) {
            comment = Optional.of(why);
            return this;
        }

        public Rule build() {
            return new Rule(names.build(), action, errnoRet, conditions.build(), scope, comment);
        }
    }
}
