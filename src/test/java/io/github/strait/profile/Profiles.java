package io.github.strait.profile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import io.github.strait.syscall.SyscallTable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random profiles, from small vocabularies: their rules then meet. */
public final class Profiles {
    /** Names that every ABI has, some that one has, and one that none has. */
    public static final ImmutableList<String> NAMES =
            ImmutableList.of("read", "write", "openat", "open", "personality", "socketcall", "clone", "no_such_call");

    private Profiles() {}

    /** Everything that a profile can say. */
    public static Arbitrary<Profile> any() {
        return profiles(
                rules(scopes(), comments()), Arbitraries.of(Arch.class).set().ofMaxSize(4));
    }

    /** What plain OCI can say: no scope, no comment, one byte order. */
    public static Arbitrary<Profile> plain() {
        Arbitrary<Set<Arch>> arches = Arbitraries.of(false, true)
                .flatMap(bigEndian -> Arbitraries.of(List.of(Arch.values()).stream()
                                .filter(arch -> arch.isBigEndian() == bigEndian)
                                .toList())
                        .set()
                        .ofMaxSize(4));
        return profiles(rules(Arbitraries.just(Scope.EVERYWHERE), Arbitraries.just(Optional.empty())), arches);
    }

    /** Plain rules without a condition. */
    public static Arbitrary<Rule> unconditional() {
        return rules(Arbitraries.just(Scope.EVERYWHERE), Arbitraries.just(Optional.empty()))
                .map(rule -> new Rule(
                        rule.names(),
                        rule.action(),
                        rule.errnoRet(),
                        ImmutableList.of(),
                        rule.scope(),
                        rule.comment()));
    }

