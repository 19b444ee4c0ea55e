package io.github.strait.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.derive.Derivation;
import io.github.strait.derive.DeriveException;
import io.github.strait.derive.DeriveOptions;
import io.github.strait.derive.Layer;
import io.github.strait.derive.RuntimeLayer;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.format.FormatException;
import io.github.strait.format.Formats;
import io.github.strait.format.ProfileFormat;
import io.github.strait.observe.Observation;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a profile is derived for, and how it is written; {@code generate} and {@code check} must be told the same. */
final class DerivationOptions {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "oci",
            completionCandidates = FormatNames.class,
            description =
                    "oci (default, also called docker: what Docker, Podman, containerd, CRI-O and Kubernetes read), "
                            + "moby (Docker's extended form), names (ARCH<TAB>NAME), gvisor (what runsc takes).")
    private ProfileFormat format = Formats.OCI;

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
            description = "Allow the calls of this layer too (on by default: ${COMPLETION-CANDIDATES}).",
            completionCandidates = LayerNames.class)
    private List<Layer> layers = new ArrayList<>();

    @Option(
            names = "--no-layer",
            paramLabel = "LAYER",
            split = ",",
            description = "Do not allow the calls of this layer.",
            completionCandidates = LayerNames.class)
    private List<Layer> excluded = new ArrayList<>();

    @Option(
            names = "--runtime",
            paramLabel = "NAME[@VERSION]",
            defaultValue = "none",
            description = "Allow what this container runtime calls between the filter and the program: "
                    + "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            completionCandidates = RuntimeNames.class)
    private String runtime = "none";

    @Option(
            names = "--no-new-privs",
            description = "The container is started with no-new-privileges, so that its runtime calls less.")
    private boolean noNewPrivileges;

    @Option(names = "--init", description = "The container has an init (docker run --init).")
    private boolean init;

    @Option(names = "--exec", description = "Processes are started in the container later (docker exec, probes).")
    private boolean exec;

    /** The names for help and completion. */
    static final class RuntimeNames extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        RuntimeNames() {
            super(RuntimeLayer.names());
        }
    }

    /** The names for completion. */
    static final class FormatNames extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        FormatNames() {
            super(Formats.all().stream().map(ProfileFormat::name).toList());
        }
    }

    /** The names for help and completion. */
    static final class LayerNames extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        LayerNames() {
            super(Layer.all().stream().map(Layer::name).toList());
        }
    }

    Derivation derive(Observation observation) throws Failure {
        try {
            return Derivation.of(observation, new DeriveOptions(ImmutableSortedSet.copyOf(targets), layers()));
        } catch (IllegalArgumentException e) {
            throw Failure.of("usage", String.valueOf(e.getMessage()));
        } catch (DeriveException e) {
            throw new Failure(
                    Diagnostic.error("no-profile", EvidenceOptions.place(observation), String.valueOf(e.getMessage())));
        }
    }

    private ImmutableList<Layer> layers() {
        Stream<Layer> chosen =
                Layer.all().stream().filter(layer -> !excluded.contains(layer) || layers.contains(layer));
        Layer ofRuntime = RuntimeLayer.of(runtime, noNewPrivileges, init, exec);
        return Stream.concat(chosen, Stream.of(ofRuntime)).collect(ImmutableList.toImmutableList());
    }

    /** The layer of that name, for picocli. */
    static Layer layer(String name) {
        return Layer.find(name)
                .orElseThrow(() -> new TypeConversionException("there is no layer '" + name
                        + "'; known are: "
                        + Layer.all().stream().map(Layer::name).collect(Collectors.joining(" "))));
    }

    /** The format of that name, for picocli. */
    static ProfileFormat format(String name) {
        return Formats.find(name)
                .orElseThrow(() -> new TypeConversionException("there is no format '" + name + "'; known are: "
                        + Formats.all().stream().map(ProfileFormat::name).collect(Collectors.joining(" "))));
    }

    /** Whether the format names calls for all architectures at once. */
    boolean isUnited() {
        return format == Formats.OCI;
    }

    /** The profile of a derivation that the format can express best; {@code names} has one for each ABI. */
    Profile profile(Derivation derivation) {
        return format == Formats.MOBY ? derivation.scoped() : derivation.plain();
    }

    byte[] write(Derivation derivation) throws Failure {
        try {
            if (format != Formats.NAMES) {
                return format.write(profile(derivation));
            }
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            for (Arch arch : derivation.rationales().keySet()) {
                lines.writeBytes(format.write(derivation.only(arch)));
            }
            return lines.toByteArray();
        } catch (FormatException e) {
            throw new Failure(e.diagnostic());
        }
    }
}
