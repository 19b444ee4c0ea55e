package io.github.strait.report;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.condition.Obstacle;
import io.github.strait.derive.DerivedLayer;
import io.github.strait.diagnostic.Printable;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.profile.Action;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A summary as text, to be read in five seconds. */
public final class SummaryText {
    private static final int NAME = 60;

    private SummaryText() {}

    /** The summary of a profile whose document {@code strait merge} takes. */
    public static String of(Summary summary) {
        return of(summary, true);
    }

    /**
     * The evidence, a line for each architecture, and what is remarkable about what is allowed and denied.
     *
     * @param isMerged whether {@code strait merge} takes the document
     */
    public static String of(Summary summary, boolean isMerged) {
        Columns table = new Columns();
        summary.architectures()
                .forEach((arch, allowed) -> table.row(
                        arch.label(),
                        shown(allowed) + " from layers = " + allowed.total() + " allowed",
                        "(Docker's default allows " + allowed.dockerDefault() + ")"));
        StringBuilder out = new StringBuilder(EvidenceCountsText.of(summary.evidence()));
        summary.strangers()
                .ifPresent(programs -> out.append("  the runs are of different programs, such as ")
                        .append(Printable.of(programs.one(), NAME))
                        .append(" and ")
                        .append(Printable.of(programs.other(), NAME))
                        .append(": the profile allows what any of them needs\n"));
        out.append(table.text(2));
        summary.layers().forEach((layer, names) -> {
            if (!layer.equals(DerivedLayer.NAME)) {
                out.append("  layer ")
                        .append(layer)
                        .append(": ")
                        .append(String.join(" ", names))
                        .append('\n');
            }
        });
        return out.append(otherwise(summary.defaultAction(), isMerged))
                .append(risks(summary))
                .append(denials(summary.denials()))
                .append(
                        summary.arguments().isPresent()
                                ? arguments(summary.arguments().get())
                                : "")
                .append(union(summary))
                .append(UnseenImportsText.line(summary.imports()))
                .toString();
    }

    /** {@code 61 observed + 9}, or {@code 61 derived from x86_64 (47 same, 13 mapped, 1 start-up) + 9}. */
    private static String shown(Summary.Allowed allowed) {
        if (allowed.derived().isEmpty()) {
            return allowed.observed() + " observed + " + allowed.layered();
        }
        Summary.Derived derived = allowed.derived().get();
        return derived.total() + " derived from " + derived.from().label() + " (" + derived.same() + " same, "
                + derived.mapped() + " mapped, " + derived.start() + " start-up) + "
                + (allowed.layered() - derived.total());
    }

    /** Nothing for the usual action, an error. */
    private static String otherwise(Action action, boolean isMerged) {
        // no switch: its table would be a class more at each start
        if (action == Action.LOG) {
            return "  unlisted calls are logged and run: for staging, it protects nothing; find them in the log with: "
                    + (isMerged ? "strait merge PROFILE LOG\n" : "strait generate EVIDENCE LOG\n");
        } else if (action == Action.KILL_PROCESS) {
            return "  unlisted calls kill the process\n";
        }
        return action == Action.TRAP
                ? "  unlisted calls send SIGSYS, which kills the process unless it handles the signal\n"
                : "";
    }

    /** The worst first. */
    private static String risks(Summary summary) {
        if (summary.risky().isEmpty()) {
            return "";
        }
        List<String> each = new ArrayList<>();
        summary.risky().forEach((risk, names) -> each.add(risk.label() + ": " + String.join(" ", names)));
        ImmutableSortedSet<String> denied = summary.deniedByDocker();
        return "  allowed and risky: " + String.join("; ", each)
                + (denied.isEmpty() ? "" : " (Docker's default denies " + String.join(" ", denied) + ")") + "\n";
    }

    /** The number of calls that are denied with an error other than the default, and those of them that were seen. */
    private static String denials(Summary.Denials denials) {
        StringBuilder out = new StringBuilder();
        denials.fallback()
                .forEach((errno, names) -> out.append("  ")
                        .append(names.size())
                        .append(" other calls return ")
                        .append(errno)
                        .append(", so callers fall back\n"));
        return out.append(line("denied by request", denials.asked()))
                .append(line("only ever failed; not allowed, same error returned", denials.elided()))
                .toString();
    }

    /** {@code 11 calls by argument; 1 not (ioctl: unknown value in 3 calls, first at F:L; record with: strait record)}. */
    private static String arguments(Summary.ByArgument arguments) {
        int compared = arguments.compared().size();
        String unknown = unknown(arguments.others().values());
        TreeMap<String, String> why = new TreeMap<>();
        for (Map.Entry<String, Obstacle> each : arguments.others().entrySet()) {
            String words = each.getValue().shortWords() + (each.getValue().isOfEvidence() ? unknown : "");
            String others = why.getOrDefault(words, "");
            why.put(words, others + (others.isEmpty() ? "" : " ") + each.getKey());
        }
        List<String> groups = new ArrayList<>();
        for (Map.Entry<String, String> each : why.entrySet()) {
            groups.add(each.getValue() + ": " + each.getKey());
        }
        String others =
                groups.isEmpty() ? "" : "; " + arguments.others().size() + " not (" + String.join("; ", groups) + ")";
        return "  " + Columns.times(compared) + " by argument" + others + "\n";
    }

    /** How many calls do not say their values, the first of them, and the remedy. */
    private static String unknown(Collection<Obstacle> obstacles) {
        long calls = 0;
        @Nullable SourcePosition first = null;
        String remedy = "";
        for (Obstacle obstacle : obstacles) {
            SourcePosition at = obstacle.at().orElse(null);
            if (obstacle.isOfEvidence() && at != null) {
                calls += obstacle.count();
                first = first == null || at.compareTo(first) < 0 ? at : first;
                remedy = obstacle.remedy().orElse(remedy);
            }
        }
        return first == null
                ? ""
                : " in " + Columns.times(calls) + ", first at " + Printable.of(first.toString()) + "; " + remedy;
    }

    private static String line(String what, Map<String, ImmutableSortedSet<String>> byErrno) {
        TreeSet<String> calls = new TreeSet<>();
        byErrno.forEach((errno, names) -> names.forEach(name -> calls.add(name + " (" + errno + ")")));
        return calls.isEmpty() ? "" : "  " + what + ": " + String.join(" ", calls) + '\n';
    }

    private static String union(Summary summary) {
        List<String> added = new ArrayList<>();
        summary.addedByUnion().forEach((arch, names) -> added.add(names.size() + " on " + arch.label()));
        return added.isEmpty()
                ? ""
                : "  one document for several architectures is their union, which adds " + String.join(" and ", added)
                        + "; --target writes one alone\n";
    }
}
