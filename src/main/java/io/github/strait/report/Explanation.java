package io.github.strait.report;

import io.github.strait.derive.Denial;
import io.github.strait.derive.Derivation;
import io.github.strait.derive.Layer;
import io.github.strait.derive.Rationale;
import io.github.strait.derive.Reason;
import io.github.strait.diagnostic.Printable;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Run;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Why each call is in: how often, where first, what it returned, who called it, or which layer names it. */
public final class Explanation {
    private static final int NAMES = 120;
    private static final String UNION =
            "a rule names calls for several architectures, and another one needs it; --target writes one alone";
    private static final String NAMELESS = "the number has no name here, and a profile lists names";

    private final Observation observation;
    private final Derivation derivation;
    private final Sharing sharing;

    private Explanation(Observation observation, Derivation derivation, Sharing sharing) {
        this.observation = observation;
        this.derivation = derivation;
        this.sharing = sharing;
    }

    /** Every call of every ABI, and the account of all lines. */
    public static String of(Observation observation, Derivation derivation, Sharing sharing) {
        Explanation explanation = new Explanation(observation, derivation, sharing);
        StringBuilder out = new StringBuilder(Summary.evidence(observation));
        for (Run run : observation.runs()) {
            out.append(explanation.run(run));
        }
        for (Arch arch : derivation.rationales().keySet()) {
            out.append('\n').append(explanation.overview(arch));
        }
        observation.architectures().forEach((arch, seen) -> {
            if (!derivation.rationales().containsKey(arch)) {
                out.append('\n').append(explanation.leftOut(arch, seen));
            }
        });
        return out.toString();
    }

    /** The details of some calls. */
    public static String of(Observation observation, Derivation derivation, Sharing sharing, Collection<String> names) {
        Explanation explanation = new Explanation(observation, derivation, sharing);
        StringBuilder out = new StringBuilder();
        for (String name : names) {
            for (Arch arch : derivation.rationales().keySet()) {
                out.append(explanation.details(arch, name));
            }
        }
        return out.toString();
    }

    private String run(Run run) {
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

    private String overview(Arch arch) {
        ArchObservation seen = observation.architectures().get(arch);
        String proof = seen == null ? "" : " (" + seen.proof().label() + ")";
        Rationale rationale = derivation.rationale(arch);
        Columns observed = new Columns();
        Columns others = new Columns();
        rationale.reasons().entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue().get(0)))
                .sorted(Comparator.comparingInt(this::place)
                        .thenComparing(
                                Comparator.comparingLong(Explanation::count).reversed())
                        .thenComparing(Map.Entry::getKey))
                .forEach(entry -> overview(entry.getKey(), entry.getValue(), observed, others));
        Columns denied = new Columns();
        if (seen != null) {
            seen.syscalls().forEach((name, call) -> {
                if (!rationale.reasons().containsKey(name)) {
                    denied.row(name, Columns.times(call.count()), at(call), whyNot(arch, name));
                }
            });
        }
        return arch.label() + proof + "\n" + observed.text(2) + others.text(2) + denied.text(2);
    }

    /** The calls of an ABI for which the profile was not asked. */
    private String leftOut(Arch arch, ArchObservation seen) {
        long calls = seen.syscalls().values().stream()
                .mapToLong(SyscallObservation::count)
                .sum();
        return arch.label() + " (" + seen.proof().label() + "): " + Columns.times(calls)
                + ", left out because --target does not name it\n";
    }

    /** The evidence comes before the layers, and these come in their order. */
    private int place(Map.Entry<String, Reason> entry) {
        return entry.getValue() instanceof Reason.Layered layered
                ? 1 + derivation.layers().stream().map(Layer::name).toList().indexOf(layered.layer())
                : 0;
    }

    private static long count(Map.Entry<String, Reason> entry) {
        return entry.getValue() instanceof Reason.Observed observed
                ? observed.seen().count()
                : 0;
    }

    private void overview(String name, Reason reason, Columns observed, Columns others) {
        if (reason instanceof Reason.Observed known) {
            SyscallObservation seen = known.seen();
            observed.row(name, Columns.times(seen.count()), runs(known), at(seen), results(seen), programs(seen));
        } else {
            others.row(name, why(reason));
        }
    }

    private String details(Arch arch, String name) {
        List<Reason> reasons = derivation.rationale(arch).reasons().get(name);
        StringBuilder out = new StringBuilder(name + " on " + arch.label() + ":");
        if (reasons == null) {
            return out.append(' ').append(whyNot(arch, name)).append('\n').toString();
        }
        out.append('\n');
        for (Reason reason : reasons) {
            if (reason instanceof Reason.Observed known) {
                SyscallObservation seen = known.seen();
                out.append("  observed: ")
                        .append(Columns.times(seen.count()))
                        .append(", ")
                        .append(runs(known));
                out.append(", first at ").append(at(seen)).append('\n');
                out.append("  results:  ").append(results(seen)).append('\n');
                out.append("  programs: ").append(programs(seen)).append('\n');
            } else {
                out.append("  ").append(why(reason)).append('\n');
            }
        }
        return out.toString();
    }

    private String whyNot(Arch arch, String name) {
        if (derivation.addedByUnion(arch, sharing).contains(name)) {
            return "not needed, but allowed: " + UNION;
        }
        Denial denial = derivation.denials(arch, sharing).get(name);
        if (denial != null && denial.cause() == Denial.Cause.ASKED) {
            return "denied by request, with " + denial.errno() + ": " + Printable.of(denial.reason());
        }
        if (denial != null) {
            String seen = denial.isElided() ? "" : "not observed, and ";
            return "not allowed: " + seen + "answered with " + denial.errno() + ": " + denial.reason();
        }
        ArchObservation seen = observation.architectures().get(arch);
        return "not allowed: "
                + (seen != null && seen.syscalls().containsKey(name)
                        ? NAMELESS
                        : "not observed, and " + layerThatIsOff(arch, name));
    }

    /** What the user may turn on to allow a call that was not observed. */
    private static String layerThatIsOff(Arch arch, String name) {
        return Stream.concat(Layer.all().stream(), Layer.onRequest().stream())
                .filter(layer -> layer.on(arch).containsKey(name))
                .findFirst()
                .map(layer -> "layer " + layer.name() + ", which names it, is off: "
                        + layer.on(arch).get(name)
                        + (Layer.onRequest().contains(layer) ? "; --layer " : "; leave out --no-layer ")
                        + layer.name())
                .orElse("no layer names it");
    }

    private String runs(Reason.Observed known) {
        return "runs " + known.runs() + " of " + observation.runs().size();
    }

    private static String at(SyscallObservation seen) {
        return Printable.of(seen.first().toString());
    }

    private static String why(Reason reason) {
        if (reason instanceof Reason.Layered layered) {
            return "layer " + layered.layer() + ": " + Printable.of(layered.why());
        } else if (reason instanceof Reason.Alternative alternative) {
            return "the text may mean this call or " + alternative.multiplexer()
                    + "; only a trace made with strace -n shows which";
        }
        return "";
    }

    private static String results(SyscallObservation seen) {
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

    private static String programs(SyscallObservation seen) {
        List<String> names = seen.programs().stream()
                .map(program -> program.isEmpty() ? "(before execve)" : program)
                .toList();
        return Printable.of(String.join(" ", names) + (seen.morePrograms() ? " and more" : ""), NAMES);
    }
}
