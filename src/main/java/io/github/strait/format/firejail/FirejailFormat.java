package io.github.strait.format.firejail;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.format.Ability;
import io.github.strait.format.ProfileFormat;
import io.github.strait.format.Traits;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Errno;
import io.github.strait.syscall.KernelVersion;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.Syscalls;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The lines of a firejail profile that filter calls, by name, of the machine's own ABI. firejail skips names that it does
 * not know in silence, so newer calls stand there by number; and it allows three calls in every list, of which one can be
 * denied again. (firejail 0.9.72, run on x86_64; that it has no table of names for aarch64 was read in its source.)
 */
public final class FirejailFormat extends ProfileFormat {
    public static final ProfileFormat FIREJAIL = new FirejailFormat();

    /** firejail refuses a longer line of a profile. */
    private static final int MAX_LINE = 8190;

    /** EHWPOISON, the last one that firejail has a name for; it skips an entry with another. */
    private static final int MAX_ERRNO = 133;

    /** Every release that has numbers in lists knows the calls of this kernel by name. */
    private static final KernelVersion KNOWN_BY_NAME = KernelVersion.parse("5.0");

    /** Those that firejail makes itself, under the filter; execveat, which it allows as well, can be denied again. */
    private static final ImmutableSet<String> ALWAYS_ALLOWED = ImmutableSet.of("execve", "prctl");

    private static final String EXECVEAT = "execveat";
    private static final int WIDTH = 100;

    private FirejailFormat() {
        super(
                "firejail",
                Traits.of(Sharing.ALL, Ability.ACTIONS, Ability.ERRNOS)
                        .withActions(Action.KILL_THREAD, Action.ERRNO, Action.LOG, Action.ALLOW)
                        .withOperators()
                        .withFlags()
                        .forOneOf(Arch.X86_64, Arch.AARCH64));
    }

    @Override
    public String purpose() {
        return "lines of a firejail profile";
    }

    @Override
    public Optional<String> runtime() {
        return Optional.of("firejail");
    }

    @Override
    public ImmutableList<Diagnostic> cautions(Profile profile) {
        ImmutableList.Builder<Diagnostic> cautions = ImmutableList.builder();
        Map<String, Decision> decisions =
                decisions(profile, profile.architectures().first());
        List<String> opened = new ArrayList<>();
        if (profile.defaultAction() != Action.ALLOW) {
            opened.addAll(ALWAYS_ALLOWED);
            if (profile.defaultAction() == Action.LOG) {
                opened.add(EXECVEAT);
            }
            opened.removeAll(decisions.keySet());
        }
        if (!opened.isEmpty()) {
            cautions.add(Diagnostic.warning(
                    "firejail-calls",
                    null,
                    "firejail allows " + Joiner.on(" and ").join(opened)
                            + " in every list, although the profile does not"));
        }
        Decision personality = decisions.getOrDefault("personality", profile.defaultDecision());
        if (personality.action().permits()) {
            cautions.add(Diagnostic.note(
                    "firejail-personality",
                    null,
                    "seccomp.block-secondary denies personality with other values than 0 and 0xffffffff, although the"
                            + " profile allows them"));
        }
        return cautions.build();
    }

    @Override
    protected byte[] print(Profile profile) {
        Arch abi = profile.architectures().first();
        boolean isAllowlist = profile.defaultAction() != Action.ALLOW;
        Map<String, Decision> decisions = decisions(profile, abi);
        if (isAllowlist
                && profile.defaultAction() != Action.LOG
                && SyscallTable.of(abi).contains(EXECVEAT)) {
            decisions.putIfAbsent(EXECVEAT, profile.defaultDecision());
        }
        List<String> entries = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        decisions.forEach((name, decision) -> {
            String call = call(name, abi);
            if (!call.equals(name)) {
                numbers.add(call + " " + name);
            }
            entries.add(call + ending(name, decision, abi));
        });
        if (entries.isEmpty()) {
            throw inexpressible("needs a call in its list, and the profile has none on " + abi.label());
        }
        String list = (isAllowlist ? "seccomp.keep " : "seccomp.drop ")
                + Joiner.on(',').join(entries);
        if (list.length() > MAX_LINE) {
            throw inexpressible("reads lines of at most " + MAX_LINE + " bytes, and the list has " + list.length()
                    + "; a profile with fewer names is the nearest, such as one without rules for ENOSYS");
        }
        String text = "# firejail --profile=THIS FILE PROGRAM, or in a profile of your own: include THIS FILE\n"
                + "# The last seccomp.keep or seccomp.drop counts. For programs of " + abi.label() + ".\n"
                + comment(numbers)
                + "nonewprivs\nseccomp.block-secondary\nseccomp-error-action "
                + (isAllowlist ? word(profile.defaultDecision(), abi) : "EPERM") + "\n" + list + "\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What happens to each call that the ABI has and the profile does not leave to the default: the first rule decides. */
    private static TreeMap<String, Decision> decisions(Profile profile, Arch abi) {
        TreeMap<String, Decision> decisions = new TreeMap<>();
        for (Rule rule : profile.rules()) {
            if (!rule.decision().equals(profile.defaultDecision())) {
                for (String name : rule.names()) {
                    if (SyscallTable.of(abi).contains(name)) {
                        decisions.putIfAbsent(name, rule.decision());
                    }
                }
            }
        }
        return decisions;
    }

    /** The name, or the number where firejail may not know the name. */
    private static String call(String name, Arch abi) {
        boolean isKnown = abi == Arch.X86_64
                && Syscalls.since(name)
                        .filter(since -> since.compareTo(KNOWN_BY_NAME) <= 0)
                        .isPresent();
        return isKnown ? name : "$" + SyscallTable.of(abi).number(name).orElseThrow();
    }

    private String ending(String name, Decision decision, Arch abi) {
        return switch (decision.action()) {
            case ALLOW -> "";
            case LOG ->
                throw inexpressible("logs by default alone, and the rule for '" + name
                        + "' has SCMP_ACT_LOG; SCMP_ACT_ALLOW is the nearest");
            case KILL_PROCESS, KILL_THREAD, TRAP, ERRNO, NOTIFY, TRACE -> ":" + word(decision, abi);
        };
    }

    private String word(Decision decision, Arch abi) {
        return switch (decision.action()) {
            case KILL_THREAD -> "kill";
            case LOG -> "log";
            case ERRNO ->
                Errno.name(decision.errno(), abi)
                        .filter(name -> decision.errno() <= MAX_ERRNO)
                        .orElseThrow(() -> inexpressible("returns errors by name, and the profile has "
                                + decision.errno() + ", which has none in its list; 1 is the nearest"));
            case KILL_PROCESS, TRAP, NOTIFY, TRACE, ALLOW ->
                throw new IllegalArgumentException(decision + " is not among the traits");
        };
    }

    /** Which calls stand there by number. */
    private static String comment(List<String> numbers) {
        if (numbers.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        StringBuilder line = new StringBuilder("# By number, since releases that do not know a name skip it:");
        for (String number : numbers) {
            if (line.length() + number.length() > WIDTH) {
                text.append(line).append('\n');
                line = new StringBuilder("#");
            }
            line.append(' ').append(number).append(',');
        }
        line.setCharAt(line.length() - 1, '.');
        return text.append(line).append('\n').toString();
    }
}
