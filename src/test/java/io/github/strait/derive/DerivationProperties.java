package io.github.strait.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Lists;
import com.google.common.collect.Sets;
import io.github.strait.format.oci.MobyFormat;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Run;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.SeccompData;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import io.github.strait.syscall.SyscallTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The laws of a derivation, whatever was observed. */
class DerivationProperties {
    private static final KernelVersion KERNEL = KernelVersion.parse("6.1");

    @Provide
    Arbitrary<List<Run>> runs() {
        return Observations.runs(
                Arch.X86_64, Arch.X86, Arch.X32, Arch.AARCH64, Arch.ARM, Arch.RISCV64, Arch.S390X, Arch.PPC);
    }

    @Provide
    Arbitrary<ImmutableList<Layer>> layers() {
        return Arbitraries.subsetOf(Layer.all()).map(ImmutableList::copyOf);
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void aProfileAllowsItsOwnEvidence(@ForAll("runs") List<Run> runs, @ForAll("layers") ImmutableList<Layer> layers) {
        Observation observation = Observation.of(runs);
        Derivation derivation = derive(observation, layers);
        Profile plain = derivation.plain();
        Profile scoped = derivation.scoped();
        for (Arch arch : observation.architectures().keySet()) {
            Profile only = derivation.only(arch);
            Set<String> calls = new TreeSet<>();
            observation.architectures().get(arch).syscalls().forEach((name, call) -> {
                calls.add(name);
                calls.addAll(call.alternatives());
            });
            calls.removeIf(name -> name.startsWith("syscall_"));
            for (String name : calls) {
                assertTrue(allows(plain, arch, name), name);
                assertTrue(allows(only, arch, name), name);
                assertTrue(allows(on(scoped, arch), arch, name), name);
            }
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void moreEvidenceNeverRemovesAPermission(@ForAll("runs") List<Run> some, @ForAll("runs") List<Run> more) {
        Derivation before = derive(Observation.of(some), Layer.all());
        Derivation after = derive(Observation.of(some).merge(Observation.of(more)), Layer.all());
        for (Arch arch : before.rationales().keySet()) {
            assertTrue(allowed(after.plain(), arch).containsAll(allowed(before.plain(), arch)));
            assertTrue(allowed(after.only(arch), arch).containsAll(allowed(before.only(arch), arch)));
            assertTrue(allowed(on(after.scoped(), arch), arch).containsAll(allowed(on(before.scoped(), arch), arch)));
        }
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void theOrderOfRunsDoesNotMatter(@ForAll("runs") List<Run> runs) {
        Derivation one = derive(Observation.of(runs), Layer.all());
        Derivation two = derive(Observation.of(Lists.reverse(runs)), Layer.all());
        assertEquals(one.rationales(), two.rationales());
        assertEquals(one.plain(), two.plain());
        assertEquals(one.scoped(), two.scoped());
        assertEquals(one.diagnostics(), two.diagnostics());
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void aLayerChangesOnlyItsOwnCalls(@ForAll("runs") List<Run> runs, @ForAll("layers") ImmutableList<Layer> layers) {
        Observation observation = Observation.of(runs);
        Derivation all = derive(observation, Layer.all());
        Derivation some = derive(observation, layers);
        for (Arch arch : all.rationales().keySet()) {
            Set<String> gone = Sets.difference(
                    all.rationale(arch).names(), some.rationale(arch).names());
            Set<String> off = new TreeSet<>();
            Layer.all().stream()
                    .filter(layer -> !layers.contains(layer))
                    .forEach(layer -> off.addAll(layer.on(arch).keySet()));
            off.removeAll(observation.architectures().get(arch).syscalls().keySet());
            observation
                    .architectures()
                    .get(arch)
                    .syscalls()
                    .values()
                    .forEach(call -> off.removeAll(call.alternatives()));
            assertEquals(off, gone);
            assertTrue(
                    all.rationale(arch).names().containsAll(some.rationale(arch).names()));
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void everyAllowedCallHasAReason(@ForAll("runs") List<Run> runs) {
        Derivation derivation = derive(Observation.of(runs), Layer.all());
        Set<String> reasoned = new TreeSet<>();
        derivation
                .rationales()
                .values()
                .forEach(rationale -> rationale.reasons().forEach((name, reasons) -> {
                    assertFalse(reasons.isEmpty(), name);
                    reasoned.add(name);
                }));
        for (Profile profile : List.of(derivation.plain(), derivation.scoped())) {
            profile.rules().stream()
                    .filter(rule -> rule.action() == Action.ALLOW)
                    .forEach(rule -> assertTrue(reasoned.containsAll(rule.names())));
        }
        derivation
                .rationales()
                .forEach((arch, rationale) ->
                        assertEquals(rationale.reasons().size(), rationale.observed() + rationale.layered()));
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void aPlainProfileAllowsTheNeededCallsAndThoseOfTheUnion(@ForAll("runs") List<Run> runs) {
        Derivation derivation = derive(Observation.of(runs), Layer.all());
        for (Arch arch : derivation.rationales().keySet()) {
            Set<String> expected = new TreeSet<>(derivation.rationale(arch).names());
            assertTrue(Sets.intersection(expected, derivation.addedByUnion(arch, Sharing.ALL))
                    .isEmpty());
            expected.addAll(derivation.addedByUnion(arch, Sharing.ALL));
            assertEquals(expected, allowed(derivation.plain(), arch));
            assertEquals(derivation.rationale(arch).names(), allowed(derivation.only(arch), arch));
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void aScopedProfileAllowsEachMachineWhatItsAbisNeed(@ForAll("runs") List<Run> runs) {
        Derivation derivation = derive(Observation.of(runs), Layer.all());
        for (Arch arch : derivation.rationales().keySet()) {
            Profile here = on(derivation.scoped(), arch);
            Set<String> family = new TreeSet<>();
            derivation.rationales().forEach((other, rationale) -> {
                if (other.nativeArch() == arch.nativeArch()) {
                    family.addAll(rationale.names());
                }
            });
            Set<String> expected = new TreeSet<>(family);
            expected.removeIf(name -> !SyscallTable.of(arch).contains(name));
            assertEquals(expected, allowed(here, arch));
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void aRuleThatDeniesChangesNothingOfWhatIsAllowed(@ForAll("runs") List<Run> runs) {
        Derivation derivation = derive(Observation.of(runs), Layer.all());
        for (Arch arch : derivation.rationales().keySet()) {
            for (Profile profile : List.of(derivation.plain(), derivation.only(arch), on(derivation.scoped(), arch))) {
                Profile.Builder without =
                        Profile.builder(profile.defaultAction()).architectures(profile.architectures());
                profile.rules().stream()
                        .filter(rule -> rule.action() == Action.ALLOW)
                        .forEach(without::rule);
                assertEquals(allowed(without.build(), arch), allowed(profile, arch));
            }
            derivation
                    .only(arch)
                    .rules()
                    .forEach(rule -> assertEquals(
                            rule.action() != Action.ALLOW,
                            rule.names().stream()
                                    .allMatch(derivation.rationale(arch).denials()::containsKey)));
        }
    }

    /** A reader of the document sees each call once, and may reorder the rules. */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void noCallIsInTwoRulesOfAMachine(@ForAll("runs") List<Run> runs) {
        Derivation derivation = derive(Observation.of(runs), Layer.all());
        assertDisjoint(derivation.plain());
        for (Arch arch : derivation.rationales().keySet()) {
            assertDisjoint(derivation.only(arch));
            assertDisjoint(on(derivation.scoped(), arch));
        }
    }

    private static void assertDisjoint(Profile profile) {
        Set<String> named = new TreeSet<>();
        profile.rules().forEach(rule -> rule.names().forEach(name -> assertTrue(named.add(name), name)));
    }

    /** What Docker is given survives being written and read. */
    @Property(tries = 300, maxDiscardRatio = 100, edgeCases = EdgeCasesMode.NONE)
    void aScopedProfileIsWhatItsDocumentSays(@ForAll("runs") List<Run> runs) {
        Profile scoped = derive(Observation.of(runs), Layer.all()).scoped();
        Assume.that(!scoped.architectures().contains(Arch.PPC));
        boolean mapped = scoped.architectures().stream()
                .allMatch(arch -> scoped.architectures().contains(arch.nativeArch()));
        Assume.that(mapped);
        assertEquals(
                scoped,
                MobyFormat.MOBY.read("profile", MobyFormat.MOBY.write(scoped)).profile());
    }

    /** What follows for an ABI is allowed there, whatever the document; more evidence of the same ABI removes none of it. */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void aDerivedProfileAllowsWhatFollows(@ForAll("pairs") List<Arch> pair, @ForAll Random random) {
        Arch source = pair.get(0);
        Arch target = pair.get(1);
        Assume.that(source != target);
        Observation some = some(source, random);
        Derivation before = Derivation.of(some, deriving(target));
        Set<String> follows = DerivedObservation.of(some, target)
                .architectures()
                .get(target)
                .syscalls()
                .keySet();
        assertTrue(allowed(before.plain(), target).containsAll(follows));
        assertTrue(allowed(before.only(target), target).containsAll(follows));
        assertTrue(allowed(on(before.scoped(), target), target).containsAll(follows));
        Derivation after = Derivation.of(some.merge(some(source, random)), deriving(target));
        assertTrue(after.rationale(target)
                .names()
                .containsAll(before.rationale(target).names()));
    }

    @Provide
    Arbitrary<List<Arch>> pairs() {
        return Arbitraries.of(Arch.values()).list().ofSize(2);
    }

    private static Observation some(Arch arch, Random random) {
        List<String> names = new ArrayList<>(SyscallTable.of(arch).numbers().keySet());
        Collections.shuffle(names, random);
        return Observations.of(arch, names.subList(0, 1 + random.nextInt(60)).toArray(String[]::new));
    }

    private static DeriveOptions deriving(Arch target) {
        return new DeriveOptions(
                ImmutableSortedSet.of(target),
                Layer.all(),
                Action.ERRNO,
                DeriveOptions.EPERM,
                DeriveOptions.BASELINE,
                false,
                true,
                Optional.empty(),
                Overrides.NONE,
                Optional.empty());
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void targetsGiveTheSameRationaleAsAll(@ForAll("runs") List<Run> runs) {
        Observation observation = Observation.of(runs);
        Derivation all = derive(observation, Layer.all());
        for (Arch arch : all.rationales().keySet()) {
            Derivation one = Derivation.of(observation, Choices.of(ImmutableSortedSet.of(arch), Layer.all()));
            assertEquals(ImmutableSortedSet.of(arch), one.rationales().keySet());
            assertEquals(all.rationale(arch), one.rationale(arch));
            assertEquals(all.only(arch), one.plain());
            assertTrue(one.addedByUnion(arch, Sharing.ALL).isEmpty());
        }
    }

    private static Derivation derive(Observation observation, ImmutableList<Layer> layers) {
        boolean named = observation.architectures().values().stream()
                .flatMap(seen -> seen.syscalls().keySet().stream())
                .anyMatch(name -> !name.startsWith("syscall_"));
        Assume.that(named || !layers.isEmpty());
        return Derivation.of(observation, Choices.of(ImmutableSortedSet.of(), layers));
    }

    private static Profile on(Profile scoped, Arch arch) {
        return scoped.resolve(arch.nativeArch(), Set.of(), KERNEL);
    }

    private static Set<String> allowed(Profile profile, Arch arch) {
        Set<String> allowed = new TreeSet<>();
        SyscallTable.of(arch).numbers().keySet().stream()
                .filter(name -> allows(profile, arch, name))
                .forEach(allowed::add);
        return allowed;
    }

    private static boolean allows(Profile profile, Arch arch, String name) {
        int number = SyscallTable.of(arch).number(name).orElseThrow();
        return profile.decide(SeccompData.of(arch, number)).action() == Action.ALLOW;
    }
}
