package io.github.strait.api;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.ImmutableTable;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import io.github.strait.bpf.Decompiled;
import io.github.strait.bpf.FilterCompiler;
import io.github.strait.bpf.FilterStack;
import io.github.strait.bpf.Frequencies;
import io.github.strait.bpf.Layout;
import io.github.strait.bpf.Program;
import io.github.strait.bpf.StackDecisions;
import io.github.strait.derive.Derivation;
import io.github.strait.derive.Reason;
import io.github.strait.derive.RuntimeLayer;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.follow.ArgumentWatch;
import io.github.strait.format.Engine;
import io.github.strait.format.Reader;
import io.github.strait.format.Reading;
import io.github.strait.observation.Observation;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.Action;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Profile;
import io.github.strait.record.Confinement;
import io.github.strait.runtime.Start;
import io.github.strait.start.Obstacle;
import io.github.strait.start.Startability;
import io.github.strait.syscall.Arch;
import io.github.strait.verify.Filter;
import io.github.strait.verify.LayerNames;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A profile as it counts on each machine that evidence is from. */
public final class Claim {
    private final ProfileFile file;
    private final Reader reader;
    private final ProfileResolver resolver;
    private final Optional<AbiProfiles> byAbi;
    private final Optional<Decompiled> loaded;
    private final Profile document;

    private Claim(
            ProfileFile file,
            Reader reader,
            ProfileResolver resolver,
            Optional<AbiProfiles> byAbi,
            Optional<Decompiled> loaded,
            Profile document) {
        this.file = file;
        this.reader = reader;
        this.resolver = resolver;
        this.byAbi = byAbi;
        this.loaded = loaded;
        this.document = document;
    }

    /** Reads a document as the usual engine on this machine does. */
    public static Claim of(ProfileFile file, ProfileResolver resolver) {
        return of(file, new Reader(Engine.DOCKER, Machine.here()), resolver);
    }

    /** Reads a document; one that has a profile for each ABI needs not be one profile. */
    static Claim of(ProfileFile file, Reader reader, ProfileResolver resolver) {
        Reading reading = file.reading(reader);
        if (reading.filter().isPresent()) {
            resolver.listener().diagnostics(reading.diagnostics());
        }
        Optional<AbiProfiles> byAbi = reading.filter().map(Decompiled::profiles).or(reading::byAbi);
        if (byAbi.isPresent()) {
            return new Claim(
                    file,
                    reader,
                    resolver,
                    byAbi,
                    reading.filter(),
                    Profile.builder(Action.ERRNO).build());
        }
        resolver.listener().diagnostics(reading.diagnostics());
        return new Claim(file, reader, resolver, Optional.empty(), Optional.empty(), reading.profile());
    }

    /** The profile of the document on another machine, which reads its own entry. */
    private Profile on(Arch machine) {
        return file.reading(reader.on(machine)).profile();
    }

    /** The document, as the user named it. */
    String name() {
        return file.name();
    }

    /** A watch for the arguments that the profile tests. */
    ArgumentWatch watch() {
        SetMultimap<String, Integer> arguments = LinkedHashMultimap.create(Filter.arguments(document));
        loaded.ifPresent(filter -> new StackDecisions(filter.stack())
                .addArguments(filter.profiles().abis(), arguments));
        return new ArgumentWatch(arguments);
    }

    /** How the filter is to be installed. */
    ImmutableSortedSet<Flag> flags() {
        return document.flags();
    }

    /** The profile for each ABI, on its machine. */
    AbiProfiles profiles(Set<Arch> arches) {
        Map<Arch, Profile> profiles = new TreeMap<>();
        Map<Arch, Profile> byMachine = new HashMap<>();
        for (Arch arch : arches) {
            Arch home = arch.nativeArch();
            if (byAbi.isPresent()) {
                profiles.put(arch, byAbi.get().on(arch).orElseGet(() -> denying(byAbi.get())));
                continue;
            }
            if (!byMachine.containsKey(home)) {
                Profile here = home == reader.machine() ? document : on(home);
                byMachine.put(
                        home,
                        resolver.resolve(file.name(), here, Optional.of(home)).on(home));
            }
            profiles.put(arch, byMachine.get(home));
        }
        return AbiProfiles.of(profiles);
    }

    private static Profile denying(AbiProfiles others) {
        return Profile.builder(Action.ERRNO).architectures(others.abis()).build();
    }

    /**
     * What keeps runtimes from starting containers on the machines of these profiles. The program's own calls are judged
     * from the evidence. A document with a profile for each ABI has obstacles only for what loads a compiled filter; no other
     * runtime reads one.
     */
    ImmutableList<Obstacle> obstacles(AbiProfiles profiles, Start start) {
        return allObstacles(profiles, start).stream()
                .filter(obstacle -> !obstacle.kind().isOfProgram())
                .collect(ImmutableList.toImmutableList());
    }

