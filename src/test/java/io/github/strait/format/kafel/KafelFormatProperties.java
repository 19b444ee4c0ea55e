package io.github.strait.format.kafel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.primitives.ImmutableLongArray;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Profiles;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The policy decides as the profile does. */
class KafelFormatProperties {
    private static final long LOW = 0xffffffffL;

    @Provide
    Arbitrary<Profile> profiles() {
        return Combinators.combine(
                        Arbitraries.oneOf(Profiles.close(), Profiles.plain()),
                        Arbitraries.of(Arch.X86_64, Arch.X86, Arch.AARCH64, Arch.ARM, Arch.RISCV64))
                .as(KafelFormatProperties::on)
                .filter(profile -> !profile.defaultAction().permits()
                        || !profile.architectures().contains(Arch.X86_64));
    }

    /** Without what a policy cannot say: how it is installed. */
    private static Profile on(Profile profile, Arch abi) {
        Profile.Builder on =
                Profile.builder(profile.defaultAction()).architectures(abi).rules(profile.rules());
        profile.defaultErrnoRet().ifPresent(on::defaultErrnoRet);
        return on.build();
    }

    @Provide
    Arbitrary<List<SeccompData>> calls() {
        return Arbitraries.oneOf(Profiles.closeCalls(), Profiles.calls())
                .list()
                .ofMinSize(10)
                .ofMaxSize(40);
    }

    @Property(tries = 1000)
    void thePolicyDecidesAsTheProfile(@ForAll("profiles") Profile profile, @ForAll("calls") List<SeccompData> calls) {
        Arch abi = profile.architectures().first();
        KafelPolicy policy = new KafelPolicy(new String(KafelFormat.KAFEL.write(profile), StandardCharsets.UTF_8));
        for (SeccompData any : calls) {
            SeccompData foreign = narrow(any);
            if (foreign.abi() != Arch.X32) {
                assertEquals(profile.decide(foreign), policy.decide(abi, foreign), foreign::toString);
            }
            SeccompData own = narrow(moved(any, abi));
            assertEquals(profile.decide(own), policy.decide(abi, own), own::toString);
        }
    }

    /** The call of that name and those arguments. */
    private static SeccompData moved(SeccompData call, Arch abi) {
        int number = SyscallTable.of(call.abi())
                .name(call.number())
                .map(name -> SyscallTable.of(abi).number(name).orElse(call.number()))
                .orElse(call.number() & 0xfff);
        return new SeccompData(abi, number, 0, call.args());
    }

    /** Kernels hand over zeros above the low words of a 32-bit ABI. */
    private static SeccompData narrow(SeccompData call) {
        return call.arch().pointerBits() == 64
                ? call
                : new SeccompData(
                        call.arch(),
                        call.number(),
                        0,
                        ImmutableLongArray.copyOf(call.args().stream().map(argument -> argument & LOW)));
    }
}
