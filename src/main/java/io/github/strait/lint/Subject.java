package io.github.strait.lint;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.github.strait.format.oci.Draft;
import io.github.strait.format.oci.Draft.WrittenRule;
import io.github.strait.format.oci.Located;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.runtime.Start;
import io.github.strait.start.Startability;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Errno;
import io.github.strait.syscall.Libseccomp;
import io.github.strait.syscall.SyscallTable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The input of the checks: the document, and the facts derived from it that several checks need. */
final class Subject {
    /** Bounds the comparison of rules with one another. No real profile has as many for one call. */
    static final int MOST_RULES = 100;

    private final Draft draft;
    private final Libseccomp libseccomp;
    private final Start start;
    private final ImmutableList<Site> sites;
    private final ImmutableListMultimap<String, Site> effective;
    private final ImmutableList<ImmutableSortedSet<Arch>> machines;

    /** Many checks ask, once a rule, about calls that may have as many rules. */
    private final Map<String, Boolean> permitted = new HashMap<>();

    /** Few: most rules count everywhere. */
    private final Map<Surroundings.Container, Surroundings> surroundings = new HashMap<>();

    Subject(Draft draft, Libseccomp libseccomp, Start start) {
        this.start = start;
        this.draft = draft;
        this.libseccomp = libseccomp;
        ImmutableList.Builder<Site> all = ImmutableList.builder();
        for (WrittenRule written : draft.rules()) {
            written.mended().ifPresent(rule -> all.add(Site.of(written, rule)));
        }
        this.sites = all.build();
        this.effective = effective(sites, draft.defaultDecision());
        this.machines = machines(draft);
    }

    Draft draft() {
        return draft;
    }

    Libseccomp libseccomp() {
        return libseccomp;
    }

    /** How the container is started. */
    Start start() {
        return start;
    }

    /** The rules that a runtime would read, in order. */
    ImmutableList<Site> sites() {
        return sites;
    }

    /** The line of the default action. */
    int defaultLine() {
        return draft.defaultAction().line();
    }

    /** Whether a call that no rule names is refused; false when there is no default. */
    boolean deniesByDefault() {
        return draft.defaultAction().value().filter(Subject::refuses).isPresent();
    }

    /** Whether a call that no rule names goes ahead; false when there is no default. */
    boolean permitsByDefault() {
        return draft.defaultAction().value().filter(action -> !refuses(action)).isPresent();
    }

    /** The names that rules with an effect have, in order. */
    Iterable<String> names() {
        return effective.keySet();
    }

    /** The rules that name the call and do something else than the default; at most {@link #MOST_RULES}. */
    List<Site> rules(String syscall) {
        List<Site> rules = effective.get(syscall);
        return rules.subList(0, Math.min(MOST_RULES, rules.size()));
    }

    /** Whether the call goes ahead on some machine with some arguments. */
    boolean mayPermit(String syscall) {
        return permitted.computeIfAbsent(syscall, this::decidePermission);
    }

    /** The same for rules that count with the capabilities and the kernel of the start. */
    boolean mayPermitForStart(String syscall) {
        return mayPermit(syscall)
                && (permitsByDefault()
                        || effective.get(syscall).stream()
                                .filter(Site::permits)
                                .anyMatch(site -> Sets.union(hosts(), Set.copyOf(Startability.USUAL)).stream()
                                        .anyMatch(host -> site.rule()
                                                .scope()
                                                .applies(host, start.capabilities(), start.kernel()))));
    }

    /**
     * The call with the highest number that a rule names, when it is below that of this one on each ABI that has it:
     * runc returns ENOSYS for all numbers above.
     */
    Optional<String> highestBelow(String syscall) {
        Optional<String> highest = Optional.empty();
        for (Arch arch : architectures()) {
            SyscallTable table = SyscallTable.of(arch);
            if (!table.contains(syscall)) {
                continue;
            }
            Optional<String> named = sites.stream()
                    .flatMap(site -> site.rule().names().stream())
                    .filter(table::contains)
                    .max(Comparator.comparingInt(name -> table.number(name).orElseThrow()));
            if (named.isEmpty()
                    || table.number(named.get()).orElseThrow()
                            >= table.number(syscall).orElseThrow()) {
                return Optional.empty();
            }
            highest = highest.or(() -> named);
        }
        return highest;
    }

    private boolean decidePermission(String syscall) {
        boolean some = false;
        for (Site site : effective.get(syscall)) {
            if (site.isUnconditional() && (site.permits() || site.isEverywhere())) {
                return site.permits();
            }
            some |= site.permits();
        }
        return some || permitsByDefault();
    }

