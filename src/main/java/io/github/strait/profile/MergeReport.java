package io.github.strait.profile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Sets;
import com.google.common.collect.TreeMultimap;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.Syscalls;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The diagnostics about a union: where it drops a condition of a profile, overrides its decision or allows more. */
final class MergeReport {
    private static final int LISTED = 8;

    private final Merge merge;
    private final Profile union;
    private final ImmutableSortedMap<String, List<DecisionRegions>> regions;
    private final ImmutableList.Builder<Diagnostic> diagnostics = ImmutableList.builder();

    MergeReport(Merge merge, Profile union, ImmutableSortedMap<String, List<DecisionRegions>> regions) {
        this.merge = merge;
        this.union = union;
        this.regions = regions;
    }

    ImmutableList<Diagnostic> diagnostics() {
        conditions();
        defaults();
        denials();
        widened();
        flags();
        for (NamedRules source : merge.sources()) {
            inVain(source);
            comments(source);
        }
        return diagnostics.build();
    }

    private void conditions() {
        TreeMultimap<String, String> dropped = TreeMultimap.create();
        regions.forEach((name, all) -> {
            for (DecisionRegions joined : all) {
                CoverException.about(name, () -> dropped(name, joined, dropped));
            }
        });
        dropped.asMap()
                .forEach((why, names) -> diagnostics.add(
                        Diagnostic.warning("condition-dropped", null, "the conditions on " + list(names) + why)));
    }

    private void dropped(String name, DecisionRegions joined, TreeMultimap<String, String> dropped) {
        if (joined.permitted() != ArgumentSpace.ALL) {
            return;
        }
        String free = "the profiles together allow all arguments";
        Set<String> limited = new TreeSet<>();
        for (int i = merge.sources().size() - 1; i >= 0; i--) {
            NamedRules source = merge.sources().get(i);
            int permitted = source.regions(name, joined.space()).permitted();
            if (permitted == ArgumentSpace.ALL) {
                free = source.label() + " allows " + "the same without";
            } else if (permitted != ArgumentSpace.NONE) {
                limited.add(source.label());
            }
        }
        for (String label : limited) {
            dropped.put(" in " + label + " are dropped, because " + free, name);
        }
    }

    private void defaults() {
        for (NamedRules source : merge.sources()) {
            Decision own = source.profile().defaultDecision();
            if (!own.equals(merge.byDefault())) {
                diagnostics.add(Diagnostic.warning(
                        "answer-changed",
                        null,
                        "the default of " + source.label() + ", " + own + ", gives way to the more lenient "
                                + merge.byDefault()));
            }
        }
    }

    /** DecisionRegions that rules give, and not the default: those were chosen for the call. */
    private void denials() {
        TreeMultimap<String, String> changed = TreeMultimap.create();
        regions.forEach((name, all) -> {
            for (NamedRules source : merge.sources()) {
                for (DecisionRegions joined : all) {
                    CoverException.about(name, () -> changed(name, source, joined, changed));
                }
            }
        });
        changed.asMap()
                .forEach((what, names) ->
                        diagnostics.add(Diagnostic.warning("answer-changed", null, list(names) + ": " + what)));
    }

    private static void changed(
            String name, NamedRules source, DecisionRegions joined, TreeMultimap<String, String> changed) {
        ArgumentSpace space = joined.space();
        DecisionRegions own = source.regions(name, space);
        own.regions()
                .forEach((mine, here) -> joined.regions().forEach((theirs, there) -> {
                    boolean chosen = !mine.equals(source.profile().defaultDecision());
                    boolean denied =
                            !mine.action().permits() && !theirs.action().permits();
                    if (chosen && denied && !mine.equals(theirs) && space.and(here, there) != ArgumentSpace.NONE) {
                        changed.put(
                                source.label() + " returns " + mine + ", overridden by the more lenient " + theirs,
                                name);
                    }
                }));
    }

    private void widened() {
        for (Arch arch : merge.arches()) {
            List<NamedRules> listing = merge.sources().stream()
                    .filter(source -> source.profile().architectures().contains(arch))
                    .toList();
            if (listing.size() < merge.sources().size()) {
                widened(arch, listing);
            }
        }
    }

    private void widened(Arch arch, List<NamedRules> listing) {
        NamedRules whole = new NamedRules("the union", union);
        ArgumentSpace space = merge.space(arch.pointerBits());
        Set<String> more = new TreeSet<>();
        for (String name : regions.keySet()) {
            boolean exists =
                    SyscallTable.of(arch).contains(name) || !Syscalls.names().contains(name);
            boolean wider = CoverException.about(name, () -> {
                int wanted = Merge.joined(listing, name, space).permitted();
                int allowed = whole.regions(name, space).permitted();
                return space.minus(allowed, wanted) != ArgumentSpace.NONE;
            });
            if (exists && wider) {
                more.add(name);
            }
        }
        if (!more.isEmpty()) {
            diagnostics.add(Diagnostic.warning(
                    "union-of-architectures",
                    null,
                    "a document names calls for all its architectures at once: " + arch.label() + " is allowed "
                            + more.size() + (more.size() == 1 ? " call" : " calls")
                            + " more than its own profiles say: " + list(more)));
        }
    }

    private void flags() {
        for (NamedRules source : merge.sources()) {
            Set<Flag> foreign = Sets.difference(union.flags(), source.profile().flags());
            if (!foreign.isEmpty()) {
                String tokens = foreign.stream().map(Flag::token).collect(Collectors.joining(", "));
                diagnostics.add(Diagnostic.warning(
                        "flags-united", null, source.label() + " does not have the flags " + tokens));
            }
        }
    }

    private void inVain(NamedRules source) {
        Set<String> names = source.names().stream()
                .filter(name -> !source.heeds(name))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!names.isEmpty()) {
            diagnostics.add(Diagnostic.note(
                    "name-in-vain",
                    null,
                    source.label() + " lists " + list(names) + ", which none of its architectures has; dropped"));
        }
    }

    private void comments(NamedRules source) {
        long comments = source.profile().rules().stream()
                .filter(rule -> rule.comment().isPresent())
                .count();
        if (comments > 0) {
            diagnostics.add(Diagnostic.warning(
                    "comments-dropped",
                    null,
                    "the rules are rewritten without the " + comments + " comments of " + source.label()));
        }
    }

    private static String list(Collection<String> names) {
        List<String> first =
                names.stream().limit(LISTED).map(name -> "'" + name + "'").toList();
        int rest = names.size() - first.size();
        return String.join(", ", first) + (rest > 0 ? " and " + rest + " others" : "");
    }
}
