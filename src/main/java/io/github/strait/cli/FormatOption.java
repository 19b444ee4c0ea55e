package io.github.strait.cli;

import io.github.strait.format.Formats;
import io.github.strait.format.ProfileFormat;

/** The format that a profile is written in. */
final class FormatOption extends Options {
    static final String DESCRIPTION =
            "oci (default, also called docker: what Docker, Podman, containerd, CRI-O and Kubernetes read), "
                    + "moby (Docker's extended form), names (ARCH<TAB>NAME), gvisor (what runsc takes), bpf (the compiled "
                    + "filter, as bwrap --seccomp takes it), bpf-asm (a listing of it).";

    private final Parameter<ProfileFormat> format = option("--format", "FORMAT", ValueType.FORMAT, DESCRIPTION);

    ProfileFormat format() {
        return format.or(Formats.OCI);
    }
}
