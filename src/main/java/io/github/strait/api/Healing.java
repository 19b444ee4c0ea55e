package io.github.strait.api;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.format.Engine;
import io.github.strait.format.Formats;
import io.github.strait.format.ProfileFormat;
import io.github.strait.format.ReadableFormat;
import io.github.strait.format.Reader;
import io.github.strait.format.Reading;
import io.github.strait.observation.Observation;
import io.github.strait.observation.RuntimePart;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.record.Confinement;
import io.github.strait.report.DifferenceReport;
import io.github.strait.report.VerdictText;
import io.github.strait.start.Obstacle;
import io.github.strait.syscall.Arch;
import io.github.strait.verify.Filter;
import io.github.strait.verify.Verdict;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A profile that is widened, round by round, until a command is denied nothing that the user allows. */
public final class Healing {
    /** The formats that engines read. */
    private static final ImmutableSet<String> OF_ENGINES = ImmutableSet.of("oci", "moby");

    private final ProfileFile original;
    private final ProfileResolver resolver;
    private final NeverAllowed never;
    private final Set<Call> refused = new TreeSet<>();
    private ProfileFile file;
    private Claim claim;
    private Observation seen = Observation.EMPTY;

    /** A call of an ABI. */
    public record Call(Arch arch, String name) implements Comparable<Call> {
        @Override
        public int compareTo(Call other) {
            int order = name.compareTo(other.name);
            return order != 0 ? order : arch.compareTo(other.arch);
        }

        /** {@code mkdir on x86_64}. */
        @Override
        public String toString() {
            return name + " on " + arch.label();
        }
    }

    /**
     * The healing of a profile.
     *
     * @throws RefusalException when it cannot be read, or holds more than a profile, which would be lost
     */
    public Healing(ProfileFile file, ProfileResolver resolver, NeverAllowed never) {
        checkWritable(file);
        this.original = file;
        this.resolver = resolver;
        this.never = never;
        this.file = file;
        this.claim = Claim.of(file, resolver);
    }

    /** The profile is written where it was read: nothing else must get lost there. */
    private static void checkWritable(ProfileFile file) {
        if (RunningProcess.isOne(file.name())) {
            throw RefusalException.usage(
                    "heal writes the profile again, and the filters of a process are no file; write"
                            + " them to one with: strait convert " + file.name() + " --format bpf -o FILE");
        }
        ReadableFormat format = Formats.detect(file.content());
        if (format.name().equals("systemd") && !isAlone(file, format)) {
            throw RefusalException.of(
                    "unreadable-profile",
                    file.position(),
                    "holds more than a filter, and heal writes the file again; make a drop-in with: strait convert "
                            + "UNIT --format systemd -o UNIT.d/50-seccomp.conf");
        }
    }

    private static boolean isAlone(ProfileFile file, ReadableFormat format) {
        Reading reading = format.read(file.name(), file.content(), new Reader(Engine.DOCKER, Machine.here()));
        ProfileFormat named = AmendedProfile.format(file, reading);
        return Arrays.equals(named.write(reading.profile()), file.content());
    }

    /** The profile as it is now. */
    public Claim claim() {
        return claim;
    }

    /** Its document. */
    public byte[] document() {
        return file.content();
    }

    /**
     * A filter that lets all calls run, but for those that must never be allowed and those that were refused: what the
     * command needs shows at once.
     */
    public Confinement wide() {
        Arch here = Machine.here();
        return Confinement.of(Filter.of(wideProfile(), here).program(), here, claim.flags());
    }

    /** The same as a document that engines read. */
    public byte[] wideDocument() {
        return OutputFormat.usual().write(wideProfile());
    }

    private Profile wideProfile() {
        Set<String> denied = new TreeSet<>(Sets.difference(never.names(), claim.alwaysAllowed()));
        refused.forEach(call -> denied.add(call.name()));
        Profile.Builder profile = Profile.builder(Action.ALLOW)
                .architectures(Machine.here().personalities())
                .rule(Rule.errno(Decision.EPERM, denied.toArray(new String[0])));
        claim.flags().forEach(profile::flag);
        return profile.build();
    }

    /** Whether Docker, Podman and their like read the document. */
    public boolean isForEngines() {
        return OF_ENGINES.contains(Formats.detect(file.content()).name());
    }

    /** What keeps containers from starting under the profile, as far as it is known. */
    public ImmutableList<Diagnostic> obstacles(StartRequest start) {
        return claim.allObstacles(claim.profiles(Set.of(Machine.here())), start.on(resolver.machine())).stream()
                .filter(obstacle -> obstacle.kind() == Obstacle.Kind.NO_PROGRAM
                        || !obstacle.kind().isOfProgram())
                .map(obstacle ->
                        Diagnostic.error("runtime-denied", file.position(), obstacle.what() + "; " + obstacle.remedy()))
                .collect(ImmutableList.toImmutableList());
    }

    /** Whether the last round shows calls of a program, and not of a container's runtime alone. */
    public boolean hasProgram() {
        return !seen.architectures().isEmpty();
    }

    /** What a container's runtime itself called under the filter in the last round, and the profile denies it. */
    public ImmutableSortedSet<String> deniedToRuntime() {
        ImmutableSortedSet.Builder<String> denied = ImmutableSortedSet.naturalOrder();
        RuntimePart.sum(seen)
                .forEach((arch, calls) -> calls.forEach((name, call) -> {
                    if (call.filtered() > 0 && claim.denies(arch, name)) {
                        denied.add(name);
                    }
                }));
        return denied.build();
    }

    /**
     * The calls of a round, which may have several traces, that the profile denies, each with a warning; those that were
     * refused before are among them.
     *
     * @param isUnder whether the command ran under the profile
     * @throws RefusalException when a trace cannot be read
     */
    public ImmutableSortedSet<Call> denied(List<Path> traces, boolean isUnder) {
        Denials.Judged judged = new Denials(claim, resolver.listener()).judged(traces, isUnder);
        seen = judged.evidence().observation();
        VerdictText.denied(judged.verification()).forEach(resolver.listener()::diagnostic);
        ImmutableSortedSet.Builder<Call> calls = ImmutableSortedSet.naturalOrder();
        for (Verdict verdict : judged.verification().verdicts(Verdict.Kind.GAP)) {
            calls.add(new Call(verdict.arch(), verdict.name()));
        }
        return calls.build();
    }

    /** Whether the user refused the call. */
    public boolean isRefused(Call call) {
        return refused.contains(call);
    }

    /** Why the call must not be allowed here; empty when it may be. */
    public Optional<String> never(Call call) {
        return never.reason(call.name());
    }

    /** Leaves the call denied, from now on. */
    public void refuse(Call call) {
        refused.add(call);
    }

    /**
     * Allows calls of the last round, with the values that it shows where the profile compares them.
     *
     * @return whether that changes the profile
     */
    public boolean allow(Collection<Call> calls) {
        Observation kept = seen.keeping((arch, name) -> calls.contains(new Call(arch, name)));
        AmendedProfile amended = AmendedProfile.of(
                file, List.of(new Evidence(kept, ImmutableList.of(), ImmutableList.of())), resolver, Optional.empty());
        if (amended.isUnchanged()) {
            return false;
        }
        file = new ProfileFile(original.name(), amended.write());
        claim = Claim.of(file, resolver);
        return true;
    }

    /** What the profile allows now and did not allow at the beginning. */
    public DifferenceReport difference() {
        return AmendedProfile.between(original, file, resolver).difference();
    }
}
