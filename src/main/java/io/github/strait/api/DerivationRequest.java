package io.github.strait.api;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.strait.derive.Derivation;
import io.github.strait.derive.DeriveOptions;
import io.github.strait.derive.Layer;
import io.github.strait.derive.Overrides;
import io.github.strait.derive.Release;
import io.github.strait.derive.RuntimeLayer;
import io.github.strait.diagnostic.Nearest;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.observation.Observation;
import io.github.strait.runtime.RuntimeCalls;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The options for deriving a profile, with the defaults of {@code strait generate}. */
public final class DerivationRequest {
    /** The error that unlisted calls get unless another one is asked for. */
    public static final String EPERM = DeriveOptions.EPERM;

    /** The oldest kernel on which programs are to run unless another one is asked for. */
    public static final KernelVersion BASELINE = DeriveOptions.BASELINE;

    /** Which arguments are compared unless another choice is asked for. */
    public static final Arguments ARGS = Arguments.SAFE;

    private final ImmutableSortedSet<Arch> targets;
    private final ImmutableSet<String> layers;
    private final ImmutableSet<String> excluded;
    private final Overrides overrides;
    private final StartRequest start;
    private final RuntimeCalls calls;
    private final DefaultAction action;
    private final String errno;
    private final KernelVersion baseline;
    private final boolean elideFailed;
    private final boolean isDeriving;
    private final Optional<Release> release;
    private final Arguments args;

