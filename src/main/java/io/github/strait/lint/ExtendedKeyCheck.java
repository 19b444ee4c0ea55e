package io.github.strait.lint;

import com.google.common.collect.ImmutableSet;
import io.github.strait.diagnostic.Severity;
import io.github.strait.format.oci.Located;

/** Only some runtimes read what Moby adds to the runtime specification. */
final class ExtendedKeyCheck implements Check {
    private static final ImmutableSet<String> LIMITS = ImmutableSet.of("includes", "excludes");

    @Override
    public String id() {
        return "extended-key";
    }

    @Override
    public String source() {
        return "read: containerd pkg/oci, moby profiles/seccomp";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        boolean plain = !subject.draft().architectures().isEmpty();
        for (Located<String> key : subject.draft().extensions()) {
            boolean limits = LIMITS.contains(key.value());
            String effect = switch (key.value()) {
                case "includes", "excludes" -> "; there the rule applies to every machine and container";
                case "archMap" -> "; there calls of companion ABIs are killed";
                default -> "";
            };
            findings.add(
                    plain && limits ? Severity.WARNING : Severity.NOTE,
                    key.line(),
                    "'" + key.value()
                            + "' is read by Docker, Podman and CRI-O, and ignored by containerd and Kubernetes"
                            + effect,
                    limits
                            ? "write a plain profile for each case where those read it"
                            : "leave it out where those read it");
        }
    }
}
