package io.github.strait.format.minijail;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.format.Ability;
import io.github.strait.format.Dialect;
import io.github.strait.format.ProfileFormat;
import io.github.strait.format.Settings;
import io.github.strait.format.Traits;
import io.github.strait.profile.Action;
import io.github.strait.profile.CallRules;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Errno;
import io.github.strait.syscall.KernelVersion;
import io.github.strait.syscall.Syscalls;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A policy of minijail, for one ABI. It has two readers. The library's own takes a line for what it allows, and kills or
 * logs the rest; the compiler's takes a list of tests with an action each. {@code EXPRESSION; return N} means opposite
 * things to the two, and is never written. (Read in both sources; run with minijail0 and the compiler.)
 */
public final class MinijailFormat extends ProfileFormat {
    public static final ProfileFormat MINIJAIL = new MinijailFormat(Settings.USUAL.dialect());

    /** The kernel that Debian's oldest supported release has: a minijail knows the calls of the headers it was built with. */
    private static final KernelVersion OLD = new KernelVersion(5, 10);

    private static final int LISTED = 5;

    private final Dialect dialect;

    private MinijailFormat(Dialect dialect) {
        super(
                "minijail",
                Traits.of(Sharing.NONE, Ability.ACTIONS, Ability.ERRNOS, Ability.DIALECT)
                        .withActions(
                                Action.KILL_PROCESS,
                                Action.KILL_THREAD,
                                Action.TRAP,
                                Action.ERRNO,
                                Action.LOG,
                                Action.ALLOW)
                        .withFlags());
        this.dialect = dialect;
    }

    @Override
    public String purpose() {
        return "a policy for minijail0 -S or, with --dialect compiler, for compile_seccomp_policy.py";
    }

    @Override
    public ProfileFormat with(Settings settings) {
        return new MinijailFormat(settings.dialect());
    }

    @Override
    protected String options() {
        return super.options() + (dialect == Dialect.COMPILER ? " --dialect " + dialect : "");
    }

    /** minijail makes no call of its own between filter and execve. */
    @Override
    public Optional<String> runtime() {
        return Optional.of("none");
    }

    @Override
    public ImmutableList<Diagnostic> cautions(Profile profile) {
        if (profile.architectures().size() != 1) {
            return ImmutableList.of();
        }
        List<String> young = CallRules.of(profile, profile.architectures().first()).keySet().stream()
                .filter(name -> Syscalls.since(name)
                        .filter(since -> since.compareTo(OLD) > 0)
                        .isPresent())
                .toList();
        if (young.isEmpty()) {
            return ImmutableList.of();
        }
        String listed = young.stream().limit(LISTED).collect(Collectors.joining(", "))
                + (young.size() > LISTED ? " and " + (young.size() - LISTED) + " others" : "");
        return ImmutableList.of(Diagnostic.warning(
                "minijail-names",
                null,
                "a minijail that was built with older kernel headers refuses the whole policy for a name that they lack;"
                        + " newer than Linux " + OLD + " are " + listed));
    }