    /** The decision for a call that {@link #mayPermit} denies; empty when there is no default. */
    Optional<Decision> denial(String syscall) {
        return effective.get(syscall).stream()
                .filter(Site::isUnconditional)
                .map(site -> site.rule().decision())
                .findFirst()
                .or(draft::defaultDecision);
    }

    /** The ABIs of each machine that the document knows; none when it leaves them to the runtime. */
    ImmutableList<ImmutableSortedSet<Arch>> machines() {
        return machines;
    }

    /** The native ABIs of the machines that the document lists. */
    ImmutableSortedSet<Arch> hosts() {
        return machines.stream()
                .flatMap(ImmutableSortedSet::stream)
                .map(Arch::nativeArch)
                .collect(ImmutableSortedSet.toImmutableSortedSet(Arch::compareTo));
    }

    /** The profile as runtimes read it; empty when there is no default. */
    Optional<Profile> profile() {
        return profile(architectures(), sites.stream().map(Site::rule).toList());
    }

    /** A profile of some rules, with the document's default; empty when there is none. */
    Optional<Profile> profile(Set<Arch> abis, List<Rule> rules) {
        return draft.defaultDecision().map(decision -> {
            Profile.Builder profile = Profile.builder(decision.action()).architectures(abis);
            if (decision.action().takesErrno() && decision.errno() > 0) {
                profile.defaultErrnoRet(decision.errno());
            }
            return profile.rules(rules).build();
        });
    }

    /** What a rule stands beside, on each ABI where it counts; nothing without a default action. */
    List<Surroundings> surroundings(Site site) {
        return draft.defaultDecision().isEmpty()
                ? List.of()
                : abis().stream()
                        .map(abi -> Surroundings.Container.of(start, site.rule().scope(), abi))
                        .filter(container -> container.counts(site))
                        .map(container ->
                                surroundings.computeIfAbsent(container, which -> new Surroundings(this, which)))
                        .toList();
    }

    /** All ABIs that are listed; the 64-bit ones when none is. */
    ImmutableSortedSet<Arch> architectures() {
        Stream<Arch> all = machines.isEmpty()
                ? Arrays.stream(Arch.values()).filter(arch -> arch.pointerBits() == 64)
                : machines.stream().flatMap(ImmutableSortedSet::stream);
        return all.collect(ImmutableSortedSet.toImmutableSortedSet(Arch::compareTo));
    }

    /** The ABIs for which conditions are judged: those listed, else those of usual machines. */
    ImmutableSortedSet<Arch> abis() {
        return machines.isEmpty() ? ImmutableSortedSet.copyOf(Startability.USUAL) : architectures();
    }

    /** The spelling of a rule that returns ENOSYS. Its number differs on MIPS. */
    String enosys() {
        int number = Errno.number("ENOSYS", architectures().first()).orElseThrow();
        return "SCMP_ACT_ERRNO with errnoRet " + number + " (ENOSYS)";
    }

    /** Whether an ABI of the profile has the call. */
    boolean exists(String syscall) {
        return architectures().stream().anyMatch(arch -> SyscallTable.of(arch).contains(syscall));
    }

    private static boolean refuses(Action action) {
        return switch (action) {
            case KILL_PROCESS, KILL_THREAD, TRAP, ERRNO, NOTIFY, TRACE -> true;
            case LOG, ALLOW -> false;
        };
    }

    private static ImmutableListMultimap<String, Site> effective(List<Site> sites, Optional<Decision> byDefault) {
        ImmutableListMultimap.Builder<String, Site> byName = ImmutableListMultimap.builder();
        for (Site site : sites) {
            Rule rule = site.rule();
            if (byDefault.filter(rule.decision()::equals).isEmpty()) {
                rule.names().forEach(name -> byName.put(name, site));
            }
        }
        return byName.build();
    }

    private static ImmutableList<ImmutableSortedSet<Arch>> machines(Draft draft) {
        Stream<ImmutableList<Located<Arch>>> groups =
                draft.machines().isEmpty() ? Stream.of(draft.architectures()) : draft.machines().stream();
        return groups.filter(group -> !group.isEmpty())
                .map(group -> group.stream()
                        .map(Located::value)
                        .collect(ImmutableSortedSet.toImmutableSortedSet(Arch::compareTo)))
                .collect(ImmutableList.toImmutableList());
    }
}