    public static Arbitrary<Condition> conditions() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, Condition.ARGUMENTS - 1),
                        Arbitraries.of(Operator.class),
                        values(),
                        values())
                .as((index, operator, value, two) ->
                        new Condition(index, operator, value, operator.takesValueTwo() ? two : 0));
    }

    /** Profiles of a few plain rules whose conditions meet on two arguments. */
    public static Arbitrary<Profile> close() {
        Arbitrary<Condition> conditions = Combinators.combine(
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.of(Operator.class),
                        closeValues(),
                        closeValues())
                .as((index, operator, value, two) ->
                        new Condition(index, operator, value, operator.takesValueTwo() ? two : 0));
        Arbitrary<Rule> rules = Arbitraries.of(Action.class)
                .flatMap(action -> Combinators.combine(
                                Arbitraries.of(NAMES).set().ofMinSize(1).ofMaxSize(3),
                                errnos(action, 0),
                                conditions.list().ofMaxSize(2))
                        .as((names, errno, list) -> new Rule(
                                ImmutableSortedSet.copyOf(names),
                                action,
                                errno,
                                ImmutableList.copyOf(list),
                                Scope.EVERYWHERE,
                                Optional.empty())));
        return Combinators.combine(plain(), rules.list().ofMaxSize(4))
                .as((profile, list) -> new Profile(
                        profile.defaultAction(),
                        profile.defaultErrnoRet(),
                        profile.architectures(),
                        profile.flags(),
                        Optional.empty(),
                        Optional.empty(),
                        ImmutableList.copyOf(list)));
    }

    /** Calls for {@link #close}. */
    public static Arbitrary<SeccompData> closeCalls() {
        return Combinators.combine(calls(), closeValues(), closeValues())
                .as((call, one, two) -> SeccompData.of(call.arch(), call.number(), one, two));
    }

    private static Arbitrary<Long> closeValues() {
        return Arbitraries.of(0L, 1L, 2L, 5L, 6L, 7L, 38L, 0xffffffffL, 1L << 32, (1L << 32) + 5, 1L << 63, -2L, -1L);
    }

    /** Calls that the rules of random profiles speak of, and others. */
    public static Arbitrary<SeccompData> calls() {
        Arbitrary<Integer> others = Arbitraries.integers().between(-2, 140);
        return Combinators.combine(
                        Arbitraries.of(Arch.class),
                        Arbitraries.of(NAMES),
                        others,
                        values().array(long[].class).ofSize(6))
                .as((arch, name, other, args) ->
                        SeccompData.of(arch, SyscallTable.of(arch).number(name).orElse(other), args));
    }

    /** Whether containers start under it, as far as that does not depend on what the calls are. */
    public static boolean isLoadable(Profile profile) {
        boolean listens = profile.listenerPath().isPresent();
        return profile.defaultAction() != Action.NOTIFY
                && profile.defaultErrnoRet().orElse(0) < 4095
                && profile.rules().stream()
                        .allMatch(rule -> rule.errnoRet().orElse(0) < 4095
                                && (rule.action() != Action.NOTIFY
                                        || (listens && !rule.names().contains("write"))))
                && profile.rules().stream()
                        .allMatch(rule -> isKernel(rule.scope().includes())
                                && isKernel(rule.scope().excludes()))
                && Stream.concat(
                                Stream.of(Scope.EVERYWHERE),
                                profile.rules().stream().map(Rule::scope))
                        .distinct()
                        .allMatch(scope -> isWithoutContradiction(profile, scope));
    }

    /** A rule that is left out somewhere settles no call there before a later rule contradicts. */
    private static boolean isWithoutContradiction(Profile profile, Scope scope) {
        List<Rule> rules = profile.rules().stream()
                .filter(rule -> rule.scope().isEverywhere() || rule.scope().equals(scope))
                .toList();
        return Contradictions.of(rules, profile.defaultDecision(), ImmutableSet.copyOf(Arch.values()))
                .isEmpty();
    }

    private static boolean isKernel(Scope.Clause clause) {
        return clause.minKernel().filter(new KernelVersion(0, 0)::equals).isEmpty();
    }

    private static Arbitrary<Profile> profiles(Arbitrary<Rule> rules, Arbitrary<Set<Arch>> arches) {
        Arbitrary<Optional<String>> path = comments();
        return Arbitraries.of(Action.class)
                .flatMap(action -> Combinators.combine(
                                errnos(action, 1),
                                arches,
                                Arbitraries.of(Flag.class).set(),
                                path,
                                path,
                                rules.list().ofMaxSize(6))
                        .as((errno, archs, flags, listener, metadata, list) -> new Profile(
                                action,
                                errno,
                                ImmutableSortedSet.copyOf(archs),
                                ImmutableSortedSet.copyOf(flags),
                                listener,
                                listener.isPresent() ? metadata : Optional.empty(),
                                ImmutableList.copyOf(list))));
    }

    private static Arbitrary<Rule> rules(Arbitrary<Scope> scopes, Arbitrary<Optional<String>> comments) {
        return Arbitraries.of(Action.class)
                .flatMap(action -> Combinators.combine(
                                Arbitraries.of(NAMES).set().ofMinSize(1).ofMaxSize(4),
                                errnos(action, 0),
                                conditions().list().ofMaxSize(3),
                                scopes,
                                comments)
                        .as((names, errno, conditions, scope, comment) -> new Rule(
                                ImmutableSortedSet.copyOf(names),
                                action,
                                errno,
                                ImmutableList.copyOf(conditions),
                                scope,
                                comment)));
    }

    private static Arbitrary<OptionalInt> errnos(Action action, int least) {
        return action.takesErrno()
                ? Arbitraries.integers()
                        .between(least, 4095)
                        .map(OptionalInt::of)
                        .injectNull(0.3)
                        .map(errno -> errno == null ? OptionalInt.empty() : errno)
                : Arbitraries.just(OptionalInt.empty());
    }

    private static Arbitrary<Long> values() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, 4),
                Arbitraries.longs(),
                Arbitraries.of(0xffffffffL, -1L, Long.MIN_VALUE));
    }

    private static Arbitrary<Optional<String>> comments() {
        return Arbitraries.strings()
                .all()
                .ofMinLength(1)
                .ofMaxLength(12)
                .filter(text -> text.codePoints().noneMatch(c -> c >= 0xd800 && c < 0xe000))
                .optional();
    }

    private static Arbitrary<Scope> scopes() {
        Arbitrary<Scope.Clause> clauses = Combinators.combine(
                        Arbitraries.of(Arch.class).set().ofMaxSize(3),
                        Arbitraries.of("CAP_BPF", "CAP_SYS_ADMIN", "CAP_SYS_TIME")
                                .set()
                                .ofMaxSize(2),
                        Combinators.combine(
                                        Arbitraries.integers().between(0, 9),
                                        Arbitraries.integers().between(0, 30))
                                .as(KernelVersion::new)
                                .optional(0.3))
                .as((arches, caps, kernel) ->
                        new Scope.Clause(ImmutableSortedSet.copyOf(arches), ImmutableSortedSet.copyOf(caps), kernel));
        return Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(Scope.EVERYWHERE)),
                Tuple.of(1, Combinators.combine(clauses, clauses).as(Scope::new)));
    }
}
