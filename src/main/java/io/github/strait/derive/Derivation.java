package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import com.google.common.collect.TreeMultimap;
import io.github.strait.argument.Tier;
import io.github.strait.condition.CallConditions;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Run;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.Scope;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a profile must allow on each ABI, and why. It allows only calls that the evidence shows or a layer
 * names. All others return an error: ENOSYS where callers have a fallback.
 */
public final class Derivation {
    private final ImmutableSortedMap<Arch, Rationale> rationales;
    private final ImmutableSortedMap<Arch, Rationale> hosts;
    private final ImmutableSortedMap<Arch, DerivedLayer> derived;
    private final DeriveOptions options;
    private final ImmutableList<Diagnostic> diagnostics;

    /** The same without conditions; null when it has none. */
    private final @Nullable Derivation names;

    private Derivation(
            ImmutableSortedMap<Arch, Rationale> rationales,
            ImmutableSortedMap<Arch, Rationale> hosts,
            ImmutableSortedMap<Arch, DerivedLayer> derived,
            DeriveOptions options,
            ImmutableList<Diagnostic> diagnostics,
            @Nullable Derivation names) {
        this.names = names;
        this.rationales = rationales;
        this.hosts = hosts;
        this.derived = derived;
        this.options = options;
        this.diagnostics = diagnostics;
    }

    /**
     * Derives from evidence.
     *
     * @throws RefusalException when the evidence shows nothing for an ABI that was asked for
     */
    public static Derivation of(Observation observation, DeriveOptions options) {
        ImmutableSortedMap<Arch, ArchObservation> seen = observation.architectures();
        Collection<Arch> targets = options.targets().isEmpty() ? seen.keySet() : options.targets();
        if (seen.isEmpty()) {
            throw refusal(observation, "the evidence shows no call at all, so there is nothing to allow");
        }
        TreeMap<Arch, Rationale> rationales = new TreeMap<>();
        TreeMap<Arch, DerivedLayer> derived = new TreeMap<>();
        List<Diagnostic> diagnostics = new ArrayList<>();
        ImportsLayer.warning(observation, options.layers()).ifPresent(diagnostics::add);
        ImmutableSortedMap<String, Denial> elided =
                options.elideFailed() ? StatelessFailures.in(observation) : ImmutableSortedMap.of();
        for (Arch arch : targets) {
            ArchObservation calls = seen.get(arch);
            RationaleBuilder rationale = new RationaleBuilder(arch, diagnostics);
            if (calls != null && (!options.isDeriving() || DerivedLayer.isObserved(observation, arch))) {
                rationale.observed(calls, observation.wholeRunsBySyscall(arch));
                rationale.elided(elided);
            } else if (options.isDeriving()) {
                DerivedLayer layer = DerivedLayer.of(observation, arch);
                layer.warning().ifPresent(diagnostics::add);
                derived.put(arch, layer);
                rationale.derived(layer.layer());
            } else {
                throw refusal(
                        observation,
                        "nothing was observed on " + arch.label() + ", only on " + labels(seen.keySet())
                                + "; record there, add --derive, or leave --target out");
            }
            rationale.denied(EnosysDenials.on(arch, options.baseline()));
            layers(arch, targets, options)
                    .forEach(layer -> rationale.layer(filled(layer, observation, arch, rationale, options)));
            rationale.refused(options.overrides(), options.errno());
            rationales.put(arch, rationale.build());
        }
        diagnostics.addAll(DerivedCautions.of(
                observation,
                rationales.keySet(),
                options.release(),
                options.layers().contains(Siblings.LAYER)));
        ImmutableSortedMap<Arch, Rationale> hosts = hosts(targets, options, diagnostics);
        if (options.targets().isEmpty()) {
            rationales.putAll(hosts);
        }
        if (rationales.values().stream()
                .allMatch(rationale -> rationale.reasons().isEmpty())) {
            throw refusal(
                    observation,
                    "the evidence shows only calls without a name: there is nothing to allow; "
                            + "let the layers in, or record again");
        }
        Derivation names = new Derivation(
                ImmutableSortedMap.copyOf(rationales),
                hosts,
                ImmutableSortedMap.copyOf(derived),
                options,
                ImmutableList.copyOf(diagnostics),
                null);
        return options.args().isPresent() ? names.narrowed(options.args().get(), leftOut(observation)) : names;
    }

