package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import io.github.strait.derive.ImportedCalls.Importer;
import io.github.strait.diagnostic.Printable;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What the programs import and no run shows, as text. */
public final class UnseenImportsText {
    private static final int NAMES = 3;
    private static final int PURPOSES = 3;
    private static final int NAME = 60;

    private UnseenImportsText() {}

    /** A line for each purpose, under a heading; nothing when nothing is known of any program. */
    public static String of(UnseenImports unseen) {
        StringBuilder out = new StringBuilder();
        for (Map.Entry<Arch, ImmutableList<UnseenImports.Purpose>> arch :
                unseen.architectures().entrySet()) {
            out.append("\nimports of ")
                    .append(names(unseen.programs()))
                    .append(" that no run shows")
                    .append(
                            unseen.architectures().size() > 1
                                    ? " on " + arch.getKey().label()
                                    : "")
                    .append(", the riskiest first: what to record next\n");
            Columns rows = new Columns();
            List<String> heldBack = new ArrayList<>();
            for (UnseenImports.Purpose purpose : arch.getValue()) {
                List<String> calls = new ArrayList<>();
                for (UnseenImports.Call call : purpose.calls()) {
                    calls.add(call.name() + functions(call));
                    call.heldBack().ifPresent(why -> heldBack.add(call.name() + " (" + why + ")"));
                }
                rows.row(purpose.name(), String.join(", ", calls));
            }
            out.append(rows.text(2));
            if (!heldBack.isEmpty()) {
                out.append("  not in the layers imports and imports-all: ")
                        .append(String.join(", ", heldBack))
                        .append('\n');
            }
        }
        if (!unseen.inapplicable().isEmpty()) {
            out.append("\nno dynamic imports: not applicable to ")
                    .append(names(unseen.inapplicable()))
                    .append('\n');
        }
        if (!unseen.hidden().isEmpty()) {
            out.append("\nimported, and what it leads to is invisible: ")
                    .append(String.join(" ", unseen.hidden()))
                    .append('\n');
        }
        return out.toString();
    }

    /** The functions that have another name than the call. */
    private static String functions(UnseenImports.Call call) {
        List<String> others = new ArrayList<>();
        for (Importer importer : call.importers()) {
            if (!importer.function().equals(call.name()) && !others.contains(importer.function())) {
                others.add(importer.function());
            }
        }
        boolean isSame = call.importers().stream()
                .anyMatch(importer -> importer.function().equals(call.name()));
        return isSame || others.isEmpty() ? "" : " (" + String.join(", ", others) + ")";
    }

    /** {@code   imports:  nginx imports setsid; in the layers of imports}. */
    static String details(UnseenImports.Call call) {
        List<String> importers = new ArrayList<>();
        call.importers().forEach(importer -> importers.add(Printable.of(importer.words(), NAME)));
        return "  imports:  " + String.join(", ", importers)
                + call.heldBack()
                        .map(why -> "; not in the layers of imports: " + why)
                        .orElse("; in the layer imports"
                                + (call.importers().get(0).isProgram() ? "" : "-all"))
                + "\n";
    }

    /** {@code nginx imports setuid, setsid, kill ... (13 calls) that no run shows}; nothing when nothing is unseen. */
    static String line(UnseenImports unseen) {
        StringBuilder out = new StringBuilder();
        for (Map.Entry<Arch, ImmutableList<UnseenImports.Purpose>> arch :
                unseen.architectures().entrySet()) {
            List<String> calls = new ArrayList<>();
            List<String> purposes = new ArrayList<>();
            for (UnseenImports.Purpose purpose : arch.getValue()) {
                purposes.add(purpose.name());
                purpose.calls().forEach(call -> calls.add(call.name()));
            }
            boolean isOne = unseen.programs().size() == 1;
            out.append("  ")
                    .append(names(unseen.programs()))
                    .append(isOne ? " imports " : " import ")
                    .append(some(calls, NAMES))
                    .append(" (")
                    .append(Columns.times(calls.size()))
                    .append(") that no run shows: ")
                    .append(some(purposes, PURPOSES))
                    .append("; see: strait explain\n");
        }
        return out.toString();
    }

    private static String some(List<String> all, int most) {
        return all.size() <= most ? String.join(", ", all) : String.join(", ", all.subList(0, most)) + ", ...";
    }

    private static String names(Collection<String> programs) {
        List<String> shown = new ArrayList<>();
        for (String program : programs) {
            if (shown.size() < NAMES) {
                shown.add(Printable.of(program, NAME));
            }
        }
        int more = programs.size() - shown.size();
        return String.join(", ", shown) + (more > 0 ? " and " + more + " more" : "");
    }
}
