package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Printable;
import io.github.strait.observation.ArgumentValues;
import io.github.strait.profile.Decision;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Errno;
import io.github.strait.verify.Doubt;
import io.github.strait.verify.Verdict;
import io.github.strait.verify.Verification;
import java.util.List;
import java.util.stream.Collectors;

/** Words for verdicts. */
public final class VerdictText {
    private static final int PROGRAM_LENGTH = 100;

    private VerdictText() {}

    /**
     * A warning for each call that was denied, or may have been, where the place of the evidence does not matter; a note
     * for one that another call stands in for.
     */
    public static ImmutableList<Diagnostic> denied(Verification verification) {
        return verification.verdicts().stream()
                .filter(verdict -> verdict.kind() != Verdict.Kind.ALLOWED)
                .map(VerdictText::diagnostic)
                .collect(ImmutableList.toImmutableList());
    }

    private static Diagnostic diagnostic(Verdict verdict) {
        String words = call(verdict) + " " + answers(verdict) + "; " + calls(verdict) + doubt(verdict);
        return switch (verdict.kind()) {
            case REPLACED -> Diagnostic.note("replaced", null, words);
            case GAP -> Diagnostic.warning("denied", null, words);
            case ALLOWED, UNDECIDED -> Diagnostic.warning("undecided", null, words);
        };
    }

    /** A warning at the moment when a call was denied for the first time. */
    public static Diagnostic firstDenial(Verdict verdict) {
        return Diagnostic.warning("denied", null, call(verdict) + " " + answers(verdict) + "; first denied now");
    }

    /** {@code openat on x86_64}, {@code socket(AF_VSOCK, …) on x86_64}. */
    static String call(Verdict verdict) {
        String arguments = VerdictArguments.of(verdict);
        return Printable.of(verdict.name()) + (arguments.isEmpty() ? "" : "(" + Printable.of(arguments) + ")") + " on "
                + verdict.arch().label();
    }

    /** The fate of the call: {@code gets EPERM}, {@code kills the process}, {@code is allowed or gets EPERM}. */
    static String answers(Verdict verdict) {
        String instead = verdict.standIn().isEmpty() ? "" : ", so callers use " + verdict.standIn();
        return verdict.answers().stream()
                .map(answer -> answer(answer, verdict.arch()))
                .sorted()
                .collect(Collectors.joining(" or ", "", instead));
    }

    private static String answer(Decision answer, Arch arch) {
        return switch (answer.action()) {
            case ALLOW -> "is allowed";
            case LOG -> "is allowed and logged";
            case ERRNO -> answer.errno() == 0 ? "gets 0 without being made" : "gets " + errno(answer, arch);
            case KILL_PROCESS -> "kills the process";
            case KILL_THREAD -> "kills the thread";
            case TRAP -> "gets SIGSYS";
            case NOTIFY, TRACE -> "is for a supervisor to decide";
        };
    }

    static String errno(Decision answer, Arch arch) {
        return Errno.name(answer.errno(), arch).orElseGet(() -> "errno " + answer.errno());
    }

    /** {@code ; the evidence has more than 64 different values}; empty where nothing is in doubt but what the line shows. */
    static String doubt(Verdict verdict) {
        String why = why(verdict.doubt());
        return why.isEmpty() ? "" : "; " + why;
    }

    /** Why a call is undecided, where the evidence is an observation; empty otherwise. */
    static String why(Doubt doubt) {
        return switch (doubt) {
            case NONE -> "";
            case MORE_VALUES ->
                "it had more than " + ArgumentValues.LIMIT + " different values, which no observation keeps";
            case NOT_SHOWN -> "the evidence does not show the arguments";
            case NOT_KEPT -> "an observation does not say what decides; verify with the trace";
        };
    }

    /** {@code 2 calls by /bin/cat}. */
    static String calls(Verdict verdict) {
        ImmutableSortedSet<String> programs = verdict.programs();
        List<String> names = programs.stream()
                .limit(3)
                .map(name -> name.isEmpty() ? "(before execve)" : Printable.of(name, PROGRAM_LENGTH))
                .toList();
        String more = programs.size() > names.size() ? " and " + (programs.size() - names.size()) + " more" : "";
        return Columns.times(verdict.count()) + " by " + String.join(", ", names) + more;
    }
}
