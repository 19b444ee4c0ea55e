package io.github.strait.format.lxc;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.bpf.Frequencies;
import io.github.strait.bpf.Layout;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Ability;
import io.github.strait.format.PerAbiFormat;
import io.github.strait.format.ProfileFormat;
import io.github.strait.format.Traits;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Merge;
import io.github.strait.profile.PlainRules;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import io.github.strait.syscall.SyscallTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The second version of LXC's policy, which is also {@code raw.seccomp} of Incus and LXD. LXC gives each line to
 * libseccomp for every ABI of the machine, whatever section it stands in, and skips a name in silence that has no number
 * there. (LXC 5.0.2: {@code parse_config_v2} in its {@code seccomp.c}; the filters of random policies were compared with
 * the profiles.)
 */
public final class LxcFormat extends ProfileFormat implements PerAbiFormat {
    public static final ProfileFormat LXC = new LxcFormat();

    /** libseccomp 2.5 refuses the kernel's last one, 4095. */
    private static final int MAX_ERRNO = 4094;

    /** Without a section LXC skips all rules on machines that it does not know, such as riscv64. */
    private static final String HEAD = """
            # LXC: lxc.seccomp.profile = THIS FILE, by its absolute path, in the container's configuration.
            # Incus: incus config set CONTAINER raw.seccomp - < THIS FILE (LXD: lxc config set).
            [all]
            """;

    private LxcFormat() {
        super(
                "lxc",
                Traits.of(
                                Sharing.ALL,
                                Ability.ACTIONS,
                                Ability.ERRNOS,
                                Ability.ANY_MACHINE,
                                Ability.BOTH_BYTE_ORDERS,
                                Ability.LIBSECCOMP)
                        .withActions(Action.KILL_THREAD, Action.TRAP, Action.ERRNO, Action.NOTIFY, Action.ALLOW)
                        .withFlags());
    }

    @Override
    public String purpose() {
        return "what LXC takes, and Incus and LXD as raw.seccomp";
    }

    @Override
    public Optional<String> runtime() {
        return Optional.of("lxc");
    }

    @Override
    public ImmutableList<Diagnostic> cautions(Profile profile) {
        ImmutableList.Builder<Diagnostic> cautions = ImmutableList.builder();
        machines(profile).forEach(machine -> opened(profile, machine).ifPresent(cautions::add));
        profile.architectures().forEach(abi -> skipped(profile, abi).ifPresent(cautions::add));
        if (asksSupervisor(profile) && !allows(profile, "fcntl")) {
            cautions.add(Diagnostic.warning(
                    "lxc-notify",
                    null,
                    "where a rule has SCMP_ACT_NOTIFY, LXC calls fcntl under the filter, and the profile does not always"
                            + " allow it: the container will not start"));
        }
        return cautions.build();
    }

    /** Which other ABIs the names count on. */
    private static Optional<Diagnostic> opened(Profile profile, Arch machine) {
        List<String> unlisted = filteredWith(machine).stream()
                .filter(abi -> !profile.architectures().contains(abi))
                .map(Arch::label)
                .toList();
        return unlisted.isEmpty()
                ? Optional.empty()
                : Optional.of(Diagnostic.warning(
                        "lxc-abis",
                        null,
                        "on " + machine.label() + " LXC filters the calls of " + String.join(" and ", unlisted)
                                + " too, by the same names, and no policy closes "
                                + (unlisted.size() > 1 ? "them" : "it")));
    }

    /** Which calls get another error than they should. */
    private static Optional<Diagnostic> skipped(Profile profile, Arch abi) {
        Set<String> skipped = new TreeSet<>();
        for (Rule rule : PlainRules.of(profile)) {
            if (isDenial(rule.action())) {
                skipped.addAll(skipped(rule, abi));
            }
        }
        return skipped.isEmpty()
                ? Optional.empty()
                : Optional.of(Diagnostic.note(
                        "lxc-skipped",
                        null,
                        "LXC skips these calls on " + abi.label() + ", so they get the default action: "
                                + String.join(" ", skipped)));
    }

    private static boolean asksSupervisor(Profile profile) {
        return profile.rules().stream().anyMatch(rule -> rule.action() == Action.NOTIFY);
    }

    private static boolean allows(Profile profile, String name) {
        return profile.defaultAction().permits()
                || profile.rules().stream()
                        .anyMatch(rule -> rule.action() == Action.ALLOW
                                && !rule.isConditional()
                                && rule.names().contains(name));
    }

    /** The machines that the profile names. */
    private static ImmutableSortedSet<Arch> machines(Profile profile) {
        return profile.architectures().stream()
                .map(Arch::nativeArch)
                .collect(ImmutableSortedSet.toImmutableSortedSet(Arch::compareTo));
    }

    /** The other ABIs that LXC filters on a machine: all but s390 on s390x, whose calls it kills. */
    private static List<Arch> filteredWith(Arch machine) {
        return machine == Arch.S390X
                ? List.of()
                : machine.personalities().subList(1, machine.personalities().size());
    }

