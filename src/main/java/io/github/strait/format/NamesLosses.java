package io.github.strait.format;

import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;

/** What a list of allowed calls cannot say. */
final class NamesLosses {
    private NamesLosses() {}

    static void check(ProfileFormat format, Profile profile) {
        if (!denies(profile.defaultAction())) {
            throw FormatRefusal.inexpressible(
                    format,
                    "lists what is allowed and needs a default that denies, not "
                            + profile.defaultAction().token());
        }
        if (profile.architectures().isEmpty()) {
            throw FormatRefusal.inexpressible(format, "names an architecture with each call, and the profile has none");
        }
        if (!profile.flags().isEmpty() || profile.listenerPath().isPresent()) {
            throw FormatRefusal.inexpressible(format, "has no flags and no listener; use oci");
        }
        profile.rules().forEach(rule -> check(format, rule));
    }

    private static void check(ProfileFormat format, Rule rule) {
        String calls = Plainness.first(rule);
        if (rule.isConditional()) {
            throw FormatRefusal.inexpressible(
                    format,
                    "has no conditions, and the rule for " + calls + " has one: "
                            + rule.conditions().get(0));
        }
        if (rule.action() != Action.ALLOW && !denies(rule.action())) {
            throw FormatRefusal.inexpressible(
                    format, "cannot say " + rule.action().token() + ", the action of the rule for " + calls);
        }
        Plainness.check(format, rule);
    }

    private static boolean denies(Action action) {
        return switch (action) {
            case KILL_PROCESS, KILL_THREAD, TRAP, ERRNO -> true;
            case NOTIFY, TRACE, LOG, ALLOW -> false;
        };
    }
}
