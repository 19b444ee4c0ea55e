package io.github.strait.report;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.github.strait.derive.Derivation;
import io.github.strait.derive.Reason;
import io.github.strait.diagnostic.Printable;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Risk;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How a committed profile differs from the one that the evidence gives now. */
public final class Drift {
    private Drift() {}

    /**
     * The difference, one line a call: {@code +} what would be allowed now and is not in the committed profile, {@code -}
     * what it allows and nothing asks for. Empty when the two allow the same calls and differ in layout or in more
     * than plain allow rules.
     */
    public static String of(Profile committed, Profile derived, Derivation derivation) {
        ImmutableSortedSet<String> before = allowed(committed);
        ImmutableSortedSet<String> now = allowed(derived);
        Columns table = new Columns();
        Sets.difference(now, before).forEach(name -> table.row("+ " + name, why(name, derivation)));
        Sets.difference(before, now).forEach(name -> table.row("- " + name, "neither observed nor named by a layer"));
        StringBuilder out = new StringBuilder(table.text(0));
        architectures("+ ", derived, committed, out);
        architectures("- ", committed, derived, out);
        return out.toString();
    }

    private static void architectures(String sign, Profile has, Profile lacks, StringBuilder out) {
        for (Arch arch : Sets.difference(has.architectures(), lacks.architectures())) {
            out.append(sign).append(arch.scmpToken()).append('\n');
        }
    }

    private static ImmutableSortedSet<String> allowed(Profile profile) {
        return profile.rules().stream()
                .filter(rule -> rule.action() == Action.ALLOW)
                .map(Rule::names)
                .flatMap(Set::stream)
                .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
    }

    private static String why(String name, Derivation derivation) {
        TreeSet<String> reasons = new TreeSet<>();
        derivation.rationales().forEach((arch, rationale) -> {
            List<Reason> why = rationale.reasons().get(name);
            if (why != null) {
                reasons.add(first(why));
            }
        });
        String risk = Risk.of(name)
                .map(known -> " [" + known.riskClass().label() + " risk: " + known.reason() + "]")
                .orElse("");
        return String.join("; ", reasons) + risk;
    }

    private static String first(List<Reason> why) {
        Reason reason = why.get(0);
        if (reason instanceof Reason.Observed observed) {
            return Columns.times(observed.seen().count()) + ", first at "
                    + Printable.of(observed.seen().first().toString());
        }
        return reason instanceof Reason.Layered layered ? "layer " + layered.layer() : "may be meant by the text";
    }
}