    /** The layer with the calls that it has for this evidence. */
    private static Layer filled(
            Layer layer, Observation observation, Arch arch, RationaleBuilder rationale, DeriveOptions options) {
        if (!layer.equals(Siblings.LAYER)) {
            return ImportsLayer.filled(layer, observation, arch);
        }
        boolean isSeen = observation.architectures().containsKey(arch);
        Arch source = isSeen ? arch : DerivedLayer.source(observation, arch);
        return new Siblings(ObservedLibc.mapped(observation, source), options.release()).of(rationale.shown());
    }

    /** The same calls, with conditions on their arguments. */
    private Derivation narrowed(Tier tier, ImmutableSet<String> leftOut) {
        return new Derivation(
                narrowed(rationales, tier, leftOut),
                narrowed(hosts, tier, leftOut),
                derived,
                options,
                diagnostics,
                this);
    }

    /** The calls that a recording left out. */
    private static ImmutableSet<String> leftOut(Observation observation) {
        ImmutableSet.Builder<String> names = ImmutableSet.builder();
        for (Run run : observation.runs()) {
            if (run.isPartial()) {
                names.addAll(run.recording().orElseThrow().leftOut());
            }
        }
        return names.build();
    }

    private ImmutableSortedMap<Arch, Rationale> narrowed(
            Map<Arch, Rationale> named, Tier tier, ImmutableSet<String> leftOut) {
        ImmutableSortedMap<Arch, Rationale> narrowed = narrowed(named, tier, leftOut, true);
        return HiddenCalls.refused(
                Narrowing.isRefusalInVain(narrowed) ? narrowed(named, tier, leftOut, false) : narrowed);
    }

    private ImmutableSortedMap<Arch, Rationale> narrowed(
            Map<Arch, Rationale> named, Tier tier, ImmutableSet<String> leftOut, boolean isReplacing) {
        ImmutableSortedMap.Builder<Arch, Rationale> narrowed = ImmutableSortedMap.naturalOrder();
        for (Map.Entry<Arch, Rationale> each : named.entrySet()) {
            Narrowing narrowing = new Narrowing(
                    each.getKey(),
                    each.getValue(),
                    tier,
                    options,
                    leftOut,
                    Optional.ofNullable(derived.get(each.getKey())));
            narrowed.put(each.getKey(), narrowing.of(isReplacing));
        }
        return narrowed.build();
    }

