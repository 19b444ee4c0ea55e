package io.github.strait.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Libseccomp;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewNamesTest {
    private static final Profile PROFILE = Profile.builder(Action.ERRNO)
            .architectures(Arch.X86_64)
            .rule(Rule.allow("read", "cachestat", "setxattrat", "fchroot", "call_of_tomorrow"))
            .rule(Rule.errno(38, "clone3", "mseal"))
            .build();

    private static List<String> said(String version) {
        return NewNames.of(PROFILE, Libseccomp.find(version).orElseThrow()).stream()
                .map(Diagnostic::toString)
                .toList();
    }

    @Test
    void allowedNamesAreWarningsAndDeniedOnesNotes() {
        assertEquals(
                List.of(
                        "strait: warning: libseccomp 2.5.2 (RHEL 8 and 9) ignores these calls silently, so"
                                + " they stay denied: cachestat; libseccomp 2.5.5 is the first to know it"
                                + " [newer-than-libseccomp]",
                        "strait: warning: libseccomp 2.5.2 (RHEL 8 and 9) ignores these calls silently, so"
                                + " they stay denied: setxattrat; libseccomp 2.5.6 is the first to know it [newer-than-libseccomp]",
                        "strait: warning: libseccomp 2.5.2 (RHEL 8 and 9) ignores these calls silently, so"
                                + " they stay denied: fchroot; no released libseccomp knows it [newer-than-libseccomp]",
                        "strait: note: libseccomp 2.5.2 (RHEL 8 and 9) ignores these calls silently, so they get the"
                                + " default action: mseal; libseccomp 2.5.6 is the first to know it [newer-than-libseccomp]"),
                said("2.5.2"));
    }

    @Test
    void aNewerVersionKnowsMore() {
        assertEquals(
                List.of("strait: warning: libseccomp 2.6.1 ignores these calls silently, so they stay denied:"
                        + " fchroot; no released libseccomp knows it [newer-than-libseccomp]"),
                said("2.6.1"));
    }
}
