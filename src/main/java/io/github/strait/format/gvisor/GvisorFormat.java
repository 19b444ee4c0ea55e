package io.github.strait.format.gvisor;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.format.Ability;
import io.github.strait.format.ProfileFormat;
import io.github.strait.format.Traits;
import io.github.strait.format.oci.DocumentWriter;
import io.github.strait.profile.Action;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import java.util.Optional;

/**
 * Plain OCI as gVisor's {@code runsc --oci-seccomp} reads it. It takes the first rule that matches, does not skip those
 * that repeat the default, and does not mask {@code valueTwo}. So the rules are rewritten in a form whose meaning
 * depends on none of that. It knows five actions, calls of the machine's own ABI, and the flag TSYNC. The measured
 * release returns EPERM for any number in a rule.
 */
public final class GvisorFormat extends ProfileFormat {
    public static final ProfileFormat GVISOR = new GvisorFormat();

    private GvisorFormat() {
        super(
                "gvisor",
                Traits.of(Sharing.ALL, Ability.ACTIONS, Ability.ANY_MACHINE, Ability.READABLE)
                        .withActions(Action.KILL_THREAD, Action.TRAP, Action.ERRNO, Action.TRACE, Action.ALLOW)
                        .withFlags(Flag.TSYNC)
                        .forOneOf(Arch.X86_64, Arch.AARCH64));
    }

    @Override
    public String purpose() {
        return "what runsc takes";
    }

    @Override
    public Optional<String> runtime() {
        return Optional.of("gvisor");
    }

    @Override
    public ImmutableList<Diagnostic> warnings() {
        return ImmutableList.of(Diagnostic.note(
                "gvisor-errno",
                null,
                "gVisor returns EPERM for every call that is not allowed; no other error is written"));
    }

    /** gVisor knows killing a thread only by its old name. */
    @Override
    protected byte[] print(Profile profile) {
        return DocumentWriter.plain().callingKillThread("SCMP_ACT_KILL").write(disjoint(profile));
    }
}