    @Override
    protected byte[] print(Profile profile) {
        profile.architectures().forEach(abi -> checkNumbers(profile, abi));
        return text(profile);
    }

    /**
     * A policy that has what each ABI needs. It holds on all of them, but for calls that LXC skips on one: those are left
     * out there, and refused only where that ABI itself needs them.
     */
    @Override
    public byte[] write(AbiProfiles profiles, Layout layout, Frequencies frequencies) {
        List<Merge.Source> sources = new ArrayList<>();
        profiles.forEach((abi, profile) -> {
            check(profile);
            checkNumbers(profile, abi);
            sources.add(new Merge.Source(abi.label(), profile));
        });
        return text(sources.size() == 1 ? sources.get(0).profile() : union(sources));
    }

    private byte[] text(Profile profile) {
        checkReading(profile);
        Profile plain = PlainRules.areOrdered(profile) ? disjoint(profile) : profile;
        boolean isAllowlist = profile.defaultAction() != Action.ALLOW;
        StringBuilder text = new StringBuilder("2\n")
                .append(isAllowlist ? "allowlist " + word(profile.defaultDecision()) : "denylist")
                .append('\n')
                .append(HEAD);
        for (Rule rule : PlainRules.of(plain)) {
            String rest = rest(rule, isAllowlist);
            rule.names().forEach(name -> text.append(name).append(rest).append('\n'));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void checkReading(Profile profile) {
        if (profile.defaultAction() == Action.NOTIFY) {
            throw inexpressible("asks for a supervisor only where a rule has SCMP_ACT_NOTIFY, and the default has it;"
                    + " SCMP_ACT_ERRNO is the nearest");
        }
        if (profile.architectures().contains(Arch.S390)) {
            throw inexpressible(
                    "kills the calls of s390, which the profile lists; a profile for s390x alone is the nearest");
        }
        checkErrno(profile.defaultDecision());
        profile.rules().forEach(rule -> checkErrno(rule.decision()));
    }

    private void checkErrno(Decision decision) {
        if (decision.errno() > MAX_ERRNO) {
            throw inexpressible("returns errors up to " + MAX_ERRNO + ", and the profile has " + decision.errno());
        }
    }

    /** Refuses a profile of which LXC would skip more on an ABI than the error of a call that is denied in any case. */
    private void checkNumbers(Profile profile, Arch abi) {
        for (Rule rule : PlainRules.of(profile)) {
            if (isDenial(rule.action()) && isDenial(profile.defaultAction())) {
                continue;
            }
            for (String name : skipped(rule, abi)) {
                throw inexpressible("skips '" + name + "' on " + abi.label() + " in silence, as a call that "
                        + Multiplexer.of(name, abi).orElseThrow() + " stands for; "
                        + (abi == abi.nativeArch()
                                ? "no policy names it there"
                                : "a profile that does not list " + abi.label() + " is the nearest"));
            }
        }
    }

    /** A call that a multiplexer stands for has no number of its own there, as libseccomp tells LXC, even where it does. */
    private static List<String> skipped(Rule rule, Arch abi) {
        return rule.names().stream()
                .filter(name -> Multiplexer.of(name, abi).isPresent())
                .filter(SyscallTable.of(abi)::contains)
                .toList();
    }

    private static boolean isDenial(Action action) {
        return switch (action) {
            case KILL_PROCESS, KILL_THREAD, TRAP, ERRNO -> true;
            case NOTIFY, TRACE, LOG, ALLOW -> false;
        };
    }

    private Profile union(List<Merge.Source> sources) {
        try {
            return Merge.of(sources).profile();
        } catch (RefusalException e) {
            throw inexpressible("has one policy for all ABIs of a machine, and " + e.getMessage());
        }
    }

    /** What follows the name. An action is needed before conditions, and in a denylist, where none means kill. */
    private static String rest(Rule rule, boolean isAllowlist) {
        StringBuilder rest = new StringBuilder();
        if (rule.action() != Action.ALLOW || rule.isConditional() || !isAllowlist) {
            rest.append(' ').append(word(rule.decision()));
        }
        if (rule.isConditional()) {
            rest.append(' ');
        }
        for (Condition condition : rule.conditions()) {
            rest.append('[').append(condition.index());
            String value = Long.toUnsignedString(condition.value());
            String token = condition.operator().token();
            if (condition.operator().takesValueTwo()) {
                String masked = Long.toUnsignedString(condition.valueTwo());
                rest.append(',')
                        .append(masked)
                        .append(',')
                        .append(token)
                        .append(',')
                        .append(value);
            } else {
                rest.append(',').append(value).append(',').append(token);
            }
            rest.append(']');
        }
        return rest.toString();
    }

    private static String word(Decision decision) {
        return switch (decision.action()) {
            case KILL_THREAD -> "kill";
            case TRAP -> "trap";
            case ERRNO -> "errno " + decision.errno();
            case NOTIFY -> "notify";
            case ALLOW -> "allow";
            case KILL_PROCESS, TRACE, LOG -> throw new IllegalArgumentException(decision + " is not among the traits");
        };
    }
}
