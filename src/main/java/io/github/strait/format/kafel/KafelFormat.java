package io.github.strait.format.kafel;

import io.github.strait.format.Ability;
import io.github.strait.format.ProfileFormat;
import io.github.strait.format.Settings;
import io.github.strait.format.Traits;
import io.github.strait.profile.PlainRules;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import java.nio.charset.StandardCharsets;

/**
 * A policy that {@code nsjail --seccomp_policy} takes. Kafel compiles it for one ABI, and its filter ends a thread that
 * makes a call of another one; but it does not tell x32 from x86_64. It compares the words of arguments in the order of
 * little-endian machines (its {@code codegen.c}).
 */
public final class KafelFormat extends ProfileFormat {
    public static final ProfileFormat KAFEL = new KafelFormat(Settings.USUAL);

    private final String policy;

    private KafelFormat(Settings settings) {
        super(
                "kafel",
                Traits.of(Sharing.ALL, Ability.ACTIONS, Ability.ERRNOS, Ability.NAME)
                        .withFlags()
                        .forOneOf(Arch.X86_64, Arch.X86, Arch.AARCH64, Arch.ARM, Arch.RISCV64));
        // with an ending it is never a word of the language
        this.policy = settings.identifier() + "_policy";
    }

    @Override
    public String purpose() {
        return "a policy for nsjail";
    }

    @Override
    public ProfileFormat with(Settings settings) {
        return new KafelFormat(settings);
    }

    @Override
    protected byte[] print(Profile profile) {
        Arch abi = profile.architectures().first();
        if (abi == Arch.X86_64 && profile.defaultAction().permits()) {
            throw inexpressible("has no word for the calls of x32, which a default of "
                    + profile.defaultAction().token() + " would permit on x86_64; use bpf, whose filter ends them");
        }
        Profile narrow = OneAbi.of(profile, abi);
        return new PolicyText(policy, abi, narrow.defaultDecision(), PlainRules.of(narrow))
                .text()
                .getBytes(StandardCharsets.UTF_8);
    }
}
