package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.github.strait.profile.Action;
import io.github.strait.profile.Rule;
import io.github.strait.profile.Scope;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Makes the rules that several ABIs share: one that allows what was observed, and one for each layer, so that a reader of
 * the profile sees them apart. A call that one of the ABIs needs is allowed on all of them.
 */
final class RuleBuilder {
    private final ImmutableList<Rationale> rationales;
    private final Scope scope;

    RuleBuilder(Collection<Rationale> rationales, Scope scope) {
        this.rationales = ImmutableList.copyOf(rationales);
        this.scope = scope;
    }

    /** The rules, no name in two of them; the layers' in the order given. */
    ImmutableList<Rule> rules(List<Layer> layers) {
        ImmutableList.Builder<Rule> rules = ImmutableList.builder();
        TreeSet<String> allowed = new TreeSet<>();
        rationales.forEach(rationale -> allowed.addAll(rationale.observedNames()));
        if (!allowed.isEmpty()) {
            rules.add(allow(allowed, "observed"));
        }
        for (Layer layer : layers) {
            TreeSet<String> added = new TreeSet<>();
            rationales.forEach(rationale -> added.addAll(rationale.addedBy(layer.name())));
            ImmutableSortedSet<String> names = ImmutableSortedSet.copyOf(Sets.difference(added, allowed));
            if (!names.isEmpty()) {
                rules.add(allow(names, "layer " + layer.name() + ": " + layer.purpose()));
                allowed.addAll(names);
            }
        }
        return rules.build();
    }

    private Rule allow(Collection<String> names, String comment) {
        return Rule.builder(Action.ALLOW)
                .names(names)
                .scope(scope)
                .comment(comment)
                .build();
    }
}
