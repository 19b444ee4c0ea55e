package io.github.strait.observation;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes the warnings about runs that lack calls on purpose, where no other evidence shows those calls. */
final class PartialWarnings {
    private static final String CODE = "partial-evidence";
    /** The calls that install a filter, and with which first argument: SECCOMP_SET_MODE_FILTER, PR_SET_SECCOMP. */
    private static final ImmutableSortedMap<String, Long> INSTALLERS =
            ImmutableSortedMap.of("seccomp", 1L, "prctl", 22L);

    private static final String OPERATION = "0";
    /** Names that a warning lists. */
    private static final int NAMES = 5;

    private PartialWarnings() {}

    static List<Diagnostic> of(Observation observation) {
        List<Diagnostic> warnings = new ArrayList<>();
        Set<String> seen = null;
        for (Run run : observation.runs()) {
            if (!run.isPartial() || run.isOfAuditLines()) {
                continue;
            }
            if (seen == null) {
                seen = seen(observation);
            }
            ImmutableSortedSet<String> leftOut = run.recording().orElseThrow().leftOut();
            TreeSet<String> missing = new TreeSet<>(leftOut);
            missing.removeAll(seen);
            if (leftOut.isEmpty()) {
                warnings.add(Diagnostic.warning(
                        CODE,
                        SourcePosition.ofFile(run.source()),
                        "calls were left out of this recording, and its header does not say which; a profile may deny"
                                + " them: record without --known"));
            }
            if (!missing.isEmpty()) {
                warnings.add(missing(run, missing));
            }
            ownFilter(run).ifPresent(warnings::add);
            if (run.marks().contains(RunMark.PROGRAM_ONLY)) {
                warnings.add(Diagnostic.warning(
                        CODE,
                        SourcePosition.ofFile(run.source()),
                        "calls were left out of this recording whatever program made them, so what the chosen programs"
                                + " call is not known; leave out --program, or record without --known"));
            }
        }
        return warnings;
    }

    /** strace stops a program by a filter then, and one of the program's own comes before it. */
    private static Optional<Diagnostic> ownFilter(Run run) {
        for (ArchObservation arch : run.architectures().values()) {
            for (Map.Entry<String, Long> installer : INSTALLERS.entrySet()) {
                SyscallObservation call = arch.syscalls().get(installer.getKey());
                if (call != null && call.succeeded() > 0 && mayHave(call, installer.getValue())) {
                    return Optional.of(Diagnostic.warning(
                            CODE,
                            call.first(),
                            "the program installs a seccomp filter of its own, and where --known leaves calls out, those"
                                    + " that this filter answers do not show; record it without --known"));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean mayHave(SyscallObservation call, long operation) {
        ArgumentValues values = call.arguments().get(OPERATION);
        return values == null
                || values.more()
                || values.unknown() > 0
                || values.seen().containsKey(ArgumentTuple.of(operation));
    }

    private static Set<String> seen(Observation observation) {
        Set<String> seen = new HashSet<>();
        observation
                .architectures()
                .values()
                .forEach(arch -> seen.addAll(arch.syscalls().keySet()));
        return seen;
    }

    private static Diagnostic missing(Run run, TreeSet<String> missing) {
        List<String> first = missing.stream().limit(NAMES).toList();
        int more = missing.size() - first.size();
        return Diagnostic.warning(
                CODE,
                SourcePosition.ofFile(run.source()),
                (missing.size() == 1 ? "1 call" : missing.size() + " calls")
                        + " left out of this recording, as --known settled them, "
                        + (missing.size() == 1 ? "is" : "are") + " in no other evidence here: "
                        + String.join(", ", first) + (more > 0 ? " and " + more + " more" : "")
                        + "; add the evidence that --known named, or if that was a profile, merge it with the result:"
                        + " strait merge PROFILE RESULT");
    }
}
