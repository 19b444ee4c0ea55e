package io.github.strait.lint;

import com.google.common.collect.ImmutableMap;
import io.github.strait.diagnostic.Severity;
import io.github.strait.syscall.KernelVersion;
import io.github.strait.syscall.TableResource;

/** A ring makes calls without the filter, and without its conditions. */
final class RingBypassCheck implements Check {
    /** The calls that a ring makes, and the first kernel that does. */
    private static final ImmutableMap<String, KernelVersion> CALLS = TableResource.read(
                    RingBypassCheck.class, "ring-operations.tsv")
            .index(row -> KernelVersion.parse(row.get(1)));

    @Override
    public String id() {
        return "io-uring-bypass";
    }

    @Override
    public String source() {
        return "read: io_uring_enter(2), the kernel's io_uring/opdef.c";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        Voided.find(subject, (where, call) -> isRinged(subject, call) && where.mayPermit("io_uring_setup"))
                .ifPresent(voided -> findings.add(
                        Severity.WARNING,
                        voided.first(),
                        voided.calls(),
                        "the conditions on " + Wording.list(voided.calls()) + " do not bind programs that use io_uring:"
                                + " 'io_uring_setup' is allowed, and the kernel does not ask the filter about what a"
                                + " ring does",
                        "answer io_uring_setup with " + subject.enosys() + ", for which programs have a fallback"));
    }

    private static boolean isRinged(Subject subject, String call) {
        KernelVersion first = CALLS.get(call);
        return first != null && subject.start().kernel().compareTo(first) >= 0;
    }
}
