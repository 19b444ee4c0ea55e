package io.github.strait.cli;

import io.github.strait.format.Formats;
import io.github.strait.format.ProfileFormat;
import picocli.CommandLine.Option;

/** The format that a profile is written in. */
final class FormatOption {
    static final String DESCRIPTION =
            "oci (default, also called docker: what Docker, Podman, containerd, CRI-O and Kubernetes read), "
                    + "moby (Docker's extended form), names (ARCH<TAB>NAME), gvisor (what runsc takes), bpf (the compiled "
                    + "filter, as bwrap --seccomp takes it), bpf-asm (a listing of it).";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "oci",
            completionCandidates = DerivationOptions.FormatNames.class,
            description = DESCRIPTION)
    private ProfileFormat format = Formats.OCI;

    ProfileFormat format() {
        return format;
    }
}
