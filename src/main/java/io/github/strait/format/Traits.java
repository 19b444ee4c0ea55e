package io.github.strait.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.github.strait.profile.Action;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import java.util.Arrays;

/**
 * What a format can express. {@link ProfileFormat#write} refuses anything else, and commands derive and resolve
 * profiles accordingly.
 *
 * @param sharing between which ABIs a rule is shared
 * @param actions what rules and the default may do, where there are {@link Ability#ACTIONS}
 * @param operators the comparisons of conditions; empty when there are no conditions
 * @param flags how a filter may be installed
 * @param oneOf when a document is for exactly one ABI, the possible ones; empty when it may be for any of them
 */
public record Traits(
        Sharing sharing,
        ImmutableSet<Ability> abilities,
        ImmutableSet<Action> actions,
        ImmutableSet<Operator> operators,
        ImmutableSet<Flag> flags,
        ImmutableSet<Arch> oneOf) {

    /** With these abilities, and all actions, operators, flags and ABIs. */
    public static Traits of(Sharing sharing, Ability... abilities) {
        return new Traits(
                sharing,
                Sets.immutableEnumSet(Arrays.asList(abilities)),
                ImmutableSet.copyOf(Action.values()),
                ImmutableSet.copyOf(Operator.values()),
                ImmutableSet.copyOf(Flag.values()),
                ImmutableSet.of());
    }

    /** The same with these actions alone. */
    public Traits withActions(Action... some) {
        return new Traits(sharing, abilities, ImmutableSet.copyOf(some), operators, flags, oneOf);
    }

    /** The same with these operators alone; without any, the format has no conditions. */
    public Traits withOperators(Operator... some) {
        return new Traits(sharing, abilities, actions, ImmutableSet.copyOf(some), flags, oneOf);
    }

    /** The same with these flags alone. */
    public Traits withFlags(Flag... some) {
        return new Traits(sharing, abilities, actions, operators, ImmutableSet.copyOf(some), oneOf);
    }

    /** The same for one of these ABIs. */
    public Traits forOneOf(Arch... some) {
        return new Traits(sharing, abilities, actions, operators, flags, ImmutableSet.copyOf(some));
    }

    public boolean has(Ability ability) {
        return abilities.contains(ability);
    }

    /** Whether a document can say how the calls of a profile are denied, each in its own way. */
    public boolean saysDenials() {
        return abilities.containsAll(ImmutableList.of(Ability.ACTIONS, Ability.ERRNOS));
    }
}
