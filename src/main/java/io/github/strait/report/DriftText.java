package io.github.strait.report;

import io.github.strait.derive.Reason;
import io.github.strait.diagnostic.Printable;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Risk;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Drift as text: a line for each architecture and one for each call. */
final class DriftText {
    private DriftText() {}

    /** {@code +} what would be allowed now, with the reason; {@code -} what nothing asks for. Empty when nothing differs. */
    static String of(Drift drift) {
        Columns arches = new Columns();
        drift.added().forEach(arch -> arches.row("+ " + arch.label(), "the whole architecture"));
        drift.removed().forEach(arch -> arches.row("- " + arch.label(), "the whole architecture"));
        Columns calls = new Columns();
        boolean several = drift.architectures().size() > 1;
        drift.gained().forEach((name, on) -> row(calls, "+ " + name, on.keySet(), why(name, on), several));
        drift.lost()
                .forEach((name, on) -> row(calls, "- " + name, on, "no evidence and no layer asks for it", several));
        return arches.text(0) + calls.text(0);
    }

    /** Says where only when there is a choice. */
    private static void row(Columns calls, String call, Set<Arch> on, String why, boolean several) {
        if (several) {
            calls.row(call, String.join(",", on.stream().map(Arch::label).toList()), why);
        } else {
            calls.row(call, why);
        }
    }

    private static String why(String name, Map<Arch, Optional<Reason>> on) {
        TreeSet<String> reasons = new TreeSet<>();
        on.values()
                .forEach(reason -> reasons.add(
                        reason.map(DriftText::words).orElse("another architecture of the document needs it")));
        String risk = Risk.of(name)
                .map(known -> " [" + known.riskClass().label() + " risk: " + known.reason() + "]")
                .orElse("");
        return String.join("; ", reasons) + risk;
    }

    private static String words(Reason reason) {
        if (reason instanceof Reason.Observed observed) {
            return Columns.times(observed.seen().count()) + ", first at "
                    + Printable.of(observed.seen().first().toString());
        }
        if (reason instanceof Reason.Fallback fallback) {
            return "stands in for " + fallback.refused();
        }
        return reason instanceof Reason.Layered layered ? "layer " + layered.layer() : "may be meant by the text";
    }
}
