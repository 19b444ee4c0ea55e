package io.github.strait.api;

import io.github.strait.bpf.Decompiled;
import io.github.strait.bpf.Frequencies;
import io.github.strait.bpf.Layout;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Ability;
import io.github.strait.format.Engine;
import io.github.strait.format.PerAbiFormat;
import io.github.strait.format.Reader;
import io.github.strait.format.Reading;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.Companions;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
        Reading reading = file.reading(new Reader(Engine.DOCKER, home));
        listener.diagnostics(reading.diagnostics());
        if (reading.filter().isPresent() && format.format() instanceof PerAbiFormat perAbi) {
            return ofFilter(file, reading, reading.filter().get(), perAbi);
        }
        Profile profile = reading.profile();
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

    /** What a filter decides on each ABI; the kernel runs it as it is, so nothing is added. */
    private byte[] ofFilter(ProfileFile file, Reading reading, Decompiled filter, PerAbiFormat perAbi) {
        Optional<byte[]> listing = perAbi.list(filter.stack(), filter.profiles().abis());
        if (listing.isPresent()) {
            return listing.get();
        }
        Map<Arch, Profile> profiles =
                new TreeMap<>(reading.byAbi().orElseThrow().byAbi());
        arch.ifPresent(
                machine -> profiles.keySet().retainAll(machine.nativeArch().personalities()));
        if (!has(Ability.ACTIONS)) {
            // a list of what is allowed has nothing for them
            profiles.values().removeIf(ConvertRequest::allowsNothing);
        }
        if (profiles.isEmpty()) {
            throw RefusalException.of(
                    "inexpressible-profile", file.position(), "the filter allows nothing on these architectures");
        }
        return perAbi.write(AbiProfiles.of(profiles), Layout.AUTO, Frequencies.UNKNOWN);
    }

    private static boolean allowsNothing(Profile profile) {
        return !profile.defaultAction().permits()
                && profile.rules().stream().noneMatch(rule -> rule.action().permits());
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
