package io.github.strait.report;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.profile.Action;
import io.github.strait.syscall.Risk;
import io.github.strait.syscall.RiskClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls of the page, allowed and denied, as names and values for the template. */
final class ReportPageCalls {
    /** More rows would make the page heavy; only a trace of unknown numbers has as many. */
    private static final int ROWS = 2_000;

    /** Of the places where runs begin to serve. */
    private static final int PLACES = 20;

    /** The errors of calls that a kernel lacks, or refuses. */
    static final ImmutableSet<String> REFUSALS = ImmutableSet.of("ENOSYS", "EPERM", "EACCES");

    private ReportPageCalls() {}

    static Map<String, Object> model(EvidenceReport report) {
        List<ReportedCall> allowed = ReportedCall.allowed(report.explanation());
        List<ReportedCall> denied = ReportedCall.denied(report.explanation());
        List<Object> calls = new ArrayList<>();
        List<Object> risky = new ArrayList<>();
        List<Object> conditions = new ArrayList<>();
        for (int i = 0; i < Math.min(ROWS, allowed.size()); i++) {
            ReportedCall call = allowed.get(i);
            Map<String, Object> row = row(call, "c" + i, report.phases());
            calls.add(row);
            if (call.isRisky()) {
                risky.add(row);
            }
            if (!call.arguments().isEmpty()) {
                conditions.add(row);
            }
        }
        List<Object> failed = failed(report);
        return ImmutableMap.<String, Object>builder()
                .put("calls", calls)
                .put("moreCalls", allowed.size() <= ROWS ? "" : more(allowed.size() - ROWS, "allowed calls"))
                .put(
                        "riskNames",
                        Arrays.stream(RiskClass.values()).map(RiskClass::label).toList())
                .put(
                        "sources",
                        allowed.stream()
                                .map(ReportedCall::source)
                                .filter(source -> !source.isEmpty())
                                .distinct()
                                .toList())
                .put("hasRisky", !risky.isEmpty())
                .put("risky", risky)
                .put("argumentsLead", argumentsLead(report))
                .put("hasConditions", !conditions.isEmpty())
                .put("conditions", conditions)
                .put("otherwise", otherwise(report.summary().defaultAction()))
                .put("denials", denials(report.summary().denials()))
                .put("hasDenied", !denied.isEmpty())
                .put(
                        "denied",
                        denied.stream()
                                .limit(ROWS)
                                .map(call -> row(call, "", report.phases()))
                                .toList())
                .put("hasFailed", !failed.isEmpty())
                .put("failed", failed.subList(0, Math.min(ROWS, failed.size())))
                .put("moreFailed", failed.size() <= ROWS ? "" : more(failed.size() - ROWS, "such calls"))
                .put("moreDenied", denied.size() <= ROWS ? "" : more(denied.size() - ROWS, "such calls"))
                .put("hasPhases", report.phases().isOfServer())
                .put("phaseNames", labels())
                .put("phases", phases(report.phases(), allowed))
                .put(
                        "since",
                        report.phases().since().stream()
                                .limit(PLACES)
                                .map(at -> ReportedCall.at(at.toString()))
                                .toList())
                .buildOrThrow();
    }

    /** {@code and 12 more runs; all are in the report in JSON}. */
    static String more(long count, String what) {
        return "And " + count + " more " + what + ": all are in the report of --format json.";
    }

