package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import io.github.strait.derive.Reason;
import io.github.strait.diagnostic.Printable;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.DockerDefault;
import io.github.strait.syscall.Risk;
import io.github.strait.syscall.RiskClass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call as a report shows it, in words that are safe to show.
 *
 * @param source where the first reason comes from: {@code observed}, or the name of a layer; empty for a call that is not
 *     allowed
 * @param reasons why it is allowed, or why not
 * @param first where it was first seen; empty when the evidence lacks it
 * @param arguments what is compared of its arguments, a line for each part
 */
record ReportedCall(
        String name,
        Arch arch,
        Optional<Risk> risk,
        String source,
        ImmutableList<String> reasons,
        Optional<SyscallObservation> seen,
        String first,
        ImmutableList<String> arguments) {
    static final String OBSERVED = "observed";

    /** Longer texts of a trace are cut. */
    static final int LENGTH = 240;

    /** No ABI has more calls; only a trace of unknown numbers does. */
    private static final int NAMES = 500;

    private static final Comparator<ReportedCall> RISKIEST_FIRST = Comparator.comparingInt(ReportedCall::rank)
            .thenComparing(ReportedCall::count, Comparator.reverseOrder())
            .thenComparing(ReportedCall::name)
            .thenComparing(ReportedCall::arch);

    /** Whether Docker's default profile has no rule that allows it. */
    boolean isDeniedByDocker() {
        return !DockerDefault.allows(name, arch);
    }

    /** The place of its risk, the worst first; calls without a class come last. */
    int rank() {
        return risk.map(known -> known.riskClass().ordinal()).orElse(RiskClass.values().length);
    }

    /** All its reasons. */
    String why() {
        return String.join("; ", reasons);
    }

    /** How often the evidence shows it. */
    long count() {
        return seen.map(SyscallObservation::count).orElse(0L);
    }

    /** Whether it can do harm whatever its arguments are. */
    boolean isRisky() {
        return rank() <= RiskClass.HIGH.ordinal();
    }

    /** The allowed calls, the riskiest first. */
    static ImmutableList<ReportedCall> allowed(Explanation explanation) {
        return ImmutableList.sortedCopyOf(RISKIEST_FIRST, calls(explanation, true));
    }

    /** The calls that the evidence shows and the profile does not allow. */
    static ImmutableList<ReportedCall> denied(Explanation explanation) {
        return calls(explanation, false).stream()
                .filter(call -> call.seen().isPresent())
                .sorted(RISKIEST_FIRST)
                .collect(ImmutableList.toImmutableList());
    }

    private static List<ReportedCall> calls(Explanation explanation, boolean areAllowed) {
        List<ReportedCall> calls = new ArrayList<>();
        explanation.architectures().forEach((arch, of) -> {
            for (Map.Entry<String, Explanation.Call> call : of.calls().entrySet()) {
                if (isAllowed(call.getValue()) == areAllowed) {
                    calls.add(of(call.getKey(), arch, call.getValue(), explanation));
                }
            }
        });
        return calls;
    }

    private static boolean isAllowed(Explanation.Call call) {
        return call.notNeeded().map(what -> what instanceof NotNeeded.Shared).orElse(true);
    }

    private static ReportedCall of(String name, Arch arch, Explanation.Call call, Explanation explanation) {
        int runs = explanation.evidence().wholeRuns();
        List<String> why = new ArrayList<>();
        call.notNeeded().ifPresent(what -> why.add(ExplanationText.words(what)));
        for (Reason reason : call.reasons()) {
            why.add(
                    reason instanceof Reason.Observed observed
                            ? OBSERVED + ", " + ExplanationText.ofRuns(observed.runs(), runs) + ", by "
                                    + ExplanationText.programs(observed.seen())
                            : ExplanationText.words(reason));
        }
        return new ReportedCall(
                Printable.of(name, LENGTH),
                arch,
                Risk.of(name),
                call.reasons().stream().findFirst().map(ReportedCall::source).orElse(""),
                ImmutableList.copyOf(why),
                call.seen(),
                call.seen().map(seen -> at(seen.first().toString())).orElse(""),
                call.condition()
                        .map(condition -> ImmutableList.copyOf(ExplainedConditionText.lines(condition, runs)))
                        .orElse(ImmutableList.of()));
    }

    private static String source(Reason reason) {
        return reason instanceof Reason.Layered layered ? "layer " + layered.layer() : OBSERVED;
    }

    /** A place in a trace, or its name: the end of a long one says more than its beginning. */
    static String at(String place) {
        return place.length() <= LENGTH
                ? Printable.of(place)
                : "..." + Printable.of(place.substring(place.length() - LENGTH));
    }

    /** Text of a trace. */
    static String text(String text) {
        return Printable.of(text, LENGTH);
    }

    /** Names of calls, as many as are worth showing. */
    static ImmutableList<String> names(Collection<String> names) {
        ImmutableList.Builder<String> shown = ImmutableList.builder();
        names.stream().limit(NAMES).map(ReportedCall::text).forEach(shown::add);
        if (names.size() > NAMES) {
            shown.add("and " + (names.size() - NAMES) + " more");
        }
        return shown.build();
    }
}
