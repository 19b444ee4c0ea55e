package io.github.strait.profile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.TreeMultimap;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Severity;
import io.github.strait.syscall.Libseccomp;
import java.util.Collection;
import java.util.Optional;

/**
 * The names in a profile that a version of libseccomp does not know. runc and crun drop them silently: a call that a
 * dropped rule allows stays denied, and any other one gets the default. And the action of the default, which it may not
 * know either.
 */
public final class NewNames {
    private static final String CODE = "newer-than-libseccomp";

    /** The first release with SCMP_ACT_LOG and SCMP_ACT_KILL_PROCESS. */
    private static final String ACTIONS = "2.4.0";

    private NewNames() {}

    /** A warning about the default and for each version that allowed calls need, and notes for those that are denied. */
    public static ImmutableList<Diagnostic> of(Profile profile, Libseccomp libseccomp) {
        TreeMultimap<String, String> allowed = TreeMultimap.create();
        TreeMultimap<String, String> denied = TreeMultimap.create();
        for (Rule rule : profile.rules()) {
            for (String name : rule.names()) {
                if (!libseccomp.knows(name)) {
                    String version = Libseccomp.firstToKnow(name)
                            .map(first -> "libseccomp " + first.version() + " is the first to know ")
                            .orElse("no released libseccomp knows ");
                    (rule.action().permits() ? allowed : denied).put(version, name);
                }
            }
        }
        ImmutableList.Builder<Diagnostic> all = ImmutableList.builder();
        action(profile.defaultAction(), libseccomp).ifPresent(all::add);
        allowed.asMap()
                .forEach((first, names) ->
                        all.add(diagnostic(Severity.WARNING, names, "so they stay denied", first, libseccomp)));
        denied.asMap()
                .forEach((first, names) ->
                        all.add(diagnostic(Severity.NOTE, names, "so they get the default action", first, libseccomp)));
        return all.build();
    }

    /** A warning about the default: without the action the library makes no filter. */
    private static Optional<Diagnostic> action(Action action, Libseccomp libseccomp) {
        if ((action != Action.LOG && action != Action.KILL_PROCESS) || !libseccomp.isBefore(ACTIONS)) {
            return Optional.empty();
        }
        return Optional.of(Diagnostic.warning(
                CODE,
                null,
                "libseccomp " + libseccomp.version() + " has no " + action.token()
                        + ", the action of the default, so nothing starts; libseccomp " + ACTIONS
                        + " is the first to have it"
                        + (action == Action.LOG ? "" : ", and SCMP_ACT_TRAP is the nearest")));
    }

    private static Diagnostic diagnostic(
            Severity severity, Collection<String> names, String effect, String first, Libseccomp libseccomp) {
        String shipped = libseccomp.shipped().isEmpty() || libseccomp.shipped().equals("upstream")
                ? ""
                : " (" + libseccomp.shipped() + ")";
        return new Diagnostic(
                severity,
                CODE,
                null,
                "libseccomp " + libseccomp.version() + shipped + " ignores these calls silently, " + effect + ": "
                        + String.join(" ", names) + "; " + first + (names.size() == 1 ? "it" : "them"));
    }
}
