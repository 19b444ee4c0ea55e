package io.github.strait.verify;

import com.google.common.collect.ImmutableList;
import io.github.strait.argument.Tier;
import io.github.strait.condition.CallConditions;
import io.github.strait.condition.CallEvidence;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Fallback;
import io.github.strait.syscall.Multiplexer;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Whether a profile allows more than evidence and layers need: each call of each rule is taken out, one after the other,
 * and the evidence is replayed against what remains.
 *
 * @param parts what was taken out, by name
 */
public record Minimality(ImmutableList<Part> parts) {

    /**
     * One call of one rule that allows it.
     *
     * @param rule the place of the rule in the profile, from 0
     * @param conditions of the rule, for people; empty when there are none
     * @param need the first observed call that the profile without this part denies, or about which it becomes undecided
     * @param isLayered whether a layer has the call, or the values belong to what was seen of it
     */
    public record Part(String name, int rule, String conditions, Optional<Verdict> need, boolean isLayered) {
        /** Whether nothing speaks for it. */
        public boolean isSuperfluous() {
            return need.isEmpty() && !isLayered;
        }
    }

    /**
     * Takes out one part after the other.
     *
     * @param profiles for each observed ABI the profile of its machine, without scopes
     */
    public static Minimality of(ObservedCalls observed, AbiProfiles profiles, LayerNames layers) {
        Map<String, Part> parts = new TreeMap<>();
        Map<Arch, Filter> whole = new HashMap<>();
        profiles.forEach((arch, profile) -> whole.put(arch, Filter.of(profile, arch)));
        profiles.forEach((arch, profile) -> {
            for (int i = 0; i < profile.rules().size(); i++) {
                Rule rule = profile.rules().get(i);
                for (String name : rule.action().permits() ? rule.names() : List.<String>of()) {
                    Optional<Verdict> need =
                            need(observed, arch, whole, Filter.of(without(profile, i, name), arch), name);
                    boolean isLayered = layers.has(name) || isOpened(observed, arch, name, rule);
                    Part part = new Part(name, i, conditions(rule), need, isLayered);
                    parts.merge(name + '\t' + i, part, Minimality::first);
                }
            }
        });
        return new Minimality(ImmutableList.copyOf(parts.values()));
    }

    /** Whether the conditions of a rule let through only what the values that were seen open in a derived profile. */
    private static boolean isOpened(ObservedCalls observed, Arch arch, String name, Rule rule) {
        ArchObservation seen = observed.observation().architectures().get(arch);
        SyscallObservation call = seen == null ? null : seen.syscalls().get(name);
        if (call == null || !rule.isConditional() || rule.isSplit()) {
            return false;
        }
        CallConditions safe = CallConditions.of(name, arch, Tier.SAFE, CallEvidence.of(call, true));
        return safe.isConditional() && safe.includes(rule.conditions());
    }

    /** The parts that neither evidence nor a layer needs. */
    public ImmutableList<Part> superfluous() {
        return parts.stream().filter(Part::isSuperfluous).collect(ImmutableList.toImmutableList());
    }

    private static Optional<Verdict> need(
            ObservedCalls observed, Arch arch, Map<Arch, Filter> whole, Filter without, String name) {
        Stream<Verdict> own = denied(observed, arch, whole, without, name);
        // the call may also be made through its multiplexer
        Stream<Verdict> multiplexed = Multiplexer.of(name, arch).stream()
                .flatMap(multiplexer -> denied(observed, arch, whole, without, multiplexer));
        Stream<Verdict> replaced = Fallback.all().stream()
                .filter(fallback -> fallback.instead().contains(name))
                .flatMap(fallback -> denied(observed, arch, whole, without, fallback.syscall()));
        return Stream.of(own, multiplexed, replaced).flatMap(each -> each).min(Comparator.comparing(Verdict::first));
    }

    private static Stream<Verdict> denied(
            ObservedCalls observed, Arch arch, Map<Arch, Filter> whole, Filter without, String name) {
        Collection<Verdict> before = new Replay(observed, whole).only(arch, name);
        return new Replay(observed, Map.of(arch, without))
                .only(arch, name).stream().filter(verdict -> !before.contains(verdict));
    }

    /** Of the same part on two ABIs. */
    private static Part first(Part one, Part other) {
        boolean isMore = one.isLayered() && other.need().isEmpty();
        return one.need().isPresent() || isMore ? one : other;
    }

    private static Profile without(Profile profile, int index, String name) {
        ImmutableList.Builder<Rule> rules = ImmutableList.builder();
        for (int i = 0; i < profile.rules().size(); i++) {
            Rule rule = profile.rules().get(i);
            List<String> left =
                    rule.names().stream().filter(each -> !each.equals(name)).toList();
            if (i != index) {
                rules.add(rule);
            } else if (!left.isEmpty()) {
                Rule.Builder smaller = Rule.builder(rule.action()).names(left).conditions(rule.conditions());
                rule.errnoRet().ifPresent(smaller::errnoRet);
                rules.add(smaller.build());
            }
        }
        return new Profile(
                profile.defaultAction(),
                profile.defaultErrnoRet(),
                profile.architectures(),
                profile.flags(),
                profile.listenerPath(),
                profile.listenerMetadata(),
                rules.build());
    }

    private static String conditions(Rule rule) {
        return String.join(
                rule.isSplit() ? " or " : " and ",
                rule.conditions().stream().map(Object::toString).toList());
    }
}
