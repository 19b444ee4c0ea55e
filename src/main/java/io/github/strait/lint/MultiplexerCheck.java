package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import java.util.stream.Collectors;

/**
 * Where an ABI has socketcall or ipc, conditions on the calls that it stands for have no effect: their arguments are in
 * memory, or in other registers.
 */
record MultiplexerCheck(String multiplexer) implements Check {
    @Override
    public String id() {
        return multiplexer;
    }

    @Override
    public String source() {
        return "measured: libseccomp 2.5.4 and 2.6.1; read: " + multiplexer + "(2)";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        Voided.find(
                        subject,
                        (where, call) ->
                                Multiplexer.subcalls(multiplexer).contains(call) && where.reaches(call, multiplexer))
                .ifPresent(voided -> report(subject, findings, voided));
    }

    private void report(Subject subject, Findings findings, Voided voided) {
        boolean isNamed = subject.rules(multiplexer).stream().anyMatch(Site::permits) || subject.permitsByDefault();
        findings.add(
                Severity.WARNING,
                voided.first(),
                voided.calls(),
                "the conditions on " + Wording.list(voided.calls()) + " do not bind programs of "
                        + voided.abis().stream().map(Arch::scmpToken).collect(Collectors.joining(", "))
                        + ", which make "
                        + Wording.verb(voided.calls(), "the call", "the calls") + " through " + multiplexer
                        + " with any argument; "
                        + (isNamed ? "the profile allows it" : "libseccomp adds rules that allow it"),
                "leave those architectures out where no program needs them, or answer " + multiplexer + " with "
                        + subject.enosys());
    }
}
