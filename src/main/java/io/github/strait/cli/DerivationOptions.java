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

/** What a profile is derived for, and how it is written; {@code generate} and {@code check} must be told the same. */
final class DerivationOptions extends Options {
    private ProfileFormat format = Formats.OCI;

    private final Parameter<Layout> layout = option(
            "--layout",
            "LAYOUT",
            ValueType.LAYOUT,
            "How a compiled filter looks for a call: linear (frequent calls first), tree, or the one that "
                    + "takes fewer instructions for the calls observed (default: auto).");

    private final Parameter<Arch> targets = option(
                    "--target",
                    "ARCH",
                    ValueType.ARCH,
                    "Write the profile for these architectures (default: those observed).")
            .commaSeparated();

    private final Parameter<LayerName> layers = option(
                    "--layer",
                    "LAYER",
                    ValueType.LAYER,
                    "Allow the calls of this layer too: ${COMPLETION-CANDIDATES} (on by default: all but load, what is "
                            + "called under load only, and siblings, what another libc or kernel would call).")
            .commaSeparated();

    private final Parameter<LayerName> excluded = option(
                    "--no-layer", "LAYER", ValueType.LAYER, "Do not allow the calls of this layer.")
            .commaSeparated();

    private final Parameter<String> allowed = option(
                    "--allow",
                    "CALL[:WHY]",
                    ValueType.TEXT,
                    "Allow this call, although no evidence shows it; explain and the moby format keep WHY.")
            .repeatable();

    private final Parameter<String> denied = option(
                    "--deny",
                    "CALL[=ERRNO][:WHY]",
                    ValueType.TEXT,
                    "Deny this call, although evidence or a layer asks for it, with this error "
                            + "(default: the one that it gets where nothing asks for it).")
            .repeatable();

    private final StartOptions startOptions = include(new StartOptions());

    private final Parameter<ErrnoName> errno =
            option("--errno", "NAME", ValueType.ERRNO, "The error that unlisted calls get (default: EPERM).");

    private final Parameter<KernelVersion> baseline = option(
            "--kernel-baseline",
            "VERSION",
            ValueType.KERNEL,
            "Calls newer than this kernel that are not allowed answer ENOSYS, so that callers go another "
                    + "way (default: 5.0).");

    private final Parameter<Boolean> elideFailed = flag(
            "--elide-failed", "Do not allow feature probes that only ever failed; answer them with the same error.");

    /** The name of an error. */
    record ErrnoName(String name) {
        static ErrnoName of(String name) {
            DerivationRequest.checkErrno(name);
            return new ErrnoName(name);
        }
    }

    /** The kernel of that version. */
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
                .targets(targets.values())
                .layers(names(layers.values()))
                .withoutLayers(names(excluded.values()))
                .allow(allowed.values())
                .deny(denied.values())
                .start(startOptions.request())
                .errno(errno.or(new ErrnoName(DeriveOptions.EPERM)).name())
                .baseline(baseline.or(DeriveOptions.BASELINE))
                .elideFailed(elideFailed.isGiven())
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

    /** A layer that exists. */
    record LayerName(String name) {
        static LayerName of(String name) {
            DerivationRequest.checkLayer(name);
            return new LayerName(name);
        }
    }

    /** The format of that name. */
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
        return FilterCompiler.compile(profiles, layout.or(Layout.AUTO), FilterFormat.frequencies(derivation));
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
