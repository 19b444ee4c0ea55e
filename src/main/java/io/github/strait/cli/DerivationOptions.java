package io.github.strait.cli;

import io.github.strait.api.DerivationRequest;
import io.github.strait.bpf.FilterCompiler;
import io.github.strait.bpf.InstructionCount;
import io.github.strait.bpf.Layout;
import io.github.strait.bpf.Program;
import io.github.strait.derive.Derivation;
import io.github.strait.derive.DeriveOptions;
import io.github.strait.derive.Sharing;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Formats;
import io.github.strait.format.ProfileFormat;
import io.github.strait.observation.Observation;
import io.github.strait.profile.NewNames;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import io.github.strait.syscall.Libseccomp;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a profile is derived for, and how it is written; {@code generate} and {@code check} must be told the same. */
final class DerivationOptions {
    private ProfileFormat format = Formats.OCI;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            defaultValue = "auto",
            completionCandidates = LayoutNames.class,
            description =
                    "How a compiled filter looks for a call: linear (frequent calls first), tree, or the one that "
                            + "takes fewer instructions for the calls observed (default: ${DEFAULT-VALUE}).")
    private Layout layout = Layout.AUTO;

    @Option(
            names = "--target",
            paramLabel = "ARCH",
            split = ",",
            completionCandidates = EvidenceOptions.ArchNames.class,
            description = "Write the profile for these architectures (default: those observed).")
    private List<Arch> targets = new ArrayList<>();

    @Option(
            names = "--layer",
            paramLabel = "LAYER",
            split = ",",
            description =
                    "Allow the calls of this layer too: ${COMPLETION-CANDIDATES} (on by default: all but load, what is "
                            + "called under load only, and siblings, what another libc or kernel would call).",
            completionCandidates = LayerNames.class)
    private List<LayerName> layers = new ArrayList<>();

    @Option(
            names = "--no-layer",
            paramLabel = "LAYER",
            split = ",",
            description = "Do not allow the calls of this layer.",
            completionCandidates = LayerNames.class)
    private List<LayerName> excluded = new ArrayList<>();

    @Option(
            names = "--allow",
            paramLabel = "CALL[:WHY]",
            description = "Allow this call, although no evidence shows it; explain and the moby format keep WHY.")
    private List<String> allowed = new ArrayList<>();

    @Option(
            names = "--deny",
            paramLabel = "CALL[=ERRNO][:WHY]",
            description = "Deny this call, although evidence or a layer asks for it, with this error "
                    + "(default: the one that it gets where nothing asks for it).")
    private List<String> denied = new ArrayList<>();

    @Mixin
    private StartOptions startOptions = new StartOptions();

    @Option(
            names = "--errno",
            paramLabel = "NAME",
            defaultValue = DeriveOptions.EPERM,
            description = "The error that unlisted calls get (default: ${DEFAULT-VALUE}).")
    private ErrnoName errno = new ErrnoName(DeriveOptions.EPERM);

    @Option(
            names = "--kernel-baseline",
            paramLabel = "VERSION",
            defaultValue = "5.0",
            description = "Calls newer than this kernel that are not allowed answer ENOSYS, so that callers go another "
                    + "way (default: ${DEFAULT-VALUE}).")
    private KernelVersion baseline = DeriveOptions.BASELINE;

    @Option(
            names = "--elide-failed",
            description = "Do not allow feature probes that only ever failed; answer them with the same error.")
    private boolean elideFailed;

    /** The name of an error, for picocli. */
    record ErrnoName(String name) {
        static ErrnoName of(String name) {
            DerivationRequest.checkErrno(name);
            return new ErrnoName(name);
        }
    }

    /** The kernel of that version, for picocli. */
    static KernelVersion kernel(String version) {
        try {
            return KernelVersion.parse(version);
        } catch (RefusalException e) {
            throw RefusalException.usage("'" + version + "' is no kernel version such as 5.10");
        }
    }

    /** The names for completion. */
    static final class FormatNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return formatNames().iterator();
        }
    }

    /** The names for completion. */
    static final class LayoutNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("auto", "linear", "tree").iterator();
        }
    }

    /** The names for help and completion. */
    static final class LayerNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return DerivationRequest.layerNames().iterator();
        }
    }

    /** What is asked for. */
    DerivationRequest request() {
        return DerivationRequest.builder()
                .targets(targets)
                .layers(names(layers))
                .withoutLayers(names(excluded))
                .allow(allowed)
                .deny(denied)
                .start(startOptions.request())
                .errno(errno.name())
                .baseline(baseline)
                .elideFailed(elideFailed)
                .build();
    }

    private static List<String> names(List<LayerName> layers) {
        List<String> names = new ArrayList<>();
        for (LayerName layer : layers) {
            names.add(layer.name());
        }
        return names;
    }

    Derivation derive(Observation observation) {
        return request().derive(observation);
    }

    /** The options of another start under which the evidence gives this document; empty when there are none. */
    Optional<String> otherStart(Observation observation, byte[] document) {
        return request().otherStart(observation, derivation -> Arrays.equals(document, write(derivation)));
    }

    /** A layer that exists, for picocli. */
    record LayerName(String name) {
        static LayerName of(String name) {
            DerivationRequest.checkLayer(name);
            return new LayerName(name);
        }
    }

    /** The format of that name, for picocli. */
    static ProfileFormat format(String name) {
        return Formats.find(name)
                .or(() -> FilterFormat.find(name))
                .orElseThrow(() -> RefusalException.usage(
                        "unknown format '" + name + "'; known are: " + String.join(" ", formatNames())));
    }

    private static List<String> formatNames() {
        return Stream.concat(Formats.all().stream(), FilterFormat.all().stream())
                .map(ProfileFormat::name)
                .toList();
    }

    /** Chooses the format that the profile is written in; OCI until then. */
    void writeAs(ProfileFormat chosen) {
        format = chosen;
    }

    /** Whether the result is a filter, from which no profile can be read back. */
    boolean isFilter() {
        return format instanceof FilterFormat;
    }

    /** What a filter costs, to be printed with {@code --verbose}. */
    List<Diagnostic> costs(Derivation derivation) {
        if (!isFilter()) {
            return List.of();
        }
        Program program = filter(derivation);
        InstructionCount count = InstructionCount.of(program, FilterFormat.frequencies(derivation));
        return List.of(Diagnostic.note(
                "filter-cost",
                null,
                "the filter has " + program.size() + " instructions and runs " + count + " over " + count.calls()
                        + " observed calls"));
    }

    /** A filter can say other things for each ABI, so that it is the narrowest of all formats. */
    private Program filter(Derivation derivation) {
        Map<Arch, Profile> profiles = new EnumMap<>(Arch.class);
        for (Arch arch : derivation.rationales().keySet()) {
            profiles.put(arch, derivation.only(arch));
        }
        return FilterCompiler.compile(profiles, layout, FilterFormat.frequencies(derivation));
    }

    /** Between which architectures the format shares its rules. */
    Sharing sharing() {
        if (format == Formats.NAMES) {
            return Sharing.NONE;
        }
        return format == Formats.MOBY ? Sharing.FAMILY : Sharing.ALL;
    }

    /** Whether the format says how a call is denied; a list of names does not, and gVisor answers EPERM to all. */
    boolean hasAnswers() {
        return format != Formats.NAMES && format != Formats.GVISOR;
    }

    /** The profile of a derivation that the format can express best; {@code names} has one for each ABI. */
    Profile profile(Derivation derivation) {
        if (format == Formats.GVISOR) {
            return derivation.permissions();
        }
        return format == Formats.MOBY ? derivation.scoped() : derivation.plain();
    }

    byte[] write(Derivation derivation) {
        if (format instanceof FilterFormat filter) {
            return filter.write(filter(derivation), derivation.rationales().keySet());
        }
        if (format != Formats.NAMES) {
            return format.write(profile(derivation));
        }
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Arch arch : derivation.rationales().keySet()) {
            lines.writeBytes(format.write(derivation.only(arch)));
        }
        return lines.toByteArray();
    }

    /** The names that this library drops in silence, for the formats whose readers have it look them up. */
    List<Diagnostic> unknownNames(Derivation derivation, Libseccomp libseccomp) {
        return format == Formats.OCI || format == Formats.MOBY
                ? NewNames.of(profile(derivation), libseccomp)
                : List.of();
    }

    /** What readers of the format do otherwise than one might think. */
    List<Diagnostic> warnings() {
        if (format == Formats.MOBY) {
            return List.of(Diagnostic.warning(
                    "moby-form",
                    null,
                    "containerd, Kubernetes, runc and crun ignore archMap, includes and comment, so that rules for one"
                            + " machine would hold on all; give this form to Docker, Podman and CRI-O only"));
        }
        if (format == Formats.GVISOR) {
            return List.of(Diagnostic.note(
                    "gvisor-errno",
                    null,
                    "gVisor returns EPERM for every call that is not allowed; no other error is written"));
        }
        return List.of();
    }
}
