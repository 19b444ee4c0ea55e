package io.github.strait.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.oci.ArchMap;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Profiles;
import io.github.strait.profile.Rule;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A format writes a profile exactly when it declares that it can say all of it. */
class LossesProperties {
    private static final byte[] WRITTEN = {1};

    /** A format that is nothing but what it declares. */
    private static final class Toy extends ProfileFormat {
        Toy(Traits traits) {
            super("toy", traits);
        }

        @Override
        public String purpose() {
            return "a toy";
        }

        @Override
        protected byte[] print(Profile profile) {
            return WRITTEN.clone();
        }
    }

    @Provide
    Arbitrary<Profile> profiles() {
        return Arbitraries.oneOf(Profiles.any(), Profiles.plain());
    }

    @Provide
    Arbitrary<Traits> traits() {
        return Combinators.combine(
                        Arbitraries.of(Ability.class).set(),
                        some(Action.class),
                        some(Operator.class),
                        some(Flag.class),
                        Arbitraries.of(Set.<Arch>of(), Set.of(Arch.X86_64), Set.of(Arch.X86_64, Arch.ARM)))
                .as((abilities, actions, operators, flags, oneOf) -> new Traits(
                        Sharing.ALL,
                        ImmutableSet.copyOf(abilities),
                        ImmutableSet.copyOf(actions),
                        ImmutableSet.copyOf(operators),
                        ImmutableSet.copyOf(flags),
                        ImmutableSet.copyOf(oneOf)));
    }

    /** Half of the time all values, so some profiles are expressible. */
    private static <T extends Enum<T>> Arbitrary<Set<T>> some(Class<T> type) {
        return Arbitraries.oneOf(
                Arbitraries.just(Set.of(type.getEnumConstants())),
                Arbitraries.of(type).set());
    }

    @Property(tries = 3000)
    void whatIsNotDeclaredIsRefused(@ForAll("profiles") Profile profile, @ForAll("traits") Traits traits) {
        Toy toy = new Toy(traits);
        if (isExpressible(profile, traits)) {
            assertArrayEquals(WRITTEN, toy.write(profile));
            return;
        }
        Diagnostic refusal =
                assertThrows(RefusalException.class, () -> toy.write(profile)).diagnostic();
        assertEquals("inexpressible-profile", refusal.code());
        assertTrue(refusal.message().startsWith("format 'toy' "), refusal.message());
    }

    private static boolean isExpressible(Profile profile, Traits traits) {
        boolean areScopesSaid = traits.has(Ability.SCOPES)
                || profile.rules().stream().allMatch(rule -> rule.scope().isEverywhere());
        boolean areFlagsSaid = traits.flags().containsAll(profile.flags());
        boolean areActionsSaid = isSaid(profile.defaultDecision(), true, traits)
                && profile.rules().stream().allMatch(rule -> isSaid(rule.decision(), false, traits));
        if (traits.has(Ability.COMPILED)) {
            return areScopesSaid && areFlagsSaid && (areActionsSaid || !traits.has(Ability.ACTIONS));
        }
        return areScopesSaid
                && areFlagsSaid
                && areActionsSaid
                && profile.rules().stream().allMatch(rule -> isExpressible(rule, traits))
                && (profile.listenerPath().isEmpty() || traits.has(Ability.LISTENER))
                && areSaid(profile, traits);
    }

    private static boolean isExpressible(Rule rule, Traits traits) {
        return rule.conditions().stream().map(Condition::operator).allMatch(traits.operators()::contains)
                && (rule.comment().isEmpty() || traits.has(Ability.COMMENTS));
    }

    private static boolean isSaid(Decision decision, boolean isDefault, Traits traits) {
        if (!traits.has(Ability.ACTIONS)) {
            return Set.of(Action.KILL_PROCESS, Action.KILL_THREAD, Action.TRAP, Action.ERRNO)
                            .contains(decision.action())
                    || (!isDefault && decision.action() == Action.ALLOW);
        }
        return traits.actions().contains(decision.action())
                && (traits.has(Ability.ERRNOS) || !decision.action().takesErrno() || decision.errno() == 1);
    }

    private static boolean areSaid(Profile profile, Traits traits) {
        Set<Arch> arches = profile.architectures();
        boolean isMixed =
                arches.stream().anyMatch(Arch::isBigEndian) && !arches.stream().allMatch(Arch::isBigEndian);
        boolean isApart = traits.has(Ability.BOTH_BYTE_ORDERS)
                || (traits.has(Ability.MACHINES)
                        && ArchMap.of(profile.architectures()).isPresent());
        return (!arches.isEmpty() || traits.has(Ability.ANY_MACHINE))
                && (!isMixed || isApart)
                && (traits.oneOf().isEmpty()
                        || (arches.size() < 2 && traits.oneOf().containsAll(arches)));
    }
}
