package io.github.strait.format;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.github.strait.format.oci.ArchMap;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Refuses profiles that a format cannot express. Nothing is dropped: a document without a condition or a scope would
 * allow more than its profile.
 */
final class Losses {
    private final ProfileFormat format;
    private final Traits traits;

    private Losses(ProfileFormat format) {
        this.format = format;
        this.traits = format.traits();
    }

    /** Refuses a profile for the first thing that the format cannot say. */
    static void check(ProfileFormat format, Profile profile) {
        Losses losses = new Losses(format);
        if (format.traits().has(Ability.COMPILED)) {
            losses.compiled(profile);
        } else {
            losses.check(profile);
        }
    }

    /** Why its rules are there was never a part of a filter. */
    private void compiled(Profile profile) {
        for (Rule rule : profile.rules()) {
            scope(rule);
        }
        flags(profile);
        decisions(profile);
    }

    private void check(Profile profile) {
        boolean isSilent = traits.flags().isEmpty() && !traits.has(Ability.LISTENER);
        if (!traits.has(Ability.ACTIONS) && !denies(profile.defaultAction())) {
            throw format.inexpressible("lists what is allowed and needs a default that denies, not "
                    + profile.defaultAction().token());
        }
        if (!traits.has(Ability.ANY_MACHINE) && profile.architectures().isEmpty()) {
            throw format.inexpressible("names an architecture with each call, and the profile has none");
        }
        if (isSilent && (!profile.flags().isEmpty() || profile.listenerPath().isPresent())) {
            throw format.inexpressible("has no flags and no listener; use "
                    + another(other ->
                            other.has(Ability.LISTENER) && !other.flags().isEmpty()));
        }
        for (Rule rule : profile.rules()) {
            rule(rule);
        }
        architectures(profile.architectures());
        installation(profile);
        decisions(profile);
    }

    private void rule(Rule rule) {
        for (Condition condition : rule.conditions()) {
            if (traits.operators().isEmpty()) {
                throw format.inexpressible("has no conditions, and the rule for " + calls(rule) + " has one: "
                        + rule.conditions().get(0) + format.instead(rule) + derived());
            }
            if (!traits.operators().contains(condition.operator())) {
                throw format.inexpressible("has no " + condition.operator().token()
                        + ", which a condition of the rule for " + calls(rule) + " needs");
            }
        }
        if (!traits.has(Ability.ACTIONS) && rule.action() != Action.ALLOW && !denies(rule.action())) {
            throw format.inexpressible(
                    "cannot say " + rule.action().token() + ", the action of the rule for " + calls(rule));
        }
        scope(rule);
        if (rule.comment().isPresent() && !traits.has(Ability.COMMENTS)) {
            throw format.inexpressible("has no comments, and the rule for " + calls(rule)
                    + " has one; leave them out with --no-comments, or use "
                    + another(other -> other.has(Ability.COMMENTS)));
        }
    }

    /** Readers of plain OCI ignore a scope in a document, which would make a limited rule an unlimited one. */
    private void scope(Rule rule) {
        if (!rule.scope().isEverywhere() && !traits.has(Ability.SCOPES)) {
            throw format.inexpressible("has no includes or excludes, which the rule for " + calls(rule) + " needs; use "
                    + another(other -> other.has(Ability.SCOPES)));
        }
    }

    private void architectures(ImmutableSortedSet<Arch> arches) {
        Set<Arch> oneOf = traits.oneOf();
        if (!oneOf.isEmpty() && (arches.size() > 1 || !oneOf.containsAll(arches))) {
            throw format.inexpressible("is for the calls of "
                    + String.join(" or of ", oneOf.stream().map(Arch::label).toList())
                    + " alone, and the profile lists "
                    + String.join(", ", arches.stream().map(Arch::label).toList())
                    + (arches.size() > 1 ? "; convert --arch and generate --target write one of them" : ""));
        }
        boolean isApart = traits.has(Ability.BOTH_BYTE_ORDERS)
                || (traits.has(Ability.MACHINES) && ArchMap.of(arches).isPresent());
        if (!isApart && isMixed(arches)) {
            throw format.inexpressible("cannot list architectures of both byte orders, " + arches
                    + ", for runtimes refuse them; write a profile for each");
        }
    }

    /** One filter has one byte order: libseccomp refuses a flat list of both (EDOM). */
    private static boolean isMixed(ImmutableSortedSet<Arch> arches) {
        for (Arch arch : arches) {
            if (arch.isBigEndian() != arches.first().isBigEndian()) {
                return true;
            }
        }
        return false;
    }

    private void installation(Profile profile) {
        flags(profile);
        if (profile.listenerPath().isPresent() && !traits.has(Ability.LISTENER)) {
            throw format.inexpressible("has no listener");
        }
    }

    private void flags(Profile profile) {
        Set<Flag> foreign = Sets.difference(profile.flags(), traits.flags());
        if (!foreign.isEmpty()) {
            throw format.inexpressible(
                    "has no flag " + foreign.iterator().next().token());
        }
    }

    private void decisions(Profile profile) {
        decision(profile.defaultDecision(), null);
        for (Rule rule : profile.rules()) {
            decision(rule.decision(), rule);
        }
    }

    /** @param rule the rule of the decision; null for that of the default */
    private void decision(Decision decision, @Nullable Rule rule) {
        if (!traits.has(Ability.ACTIONS)) {
            return;
        }
        if (!traits.actions().contains(decision.action())) {
            throw format.inexpressible("has no " + decision.action().token() + ", the action of " + place(rule)
                    + nearest(decision.action()));
        }
        if (!traits.has(Ability.ERRNOS) && decision.action().takesErrno() && decision.errno() != Decision.EPERM) {
            throw format.inexpressible("returns EPERM (1) whatever number is named, and " + place(rule) + " names "
                    + decision.errno() + derived());
        }
    }

    /** A thread or its whole process: where a format has but one of them, that comes nearest. */
    private String nearest(Action action) {
        Action other = action == Action.KILL_PROCESS ? Action.KILL_THREAD : Action.KILL_PROCESS;
        boolean kills = action == Action.KILL_PROCESS || action == Action.KILL_THREAD;
        return kills && traits.actions().contains(other) ? "; " + other.token() + " is the nearest" : "";
    }

    /** The way from the evidence to a profile that the format can express. */
    private String derived() {
        return "; strait generate " + format.options() + " derives a profile without";
    }

    private static String place(@Nullable Rule rule) {
        return rule == null ? "the default" : "the rule for " + calls(rule);
    }

    private static boolean denies(Action action) {
        return switch (action) {
            case KILL_PROCESS, KILL_THREAD, TRAP, ERRNO -> true;
            case NOTIFY, TRACE, LOG, ALLOW -> false;
        };
    }

    /** The first format that can say it. */
    private static ProfileFormat another(Predicate<Traits> can) {
        return Formats.all().stream()
                .filter(other -> can.test(other.traits()))
                .findFirst()
                .orElseThrow();
    }

    /** The first name of a rule, for messages. */
    private static String calls(Rule rule) {
        return "'" + rule.names().first() + "'" + (rule.names().size() > 1 ? " and others" : "");
    }
}