    @Override
    protected byte[] print(Profile profile) {
        Arch abi = abi(profile.architectures());
        StringBuilder text = new StringBuilder(head(profile.defaultDecision(), abi));
        Expressions expressions = new Expressions(abi);
        ImmutableSortedMap<String, CallRules> calls = CallRules.of(profile, abi);
        calls.forEach((name, rules) -> text.append(name)
                .append(": ")
                .append(
                        rules.isUnconditional()
                                ? action(name, rules.cases().get(0).decision(), abi)
                                : tests(name, rules, expressions))
                .append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Arch abi(ImmutableSortedSet<Arch> abis) {
        if (abis.size() > 1) {
            throw inexpressible("is for one architecture, and the profile lists "
                    + String.join(", ", abis.stream().map(Arch::label).toList())
                    + "; convert --arch and generate --target write one of them");
        }
        Arch abi = abis.first();
        if (abi == Arch.X32) {
            throw inexpressible("is not for x32, which minijail is not built for; x86_64 is the nearest");
        }
        return abi;
    }

    /** What an unconditional rule says. A decision that the dialect has no word for is refused. */
    private String action(String name, Decision decision, Arch abi) {
        if (decision.action() == Action.ERRNO) {
            return "return " + error(decision.errno(), abi);
        }
        if (decision.action() == Action.ALLOW) {
            return "1";
        }
        if (dialect == Dialect.LIBMINIJAIL) {
            throw inexpressible("allows a call or returns an error, and the rule for '" + name + "' says "
                    + decision.action().token() + "; --dialect compiler has it");
        }
        return word(decision.action());
    }

    private String tests(String name, CallRules rules, Expressions expressions) {
        if (rules.cases().stream().allMatch(one -> one.decision().action() == Action.ALLOW)) {
            return rules.cases().stream()
                    .map(one -> expressions.all(one.conditions()))
                    .collect(Collectors.joining(" || "));
        }
        if (dialect == Dialect.LIBMINIJAIL) {
            Decision other = rules.cases().stream()
                    .map(CallRules.Case::decision)
                    .filter(decision -> decision.action() != Action.ALLOW)
                    .findFirst()
                    .orElseThrow();
            throw inexpressible("has conditions for what is allowed alone, and the conditional rule for '" + name
                    + "' says " + other + "; --dialect compiler has it");
        }
        // in braces, for which the library refuses the line instead of reading the opposite
        return rules.cases().stream()
                .map(one -> expressions.all(one.conditions()) + "; "
                        + (one.decision().action() == Action.ALLOW
                                ? "allow"
                                : action(name, one.decision(), expressions.abi())))
                .collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String word(Action action) {
        return switch (action) {
            case KILL_PROCESS -> "kill-process";
            case KILL_THREAD -> "kill-thread";
            case TRAP -> "trap";
            case LOG -> "log";
            case ERRNO, NOTIFY, TRACE, ALLOW -> throw new IllegalArgumentException(action + " has no word");
        };
    }

    private static String error(int errno, Arch abi) {
        return Errno.name(errno, abi).orElse(Integer.toString(errno));
    }

    private String head(Decision byDefault, Arch abi) {
        String first = "# minijail policy for " + abi.label() + "\n";
        return dialect == Dialect.LIBMINIJAIL
                ? first + forLibrary(byDefault)
                : first + forCompiler(byDefault, abi)
                        + "# Start: minijail0 -n --seccomp-bpf-binary FILE.bpf -- PROGRAM\n";
    }

    /** What happens to other calls is not said in the file, but by how it is started. */
    private String forLibrary(Decision byDefault) {
        String rest = "# Start a static program with -T static, too.\n";
        return switch (byDefault.action()) {
            case KILL_THREAD ->
                "# Start: minijail0 -n -S FILE -- PROGRAM; calls without a line kill the thread.\n" + rest;
            case KILL_PROCESS ->
                "# Start: minijail0 -n -Y -S FILE -- PROGRAM; calls without a line kill the process, without -Y the thread.\n"
                        + rest;
            case LOG ->
                "# Start: minijail0 -n -L -S FILE -- PROGRAM; calls without a line are logged and run. Without -L they kill.\n"
                        + rest;
            case ERRNO ->
                throw inexpressible("has no error as the default, and the profile has " + byDefault
                        + "; --dialect compiler has one, and strait generate " + options()
                        + " --default-action kill-process derives a profile that kills");
            case TRAP, NOTIFY, TRACE, ALLOW ->
                throw inexpressible("kills or logs by default, and the profile says "
                        + byDefault.action().token()
                        + (byDefault.action() == Action.TRAP
                                ? "; --dialect compiler has it"
                                : "; a profile that lists what is allowed is the nearest"));
        };
    }

    private String forCompiler(Decision byDefault, Arch abi) {
        String compile = "# Compile: compile_seccomp_policy.py --arch-json constants.json";
        return switch (byDefault.action()) {
            case KILL_PROCESS, KILL_THREAD, TRAP ->
                compile + " FILE FILE.bpf\n@default " + word(byDefault.action()) + "\n";
            case ERRNO ->
                compile + " --default-action 'return " + error(byDefault.errno(), abi) + "' FILE FILE.bpf\n"
                        + "# Without --default-action, calls without a line kill.\n";
            case LOG ->
                throw inexpressible("has no " + byDefault.action().token()
                        + " as the compiler's default; leave --dialect out, and start the program with minijail0 -L");
            case NOTIFY, TRACE, ALLOW ->
                throw inexpressible("denies by default, and the profile says "
                        + byDefault.action().token() + "; a profile that lists what is allowed is the nearest");
        };
    }
}
