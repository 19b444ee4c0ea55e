package io.github.strait.lint;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.github.strait.profile.Companions;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.Scope;
import io.github.strait.profile.SeccompData;
import io.github.strait.runtime.Start;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import io.github.strait.syscall.Multiplexer;
import io.github.strait.syscall.SyscallTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The rules that count on an ABI for a container with some capabilities, on some kernel. */
final class Surroundings {
    /** Older than any that a document is for. */
    private static final KernelVersion OLDEST = new KernelVersion(2, 6);

    /** Bounds the work for a hostile profile: rules about one call that are asked. Real ones need a few hundred. */
    private static final int MOST_ASKED = 5_000;

    private final Subject subject;
    private final Container container;
    private final Map<String, Integer> asked = new HashMap<>();
    private final Map<String, Profile> profiles = new HashMap<>();
    private final Map<String, ImmutableSet<Integer>> indexes = new HashMap<>();
    private final Map<String, Boolean> conditional = new HashMap<>();

    /** What decides about the scope of a rule. */
    record Container(Arch abi, Set<String> capabilities, KernelVersion kernel) {
        /** That of the start, as far as the rule's scope lets the rule count there. */
        static Container of(Start start, Scope scope, Arch abi) {
            Set<String> own = Sets.union(start.capabilities(), scope.includes().caps());
            KernelVersion kernel = scope.excludes()
                    .minKernel()
                    .filter(min -> start.kernel().compareTo(min) >= 0)
                    .map(min -> scope.includes().minKernel().orElse(OLDEST))
                    .orElse(start.kernel());
            return new Container(
                    abi, Sets.difference(own, scope.excludes().caps()).immutableCopy(), kernel);
        }

        boolean counts(Site site) {
            return site.rule().scope().applies(abi.nativeArch(), capabilities, kernel);
        }
    }

    /** @param subject a document with a default action */
    Surroundings(Subject subject, Container container) {
        this.subject = subject;
        this.container = container;
    }

    Arch abi() {
        return container.abi;
    }

    /** Whether the rule is one of those that decide about the call. */
    boolean isAbout(Site site, String call) {
        return has(call)
                && indexes.computeIfAbsent(
                                call,
                                name -> subject.rules(name).stream()
                                        .map(Site::index)
                                        .collect(ImmutableSet.toImmutableSet()))
                        .contains(site.index());
    }

    boolean has(String call) {
        return SyscallTable.of(container.abi).contains(call);
    }

    /** The rules about the call, and what is decided without them. */
    Profile profile(String call) {
        return profiles.computeIfAbsent(
                call,
                name -> subject.profile(Set.of(container.abi), rules(name)).orElseThrow());
    }

    private ImmutableList<Rule> rules(String call) {
        return subject.rules(call).stream()
                .filter(container::counts)
                .map(site -> site.rule().withoutScope())
                .collect(ImmutableList.toImmutableList());
    }

    /** Whether the call, which the ABI {@link #has}, goes ahead with these arguments, or may. */
    boolean permits(String call, long... arguments) {
        return Site.permits(decide(call, arguments).action());
    }

    Decision decide(String call, long... arguments) {
        int number = SyscallTable.of(container.abi).number(call).orElseThrow();
        return profile(call).decide(SeccompData.of(container.abi, number, arguments));
    }

    /** Whether to search on; counts the rules that a decision asks. */
    boolean mayAsk(String call) {
        return asked.merge(call, profile(call).rules().size(), Integer::sum) < MOST_ASKED;
    }

    /** Whether the decision about the call depends on its arguments. */
    boolean isConditional(String call) {
        return conditional.computeIfAbsent(
                call, name -> isConditional(profile(name).rules()));
    }

    private boolean isConditional(List<Rule> rules) {
        return !rules.isEmpty() && rules.stream().noneMatch(rule -> rule.isUnconditional(container.abi));
    }

    /** Whether the call goes ahead with some arguments, or may. */
    boolean mayPermit(String call) {
        return has(call) && mayPermit(profile(call).rules());
    }

    /** Whether a call goes ahead through a multiplexer, for which libseccomp adds rules, with some arguments. */
    boolean reaches(String call, String multiplexer) {
        if (!has(multiplexer)) {
            return false;
        }
        Profile both =
                profile(multiplexer).toBuilder().rules(profile(call).rules()).build();
        List<Rule> rules = Companions.add(both).rules().stream()
                .filter(rule -> rule.names().contains(multiplexer))
                .toList();
        long number = Multiplexer.number(multiplexer, call);
        if (rules.stream().anyMatch(rule -> rule.isUnconditional(container.abi))) {
            return mayPermit(rules);
        }
        List<Rule> left = rules.stream().flatMap(rule -> forFirst(rule, number)).toList();
        return left.stream()
                        .takeWhile(rule -> !rule.isUnconditional(container.abi))
                        .anyMatch(rule -> Site.permits(rule.action()))
                || mayPermit(left);
    }

    /** What is left of a rule where the first argument is known: its alternatives that hold, without conditions on it. */
    private Stream<Rule> forFirst(Rule rule, long first) {
        Stream<List<Condition>> alternatives =
                rule.isSplit() ? rule.conditions().stream().map(List::of) : Stream.of(rule.conditions());
        return alternatives
                .filter(all -> all.stream().allMatch(each -> each.index() != 0 || each.test(container.abi, first)))
                .map(all -> Rule.builder(rule.action())
                        .names(rule.names())
                        .conditions(
                                all.stream().filter(each -> each.index() != 0).toList())
                        .build());
    }

    /** Whether rules about one call let it through with some arguments: the first that always holds, or before it any. */
    private boolean mayPermit(List<Rule> rules) {
        return rules.stream()
                .filter(rule -> rule.isUnconditional(container.abi))
                .findFirst()
                .map(rule -> Site.permits(rule.action()))
                .orElseGet(() -> subject.draft()
                                .defaultDecision()
                                .filter(other -> Site.permits(other.action()))
                                .isPresent()
                        || rules.stream().anyMatch(rule -> Site.permits(rule.action())));
    }

    /** Numbers on both sides of the conditions on an argument. */
    Stream<Long> numbers(String call, int index) {
        return profile(call).rules().stream()
                .flatMap(rule -> rule.conditions().stream())
                .filter(condition -> condition.index() == index)
                .flatMap(condition -> numbers(condition).stream());
    }

    /** Numbers on both sides of a condition. */
    static ImmutableList<Long> numbers(Condition condition) {
        long value = condition.value();
        long masked = condition.valueTwo() & value;
        return condition.operator().takesValueTwo()
                ? ImmutableList.of(masked, masked ^ Long.lowestOneBit(value), masked | ~value)
                : ImmutableList.of(value, value - 1, value + 1);
    }
}
