package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import io.github.strait.derive.Denial;
import io.github.strait.derive.Reason;
import io.github.strait.diagnostic.Printable;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.RuntimePart;
import io.github.strait.observation.Subcalls;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** An explanation as text: a row for each call, or all reasons of those that were asked for. */
public final class ExplanationText {
    private static final int NAMES = 120;
    private static final String UNION =
            "a rule names calls for several architectures, and another one needs it; --target writes one alone";

    private final Explanation explanation;

    private ExplanationText(Explanation explanation) {
        this.explanation = explanation;
    }

    /** The account of all lines and every call of every architecture, or the details of the calls that were asked for. */
    public static String of(Explanation explanation) {
        ExplanationText text = new ExplanationText(explanation);
        return explanation.asked().isEmpty() ? text.overview() : text.details();
    }

    private String overview() {
        StringBuilder out = new StringBuilder(EvidenceCountsText.of(explanation.evidence()));
        explanation.runs().forEach(run -> out.append(run(run)));
        explanation.architectures().forEach((arch, of) -> out.append('\n').append(overview(arch, of)));
        explanation
                .leftOut()
                .forEach((arch, of) -> out.append('\n')
                        .append(arch.label())
                        .append(" (")
                        .append(of.proof().label())
                        .append("): ")
                        .append(Columns.times(of.calls()))
                        .append(", left out because --target does not name it\n"));
        explanation.runtime().forEach((arch, calls) -> out.append('\n').append(runtime(arch, calls)));
        return out.append(UnseenImportsText.of(explanation.imports())).toString();
    }

    /** The calls of the runtime, apart from those of the program. */
    private static String runtime(Arch arch, Map<String, RuntimePart.Call> calls) {
        Columns rows = new Columns();
        calls.forEach((name, call) -> rows.row(name, Columns.times(call.count()) + filtered(call), at(call.first())));
        return "the container's runtime on " + arch.label() + ", before the program; this allows nothing\n"
                + rows.text(2);
    }

    private static String filtered(RuntimePart.Call call) {
        return call.filtered() == 0 ? "" : ", " + call.filtered() + " under the filter";
    }

    private String details() {
        StringBuilder out = new StringBuilder();
        for (String name : explanation.asked()) {
            explanation.architectures().forEach((arch, of) -> {
                Explanation.Call call = of.calls().get(name);
                if (call != null) {
                    out.append(details(name, arch, call));
                }
            });
        }
        for (String name : explanation.asked()) {
            explanation.runtime().forEach((arch, calls) -> {
                RuntimePart.Call call = calls.get(name);
                if (call != null) {
                    out.append(name).append(" on ").append(arch.label()).append(", by the container's runtime: ");
                    out.append(Columns.times(call.count())).append(" before the program, first at ");
                    out.append(at(call.first())).append(filtered(call));
                    out.append("; this allows nothing\n");
                }
            });
        }
        return out.toString();
    }

    private static String run(Explanation.RunLines run) {
        StringBuilder out = new StringBuilder("  " + Printable.of(run.source()) + ": ");
        out.append(run.lines().total())
                .append(" lines: ")
                .append(run.lines().calls())
                .append(" calls, ");
        out.append(run.lines().other())
                .append(" other, ")
                .append(run.lines().unparsed())
                .append(" unparsed");
        if (!run.unparsedAt().isEmpty()) {
            List<String> at = run.unparsedAt().stream()
                    .map(SourcePosition::toString)
                    .map(Printable::of)
                    .toList();
            out.append(" (first at ").append(String.join(", ", at)).append(')');
        }
        return out.append('\n').toString();
    }

    private String overview(Arch arch, Explanation.OfArch of) {
        Columns observed = new Columns();
        Columns layered = new Columns();
        of.calls().entrySet().stream()
                .filter(call -> !call.getValue().reasons().isEmpty())
                .sorted(Comparator.<Map.Entry<String, Explanation.Call>>comparingInt(
                                call -> place(call.getValue().reasons().get(0)))
                        .thenComparing(call -> count(call.getValue().reasons().get(0)), Comparator.reverseOrder())
                        .thenComparing(Map.Entry::getKey))
                .forEach(call -> row(call.getKey(), call.getValue().reasons().get(0), observed, layered));
        Columns denied = new Columns();
        of.calls()
                .forEach((name, call) -> call.notNeeded()
                        .ifPresent(what -> call.seen()
                                .ifPresent(
                                        seen -> denied.row(name, Columns.times(seen.count()), at(seen), words(what)))));
        String proof = of.proof()
                .map(known -> " (" + known.label() + ")")
                .or(() -> of.derivedFrom().map(from -> " (derived from " + from.label() + ")"))
                .orElse("");
        return arch.label() + proof + "\n" + observed.text(2) + layered.text(2) + denied.text(2);
    }

