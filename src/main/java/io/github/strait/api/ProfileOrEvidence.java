package io.github.strait.api;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import io.github.strait.audit.LogForm;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Printable;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.CallingLibraries;
import io.github.strait.evidence.Evidence;
import io.github.strait.format.Engine;
import io.github.strait.format.Formats;
import io.github.strait.format.Reader;
import io.github.strait.format.Reading;
import io.github.strait.observation.RecordingHeader;
import io.github.strait.observation.RunMark;
import io.github.strait.profile.Difference;
import io.github.strait.profile.Profile;
import io.github.strait.report.DifferenceReport;
import io.github.strait.report.EvidenceChanges;
import io.github.strait.report.LibraryChanges;
import io.github.strait.syscall.Arch;
import io.github.strait.trace.Compression;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** A file that is either a profile or evidence. */
public final class ProfileOrEvidence {

    private final String argument;
    private final BufferedInputStream stdin;
    private final boolean isProfile;

    private ProfileOrEvidence(String argument, BufferedInputStream stdin, boolean isProfile) {
        this.argument = argument;
        this.stdin = stdin;
        this.isProfile = isProfile;
    }

    /** The operands of a command; at most one is standard input. */
    public static List<ProfileOrEvidence> of(List<String> arguments, InputStream in) {
        if (arguments.contains("")) {
            throw RefusalException.usage("an empty argument names no file; is a variable unset?");
        }
        if (arguments.stream().filter(ProfileFile.STDIN::equals).count() > 1) {
            throw RefusalException.usage("standard input can be one argument only; name files for the others");
        }
        BufferedInputStream stdin = new BufferedInputStream(in, 2 * ProfileFile.HEAD);
        List<ProfileOrEvidence> operands = new ArrayList<>();
        for (String argument : arguments) {
            operands.add(new ProfileOrEvidence(argument, stdin, isProfile(argument, stdin)));
        }
        return operands;
    }

    /**
     * Whether it is JSON but not an observation, or recognised by a format. The reader of evidence reports files that
     * cannot be opened.
     */
    private static boolean isProfile(String argument, BufferedInputStream stdin) {
        if (RunningProcess.isOne(argument)) {
            return true;
        }
        try {
            if (argument.equals(ProfileFile.STDIN)) {
                return isProfile(Compression.peek(stdin, ProfileFile.HEAD));
            }
            Path path = Path.of(argument);
            if (!Files.isRegularFile(path)) {
                return UnitFiles.isFolder(path);
            }
            try (InputStream in = Files.newInputStream(path)) {
                return isProfile(in.readNBytes(ProfileFile.HEAD));
            }
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    private static boolean isProfile(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        boolean json =
                text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[");
        return json
                ? !text.contains("\"strait\"") && LogForm.of(head).isEmpty()
                : !RecordingHeader.begins(text) && Formats.recognise(head).isPresent();
    }

    /** The profile as it is written. */
    public ProfileFile file() {
        return ProfileFile.read(argument, stdin);
    }

    /** Whether it is a profile, and not evidence. */
    public boolean isProfile() {
        return isProfile;
    }

    /** The argument, for a message. */
    public String label() {
        return Printable.of(argument);
    }

    /**
     * What the second operand allows and the first does not, and the reverse.
     *
     * @param evidence reads evidence
     * @param declared the machine that the user names
     * @throws RefusalException when their conditions are too many to compare
     */
    public static DifferenceReport difference(
            ProfileOrEvidence first,
            ProfileOrEvidence second,
            BiFunction<List<String>, InputStream, Evidence> evidence,
            Optional<Arch> declared,
            ProfileResolver resolver) {
        Optional<ObservedSide> seenFirst = first.observed(evidence, resolver);
        Difference.Side one = seenFirst.map(ObservedSide::byNames).orElseGet(() -> first.side(declared, resolver));
        Optional<ObservedSide> seenSecond = second.observed(evidence, resolver);
        Difference.Side two = seenSecond.map(ObservedSide::byNames).orElseGet(() -> second.side(declared, resolver));
        DifferenceReport report = new DifferenceReport(
                first.label(),
                second.label(),
                Difference.of(facing(one, seenFirst, two, seenSecond), facing(two, seenSecond, one, seenFirst)));
        if (seenFirst.isEmpty() || seenSecond.isEmpty()) {
            return report;
        }
        EvidenceChanges changes = EvidenceChanges.of(
                seenFirst.get().observation(), seenSecond.get().observation());
        for (String caution : report.isEmpty() ? ImmutableList.<String>of() : changes.cautions()) {
            resolver.listener().diagnostic(Diagnostic.warning("hardly-comparable", null, caution));
        }
        return report.with(changes.with(LibraryChanges.of(
                report.difference(), first.libraries(seenFirst.get()), second.libraries(seenSecond.get()))));
    }

    /** The libraries that make each call; none where no trace has stack frames, or where it cannot be read again. */
    private ImmutableSetMultimap<String, String> libraries(ObservedSide seen) {
        boolean hasFrames =
                seen.observation().runs().stream().anyMatch(run -> run.marks().contains(RunMark.STACK_FRAMES));
        return hasFrames && !argument.equals(ProfileFile.STDIN)
                ? CallingLibraries.of(List.of(argument))
                : ImmutableSetMultimap.of();
    }

    private static Difference.Side facing(
            Difference.Side side,
            Optional<ObservedSide> seen,
            Difference.Side other,
            Optional<ObservedSide> seenOther) {
        Difference.Side faced = seenOther.map(ObservedSide::byValues).orElseGet(() -> other.facing(side));
        return seen.map(values -> values.facing(faced)).orElseGet(() -> side.facing(other));
    }

    private Optional<ObservedSide> observed(
            BiFunction<List<String>, InputStream, Evidence> evidence, ProfileResolver resolver) {
        return isProfile
                ? Optional.empty()
                : Optional.of(ObservedSide.of(evidence(evidence).observation(), resolver.listener()));
    }

    /** The evidence, read from this argument and standard input. */
    public Evidence evidence(BiFunction<List<String>, InputStream, Evidence> reader) {
        return reader.apply(List.of(argument), stdin);
    }

    /** The profile on the machines that are asked for. */
    Claim claim(ProfileResolver resolver) {
        return Claim.of(ProfileFile.read(argument, stdin), resolver);
    }

    /**
     * The profile, as it counts on the machine.
     *
     * @param declared the machine that the user names
     */
    Profile profile(Optional<Arch> declared, ProfileResolver resolver) {
        Profile profile = ProfileFile.read(argument, stdin).profile(reader(declared), resolver.listener());
        return resolver.resolve(argument, profile, declared).withNativeAbis();
    }

    /** The allowed calls of a profile on each ABI. */
    private Difference.Side side(Optional<Arch> declared, ProfileResolver resolver) {
        ProfileFile file = ProfileFile.read(argument, stdin);
        Reading reading = file.reading(reader(declared));
        if (reading.filter().isPresent()) {
            resolver.listener().diagnostics(reading.diagnostics());
            return Difference.Side.ofFilter(reading.byAbi().orElseThrow());
        }
        if (reading.byAbi().isPresent()) {
            return Difference.Side.withoutDenials(reading.byAbi().get());
        }
        resolver.listener().diagnostics(reading.diagnostics());
        Profile profile = resolver.resolve(argument, reading.profile(), declared);
        return Difference.Side.ofDocument(
                declared.map(Arch::nativeArch).map(profile::on).orElse(profile));
    }

    private static Reader reader(Optional<Arch> declared) {
        return new Reader(Engine.DOCKER, declared.orElseGet(Machine::here));
    }
}
