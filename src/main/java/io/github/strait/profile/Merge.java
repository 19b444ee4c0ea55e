package io.github.strait.profile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterables;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.Arch;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The union of profiles. Each call gets the most lenient of their decisions, by the kernel's order of precedence. Of
 * two error numbers the higher one wins, so ENOSYS wins over EPERM. The union allows a call exactly when one of the
 * profiles does. A program that works under one of them works under the union.
 *
 * <p>The rules are generated from their meaning. The union does not depend on the order of the profiles, and equal
 * profiles give the same document. A document names calls for all of its architectures at once. Calls that this adds on
 * an architecture that not all profiles list are reported.
 */
public final class Merge {
    /** A profile and what to call it. */
    public record Source(String label, Profile profile) {}

    /**
     * The union.
     *
     * @param diagnostics the losses: dropped conditions and overridden decisions
     */
    public record Merged(Profile profile, ImmutableList<Diagnostic> diagnostics) {}

    private final ImmutableList<NamedRules> sources;
    private final ImmutableSortedSet<Arch> arches;
    private final Decision byDefault;
    private final Map<Integer, ArgumentSpace> spaces = new TreeMap<>(Comparator.reverseOrder());

    private Merge(List<Source> sources) {
        this.sources = sources.stream()
                .map(source -> new NamedRules(source.label(), source.profile()))
                .collect(ImmutableList.toImmutableList());
        this.arches = sources.stream()
                .flatMap(source -> source.profile().architectures().stream())
                .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
        this.byDefault = sources.stream()
                .map(source -> source.profile().defaultDecision())
                .max(DecisionRegions.BY_LENIENCY)
                .orElseThrow();
    }

    /**
     * Merges one or more profiles without scopes.
     *
     * @throws RefusalException when no such profile exists, or the conditions on a call are too many to be compared or
     *     written; the message says why, and what to change
     */
    public static Merged of(List<Source> sources) {
        Merge merge = new Merge(sources);
        merge.check();
        try {
            return merge.merged();
        } catch (CoverException e) {
            throw e.refusal("cannot-merge");
        }
    }

    private void check() {
        boolean some = false;
        boolean differ = false;
        for (NamedRules source : sources) {
            Profile profile = source.profile();
            if (!Iterables.all(profile.rules(), rule -> rule.scope().isEverywhere())) {
                throw RefusalException.of(
                        "cannot-merge", source.label() + " has rules for some machines only; resolve them first");
            }
            some |= profile.architectures().isEmpty();
            differ |= !profile.architectures().equals(arches);
        }
        if (some && !arches.isEmpty()) {
            throw RefusalException.of(
                    "cannot-merge", "one profile lists architectures and another one lists none; name them");
        }
        if (differ && byDefault.action().permits()) {
            throw RefusalException.of(
                    "cannot-merge",
                    "a profile that permits by default (" + byDefault.action().token()
                            + ") has no union with one for other architectures, because the default would hold on those"
                            + " too; merge profiles for the same architectures");
        }
    }

    private Merged merged() {
        ImmutableSortedSet<String> names = names();
        ImmutableSortedMap.Builder<String, List<DecisionRegions>> regions = ImmutableSortedMap.naturalOrder();
        RegionRules rules = new RegionRules(byDefault);
        for (String name : names) {
            List<DecisionRegions> joined = CoverException.about(name, () -> joined(name));
            regions.put(name, joined);
            if (!rules.add(name, joined)) {
                throw RefusalException.of(
                        "cannot-merge",
                        "the conditions on '" + name
                                + "' mean different things on 64-bit and 32-bit architectures, and no"
                                + " rule says both; merge profiles for one architecture");
            }
        }
        Profile.Builder union = Profile.builder(byDefault.action()).architectures(arches);
        if (byDefault.action().takesErrno()) {
            union.defaultErrnoRet(byDefault.errno());
        }
        union.rules(rules.rules());
        installation(union);
        Profile profile = union.build();
        return new Merged(profile, new MergeReport(this, profile, regions.build()).diagnostics());
    }

    private void installation(Profile.Builder union) {
        sources.forEach(source -> source.profile().flags().forEach(union::flag));
        only("listenerPath", Profile::listenerPath).ifPresent(union::listenerPath);
        only("listenerMetadata", Profile::listenerMetadata).ifPresent(union::listenerMetadata);
    }

    private Optional<String> only(String key, Function<Profile, Optional<String>> get) {
        ImmutableSortedSet<String> values = sources.stream()
                .flatMap(source -> get.apply(source.profile()).stream())
                .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
        if (values.size() > 1) {
            throw RefusalException.of(
                    "cannot-merge", "the profiles have different values of '" + key + "', and a profile has one");
        }
        return values.stream().findFirst();
    }

    ImmutableList<NamedRules> sources() {
        return sources;
    }

    Decision byDefault() {
        return byDefault;
    }

    ImmutableSortedSet<Arch> arches() {
        return arches;
    }

    /** The names that some profile has and heeds. */
    private ImmutableSortedSet<String> names() {
        ImmutableSortedSet.Builder<String> names = ImmutableSortedSet.naturalOrder();
        for (NamedRules source : sources) {
            names.addAll(Iterables.filter(source.names(), source::heeds));
        }
        return names.build();
    }

    /** The decisions of the union, one set for each width of the ABIs that have the call. */
    private List<DecisionRegions> joined(String name) {
        return NamedRules.having(name, arches).stream()
                .map(Arch::pointerBits)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .map(bits -> joined(sources, name, space(bits)))
                .toList();
    }

    /** The space for a width. There is one for each, so sets can be compared. */
    ArgumentSpace space(int bits) {
        return spaces.computeIfAbsent(bits, ArgumentSpace::new);
    }

    /** The most lenient decisions of some of the profiles. */
    static DecisionRegions joined(List<NamedRules> some, String name, ArgumentSpace space) {
        return some.stream()
                .map(source -> source.regions(name, space))
                .reduce(DecisionRegions::join)
                .orElseThrow();
    }
}
