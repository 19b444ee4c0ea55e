package io.github.strait.cli;

import io.github.strait.api.Arguments;
import io.github.strait.api.DefaultAction;
import io.github.strait.api.DerivationRequest;
import io.github.strait.api.DerivedProfile;
import io.github.strait.api.OutputFormat;
import io.github.strait.api.ProfileFile;
import io.github.strait.api.StartRequest;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.syscall.KernelVersion;

/** The options for deriving and writing a profile; {@code generate} and {@code check} must be given the same ones. */
final class DerivationOptions extends Options {
    private final TargetOptions targetOptions = include(new TargetOptions(
            "Write the profile for these architectures, or with all-of:IMAGE for those of an image that podman or"
                    + " docker knows (default: those observed)."));

    private final Parameter<String> layers = option(
                    "--layer",
                    "LAYER",
                    ValueType.LAYER,
                    "Also allow the calls of this layer: ${EACH-WORD} (default: all but load, calls made only "
                            + "under load, siblings, calls that another libc or release makes, and imports and "
                            + "imports-all, calls of functions that the programs, or their libraries too, import).")
            .commaSeparated();

    private final Parameter<String> excluded = option(
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

    private final Parameter<DefaultAction> action = option(
            "--default-action",
            "ACTION",
            ValueType.DEFAULT_ACTION,
            "What unlisted calls get: errno, an error (default); kill-process; log, which lets them run and logs each, "
                    + "for staging; trap, SIGSYS.");

    private final Parameter<String> errno =
            option("--errno", "NAME", ValueType.ERRNO, "The error that unlisted calls get (default: EPERM).");

    private final Parameter<KernelVersion> baseline = option(
            "--kernel-baseline",
            "VERSION",
            ValueType.KERNEL,
            "Denied calls that are newer than this kernel return ENOSYS, so callers fall back (default: 5.0).");

    private final Parameter<Boolean> elideFailed =
            flag("--elide-failed", "Deny feature probes that only ever failed, with the same error.");

    private final Parameter<Arguments> args = option(
            "--args",
            "TIER",
            ValueType.ARGUMENTS,
            "Compare arguments: safe, where a program seldom needs other values than those seen and what belongs to them "
                    + "(default); strict, more of them; none.");

    /** The kernel of that version. */
    static KernelVersion kernel(String version) {
        try {
            return KernelVersion.parse(version);
        } catch (RefusalException e) {
            throw RefusalException.usage("'" + version + "' is not a kernel version (expected e.g. 5.10)");
        }
    }

    /** Which arguments the profile compares. */
    Arguments arguments() {
        return args.or(DerivationRequest.ARGS);
    }

    /** Has this runtime meant where neither the user nor the format names one. */
    void startedBy(String runtime) {
        startOptions.usually(runtime);
    }

    /** Finds out the targets, which an engine may be asked for. */
    void findTargets() {
        targetOptions.targets();
    }

    /** Whether the container is started with no_new_privs. */
    boolean isNoNewPrivileges() {
        return startOptions.request().noNewPrivileges();
    }

    /** The start that is asked for, of a program under this document. */
    StartRequest start(ProfileFile document) {
        return startOptions.request(document);
    }

    private DefaultAction action() {
        DefaultAction chosen = action.or(DefaultAction.ERRNO);
        if (errno.isGiven() && chosen != DefaultAction.ERRNO) {
            throw RefusalException.usage("--errno is for --default-action errno; leave one of them out");
        }
        return chosen;
    }

    /** The request that the options make for a profile in this format. */
    DerivationRequest request(OutputFormat format) {
        return DerivationRequest.builder()
                .targets(targetOptions.targets())
                .layers(layers.values())
                .withoutLayers(excluded.values())
                .allow(allowed.values())
                .deny(denied.values())
                .start(startOptions.request(format))
                .defaultAction(action())
                .errno(errno.or(DerivationRequest.EPERM))
                .baseline(baseline.or(DerivationRequest.BASELINE))
                .elideFailed(elideFailed.isGiven())
                .args(arguments())
                .build();
    }

    /**
     * Derives the profile of the evidence, for this format.
     *
     * @throws RefusalException when arguments are asked for and the format has no conditions
     */
    DerivedProfile derive(Evidence evidence, OutputFormat format) {
        checkArguments(format);
        return request(format).derive(evidence).as(format);
    }

    private void checkArguments(OutputFormat format) {
        if (action() == DefaultAction.LOG && format.isHardened()) {
            throw RefusalException.usage(
                    "--hardening refuses calls that --default-action log lets run; leave one of them out");
        }
        if (!format.hasActions()) {
            checkSaid(action() != DefaultAction.ERRNO, "--default-action", format);
            checkSaid(!errno.or(DerivationRequest.EPERM).equals(DerivationRequest.EPERM), "--errno", format);
        }
        action().checkFor(format);
        if (args.isGiven() && args.value() != Arguments.NONE && !format.hasConditions()) {
            throw RefusalException.usage(
                    "format '" + format + "' has no conditions on arguments; leave --args out, or use" + " --format "
                            + OutputFormat.usual());
        }
    }

    private static void checkSaid(boolean isOther, String name, OutputFormat format) {
        if (isOther) {
            throw RefusalException.usage("format '" + format + "' does not say what unlisted calls get; leave " + name
                    + " out, or use --format " + OutputFormat.usual());
        }
    }
}
