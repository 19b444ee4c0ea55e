package io.github.strait.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.Printable;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.Scope;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a profile out of JSON. Where runtimes differ or guess, it refuses: each message says what to write instead.
 * Plain OCI takes no field of Moby's that limits a rule, because runtimes of plain OCI would ignore the limit.
 */
final class DocumentReader {
    private static final String ACTIONS =
            ObjectReader.oneOf(Arrays.stream(Action.values()).map(Action::token));
    private static final String OPERATORS =
            ObjectReader.oneOf(Arrays.stream(Operator.values()).map(Operator::token));
    private static final String FLAGS =
            ObjectReader.oneOf(Arrays.stream(Flag.values()).map(Flag::token));
    private static final String ARCHITECTURES =
            ObjectReader.oneOf(Arrays.stream(Arch.values()).map(Arch::scmpToken));
    private static final String MOBY_ARCHES =
            ObjectReader.oneOf(Arrays.stream(Arch.values()).map(Arch::mobyName));

    private static final Pattern KERNEL = Pattern.compile("[0-9]{1,4}\\.[0-9]{1,4}");

    private final Source source;
    private final Dialect dialect;

    DocumentReader(Source source, Dialect dialect) {
        this.source = source;
        this.dialect = dialect;
    }

    Profile profile(Json root) {
        ObjectReader document = ObjectReader.of(source, "a profile", root);
        if (document.take("linux").isPresent() || document.take("ociVersion").isPresent()) {
            throw document.error("this is a whole container configuration; the profile is the object at"
                    + " linux.seccomp: jq .linux.seccomp FILE");
        }
        Action action = document.token("defaultAction", Action::find, ACTIONS)
                .orElseThrow(() -> document.error("'defaultAction' is missing; it is " + ACTIONS));
        Set<Arch> arches = architectures(document);
        Profile.Builder profile = Profile.builder(action).architectures(arches);
        SymbolicErrnos errnos = new SymbolicErrnos(dialect, arches);
        errnos.of(document, "defaultErrno", "defaultErrnoRet").ifPresent(profile::defaultErrnoRet);
        document.tokens("flags", Flag::find, FLAGS).forEach(profile::flag);
        document.text("listenerPath").ifPresent(profile::listenerPath);
        document.text("listenerMetadata").ifPresent(profile::listenerMetadata);
        document.objects("syscalls", element -> rule(element, errnos)).forEach(rule -> rule.ifPresent(profile::rule));
        document.warnOfTheRest("the profile");
        return document.legal(profile::build);
    }

    private Set<Arch> architectures(ObjectReader document) {
        ImmutableList<Arch> flat = document.tokens("architectures", Architectures::ofToken, ARCHITECTURES);
        ImmutableList<Architectures.Entry> map = document.objects("archMap", DocumentReader::entry);
        if (!map.isEmpty() && dialect == Dialect.OCI) {
            throw document.error("'archMap' is Moby's, and runtimes of plain OCI ignore it; read the document as moby");
        }
        if (!map.isEmpty() && !flat.isEmpty()) {
            throw document.error("both 'architectures' and 'archMap' are given, which Docker refuses; keep one");
        }
        if (Architectures.isMixed(Set.copyOf(flat))) {
            throw document.error(
                    "'architectures' has both byte orders, which runtimes refuse; write a profile for each");
        }
        return map.isEmpty() ? Set.copyOf(flat) : document.legal(() -> Architectures.ofMap(map));
    }

    private static Architectures.Entry entry(ObjectReader entry) {
        Arch arch = entry.token("architecture", Architectures::ofToken, ARCHITECTURES)
                .orElseThrow(() -> entry.error("'architecture' is missing in an element of 'archMap'"));
        ImmutableList<Arch> companions = entry.tokens("subArchitectures", Architectures::ofToken, ARCHITECTURES);
        entry.warnOfTheRest("archMap");
        return new Architectures.Entry(arch, ImmutableSortedSet.copyOf(companions));
    }

