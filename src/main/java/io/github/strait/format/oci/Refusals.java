package io.github.strait.format.oci;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterables;
import io.github.strait.diagnostic.Severity;
import io.github.strait.format.Engine;
import io.github.strait.format.oci.Draft.WrittenCondition;
import io.github.strait.format.oci.Draft.WrittenRule;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Contradictions;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Errno;
import io.github.strait.syscall.Syscalls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds what engines refuse in a document although all types are right: numbers out of range, incompatible ABIs,
 * contradictory rules. Measured with runc 1.1.5, crun 1.8.1, Docker 20.10, Podman 4.3 and libseccomp 2.5.4; the kind of
 * a fault shows what newer versions accept.
 */
final class Refusals {
    /** libseccomp refuses 4095 too. */
    private static final long MOST = 4094;

    private static final long LOW = 0xffff;
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,6}");
    private static final int LISTED = 8;

    private final Draft draft;
    private final List<Fault> faults = new ArrayList<>();
    private final Set<List<Integer>> contradicting = new HashSet<>();

    private Refusals(Draft draft) {
        this.draft = draft;
    }

    /** The faults, in the order of the document where they belong to a rule. */
    static ImmutableList<Fault> of(Draft draft) {
        Refusals refusals = new Refusals(draft);
        refusals.defaults();
        refusals.listener();
        refusals.flags();
        refusals.architectures();
        draft.rules().forEach(refusals::rule);
        refusals.contradictions();
        return ImmutableList.copyOf(refusals.faults);
    }

    private void add(
            Fault.Kind kind, int line, OptionalInt rule, Set<Engine> by, Severity otherwise, String what, String fix) {
        faults.add(new Fault(kind, line, rule, ImmutableList.of(), what, fix, ImmutableSet.copyOf(by), otherwise));
    }

    private void refused(Fault.Kind kind, int line, Set<Engine> by, String what, String fix) {
        add(kind, line, OptionalInt.empty(), by, Severity.WARNING, what, fix);
    }

    private void defaults() {
        int line = draft.defaultAction().line();
        Optional<Action> action = draft.defaultAction().value();
        if (action.equals(Optional.of(Action.NOTIFY))) {
            refused(
                    Fault.Kind.NOTIFY_LISTENER,
                    line,
                    Engines.ALL,
                    "SCMP_ACT_NOTIFY as the default stops the runtime itself, and no container starts",
                    "use SCMP_ACT_NOTIFY in a rule");
        }
        action.ifPresent(
                known -> errno(known, draft.defaultErrnoRet(), "defaultErrnoRet", line, OptionalInt.empty(), true));
        if (action.isPresent()
                && effective(action.get(), draft.defaultErrno(), draft.defaultErrnoRet(), draft)
                        .equals(OptionalInt.of(0))) {
            refused(
                    Fault.Kind.ERRNO_ZERO,
                    line,
                    Engines.ALL,
                    "'defaultErrnoRet' 0 makes every denied call seem to succeed without having been made",
                    "write 1 (EPERM) or leave it out");
        }
        symbol(draft.defaultErrno(), "defaultErrno", "defaultErrnoRet", draft.defaultErrnoRet(), OptionalInt.empty());
    }

    /** Only crun refuses a number where none belongs. Every engine misreads a large one: its low 16 bits count. */
    private void errno(Action action, OptionalLong number, String key, int line, OptionalInt rule, boolean isAdded) {
        if (number.isEmpty()) {
            return;
        }
        String value = Long.toUnsignedString(number.getAsLong());
        if (!action.takesErrno()) {
            add(
                    Fault.Kind.MISPLACED_ERRNO,
                    line,
                    rule,
                    Engines.ONLY_CRUN,
                    Severity.WARNING,
                    "'" + key + "' with " + action.token()
                            + ": crun refuses to start the container; Docker, Podman and runc ignore the number",
                    "remove it");
        } else if ((number.getAsLong() & LOW) > MOST && isAdded) {
            add(
                    Fault.Kind.MISPLACED_ERRNO,
                    line,
                    rule,
                    Engines.ALL,
                    Severity.WARNING,
                    "'" + key + "' " + value + " is beyond " + MOST + ", with which no container starts",
                    "write an error number such as 1 (EPERM) or 38 (ENOSYS)");
        } else if (Long.compareUnsigned(number.getAsLong(), LOW) > 0) {
            add(
                    Fault.Kind.MISPLACED_ERRNO,
                    line,
                    rule,
                    Engines.NONE,
                    Severity.WARNING,
                    "'" + key + "' " + value + " is beyond 16 bits, and runtimes take the lower ones: "
                            + (number.getAsLong() & LOW),
                    "write an error number such as 1 (EPERM) or 38 (ENOSYS)");
        }
    }

    /** The number that runtimes make of it; empty where it is in no range. */
    static OptionalInt narrow(OptionalLong number) {
        return number.isPresent() && (number.getAsLong() & LOW) <= MOST
                ? OptionalInt.of((int) (number.getAsLong() & LOW))
                : OptionalInt.empty();
    }

    /** The number that Podman makes of a name or of digits, on the machine that reads the document. */
    static OptionalInt number(String name, Draft draft) {
        if (DECIMAL.matcher(name).matches()) {
            return narrow(OptionalLong.of(Long.parseLong(name)));
        }
        return Errno.number(name, draft.reader().machine());
    }

    /** The number that counts: Podman takes the name of an error, the others the number; a name alone was meant for Podman. */
    static OptionalInt effective(Action action, Optional<Located<String>> symbol, OptionalLong written, Draft draft) {
        if (!action.takesErrno()) {
            return OptionalInt.empty();
        }
        OptionalInt number = narrow(written);
        OptionalInt named = symbol.map(name -> number(name.value(), draft)).orElse(OptionalInt.empty());
        boolean takesName = number.isEmpty() || draft.reader().engine() == Engine.PODMAN;
        return named.isPresent() && takesName ? named : number;
    }

    private void symbol(
            Optional<Located<String>> symbol, String key, String numberKey, OptionalLong written, OptionalInt rule) {
        if (symbol.isEmpty() || symbol.get().value().isEmpty()) {
            return;
        }
        String name = symbol.get().value();
        int line = symbol.get().line();
        OptionalInt meant = number(name, draft);
        String fix = "write the number as '" + numberKey + "'";
        if (meant.isEmpty()) {
            add(
                    Fault.Kind.SYMBOLIC_ERRNO,
                    line,
                    rule,
                    Engines.ONLY_PODMAN,
                    Severity.WARNING,
                    "'" + key + "' with '" + DraftObject.word(name)
                            + "': Podman refuses it as the name of no error; others do not read it",
                    fix);
        } else if (written.isEmpty()) {
            add(
                    Fault.Kind.SYMBOLIC_ERRNO,
                    line,
                    rule,
                    Engines.NONE,
                    Severity.WARNING,
                    "'" + key + "' with '" + DraftObject.word(name)
                            + "' is read by Podman and CRI-O; others return EPERM",
                    fix);
        } else if (!narrow(written).equals(meant)) {
            add(
                    Fault.Kind.SYMBOLIC_ERRNO,
                    line,
                    rule,
                    Engines.NONE,
                    Severity.WARNING,
                    "'" + key + "' says " + DraftObject.word(name) + " (" + meant.getAsInt() + ") and '" + numberKey
                            + "' says " + Long.toUnsignedString(written.getAsLong())
                            + "; Podman and CRI-O take the first and all others the second",
                    "make them agree");
        }
    }

    private void listener() {
        draft.listenerPath()
                .filter(path -> path.value().isEmpty())
                .ifPresent(path -> refused(
                        Fault.Kind.NOTIFY_LISTENER,
                        path.line(),
                        Engines.ONLY_CRUN,
                        "an empty 'listenerPath' is none for Docker, Podman and runc, and refused by crun",
                        "remove it"));
        draft.listenerMetadata()
                .filter(text -> !draft.listener())
                .ifPresent(text -> refused(
                        Fault.Kind.NOTIFY_LISTENER,
                        text.line(),
                        Engines.NONE,
                        "'listenerMetadata' without a 'listenerPath' is sent to no one",
                        "remove it"));
    }

    private void flags() {
        for (Located<Flag> flag : draft.flags()) {
            String since = flag.value() == Flag.WAIT_KILLABLE_RECV ? "1.5.0" : "1.2";
            refused(
                    Fault.Kind.RUNC_FLAGS,
                    flag.line(),
                    ImmutableSet.of(Engine.RUNC, Engine.PODMAN),
                    flag.value().token() + " is refused by runc before " + since + " (Debian 12 has 1.1.5)",
                    "remove it unless all your runtimes are newer");
        }
    }

    private void architectures() {
        if (!draft.architectures().isEmpty() && !draft.machines().isEmpty()) {
            refused(
                    Fault.Kind.ARCHITECTURES_TWICE,
                    draft.machines().get(0).get(0).line(),
                    Engines.EXTENDED,
                    "'architectures' and 'archMap' are both given, which Docker and Podman refuse",
                    "keep 'archMap' for Docker, Podman and CRI-O, or 'architectures' for all");
        }
        group(draft.architectures(), "'architectures'", Engines.ALL);
        draft.machines().stream()
                .filter(group -> group.get(0).value() == draft.reader().machine())
                .forEach(group -> group(group, "the entry of this machine in 'archMap'", Engines.EXTENDED));
    }

    private void group(List<Located<Arch>> group, String where, Set<Engine> readers) {
        Map<Boolean, Located<Arch>> first = new HashMap<>();
        group.forEach(arch -> first.putIfAbsent(arch.value().isBigEndian(), arch));
        Located<Arch> big = first.get(true);
        Located<Arch> little = first.get(false);
        if (big != null && little != null) {
            refused(
                    Fault.Kind.MIXED_BYTE_ORDER,
                    Math.max(big.line(), little.line()),
                    readers,
                    where + " has both byte orders, " + big.value().scmpToken() + " and "
                            + little.value().scmpToken() + ", with which no container starts",
                    "write a profile for each");
        }
        boolean alone =
                group.stream().map(arch -> arch.value().nativeArch()).distinct().count() == 1;
        for (Located<Arch> arch : group) {
            Set<Engine> by = arch.value() == Arch.LOONGARCH64
                    ? readers
                    : arch.value() == Arch.RISCV64
                            ? ImmutableSet.copyOf(Iterables.filter(readers, Engine::isGo))
                            : Set.of();
            if (!by.isEmpty()) {
                add(
                        Fault.Kind.YOUNG_ARCHITECTURE,
                        arch.line(),
                        OptionalInt.empty(),
                        alone ? Engines.NONE : by,
                        alone ? Severity.NOTE : Severity.WARNING,
                        arch.value().scmpToken() + " in the list keeps containers of older runtimes from starting on"
                                + " every machine: runc 1.1.5 does not know it",
                        "write a profile of its own for that machine, or require newer runtimes");
            }
        }
    }

    private void rule(WrittenRule rule) {
        OptionalInt index = OptionalInt.of(rule.index());
        boolean isAdded =
                rule.names().stream().anyMatch(name -> Syscalls.names().contains(name.value()));
        rule.action().ifPresent(action -> {
            errno(action, rule.errnoRet(), "errnoRet", rule.line(), index, isAdded);
            notify(rule, action, index);
        });
        symbol(rule.errno(), "errno", "errnoRet", rule.errnoRet(), index);
        for (WrittenCondition condition : rule.conditions()) {
            if (!condition.isIndexLegal()) {
                add(
                        Fault.Kind.BAD_INDEX,
                        condition.line(),
                        index,
                        isAdded ? Engines.ALL : Engines.NONE,
                        Severity.WARNING,
                        "'index' " + Long.toUnsignedString(condition.index())
                                + ": arguments count from 0 to 5, and no container starts with another",
                        "write the index of the argument; the first is 0");
            }
        }
        if (rule.conditions().size() > Condition.ARGUMENTS) {
            add(
                    Fault.Kind.TOO_MANY_CONDITIONS,
                    rule.line(),
                    index,
                    Engines.ALL,
                    Severity.ERROR,
                    rule.conditions().size() + " conditions in one rule; crun drops those beyond " + Condition.ARGUMENTS
                            + " without a word",
                    "write a rule for each alternative");
        }
    }

    private void notify(WrittenRule rule, Action action, OptionalInt index) {
        if (action != Action.NOTIFY || rule.names().isEmpty()) {
            return;
        }
        if (!draft.listener()) {
            add(
                    Fault.Kind.NOTIFY_LISTENER,
                    rule.line(),
                    index,
                    Engines.GO,
                    Severity.WARNING,
                    "SCMP_ACT_NOTIFY without a 'listenerPath': runc refuses it, and under crun the calls return ENOSYS",
                    "give the listenerPath of the supervisor's socket");
        }
        rule.names().stream()
                .filter(name -> name.value().equals("write"))
                .findFirst()
                .ifPresent(name -> add(
                        Fault.Kind.NOTIFY_LISTENER,
                        name.line(),
                        index,
                        Engines.GO,
                        Severity.ERROR,
                        "SCMP_ACT_NOTIFY for write, with which the runtime hands the listener over: runc and youki"
                                + " refuse it",
                        "take write out of this rule"));
    }

    /** Rules of different scopes may exclude one another, so only rules that certainly apply together are compared. */
    private void contradictions() {
        if (draft.defaultDecision().isEmpty()) {
            return;
        }
        boolean readsScopes = Engines.EXTENDED.contains(draft.reader().engine());
        Map<Object, List<Integer>> scopes = new HashMap<>();
        List<Rule> rules = new ArrayList<>();
        List<WrittenRule> written = new ArrayList<>();
        for (WrittenRule rule : draft.rules()) {
            rule.mended().filter(whole -> isRead(rule)).ifPresent(mended -> {
                // what reads no scopes applies every rule
                Rule whole = readsScopes ? mended : mended.withoutScope();
                rules.add(whole);
                written.add(rule);
                if (!whole.scope().isEverywhere()) {
                    scopes.computeIfAbsent(whole.scope(), key -> new ArrayList<>())
                            .add(rules.size() - 1);
                }
            });
        }
        List<Integer> everywhere = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).scope().isEverywhere()) {
                everywhere.add(i);
            }
        }
        contradictions(rules, written, everywhere);
        scopes.values().forEach(some -> {
            List<Integer> together = new ArrayList<>(everywhere);
            together.addAll(some);
            contradictions(rules, written, together.stream().sorted().toList());
        });
    }

    private boolean isRead(WrittenRule rule) {
        return !Engines.EXTENDED.contains(draft.reader().engine())
                || (!rule.isNever() && rule.scope().mayApply(draft.reader().machine()));
    }

    private void contradictions(List<Rule> rules, List<WrittenRule> written, List<Integer> which) {
        List<Rule> some = which.stream().map(rules::get).toList();
        for (Contradictions.Pair pair :
                Contradictions.of(some, draft.defaultDecision().orElseThrow(), abis())) {
            WrittenRule first = written.get(which.get(pair.first()));
            WrittenRule second = written.get(which.get(pair.second()));
            if (!contradicting.add(List.of(first.index(), second.index()))) {
                continue;
            }
            String names = String.join(
                    ", ",
                    pair.names().stream()
                            .limit(LISTED)
                            .map(name -> "'" + name + "'")
                            .toList());
            faults.add(new Fault(
                    Fault.Kind.CONTRADICTING_CONDITIONS,
                    second.line(),
                    OptionalInt.of(second.index()),
                    pair.names().asList(),
                    "the conditions of rule " + first.index() + " (line " + first.line() + ") on " + names
                            + " with another action: no container starts",
                    "keep one of the two rules",
                    Engines.ALL,
                    Severity.ERROR));
        }
    }

    private ImmutableSortedSet<Arch> abis() {
        ImmutableSortedSet<Arch> listed = Architectures.of(draft);
        return listed.isEmpty() ? ImmutableSortedSet.of(draft.reader().machine()) : listed;
    }
}
