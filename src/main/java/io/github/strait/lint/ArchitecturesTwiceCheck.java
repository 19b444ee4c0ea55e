package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;

/** Docker refuses both ways to list architectures in one document. */
final class ArchitecturesTwiceCheck implements Check {
    @Override
    public String id() {
        return "architectures-twice";
    }

    @Override
    public String source() {
        return "read: moby profiles/seccomp";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        if (!subject.draft().architectures().isEmpty()
                && !subject.draft().machines().isEmpty()) {
            findings.add(
                    Severity.ERROR,
                    subject.draft().machines().get(0).get(0).line(),
                    "'architectures' and 'archMap' are both given, which Docker refuses",
                    "keep 'archMap' for Docker, Podman and CRI-O, or 'architectures' for all");
        }
    }
}