    /** The evidence comes before the layers, and these come in their order. */
    private int place(Reason reason) {
        return reason instanceof Reason.Layered layered
                ? 1 + explanation.layers().indexOf(layered.layer())
                : 0;
    }

    private static long count(Reason reason) {
        return reason instanceof Reason.Observed observed ? observed.seen().count() : 0;
    }

    private void row(String name, Reason reason, Columns observed, Columns layered) {
        if (reason instanceof Reason.Observed known) {
            SyscallObservation seen = known.seen();
            observed.row(name, Columns.times(seen.count()), runs(known), at(seen), results(seen), programs(seen));
        } else {
            layered.row(name, words(reason));
        }
    }

    private String details(String name, Arch arch, Explanation.Call call) {
        StringBuilder out = new StringBuilder(name + " on " + arch.label() + ":");
        call.notNeeded().ifPresent(what -> out.append(' ').append(words(what)));
        out.append('\n');
        for (Reason reason : call.reasons()) {
            if (reason instanceof Reason.Observed known) {
                SyscallObservation seen = known.seen();
                out.append("  observed: ").append(Columns.times(seen.count())).append(", ");
                out.append(runs(known)).append(", first at ").append(at(seen)).append('\n');
                out.append("  results:  ").append(results(seen)).append('\n');
                out.append("  programs: ").append(programs(seen)).append('\n');
                String subcalls = Subcalls.of(seen, name).words();
                out.append(subcalls.isEmpty() ? "" : "  subcalls: " + subcalls + '\n');
            } else {
                out.append("  ").append(words(reason)).append('\n');
            }
        }
        call.condition()
                .ifPresent(condition -> out.append(ExplainedConditionText.of(
                        condition, explanation.evidence().wholeRuns())));
        explanation.imports().find(name, arch).ifPresent(unseen -> out.append(UnseenImportsText.details(unseen)));
        return out.toString();
    }

    static String words(NotNeeded call) {
        if (call instanceof NotNeeded.Shared) {
            return "not needed, but allowed: " + UNION;
        } else if (call instanceof NotNeeded.Denied denied) {
            return words(denied.denial());
        } else if (call instanceof NotNeeded.Nameless) {
            return "not allowed: the number has no name here, and a profile lists names";
        } else if (call instanceof NotNeeded.LayerOff off) {
            return "not allowed: not observed, and layer " + off.layer() + ", which names it, is off: " + off.why()
                    + (off.onRequest() ? "; --layer " : "; leave out --no-layer ") + off.layer();
        }
        return "not allowed: not observed, and no layer names it";
    }

    private static String words(Denial denial) {
        return switch (denial.cause()) {
            case ASKED -> "denied by request, with " + denial.errno() + ": " + Printable.of(denial.reason());
            case ELIDED -> "not allowed: answered with " + denial.errno() + ": " + denial.reason();
            case REPLACED -> "not allowed: answered with " + denial.errno() + ": " + denial.reason();
            case FALLBACK -> "not allowed: not observed, and answered with " + denial.errno() + ": " + denial.reason();
        };
    }

    static String words(Reason reason) {
        if (reason instanceof Reason.Layered layered) {
            return "layer " + layered.layer() + ": " + Printable.of(layered.why());
        } else if (reason instanceof Reason.Alternative alternative) {
            return "the text may mean this call or " + alternative.multiplexer()
                    + "; only a trace made with strace -n shows which";
        } else if (reason instanceof Reason.Fallback fallback) {
            return "stands in for " + fallback.refused() + ": it is refused, so callers fall back to this call";
        }
        return "";
    }

    private String runs(Reason.Observed known) {
        return ofRuns(known.runs(), explanation.evidence().wholeRuns());
    }

    /** {@code runs 1 of 2}, where partial runs do not count. */
    static String ofRuns(int runs, int whole) {
        return runs == 0 ? "in partial runs only" : "runs " + runs + " of " + whole;
    }

    private static String at(SyscallObservation seen) {
        return at(seen.first());
    }

    private static String at(SourcePosition position) {
        return Printable.of(position.toString());
    }

    static String results(SyscallObservation seen) {
        List<String> results = new ArrayList<>();
        if (seen.succeeded() > 0) {
            results.add(seen.succeeded() + " ok");
        }
        seen.errors().forEach((errno, count) -> results.add(count + " " + Printable.of(errno)));
        if (seen.unreturned() > 0) {
            results.add(seen.unreturned() + " without result");
        }
        return String.join(", ", results);
    }

    static String programs(SyscallObservation seen) {
        ImmutableList<String> names = seen.programs().stream()
                .map(program -> program.isEmpty() ? "(before execve)" : program)
                .collect(ImmutableList.toImmutableList());
        return Printable.of(String.join(" ", names) + (seen.morePrograms() ? " and more" : ""), NAMES);
    }
}
