package io.github.strait.format;

import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;

/** What plain OCI cannot say. containerd ignores it in a document, which would make a limited rule an unlimited one. */
final class Plainness {
    private Plainness() {}

    static void check(ProfileFormat format, Profile profile) {
        profile.rules().forEach(rule -> check(format, rule));
    }

    static void check(ProfileFormat format, Rule rule) {
        if (!rule.scope().isEverywhere()) {
            throw FormatRefusal.inexpressible(
                    format, "has no includes or excludes, which the rule for " + first(rule) + " needs; use moby");
        }
        if (rule.comment().isPresent()) {
            throw FormatRefusal.inexpressible(
                    format,
                    "has no comments, and the rule for " + first(rule)
                            + " has one; leave them out with --no-comments, or use moby");
        }
    }

    /** The first name of a rule, for messages. */
    static String first(Rule rule) {
        return "'" + rule.names().first() + "'" + (rule.names().size() > 1 ? " and others" : "");
    }
}
