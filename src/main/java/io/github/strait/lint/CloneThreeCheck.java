package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;

/** What conditions on clone keep out, clone3 lets in: its flags are in memory. */
final class CloneThreeCheck implements Check {
    @Override
    public String id() {
        return "clone-bypass";
    }

    @Override
    public String source() {
        return "read: clone(2); measured: glibc 2.36 uses clone where clone3 returns ENOSYS";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        Voided.find(subject, (where, call) -> call.equals("clone") && where.mayPermit("clone3"))
                .ifPresent(voided -> findings.add(
                        Severity.WARNING,
                        voided.first(),
                        voided.calls(),
                        "the conditions on 'clone' bind no caller: 'clone3' is allowed, and its flags are in memory,"
                                + " where no filter sees them",
                        "answer clone3 with " + subject.enosys() + ", and libc uses clone"));
    }
}
