package io.github.strait.report;

import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.Sets;
import com.google.common.collect.TreeMultimap;
import io.github.strait.derive.Derivation;
import io.github.strait.derive.Reason;
import io.github.strait.diagnostic.Printable;
import io.github.strait.profile.Difference;
import io.github.strait.profile.Difference.Answer;
import io.github.strait.profile.Difference.Change;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Risk;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How a committed profile differs from the one that the evidence gives now. */
public final class Drift {
    private final ImmutableSetMultimap<Arch, String> committed;
    private final ImmutableSetMultimap<Arch, String> derived;
    private final Derivation derivation;

    private Drift(
            ImmutableSetMultimap<Arch, String> committed,
            ImmutableSetMultimap<Arch, String> derived,
            Derivation derivation) {
        this.committed = committed;
        this.derived = derived;
        this.derivation = derivation;
    }

    /**
     * The difference of two documents.
     *
     * @param committed the calls that the committed profile allows on each ABI
     * @param derived those that the derived one allows
     */
    public static Drift of(
            ImmutableSetMultimap<Arch, String> committed,
            ImmutableSetMultimap<Arch, String> derived,
            Derivation derivation) {
        return new Drift(committed, derived, derivation);
    }

    /** Whether the two allow the same calls, with all arguments or with some. */
    public boolean isEmpty() {
        return committed.equals(derived);
    }

    /** Whether the calls that rules allow are all that is otherwise in what the documents mean. */
    public boolean accountsFor(Difference difference) {
        return difference.flagsGained().isEmpty()
                && difference.flagsLost().isEmpty()
                && difference.arches().entrySet().stream()
                        .allMatch(entry -> accountsFor(entry.getKey(), entry.getValue()));
    }

    private boolean accountsFor(Arch arch, Difference.OfArch of) {
        Set<String> gained = Sets.difference(derived.get(arch), committed.get(arch));
        Set<String> lost = Sets.difference(committed.get(arch), derived.get(arch));
        Set<String> changed = Sets.union(gained, lost);
        return of.defaults().isEmpty()
                && of.gained().stream().map(Change::syscall).allMatch(gained::contains)
                && of.lost().stream().map(Change::syscall).allMatch(lost::contains)
                && of.answers().stream().map(Answer::syscall).allMatch(changed::contains);
    }

    /**
     * One line an ABI and one a call: {@code +} what would be allowed now and is not in the committed profile, {@code -}
     * what it allows and nothing asks for.
     */
    public String text() {
        Columns arches = new Columns();
        Sets.difference(derived.keySet(), committed.keySet()).stream()
                .sorted()
                .forEach(arch -> arches.row("+ " + arch.label(), "the whole architecture"));
        Sets.difference(committed.keySet(), derived.keySet()).stream()
                .sorted()
                .forEach(arch -> arches.row("- " + arch.label(), "the whole architecture"));
        Columns calls = new Columns();
        more(derived, committed).forEach((name, on) -> row(calls, "+ " + name, on, why(name, on)));
        more(committed, derived)
                .forEach((name, on) -> row(calls, "- " + name, on, "no evidence and no layer asks for it"));
        return arches.text(0) + calls.text(0);
    }

    /** What one side allows beyond the other, and where. */
    private static Map<String, Collection<Arch>> more(
            ImmutableSetMultimap<Arch, String> has, ImmutableSetMultimap<Arch, String> lacks) {
        TreeMultimap<String, Arch> more = TreeMultimap.create();
        has.entries().stream()
                .filter(entry -> !lacks.containsEntry(entry.getKey(), entry.getValue()))
                .forEach(entry -> more.put(entry.getValue(), entry.getKey()));
        return more.asMap();
    }

    /** Says where only when there is a choice. */
    private void row(Columns calls, String call, Collection<Arch> on, String why) {
        Set<Arch> all = Sets.union(committed.keySet(), derived.keySet());
        if (all.size() == 1) {
            calls.row(call, why);
        } else {
            calls.row(call, String.join(",", on.stream().map(Arch::label).toList()), why);
        }
    }

    private String why(String name, Collection<Arch> on) {
        TreeSet<String> reasons = new TreeSet<>();
        for (Arch arch : on) {
            List<Reason> why = derivation.rationale(arch).reasons().get(name);
            reasons.add(why == null ? "another architecture of the document needs it" : first(why));
        }
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