    /** Empty for a rule without names or for no machine, which runtimes accept and which does nothing. */
    private Optional<Rule> rule(ObjectReader element, SymbolicErrnos errnos) {
        Action action = element.token("action", Action::find, ACTIONS)
                .orElseThrow(() -> element.error("'action' of a rule is missing; it is " + ACTIONS));
        Rule.Builder rule = Rule.builder(action).names(names(element));
        errnos.of(element, "errno", "errnoRet").ifPresent(rule::errnoRet);
        rule.conditions(element.objects("args", DocumentReader::condition));
        if (dialect == Dialect.MOBY) {
            element.text("comment").ifPresent(rule::comment);
        }
        Optional<Scope> scope = scope(element);
        scope.ifPresent(rule::scope);
        element.warnOfTheRest("a rule");
        if (names(element).isEmpty()) {
            element.warn("empty-rule", "a rule without 'names' does nothing; remove it");
            return Optional.empty();
        }
        return scope.isPresent() ? Optional.of(element.legal(rule::build)) : Optional.empty();
    }

    private ImmutableList<String> names(ObjectReader element) {
        ImmutableList<String> names = element.tokens("names", Optional::of, "");
        if (element.take("name").isEmpty()) {
            return names;
        }
        if (dialect == Dialect.OCI) {
            throw element.error("'name' is Moby's old field, which crun refuses and runc ignores; write 'names'");
        }
        if (!names.isEmpty()) {
            throw element.error("both 'name' and 'names' are given, which Docker refuses; keep 'names'");
        }
        return element.text("name").map(ImmutableList::of).orElse(names);
    }

    private static Condition condition(ObjectReader arg) {
        int index = arg.number("index").orElseThrow(() -> arg.error("'index' of a condition is missing"));
        Operator operator = arg.token("op", Operator::find, OPERATORS)
                .orElseThrow(() -> arg.error("'op' of a condition is missing; it is " + OPERATORS));
        long value = arg.unsigned("value").orElseThrow(() -> arg.error("'value' of a condition is missing"));
        long valueTwo = arg.unsigned("valueTwo").orElse(0L);
        if (valueTwo != 0 && !operator.takesValueTwo()) {
            arg.warn("ignored-value-two", "'valueTwo' means nothing to " + operator.token() + "; remove it");
        }
        arg.warnOfTheRest("a condition");
        return arg.legal(() -> new Condition(index, operator, value, operator.takesValueTwo() ? valueTwo : 0));
    }

    /** Empty when it includes only what is the name of no machine. */
    private Optional<Scope> scope(ObjectReader rule) {
        Optional<Scope.Clause> includes = clause(rule, "includes");
        // what is excluded where no machine is, is excluded nowhere
        Scope.Clause excludes = clause(rule, "excludes").orElse(Scope.Clause.NONE);
        Scope scope = new Scope(includes.orElse(Scope.Clause.NONE), excludes);
        if (dialect == Dialect.OCI && !scope.isEverywhere()) {
            throw rule.error("'includes' and 'excludes' are Moby's, and runtimes of plain OCI would apply the rule"
                    + " everywhere; read the document as moby");
        }
        return includes.map(some -> scope);
    }

    /** Empty when it lists machines, and all of them by names that none has. */
    private static Optional<Scope.Clause> clause(ObjectReader rule, String name) {
        Optional<ObjectReader> object = rule.object(name);
        if (object.isEmpty()) {
            return Optional.of(Scope.Clause.NONE);
        }
        ObjectReader clause = object.get();
        ImmutableList<String> machines = clause.tokens("arches", Optional::of, "");
        ImmutableSortedSet.Builder<Arch> arches = ImmutableSortedSet.naturalOrder();
        for (String machine : machines) {
            Optional<Arch> arch = Architectures.ofMobyName(machine);
            arch.ifPresent(arches::add);
            if (arch.isEmpty()) {
                // Docker compares texts, and its own default profile of 2023 misspells one
                clause.warn(
                        "unknown-machine",
                        "'" + Printable.of(machine) + "' in 'arches' is the name of no machine, and never matches; "
                                + MOBY_ARCHES);
            }
        }
        ImmutableList<String> caps = clause.tokens("caps", Optional::of, "");
        Optional<KernelVersion> kernel =
                clause.token("minKernel", DocumentReader::kernel, "it is MAJOR.MINOR, such as 5.3");
        clause.warnOfTheRest("'" + name + "'");
        Scope.Clause some =
                clause.legal(() -> new Scope.Clause(arches.build(), ImmutableSortedSet.copyOf(caps), kernel));
        return machines.isEmpty() || !some.arches().isEmpty() ? Optional.of(some) : Optional.empty();
    }

    private static Optional<KernelVersion> kernel(String text) {
        return KERNEL.matcher(text).matches() ? Optional.of(KernelVersion.parse(text)) : Optional.empty();
    }
}
