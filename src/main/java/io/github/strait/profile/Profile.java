package io.github.strait.profile;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterables;
import com.google.common.collect.Sets;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A seccomp profile: everything that OCI's {@code linux.seccomp} can say, and Moby's scopes and comments.
 *
 * @param defaultAction what happens to a call that no rule matches
 * @param defaultErrnoRet 1 to 4095, with ERRNO and TRACE only (the runtime specification). 0 is refused, because every
 *     denied call would seem to succeed
 * @param architectures the ABIs whose calls are looked at by name; empty means the machine's native one. ABIs of both
 *     byte orders are legal here, though not in one filter: see {@link #resolve}
 * @param flags how to install the filter
 * @param listenerPath the socket to which the listener of {@link Action#NOTIFY} goes
 * @param listenerMetadata what is sent with it; refused without a path (the runtime specification)
 * @param rules in order, which matters where {@link #decide} says so
 */
public record Profile(
        Action defaultAction,
        OptionalInt defaultErrnoRet,
        ImmutableSortedSet<Arch> architectures,
        ImmutableSortedSet<Flag> flags,
        Optional<String> listenerPath,
        Optional<String> listenerMetadata,
        ImmutableList<Rule> rules) {

    public Profile {
        ValueChecks.checkErrno("defaultErrnoRet", defaultAction, defaultErrnoRet, 1);
        listenerPath.ifPresent(text -> ValueChecks.checkText("listenerPath", text));
        listenerMetadata.ifPresent(text -> ValueChecks.checkText("listenerMetadata", text));
        if (listenerMetadata.isPresent() && listenerPath.isEmpty()) {
            throw ValueChecks.illegal("listenerMetadata goes with a listenerPath only");
        }
    }

    public static Builder builder(Action defaultAction) {
        return new Builder(defaultAction);
    }

    /** A builder that starts from this profile. */
    public Builder toBuilder() {
        Builder builder = new Builder(defaultAction);
        builder.defaultErrnoRet = defaultErrnoRet;
        builder.listenerPath = listenerPath;
        builder.listenerMetadata = listenerMetadata;
        builder.architectures.addAll(architectures);
        builder.flags.addAll(flags);
        builder.rules.addAll(rules);
        return builder;
    }

    /** The decision about a call that no rule matches. An ERRNO or TRACE without a number means EPERM. */
    public Decision defaultDecision() {
        return Decision.of(defaultAction, defaultErrnoRet);
    }

    /**
     * The decision of this profile's filter about a call, as libseccomp compiles it for runc and crun:
     *
     * <ol>
     *   <li>A call of an ABI that {@link #architectures} lacks kills its thread. The caller adds the native ABI, which
     *       runtimes always include, or has {@link #resolve} do it.
     *   <li>Names count by the table of the call's ABI; a name that it lacks does nothing.
     *   <li>A rule that does what the default does anyway is skipped.
     *   <li>The first unconditional rule wins, whatever stands before it. A condition with an empty mask is none.
     *   <li>Else several rules are alternatives, and within a rule all conditions must hold; but two conditions on one
     *       argument make every condition of that rule an alternative. On an ABI with 32-bit addresses only the low
     *       words of arguments and values count.
     *   <li>Where conditional rules with different actions overlap, the first one wins. libseccomp follows its argument
     *       tree instead, in an order that it does not promise: such a profile should not be written.
     * </ol>
     *
     * This decision does not include the rules that libseccomp adds for the multiplexers {@code socketcall} and
     * {@code ipc} on some ABIs. Nor does it include runc's ENOSYS for numbers above the highest named one.
     *
     * @throws IllegalStateException when a rule has a scope; {@link #resolve} first
     */
    public Decision decide(SeccompData data) {
        Preconditions.checkState(
                Iterables.all(rules, rule -> rule.scope().isEverywhere()), "resolve the scopes of the rules first");
        return Semantics.decide(this, data);
    }

    /**
     * The profile as it counts on one machine: without scopes and the rules that they exclude, and for the ABIs of that
     * machine, its native one always among them.
     */
    public Profile resolve(Arch nativeArch, Set<String> caps, KernelVersion kernel) {
        Set<Arch> known = Sets.intersection(Set.copyOf(nativeArch.personalities()), architectures);
        return new Profile(
                defaultAction,
                defaultErrnoRet,
                ImmutableSortedSet.copyOf(Sets.union(known, Set.of(nativeArch))),
                flags,
                listenerPath,
                listenerMetadata,
                rules.stream()
                        .filter(rule -> rule.scope().applies(nativeArch, caps, kernel))
                        .map(Rule::withoutScope)
                        .collect(ImmutableList.toImmutableList()));
    }

    /** The same for one machine: its native ABI, which runtimes always filter, and those of its others that are listed. */
    public Profile on(Arch nativeArch) {
        Builder builder = toBuilder();
        builder.architectures.retainAll(nativeArch.personalities());
        return builder.architectures(nativeArch).build();
    }

    /** The same for one ABI alone. */
    public Profile only(Arch abi) {
        Builder builder = toBuilder();
        builder.architectures.clear();
        return builder.architectures(abi).build();
    }

    /** The same with the native ABI of the machine of each ABI that is listed: libseccomp filters it in any case. */
    public Profile withNativeAbis() {
        Builder builder = toBuilder();
        architectures.forEach(arch -> builder.architectures(arch.nativeArch()));
        return builder.build();
    }

    /** The same with these rules alone. */
    public Profile withRules(Iterable<Rule> others) {
        Builder builder = toBuilder();
        builder.rules.clear();
        others.forEach(builder::rule);
        return builder.build();
    }

    /** The same profile for a format that has no comments. */
    public Profile withoutComments() {
        return withRules(Iterables.transform(rules, Rule::withoutComment));
    }

    /** Collects the parts of a profile. */
    public static final class Builder {
        private final Action defaultAction;
        private final Set<Arch> architectures = Sets.newTreeSet();
        private final Set<Flag> flags = Sets.newTreeSet();
        private final List<Rule> rules = new ArrayList<>();
        private OptionalInt defaultErrnoRet = OptionalInt.empty();
        private Optional<String> listenerPath = Optional.empty();
        private Optional<String> listenerMetadata = Optional.empty();

        private Builder(Action defaultAction) {
            this.defaultAction = defaultAction;
        }

        @CanIgnoreReturnValue
        public Builder defaultErrnoRet(int errno) {
            defaultErrnoRet = OptionalInt.of(errno);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder architectures(Iterable<Arch> more) {
            Iterables.addAll(architectures, more);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder architectures(Arch... more) {
            return architectures(Arrays.asList(more));
        }

        @CanIgnoreReturnValue
        public Builder flag(Flag flag) {
            flags.add(flag);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder listenerPath(String path) {
            listenerPath = Optional.of(path);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder listenerMetadata(String metadata) {
            listenerMetadata = Optional.of(metadata);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder rule(Rule rule) {
            rules.add(rule);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder rules(Iterable<Rule> more) {
            Iterables.addAll(rules, more);
            return this;
        }

        public Profile build() {
            return new Profile(
                    defaultAction,
                    defaultErrnoRet,
                    ImmutableSortedSet.copyOf(architectures),
                    ImmutableSortedSet.copyOf(flags),
                    listenerPath,
                    listenerMetadata,
                    ImmutableList.copyOf(rules));
        }
    }
}
