package io.github.strait.report;

import com.google.common.collect.TreeMultimap;
import io.github.strait.derive.Derivation;
import io.github.strait.derive.Layer;
import io.github.strait.derive.Rationale;
import io.github.strait.diagnostic.Printable;
import io.github.strait.observation.LineCounts;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Run;
import io.github.strait.observation.RunMark;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.DockerDefault;
import io.github.strait.syscall.Risk;
import io.github.strait.syscall.RiskClass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a derived profile rests on and how narrow it is, to be read in five seconds. */
public final class Summary {
    private static final int NAME = 60;

    private Summary() {}

    /**
     * The summary of a derivation.
     *
     * @param sharing between which ABIs the document shares its rules
     */
    public static String of(Observation observation, Derivation derivation, Sharing sharing) {
        return of(observation, derivation, sharing, true);
    }

    /**
     * The summary of a derivation for a format.
     *
     * @param sharing between which ABIs the document shares its rules
     * @param answers whether the document can deny some calls in another way than the rest
     */
    public static String of(Observation observation, Derivation derivation, Sharing sharing, boolean answers) {
        StringBuilder out = new StringBuilder(evidence(observation));
        Columns table = new Columns();
        for (Map.Entry<Arch, Rationale> entry : derivation.rationales().entrySet()) {
            Arch arch = entry.getKey();
            Rationale rationale = entry.getValue();
            table.row(
                    arch.label(),
                    rationale.observed() + " observed + " + rationale.layered() + " from layers = "
                            + rationale.reasons().size() + " allowed",
                    "(Docker's default allows " + DockerDefault.allowedCount(arch) + ")");
        }
        return out.append(strangers(observation))
                .append(table.text(2))
                .append(layers(derivation))
                .append(risks(derivation))
                .append(answers ? denials(derivation, sharing) : "")
                .append(union(derivation, sharing))
                .toString();
    }

    /** {@code 2 runs, 995 lines: 990 calls, 5 other, 0 unparsed}. */
    public static String evidence(Observation observation) {
        LineCounts lines = observation.lines();
        int runs = observation.runs().size();
        return runs + (runs == 1 ? " run, " : " runs, ") + lines.total() + " lines: " + lines.calls() + " calls, "
                + lines.other() + " other, " + lines.unparsed() + " unparsed\n" + marks(observation)
                + Incompleteness.of(observation);
    }

    private static String marks(Observation observation) {
        StringBuilder out = new StringBuilder();
        for (RunMark mark : RunMark.values()) {
            long marked = observation.runs().stream()
                    .filter(run -> run.marks().contains(mark))
                    .count();
            if (marked > 0) {
                String why = switch (mark) {
                    case SHARED_STREAM -> "from a stream that the program could forge; record with -o FILE";
                    case SUMMARY_ONLY -> "only a table, without calls that never return";
                    case STACK_FRAMES -> "with stack frames that the program could forge; record without -k";
                    case CONTAINER_RUNTIME ->
                        "with the calls that make a container; keep its own with --from-program PATH";
                    case PROGRAM_ONLY -> "read for chosen programs only";
                };
                out.append("  ")
                        .append(marked)
                        .append(marked == 1 ? " run " : " runs ")
                        .append(why)
                        .append('\n');
            }
        }
        return out.toString();
    }

    /** Says that runs of different programs are united, which a folder of traces does in passing. */
    private static String strangers(Observation observation) {
        Set<String> first = observation.runs().get(0).programs();
        for (Run run : observation.runs()) {
            Set<String> others = run.programs();
            if (!first.isEmpty() && !others.isEmpty() && Collections.disjoint(first, others)) {
                return "  the runs are of different programs, such as "
                        + Printable.of(first.iterator().next(), NAME) + " and "
                        + Printable.of(others.iterator().next(), NAME)
                        + ": the profile allows what any of them needs\n";
            }
        }
        return "";
    }

    private static String layers(Derivation derivation) {
        StringBuilder out = new StringBuilder();
        for (Layer layer : derivation.layers()) {
            TreeSet<String> names = new TreeSet<>();
            derivation.rationales().values().forEach(rationale -> names.addAll(rationale.addedBy(layer.name())));
            if (!names.isEmpty()) {
                out.append("  layer " + layer.name() + ": " + String.join(" ", names) + "\n");
            }
        }
        return out.toString();
    }

    /** The calls that are allowed and can do harm whatever their arguments are, the worst first. */
    private static String risks(Derivation derivation) {
        TreeMultimap<RiskClass, String> risky = TreeMultimap.create();
        TreeSet<String> denied = new TreeSet<>();
        derivation
                .rationales()
                .forEach((arch, rationale) -> rationale
                        .names()
                        .forEach(name -> Risk.of(name)
                                .map(Risk::riskClass)
                                .filter(risk -> risk.compareTo(RiskClass.HIGH) <= 0)
                                .ifPresent(risk -> {
                                    risky.put(risk, name);
                                    if (!DockerDefault.allows(name, arch)) {
                                        denied.add(name);
                                    }
                                })));
        if (risky.isEmpty()) {
            return "";
        }
        List<String> each = new ArrayList<>();
        risky.asMap().forEach((risk, names) -> each.add(risk.label() + ": " + String.join(" ", names)));
        return "  allowed and risky: " + String.join("; ", each)
                + (denied.isEmpty() ? "" : " (Docker's default denies " + String.join(" ", denied) + ")") + "\n";
    }

    /** How many calls are denied in another way than by default, and which of them were seen. */
    private static String denials(Derivation derivation, Sharing sharing) {
        TreeMultimap<String, String> usual = TreeMultimap.create();
        TreeSet<String> elided = new TreeSet<>();
        TreeSet<String> asked = new TreeSet<>();
        for (Arch arch : derivation.rationales().keySet()) {
            derivation.denials(arch, sharing).forEach((name, denial) -> {
                switch (denial.cause()) {
                    case ELIDED -> elided.add(name + " (" + denial.errno() + ")");
                    case ASKED -> asked.add(name + " (" + denial.errno() + ")");
                    case FALLBACK -> usual.put(denial.errno(), name);
                }
            });
        }
        StringBuilder out = new StringBuilder();
        usual.asMap()
                .forEach((errno, names) -> out.append("  ")
                        .append(names.size())
                        .append(" other calls return ")
                        .append(errno)
                        .append(", so callers fall back\n"));
        if (!asked.isEmpty()) {
            out.append("  denied by request: ").append(String.join(" ", asked)).append('\n');
        }
        if (!elided.isEmpty()) {
            out.append("  only ever failed; not allowed, same error returned: ")
                    .append(String.join(" ", elided))
                    .append('\n');
        }
        return out.toString();
    }

    private static String union(Derivation derivation, Sharing sharing) {
        List<String> added = new ArrayList<>();
        for (Arch arch : derivation.rationales().keySet()) {
            int more = derivation.addedByUnion(arch, sharing).size();
            if (more > 0) {
                added.add(more + " on " + arch.label());
            }
        }
        return added.isEmpty()
                ? ""
                : "  one document for several architectures is their union, which adds " + String.join(" and ", added)
                        + "; --target writes one alone\n";
    }
}