    /** The same, and what keeps programs from starting in general. */
    ImmutableList<Obstacle> allObstacles(AbiProfiles profiles, Start start) {
        return byAbi.isPresent() && !start.loadsFilters()
                ? ImmutableList.of()
                : profiles.byAbi().entrySet().stream()
                        .filter(each -> byAbi.isEmpty()
                                || each.getKey() == each.getKey().nativeArch())
                        .flatMap(each ->
                                Startability.of(
                                        each.getValue(), List.of(each.getKey().nativeArch()), start)
                                        .stream())
                        .distinct()
                        .collect(ImmutableList.toImmutableList());
    }

    /**
     * Checks that the profiles say all that the claim does.
     *
     * @throws RefusalException for filters that no rules describe; the message names the first call
     */
    void requireRules() {
        loaded.flatMap(Decompiled::gap).ifPresent(gap -> {
            throw RefusalException.of("inexpressible-profile", file.position(), gap);
        });
    }

    /** Whether no call of that name runs, whatever its arguments are. */
    boolean denies(Arch arch, String name) {
        return profiles(Set.of(arch))
                .on(arch)
                .filter(profile -> !profile.defaultAction().permits()
                        && profile.rules().stream()
                                .noneMatch(rule ->
                                        rule.action().permits() && rule.names().contains(name)))
                .isPresent();
    }

    /** The filter for each ABI. */
    Map<Arch, Filter> filters(AbiProfiles profiles) {
        Map<Arch, Filter> filters = new TreeMap<>();
        try {
            if (loaded.isPresent()) {
                FilterStack stack = loaded.get().stack();
                Optional<StackDecisions> decisions = Optional.of(new StackDecisions(stack));
                profiles.forEach((arch, profile) -> filters.put(arch, new Filter(profile, stack.newest(), decisions)));
                return filters;
            }
            profiles.forEach((arch, profile) -> filters.put(arch, Filter.of(profile, arch)));
        } catch (RefusalException e) {
            throw e.at(file.position());
        }
        return filters;
    }

    /** How a command on this machine is started under the profile. */
    public Confinement confinement() {
        Arch here = Machine.here();
        Filter filter = filter(here);
        if (byAbi.isPresent() && !byAbi.get().abis().contains(here)) {
            throw RefusalException.of(
                    "usage",
                    Path.of(file.name()),
                    "lists no call of " + here.label() + ", so nothing could start on this machine");
        }
        if (loaded.isPresent() && loaded.get().stack().programs().size() > 1) {
            requireRules();
            Program one = FilterCompiler.compile(byAbi.orElseThrow(), Layout.AUTO, Frequencies.UNKNOWN);
            return Confinement.of(one, here, Set.of());
        }
        return Confinement.of(filter.program(), here, filter.profile().flags());
    }

    /** The native calls of this machine that the filter allows whatever their arguments are. */
    public Set<String> alwaysAllowed() {
        return filter(Machine.here()).alwaysAllowed(Machine.here());
    }

    private Filter filter(Arch arch) {
        return filters(profiles(Set.of(arch))).values().iterator().next();
    }

    /** The layers that strait knows, those of all runtimes as one. */
    static LayerNames layers(Observation observation) {
        Map<Arch, Map<String, String>> names = new TreeMap<>();
        try {
            Derivation derivation = DerivationRequest.builder().build().derivation(observation);
            derivation
                    .rationales()
                    .forEach((arch, rationale) -> rationale.reasons().forEach((name, reasons) -> {
                        if (reasons.get(0) instanceof Reason.Layered layered) {
                            names.computeIfAbsent(arch, key -> new TreeMap<>()).put(name, layered.layer());
                        }
                    }));
        } catch (RefusalException e) {
            // nothing can be derived from it, so no layer was let in
        }
        for (Arch arch : observation.architectures().keySet()) {
            for (String runtime : arch == arch.nativeArch() ? RuntimeLayer.names() : Set.<String>of()) {
                RuntimeLayer.of(runtime, false, false, false)
                        .on(arch)
                        .keySet()
                        .forEach(name -> names.computeIfAbsent(arch, key -> new TreeMap<>())
                                .putIfAbsent(name, RuntimeLayer.NAME));
            }
        }
        ImmutableTable.Builder<Arch, String, String> table = ImmutableTable.builder();
        names.forEach((arch, calls) -> calls.forEach((name, layer) -> table.put(arch, name, layer)));
        return new LayerNames(table.buildOrThrow());
    }
}
