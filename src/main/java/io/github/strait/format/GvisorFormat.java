package io.github.strait.format;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Merge;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Plain OCI as gVisor's {@code runsc --oci-seccomp} reads it. It takes the first rule that matches, does not skip those
 * that repeat the default, and does not mask {@code valueTwo}, so that the rules are written anew in a form whose meaning
 * depends on none of that. It knows five actions, calls of the machine's own ABI, and the flag TSYNC; the release that was
 * measured answers EPERM whatever number a rule names.
 */
final class GvisorFormat implements ProfileFormat {
    private static final ImmutableSet<Arch> MACHINES = ImmutableSet.of(Arch.X86_64, Arch.AARCH64);
    private static final ImmutableSet<Action> ACTIONS =
            ImmutableSet.of(Action.KILL_THREAD, Action.TRAP, Action.ERRNO, Action.TRACE, Action.ALLOW);

    @Override
    public String name() {
        return "gvisor";
    }

    @Override
    public byte[] write(Profile profile) {
        Plainness.check(this, profile);
        checkArchitectures(profile);
        checkInstallation(profile);
        check(profile.defaultDecision(), "the default");
        for (Rule rule : profile.rules()) {
            check(rule.decision(), "the rule for " + Plainness.first(rule));
        }
        return DocumentWriter.write(plain(profile), Dialect.GVISOR).getBytes(StandardCharsets.UTF_8);
    }

    private Profile plain(Profile profile) {
        try {
            return Merge.of(List.of(new Merge.Source("the profile", profile))).profile();
        } catch (RefusalException e) {
            throw FormatRefusal.inexpressible(this, "is written from the meaning of the rules, but " + e.getMessage());
        }
    }

    private void checkArchitectures(Profile profile) {
        Set<Arch> arches = profile.architectures();
        if (arches.size() > 1 || !MACHINES.containsAll(arches)) {
            throw FormatRefusal.inexpressible(
                    this,
                    "is for the calls of x86_64 or of aarch64 alone, and the profile lists "
                            + String.join(", ", arches.stream().map(Arch::label).toList()));
        }
    }

    private void checkInstallation(Profile profile) {
        Set<Flag> foreign = Sets.difference(profile.flags(), Set.of(Flag.TSYNC));
        if (!foreign.isEmpty()) {
            throw FormatRefusal.inexpressible(
                    this, "has no flag " + foreign.iterator().next().token());
        }
        if (profile.listenerPath().isPresent()) {
            throw FormatRefusal.inexpressible(this, "has no listener");
        }
    }

    private void check(Decision decision, String where) {
        if (!ACTIONS.contains(decision.action())) {
            String fix = decision.action() == Action.KILL_PROCESS ? "; SCMP_ACT_KILL_THREAD is the nearest" : "";
            throw FormatRefusal.inexpressible(
                    this, "has no " + decision.action().token() + ", the action of " + where + fix);
        }
        if (decision.action().takesErrno() && decision.errno() != Decision.EPERM) {
            throw FormatRefusal.inexpressible(
                    this,
                    "returns EPERM (1) whatever number is named, and " + where + " names " + decision.errno()
                            + "; strait generate --runtime gvisor --format gvisor derives a profile without");
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
