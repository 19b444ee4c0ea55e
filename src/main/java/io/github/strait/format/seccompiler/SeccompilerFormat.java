package io.github.strait.format.seccompiler;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.format.Ability;
import io.github.strait.format.DocumentText;
import io.github.strait.format.ReadableFormat;
import io.github.strait.format.Reader;
import io.github.strait.format.Reading;
import io.github.strait.format.Settings;
import io.github.strait.format.Traits;
import io.github.strait.profile.Action;
import io.github.strait.profile.CallRules;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import io.github.strait.syscall.Syscalls;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The filter of one thread as seccompiler's JSON, in the keys that Firecracker's and rust-vmm's both read. A filter has
 * two actions in all: one for calls that match a rule, and one for the others.
 */
public final class SeccompilerFormat extends ReadableFormat {
    public static final ReadableFormat SECCOMPILER = new SeccompilerFormat(Settings.USUAL);

    /** rust-vmm's table has no newer calls, and refuses the filter for one. */
    private static final KernelVersion TABLE = new KernelVersion(6, 12);

    /** A thread, and the first key of its filter. */
    private static final Pattern START = Pattern.compile("\\A\\s*+\\{\\s*+\"[^\"\\\\]*+\"\\s*+:\\s*+\\{\\s*+"
            + "\"(?:default_action|mismatch_action|filter_action|match_action|filter)\"\\s*+:");

    private final Settings settings;

    private SeccompilerFormat(Settings settings) {
        super(
                "seccompiler",
                Traits.of(
                                Sharing.NONE,
                                Ability.ACTIONS,
                                Ability.ERRNOS,
                                Ability.COMMENTS,
                                Ability.READABLE,
                                Ability.NAME)
                        .withActions(
                                Action.KILL_PROCESS,
                                Action.KILL_THREAD,
                                Action.TRAP,
                                Action.ERRNO,
                                Action.TRACE,
                                Action.LOG,
                                Action.ALLOW)
                        .withFlags()
                        .forOneOf(Arch.X86_64, Arch.AARCH64, Arch.RISCV64));
        this.settings = settings;
    }

    @Override
    public String purpose() {
        return "a thread's filter for seccompiler (Firecracker, rust-vmm)";
    }

    @Override
    public ReadableFormat with(Settings other) {
        return new SeccompilerFormat(other);
    }

    /** A program installs it itself. */
    @Override
    public Optional<String> runtime() {
        return Optional.of("none");
    }

    /** Whether a text begins as a filter of seccompiler does, and no other document. */
    public static boolean begins(String start) {
        return START.matcher(start).find();
    }

    @Override
    public boolean recognises(String start) {
        return begins(start);
    }

    @Override
    public Reading read(String file, byte[] content, Reader reader) {
        return Reading.of(
                new FilterReader(DocumentText.of(file, content), reader.machine()).profile(), ImmutableList.of());
    }

    @Override
    protected byte[] print(Profile profile) {
        Arch abi = profile.architectures().first();
        ImmutableSortedMap<String, CallRules> calls = CallRules.of(profile, abi);
        Decision matched = matched(profile, calls);
        calls.keySet().forEach(this::checkName);
        FilterText text = new FilterText();
        return text.of(settings.name(), profile.defaultDecision(), matched, calls)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The one decision that the rules have; any that is not the default where there is no rule. */
    private Decision matched(Profile profile, ImmutableSortedMap<String, CallRules> calls) {
        TreeMap<Decision, String> decisions =
                new TreeMap<>(Comparator.comparing(Decision::action).reversed().thenComparingInt(Decision::errno));
        calls.forEach((name, rules) -> rules.cases().forEach(one -> decisions.putIfAbsent(one.decision(), name)));
        if (decisions.isEmpty()) {
            boolean allows = profile.defaultAction() == Action.ALLOW;
            return Decision.of(allows ? Action.ERRNO : Action.ALLOW);
        }
        if (decisions.size() > 1) {
            Decision third = decisions.lastKey();
            throw inexpressible("has two actions in all, and the profile has " + (decisions.size() + 1) + ": "
                    + profile.defaultDecision() + " by default, " + decisions.firstKey() + ", and " + third + " for '"
                    + decisions.get(third) + "'; strait generate " + options()
                    + " --errno ENOSYS derives a profile with two");
        }
        return decisions.firstKey();
    }

    private void checkName(String name) {
        if (Syscalls.since(name).filter(since -> since.compareTo(TABLE) > 0).isPresent()) {
            throw inexpressible("has no '" + name + "': its table ends with Linux " + TABLE
                    + ", and it refuses a filter with a name that it does not know; remove the call from the profile");
        }
    }
}