    private static Map<String, Object> row(ReportedCall call, String id, ServingPhases phases) {
        String phase = phases.of(call.arch(), call.name())
                .map(ServingPhases.Phase::label)
                .orElse("");
        String risk = call.risk().map(known -> known.riskClass().label()).orElse("");
        return ImmutableMap.<String, Object>builder()
                .put("id", id)
                .put("name", call.name())
                .put("arch", call.arch().label())
                .put("risk", risk)
                .put("riskKey", risk.isEmpty() ? "none" : risk)
                .put("riskRank", String.valueOf(call.rank()))
                .put("riskReason", call.risk().map(Risk::reason).orElse(""))
                .put("reason", call.risk().map(Risk::reason).orElse(""))
                .put("isDockerDenied", call.isDeniedByDocker())
                .put("source", call.source())
                .put("why", call.why())
                .put("reasons", call.reasons())
                .put("isSeen", call.seen().isPresent())
                .put("count", String.valueOf(call.count()))
                .put("results", call.seen().map(ExplanationText::results).orElse(""))
                .put("first", call.first())
                .put("hasArguments", !call.arguments().isEmpty())
                .put("arguments", call.arguments())
                .put("lines", call.arguments())
                .put("phase", phase)
                .buildOrThrow();
    }

    private static String argumentsLead(EvidenceReport report) {
        return report.summary()
                .arguments()
                .map(arguments -> Columns.times(arguments.compared().size()) + " allowed with some arguments only"
                        + (arguments.others().isEmpty()
                                ? ""
                                : ", " + arguments.others().size() + " that could be with any")
                        + ". A value stands beside the place where it was first seen.")
                .orElse("The profile compares no arguments.");
    }

    static String otherwise(Action action) {
        return switch (action) {
            case ERRNO -> "Calls that are not allowed return an error.";
            case KILL_PROCESS -> "Calls that are not allowed kill the process.";
            case KILL_THREAD -> "Calls that are not allowed kill the thread.";
            case TRAP -> "Calls that are not allowed send SIGSYS.";
            case LOG ->
                "Calls that are not allowed are logged and run: this profile is for staging and protects nothing.";
            case ALLOW, NOTIFY, TRACE -> "Calls that are not listed are not denied by this profile alone.";
        };
    }

    private static List<Object> denials(Summary.Denials denials) {
        List<Object> groups = new ArrayList<>();
        denials.fallback()
                .forEach((errno, names) ->
                        groups.add(group(names.size() + " calls return " + errno + ", so callers fall back", names)));
        denials.asked().forEach((errno, names) -> groups.add(group("Denied by request, with " + errno, names)));
        denials.elided()
                .forEach((errno, names) -> groups.add(group("Only ever failed, and return the same " + errno, names)));
        return groups;
    }

    private static Map<String, Object> group(String what, ImmutableSortedSet<String> names) {
        return ImmutableMap.of("what", what, "names", ReportedCall.names(names));
    }

    /** What the kernel refused already. */
    private static List<Object> failed(EvidenceReport report) {
        ImmutableList.Builder<Object> failed = ImmutableList.builder();
        report.explanation()
                .architectures()
                .forEach((arch, of) -> of.calls()
                        .forEach((name, call) -> call.seen()
                                .ifPresent(seen -> seen.errors().forEach((errno, times) -> {
                                    if (REFUSALS.contains(Ascii.toUpperCase(errno))) {
                                        failed.add(ImmutableMap.of(
                                                "name", ReportedCall.text(name),
                                                "arch", arch.label(),
                                                "errno", errno,
                                                "times", String.valueOf(times),
                                                "count", String.valueOf(seen.count()),
                                                "first",
                                                        ReportedCall.at(
                                                                seen.first().toString())));
                                    }
                                }))));
        return failed.build();
    }

    private static List<String> labels() {
        return Arrays.stream(ServingPhases.Phase.values())
                .map(ServingPhases.Phase::label)
                .toList();
    }

    /** The calls of each phase, with the number of those that are risky. */
    private static List<Object> phases(ServingPhases phases, List<ReportedCall> allowed) {
        List<Object> groups = new ArrayList<>();
        for (ServingPhases.Phase phase : ServingPhases.Phase.values()) {
            List<String> names = allowed.stream()
                    .filter(call -> phases.of(call.arch(), call.name()).equals(Optional.of(phase)))
                    .map(ReportedCall::name)
                    .distinct()
                    .toList();
            groups.add(ImmutableMap.of(
                    "what", Columns.times(names.size()) + " " + phase.label(), "names", ReportedCall.names(names)));
        }
        return groups;
    }
}
