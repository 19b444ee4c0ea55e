package io.github.strait.cli;

import com.google.common.collect.ImmutableMap;
import io.github.strait.api.DerivationRequest;
import io.github.strait.bpf.Frequencies;
import io.github.strait.bpf.Layout;
import io.github.strait.derive.Derivation;
import io.github.strait.derive.DeriveOptions;
import io.github.strait.derive.Reason;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Ability;
import io.github.strait.format.Formats;
import io.github.strait.format.PerAbiFormat;
import io.github.strait.format.ProfileFormat;
import io.github.strait.observation.Observation;
import io.github.strait.profile.NewNames;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import io.github.strait.syscall.Libseccomp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a profile is derived for, and how it is written; {@code generate} and {@code check} must be told the same. */
final class DerivationOptions extends Options {
    private ProfileFormat format = Formats.usual();

    private final Parameter<Layout> layout = option(
            "--layout",
            "LAYOUT",
            ValueType.LAYOUT,
            "How a compiled filter finds a call: linear (frequent calls first), tree (binary search), or auto, "
                    + "whichever takes fewer instructions for the observed calls (default: auto).");

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
                    "Also allow the calls of this layer: ${COMPLETION-CANDIDATES} (default: all but load, calls made only "
                            + "under load, and siblings, calls that another libc or kernel makes).")
            .commaSeparated();

    private final Parameter<LayerName> excluded = option(
                    "--no-layer", "LAYER", ValueType.LAYER, "Do not allow the calls of this layer.")
            .commaSeparated();

    private final Parameter<String> allowed = option(
                    "--allow",
                    "CALL[:WHY]",
                    ValueType.TEXT,
                    "Allow this call even without evidence; explain and the moby format show WHY.")
            .repeatable();

    private final Parameter<String> denied = option(
                    "--deny",
                    "CALL[=ERRNO][:WHY]",
                    ValueType.TEXT,
                    "Deny this call despite evidence or a layer, with this error "
                            + "(default: the error that it would get if it were not needed).")
            .repeatable();

    private final StartOptions startOptions = include(new StartOptions());

    private final Parameter<ErrnoName> errno =
            option("--errno", "NAME", ValueType.ERRNO, "The error that unlisted calls get (default: EPERM).");

    private final Parameter<KernelVersion> baseline = option(
            "--kernel-baseline",
            "VERSION",
            ValueType.KERNEL,
            "Denied calls that are newer than this kernel return ENOSYS, so callers fall back " + "(default: 5.0).");

    private final Parameter<Boolean> elideFailed =
            flag("--elide-failed", "Deny feature probes that only ever failed, with the same error.");

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

    /** The layout of that name. */
    static Layout layout(String name) {
        for (Layout layout : Layout.values()) {
            if (layout.name().toLowerCase(Locale.ROOT).equals(name)) {
                return layout;
            }
        }
        throw RefusalException.usage("'" + name + "' is none of auto, linear, tree");
    }

    /** Chooses the format that the profile is written in; OCI until then. */
    void writeAs(ProfileFormat chosen) {
        format = chosen;
    }

    /** Whether a profile can be read back from the result. */
    boolean isReadable() {
        return format.traits().has(Ability.READABLE);
    }

    /** What the result costs when the kernel follows it, to be printed with {@code --verbose}. */
    List<Diagnostic> costs(Derivation derivation) {
        return format instanceof PerAbiFormat each
                ? each.costs(derivation.byAbi(), layout.or(Layout.AUTO), frequencies(derivation))
                : List.of();
    }

    /** How often the evidence shows each call, for the layout. */
    private static Frequencies frequencies(Derivation derivation) {
        Map<Arch, Map<String, Long>> counts = new EnumMap<>(Arch.class);
        derivation.rationales().forEach((arch, rationale) -> {
            ImmutableMap.Builder<String, Long> calls = ImmutableMap.builder();
            rationale
                    .reasons()
                    .forEach((name, reasons) -> reasons.stream()
                            .filter(Reason.Observed.class::isInstance)
                            .map(Reason.Observed.class::cast)
                            .findFirst()
                            .ifPresent(
                                    observed -> calls.put(name, observed.seen().count())));
            counts.put(arch, calls.buildOrThrow());
        });
        return Frequencies.ofNames(counts);
    }

    /** Between which architectures the format shares its rules. */
    Sharing sharing() {
        return format.traits().sharing();
    }

    /** Whether the format says how a call is denied. */
    boolean saysDenials() {
        return format.traits().saysDenials();
    }

    /** The profile of a derivation that the format can express best. */
    private Profile profile(Derivation derivation) {
        if (!format.traits().has(Ability.ERRNOS)) {
            return derivation.permissions();
        }
        return format.traits().has(Ability.SCOPES) ? derivation.scoped() : derivation.plain();
    }

    byte[] write(Derivation derivation) {
        return format instanceof PerAbiFormat each
                ? each.write(derivation.byAbi(), layout.or(Layout.AUTO), frequencies(derivation))
                : format.write(profile(derivation));
    }

    /** The names that this library drops in silence, for the formats whose readers have it look them up. */
    List<Diagnostic> unknownNames(Derivation derivation, Libseccomp libseccomp) {
        return format.traits().has(Ability.LIBSECCOMP) ? NewNames.of(profile(derivation), libseccomp) : List.of();
    }

    /** What readers of the format do otherwise than one might think. */
    List<Diagnostic> warnings() {
        return format.warnings();
    }
}
