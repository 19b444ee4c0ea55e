package io.github.strait.api;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Ability;
import io.github.strait.format.Engine;
import io.github.strait.format.Reader;
import io.github.strait.profile.Companions;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;
import java.util.Optional;

/**
 * The format to convert a profile to, with options.
 *
 * @param format the form
 * @param arch the machine that the user names, for a document that differs between machines, and the ABI of a format that
 *     is for one; empty for this machine
 * @param machine what rules may ask of it
 * @param withoutComments whether to leave comments out, for formats that have none
 */
public record ConvertRequest(OutputFormat format, Optional<Arch> arch, Machine machine, boolean withoutComments) {
    /**
     * The profile in the other form.
     *
     * @param listener told what there is to say about the profile
     * @throws RefusalException when it cannot be read, or the form cannot express it: nothing is dropped
     */
    public byte[] convert(ProfileFile file, DiagnosticListener listener) {
        Arch home = arch.orElseGet(Machine::here).nativeArch();
        Profile profile = file.profile(new Reader(Engine.DOCKER, home), listener);
        if (isForOneMachine(profile)) {
            profile = new ProfileResolver(machine, listener).resolve(file.name(), profile, arch);
        }
        if (arch.isPresent() && !has(Ability.SCOPES)) {
            profile = format.format().traits().oneOf().isEmpty() ? profile.on(home) : profile.only(arch.get());
        }
        if (has(Ability.COMPILED)) {
            profile = filtered(file, profile, home, listener);
        }
        return format.write(withoutComments ? profile.withoutComments() : profile, listener);
    }

    private boolean has(Ability ability) {
        return format.format().traits().has(ability);
    }

    /** With all that libseccomp adds: the native ABI of each machine, this one's too, and companions. */
    private Profile filtered(ProfileFile file, Profile profile, Arch here, DiagnosticListener listener) {
        Profile whole = profile.withNativeAbis();
        // where each machine takes its own filter, this one needs none
        boolean fits = !has(Ability.MACHINES)
                && whole.architectures().stream().allMatch(abi -> abi.isBigEndian() == here.isBigEndian());
        if (fits && !whole.architectures().contains(here)) {
            listener.diagnostic(Diagnostic.warning(
                    "native-abi-added",
                    file.position(),
                    "does not list " + here.label() + ", this machine, but runtimes filter its calls by name anyway,"
                            + " so the filter has it too; --arch chooses another machine"));
            whole = whole.toBuilder().architectures(here).build();
        }
        return Companions.exist(whole.architectures()) ? Companions.add(whole) : whole;
    }

    /** Whether the format cannot leave open what machine the profile is for, or the user says it. */
    private boolean isForOneMachine(Profile profile) {
        return ProfileResolver.isScoped(profile) || ProfileResolver.isMixed(profile)
                ? !has(Ability.SCOPES)
                : profile.architectures().isEmpty() && (arch.isPresent() || !has(Ability.ANY_MACHINE));
    }
}