    private DerivationRequest(Builder builder) {
        this.targets = ImmutableSortedSet.copyOf(builder.targets);
        this.layers = ImmutableSet.copyOf(builder.layers);
        this.excluded = ImmutableSet.copyOf(builder.excluded);
        this.start = builder.start;
        this.calls = start.calls();
        this.overrides = Overrides.parse(builder.allowed, builder.denied);
        this.action = builder.action;
        this.errno = builder.errno;
        this.baseline = builder.baseline;
        this.elideFailed = builder.elideFailed;
        this.isDeriving = builder.isDeriving;
        this.release = builder.release;
        this.args = builder.args;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The names of all layers: those that are on by default, that of the runtime, and those on request. */
    public static ImmutableList<String> layerNames() {
        ImmutableList.Builder<String> names = ImmutableList.builder();
        addNames(Layer.all(), names);
        names.add(RuntimeLayer.NAME);
        addNames(Layer.onRequest(), names);
        return names.build();
    }

    private static void addNames(List<Layer> layers, ImmutableList.Builder<String> names) {
        for (Layer layer : layers) {
            names.add(layer.name());
        }
    }

    /**
     * Refuses what is not the name of a layer.
     *
     * @throws RefusalException when it is none; the message names those that are known
     */
    public static void checkLayer(String name) {
        if (!layerNames().contains(name)) {
            String meant = Nearest.of(name, layerNames())
                    .map(known -> "; did you mean '" + known + "'?")
                    .orElse("");
            throw RefusalException.usage(
                    "unknown layer '" + name + "'" + meant + "; known are: " + String.join(" ", layerNames()));
        }
    }

    /**
     * Refuses what is not the name of an error on any ABI.
     *
     * @throws RefusalException when it is none
     */
    public static void checkErrno(String name) {
        DeriveOptions.checkErrno(name);
    }

    /**
     * Derives a profile, to be written in the usual format.
     *
     * @throws RefusalException when the evidence cannot give it
     */
    public DerivedProfile derive(Evidence evidence) {
        Observation observation = evidence.observation();
        if (!start.isMeasured()) {
            return new DerivedProfile(
                    observation, derivation(observation), OutputFormat.usual(), action.cautions(start, errno));
        }
        MeasuredRuntime measured = MeasuredRuntime.of(observation, start);
        return new DerivedProfile(
                observation,
                derive(observation, measured.layer()),
                OutputFormat.usual(),
                ImmutableList.of(measured.note()));
    }

    Derivation derivation(Observation observation) {
        return derive(observation, RuntimeLayer.of(calls));
    }

    /**
     * The options of another start for which the evidence gives a document; empty when there are none. The ones nearest to
     * those of this request come first.
     */
    Optional<String> otherStart(DerivedProfile derived, byte[] document) {
        for (StartRequest other : start.others()) {
            if (isGiven(derived.observation(), other, derived.format(), document)) {
                return Optional.of(other.words());
            }
        }
        return Optional.empty();
    }

    private boolean isGiven(Observation observation, StartRequest other, OutputFormat format, byte[] document) {
        try {
            return Arrays.equals(
                    document,
                    format.write(observation, format.fitting(derive(observation, RuntimeLayer.of(other.calls())))));
        } catch (RefusalException e) {
            return false; // nothing can be derived or written for that start
        }
    }

    private Derivation derive(Observation observation, Layer runtime) {
        return Derivation.of(
                observation,
                new DeriveOptions(
                        targets,
                        layersOf(runtime),
                        action.action(),
                        errno,
                        baseline,
                        elideFailed,
                        isDeriving,
                        release,
                        overrides,
                        args.tier()));
    }

    private ImmutableList<Layer> layersOf(Layer runtime) {
        ImmutableList.Builder<Layer> on = ImmutableList.builder();
        for (Layer layer : Layer.all()) {
            addUsual(layer, on);
        }
        addUsual(runtime, on);
        for (Layer layer : Layer.onRequest()) {
            if (layers.contains(layer.name())) {
                on.add(layer);
            }
        }
        return on.build();
    }

    private void addUsual(Layer layer, ImmutableList.Builder<Layer> on) {
        if (!excluded.contains(layer.name()) || layers.contains(layer.name())) {
            on.add(layer);
        }
    }

    /** Collects the parts of a request; each has the default of {@code strait generate}. */
    public static final class Builder {
        private Set<Arch> targets = Set.of();
        private List<String> layers = List.of();
        private List<String> excluded = List.of();
        private List<String> allowed = List.of();
        private List<String> denied = List.of();
        private StartRequest start = StartRequest.DEFAULT;
        private DefaultAction action = DefaultAction.ERRNO;
        private String errno = EPERM;
        private KernelVersion baseline = BASELINE;
        private boolean elideFailed;
        private boolean isDeriving;
        private Optional<Release> release = Optional.empty();
        private Arguments args = ARGS;

        private Builder() {}

        /** The ABIs to write the profile for; without any, those that were observed. */
        @CanIgnoreReturnValue
        public Builder targets(Collection<Arch> arches) {
            targets = ImmutableSet.copyOf(arches);
            return this;
        }

        /** The ABIs to write the profile for, and what becomes of those without evidence. */
        @CanIgnoreReturnValue
        public Builder targets(Targets choice) {
            targets = choice.arches();
            isDeriving = choice.isDeriving();
            release = choice.release();
            return this;
        }

        /** Layers to allow beside those that are on by default; they win over {@link #withoutLayers}. */
        @CanIgnoreReturnValue
        public Builder layers(List<String> names) {
            layers = names;
            return this;
        }

        /** Layers not to allow. */
        @CanIgnoreReturnValue
        public Builder withoutLayers(List<String> names) {
            excluded = names;
            return this;
        }

        /** Calls to allow although no evidence shows them, each as {@code CALL[:WHY]}. */
        @CanIgnoreReturnValue
        public Builder allow(List<String> calls) {
            allowed = calls;
            return this;
        }

        /** Calls to deny although evidence or a layer asks for them, each as {@code CALL[=ERRNO][:WHY]}. */
        @CanIgnoreReturnValue
        public Builder deny(List<String> calls) {
            denied = calls;
            return this;
        }

        /** How the container is started. */
        @CanIgnoreReturnValue
        public Builder start(StartRequest request) {
            start = request;
            return this;
        }

        /** What happens to unlisted calls. */
        @CanIgnoreReturnValue
        public Builder defaultAction(DefaultAction choice) {
            action = choice;
            return this;
        }

        /** The name of the error that unlisted calls get, if they get one. */
        @CanIgnoreReturnValue
        public Builder errno(String name) {
            errno = name;
            return this;
        }

        /** The oldest kernel on which the program is to run: newer calls that are not allowed return ENOSYS. */
        @CanIgnoreReturnValue
        public Builder baseline(KernelVersion kernel) {
            baseline = kernel;
            return this;
        }

        /** Whether feature probes that only ever failed get the same error without being allowed. */
        @CanIgnoreReturnValue
        public Builder elideFailed(boolean isElided) {
            elideFailed = isElided;
            return this;
        }

        /** Which arguments the profile compares; a format without conditions has the names alone. */
        @CanIgnoreReturnValue
        public Builder args(Arguments choice) {
            args = choice;
            return this;
        }

        /**
         * The request.
         *
         * @throws RefusalException when a layer, a call or an error is not known, or a call is both allowed and denied
         */
        public DerivationRequest build() {
            checkLayers(layers);
            checkLayers(excluded);
            checkErrno(errno);
            return new DerivationRequest(this);
        }

        private static void checkLayers(List<String> names) {
            for (String name : names) {
                checkLayer(name);
            }
        }
    }
}