    /** Whether some call has conditions on some ABI. */
    public boolean isConditional() {
        for (Rationale rationale : rationales.values()) {
            for (CallConditions conditions : rationale.conditions().values()) {
                if (conditions.isConditional()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The same by names alone, for a format without conditions. */
    public Derivation byNames() {
        return names == null ? this : names;
    }

    /** The conditions that a document has on an ABI, by libseccomp name; of calls that have a row in the catalogue. */
    public ImmutableSortedMap<String, CallConditions> conditions(Arch arch, Sharing sharing) {
        return SharedConditions.of(sharing(arch, sharing));
    }

    /** The rows of the catalogue that its conditions are made of; none when it has none. */
    public Optional<Tier> args() {
        return names == null ? Optional.empty() : options.args();
    }

    /** The name of the error that calls return which nothing allows, or else of the action, such as {@code LOG}. */
    public String otherwise() {
        return isErrno() ? options.errno() : options.defaultAction().name();
    }

    /** What happens to calls which nothing allows. */
    public Action defaultAction() {
        return options.defaultAction();
    }

    private boolean isErrno() {
        return options.defaultAction() == Action.ERRNO;
    }

    /** Refuses the evidence, at its first file. */
    private static RefusalException refusal(Observation observation, String message) {
        RefusalException refusal = RefusalException.of("no-profile", message);
        return observation.runs().isEmpty()
                ? refusal
                : refusal.at(SourcePosition.ofFile(observation.runs().get(0).source()));
    }

    /**
     * The calls of a runtime that is native where the program is not: a 64-bit runc starts a 32-bit program by native
     * calls. When the user names the targets, the document lists these only, and runc and crun let the native ABI in by
     * themselves.
     */
    private static ImmutableSortedMap<Arch, Rationale> hosts(
            Collection<Arch> targets, DeriveOptions options, List<Diagnostic> diagnostics) {
        List<Layer> runtimes = options.layers().stream()
                .filter(layer -> layer.name().equals(RuntimeLayer.NAME)
                        && !layer.reasons().isEmpty())
                .toList();
        TreeMap<Arch, Rationale> hosts = new TreeMap<>();
        for (Arch arch : targets) {
            Arch host = arch.nativeArch();
            if (runtimes.isEmpty() || targets.contains(host) || hosts.containsKey(host)) {
                continue;
            }
            RationaleBuilder rationale = new RationaleBuilder(host, diagnostics);
            rationale.denied(EnosysDenials.on(host, options.baseline()));
            runtimes.forEach(rationale::layer);
            rationale.refused(options.overrides(), options.errno());
            hosts.put(host, rationale.build());
            if (!options.targets().isEmpty()) {
                diagnostics.add(Diagnostic.warning(
                        "runtime-not-targeted",
                        null,
                        "a runtime that is " + host.label() + " installs the filter, and --target leaves "
                                + host.label() + " out: runc and crun add it, a compiled filter kills the runtime;"
                                + " leave --target out, or say --runtime none"));
            }
        }
        return ImmutableSortedMap.copyOf(hosts);
    }

    /** The runtime itself is native, so the 32-bit ABIs of the same machine do not need its calls. */
    private static List<Layer> layers(Arch arch, Collection<Arch> targets, DeriveOptions options) {
        boolean companion = arch.nativeArch() != arch && targets.contains(arch.nativeArch());
        return options.layers().stream()
                .filter(layer -> !companion || !layer.name().equals(RuntimeLayer.NAME))
                .toList();
    }

    private static String labels(Collection<Arch> arches) {
        return String.join(", ", arches.stream().map(Arch::label).toList());
    }

    /** The reasons, by ABI. */
    public ImmutableSortedMap<Arch, Rationale> rationales() {
        return rationales;
    }

    /** The reasons on one ABI; none when the profile is not for it. */
    public Rationale rationale(Arch arch) {
        Rationale rationale = rationales.get(arch);
        return rationale == null ? Rationale.NONE : rationale;
    }

    /** The ABIs without evidence of their own, and what was derived for each. */
    public ImmutableSortedMap<Arch, DerivedLayer> derived() {
        return derived;
    }

    /** The layers that were on, in the order of their rules. */
    public ImmutableList<Layer> layers() {
        return options.layers();
    }

    /** The observed calls that a profile cannot allow. */
    public ImmutableList<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /**
     * A profile without conditions on where it applies: every format can express it, and every reader understands it
     * the same way. A rule names calls for all its ABIs at once. With several ABIs it is their union and allows more
     * than each one needs: see {@link #addedByUnion}.
     *
     * @throws RefusalException when an errno that is needed has different numbers on these ABIs
     */
    public Profile plain() {
        return base(rationales.keySet())
                .rules(rules(Sets.union(rationales.keySet(), hosts.keySet()), Scope.EVERYWHERE))
                .build()
                .withoutComments();
    }

    /**
     * As {@link #plain}, without the rules that deny, for a reader that has one error for all calls that are not
     * allowed.
     *
     * @throws RefusalException when an errno that is needed has different numbers on these ABIs
     */
    public Profile permissions() {
        Profile plain = plain();
        return base(plain.architectures())
                .rules(plain.rules().stream()
                        .filter(rule -> rule.action().permits())
                        .toList())
                .build();
    }

    /**
     * The profile of one ABI alone.
     *
     * @throws RefusalException when it has no error of the name that was asked for
     */
    public Profile only(Arch arch) {
        return flat(List.of(arch));
    }

    /**
     * A profile for each ABI alone, for a document that can say other things for each.
     *
     * @throws RefusalException as {@link #only}
     */
    public AbiProfiles byAbi() {
        return AbiProfiles.of(Maps.toMap(rationales.keySet(), this::only));
    }

    private Profile flat(Collection<Arch> arches) {
        return base(arches).rules(rules(arches, Scope.EVERYWHERE)).build().withoutComments();
    }

    /**
     * A profile that allows each machine only what its own ABIs need, and explains each rule, for a format that can
     * express both. Docker compares {@code includes.arches} with the native ABI of the daemon's machine. A machine and
     * its 32-bit ABIs are therefore one family: their calls are still a union.
     *
     * @throws RefusalException when the errno that unlisted calls get has different numbers on these ABIs
     */
    public Profile scoped() {
        TreeMultimap<Arch, Arch> families = TreeMultimap.create();
        rationales.keySet().forEach(arch -> families.put(arch.nativeArch(), arch));
        Profile.Builder profile = base(rationales.keySet());
        boolean alone = families.keySet().size() == 1;
        for (Arch machine : families.keySet()) {
            Set<Arch> family = families.get(machine);
            Scope scope = alone ? Scope.EVERYWHERE : on(Sets.union(family, Set.of(machine)));
            profile.rules(rules(Sets.union(family, Set.of(machine)), scope));
        }
        return profile.build();
    }

    private static Scope on(Collection<Arch> machines) {
        return new Scope(
                new Scope.Clause(ImmutableSortedSet.copyOf(machines), ImmutableSortedSet.of(), Optional.empty()),
                Scope.Clause.NONE);
    }

    /** The rules for these ABIs; none when only nameless calls were seen of them. */
    private ImmutableList<Rule> rules(Collection<Arch> arches, Scope scope) {
        Map<Arch, Rationale> all = new TreeMap<>(hosts);
        all.putAll(rationales);
        return new RuleBuilder(Maps.filterKeys(all, arches::contains), scope).rules(describedLayers(), otherwise());
    }

    /** The layers for the comments of rules: that of derived calls names the ABIs of the evidence, that of siblings the target. */
    private List<Layer> describedLayers() {
        TreeSet<Arch> sources = new TreeSet<>();
        derived.values().forEach(layer -> sources.add(layer.source()));
        List<Layer> described = new ArrayList<>();
        for (Layer layer : options.layers()) {
            String purpose = layer.purpose();
            if (layer.name().equals(DerivedLayer.NAME) && !sources.isEmpty()) {
                purpose = "from evidence of " + labels(sources);
            } else if (layer.equals(Siblings.LAYER)) {
                purpose = options.release().map(Siblings::purpose).orElse(purpose);
            }
            described.add(new Layer(layer.name(), purpose, layer.reasons(), layer.arguments()));
        }
        return described;
    }

    /** The rationales whose calls a document allows on an ABI. */
    private Map<Arch, Rationale> sharing(Arch arch, Sharing sharing) {
        Map<Arch, Rationale> all = new TreeMap<>(sharing == Sharing.NONE ? Map.of() : hosts);
        all.putAll(rationales);
        return Maps.filterKeys(all, other -> sharing.isBetween(arch, other));
    }

    /** The calls that a document allows on an ABI, and that exist there, although that ABI does not need them. */
    public ImmutableSortedSet<String> addedByUnion(Arch arch, Sharing sharing) {
        SyscallTable table = SyscallTable.of(arch);
        Set<String> own = rationale(arch).names();
        return sharing(arch, sharing).values().stream()
                .flatMap(rationale -> rationale.names().stream())
                .filter(name -> !own.contains(name) && table.contains(name))
                .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
    }

    /**
     * The calls of an ABI that a document denies with an error other than the default, without those that it allows
     * there.
     */
    public ImmutableSortedMap<String, Denial> denials(Arch arch, Sharing sharing) {
        SyscallTable table = SyscallTable.of(arch);
        return ImmutableSortedMap.copyOf(
                Maps.filterKeys(RuleBuilder.denials(sharing(arch, sharing).values()), table::contains));
    }

    private Profile.Builder base(Collection<Arch> arches) {
        Profile.Builder profile = Profile.builder(options.defaultAction()).architectures(arches);
        return isErrno() ? profile.defaultErrnoRet(RuleBuilder.number(options.errno(), arches)) : profile;
    }
}
