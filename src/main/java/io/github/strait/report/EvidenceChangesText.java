package io.github.strait.report;

import io.github.strait.diagnostic.Printable;
import io.github.strait.report.EvidenceChanges.Made;
import io.github.strait.report.EvidenceChanges.NewValues;
import io.github.strait.report.EvidenceChanges.OfProgram;
import java.util.List;
import java.util.stream.Collectors;

/** What else differs between two evidences, as text and as Markdown. */
final class EvidenceChangesText {
    /** As many values of one place are named; JSON and {@code --verbose} have all. */
    private static final int VALUES = 8;

    private static final String NEW = " (new)";
    private static final String GONE = " (gone)";

    private final EvidenceChanges changes;
    private final boolean isVerbose;

    private EvidenceChangesText(EvidenceChanges changes, boolean isVerbose) {
        this.changes = changes;
        this.isVerbose = isVerbose;
    }

    /**
     * Two blocks: by program, and new values.
     *
     * @param isVerbose whether all values and places are wanted
     */
    static String of(EvidenceChanges changes, boolean isVerbose) {
        return new EvidenceChangesText(changes, isVerbose).text();
    }

    /** The same in Markdown, with what speaks against a comparison before it. */
    static String markdown(EvidenceChanges changes) {
        return new EvidenceChangesText(changes, false).markdown();
    }

    private String text() {
        StringBuilder out = new StringBuilder();
        if (!changes.programs().isEmpty()) {
            out.append("by program:\n");
            for (OfProgram program : changes.programs()) {
                out.append("  ").append(Printable.of(title(program)));
                out.append(" on ").append(program.arch().label()).append('\n');
                line("    + ", program.gained(), "made by others before", out);
                line("    - ", program.lost(), "still made by others", out);
            }
        }
        libraries(out);
        if (!changes.values().isEmpty()) {
            out.append("new values of arguments:\n");
            for (NewValues values : changes.values()) {
                out.append("  ")
                        .append(values.syscall())
                        .append(" on ")
                        .append(values.arch().label());
                out.append(", ")
                        .append(place(values))
                        .append(": ")
                        .append(list(values))
                        .append('\n');
            }
        }
        return out.toString();
    }

    private String markdown() {
        StringBuilder out = new StringBuilder();
        changes.cautions()
                .forEach(caution ->
                        out.append("> Hardly comparable: ").append(caution).append(".\n\n"));
        if (!changes.programs().isEmpty()) {
            out.append("| program | ABI | new calls | gone calls |\n|---|---|---|---|\n");
            for (OfProgram program : changes.programs()) {
                out.append("| ")
                        .append(DifferenceMarkdown.code(Printable.of(title(program))))
                        .append(" | ");
                out.append(program.arch().label()).append(" | ").append(cell(program.gained()));
                out.append(" | ").append(cell(program.lost())).append(" |\n");
            }
            out.append('\n');
        }
        libraryTable(out);
        if (!changes.values().isEmpty()) {
            out.append("| call | ABI | argument | new values |\n|---|---|---|---|\n");
            for (NewValues values : changes.values()) {
                out.append("| ")
                        .append(DifferenceMarkdown.code(values.syscall()))
                        .append(" | ");
                out.append(values.arch().label())
                        .append(" | ")
                        .append(place(values))
                        .append(" | ");
                out.append(DifferenceMarkdown.escaped(list(values))).append(" |\n");
            }
            out.append('\n');
        }
        return out.toString();
    }

    private void libraries(StringBuilder out) {
        if (!changes.libraries().isEmpty()) {
            out.append("by library, as stack frames say:\n");
            for (LibraryChanges library : changes.libraries()) {
                out.append("  ").append(Printable.of(library.name())).append('\n');
                out.append(library.gained().isEmpty() ? "" : "    + " + String.join(" ", library.gained()) + "\n");
                out.append(library.lost().isEmpty() ? "" : "    - " + String.join(" ", library.lost()) + "\n");
            }
        }
    }

    private void libraryTable(StringBuilder out) {
        if (!changes.libraries().isEmpty()) {
            out.append("| library | new calls | gone calls |\n|---|---|---|\n");
            for (LibraryChanges library : changes.libraries()) {
                out.append("| ").append(DifferenceMarkdown.code(Printable.of(library.name())));
                out.append(" | ").append(String.join(" ", library.gained()).replace("_", "\\_"));
                out.append(" | ")
                        .append(String.join(" ", library.lost()).replace("_", "\\_"))
                        .append(" |\n");
            }
            out.append('\n');
        }
    }

    private static String title(OfProgram program) {
        if (program.before().isEmpty()) {
            return program.after() + NEW;
        }
        if (program.after().isEmpty()) {
            return program.before() + GONE;
        }
        return program.before().equals(program.after()) ? program.after() : program.before() + " → " + program.after();
    }

    private void line(String sign, List<Made> calls, String elsewhere, StringBuilder out) {
        if (calls.isEmpty()) {
            return;
        }
        String only = names(calls.stream().filter(Made::isOnlyThere).toList(), isVerbose);
        String others = names(calls.stream().filter(made -> !made.isOnlyThere()).toList(), false);
        out.append(sign).append(only);
        if (!others.isEmpty()) {
            out.append(only.isEmpty() ? "" : "; ")
                    .append(elsewhere)
                    .append(": ")
                    .append(others);
        }
        out.append('\n');
    }

    private static String names(List<Made> calls, boolean withPlaces) {
        return calls.stream()
                .map(made -> withPlaces
                        ? made.syscall() + " ("
                                + Printable.of(made.seen().first().toString()) + ")"
                        : made.syscall())
                .collect(Collectors.joining(" "));
    }

    private static String cell(List<Made> calls) {
        return calls.stream()
                .map(made -> made.isOnlyThere() ? "**`" + made.syscall() + "`**" : "`" + made.syscall() + "`")
                .collect(Collectors.joining(" "));
    }

    private static String place(NewValues values) {
        String place = values.place();
        return place.equals("flags") ? "flags in memory" : "arg" + place.replace(" ", ", arg");
    }

    private String list(NewValues values) {
        int count = values.values().size();
        int shown = isVerbose ? count : Math.min(count, VALUES);
        String more = count > shown ? ", and " + (count - shown) + " more" : "";
        return String.join(", ", values.values().subList(0, shown)) + more;
    }
}
