package io.github.strait.follow;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.SetMultimap;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.RunMark;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tables of {@code -c} and {@code -C} in one run: the evidence of a run without lines of calls, otherwise a check
 * of the counts. They lack calls that never returned, such as every {@code exit_group}, and up to 7.0 unknown numbers.
 */
final class SummaryTables implements RunWatcher {
    private static final String NATIVE = "";
    private static final int MODES = 8;
    private static final int DIFFERENCES = 3;

    /** More calls than any trace has; a table can claim any number. */
    private static final long LIMIT = 1L << 32;

    private final String file;
    private final PrintedNameTable printedNames;
    private final UnparsedLines unparsed;
    private final Groups groups;
    private final Lineage lineage;
    private final Map<String, Tallies> tables = new LinkedHashMap<>();
    private String mode = NATIVE;
    private @Nullable SourcePosition first;

    /** A table counts the calls of all tasks. */
    private static final Task.Id TABLE = new Task.Id(Task.ANONYMOUS);

    /**
     * @param file the name of the run, for tables that stand alone
     * @param unparsed told of names that no table has
     * @param groups given the calls of tables that stand alone
     * @param lineage whether these are kept
     */
    SummaryTables(String file, PrintedNameTable printedNames, UnparsedLines unparsed, Groups groups, Lineage lineage) {
        this.file = file;
        this.printedNames = printedNames;
        this.unparsed = unparsed;
        this.groups = groups;
        this.lineage = lineage;
    }

    @Override
    public void otherLine(Line line) {
        if (line.kind() == LineKind.SUMMARY && !accept(line)) {
            unparsed.addName(line);
        }
    }

    /** Reads a line of a table; false when it counts a name that no table has. */
    private boolean accept(Line line) {
        if (!line.markerMode().isEmpty()) {
            mode = line.markerMode();
        }
        if (line.nameStart() == line.nameEnd()) {
            return true;
        }
        PrintedName printed = printedNames.find(line.bytes(), line.nameStart(), line.nameEnd());
        if (printed == null || (!tables.containsKey(mode) && tables.size() >= MODES)) {
            return printed != null;
        }
        long calls = Math.max(1, Math.min(line.value(), LIMIT));
        tables.computeIfAbsent(mode, key -> new Tallies())
                .at(printed, Line.NO_NUMBER, line)
                .addCounted(calls, Math.min(line.errors(), calls));
        first = first == null ? line.position() : first;
        return true;
    }

    boolean isEmpty() {
        return tables.isEmpty();
    }

    /** Stands in for the lines of calls where there are none, and else checks what was counted. */
    @Override
    public void runEnds(RunFindings findings) {
        if (!isEmpty() && findings.calls() == 0 && groups.all().isEmpty()) {
            addToGroups();
            findings.mark(
                    RunMark.SUMMARY_ONLY,
                    first == null ? SourcePosition.ofFile(file) : first,
                    "only a table of calls: what never returns, such as exit_group, is not in it; record again without"
                            + " -c");
        } else if (!isEmpty()) {
            List<Diagnostic> differences = differences();
            addUnseen();
            findings.warn(differences);
        }
    }

    /** The tables as the evidence of a run that has no other: one program, in each mode that has a table. */
    private void addToGroups() {
        Image image = new Image(Image.UNKNOWN_PROGRAM, Abis.ALL, false, lineage);
        for (Map.Entry<String, Tallies> table : tables.entrySet()) {
            int abis = abis(table.getKey());
            Context context = new Context(image, abis);
            for (Tally tally : table.getValue().all()) {
                context.narrow(tally.printed.abis(false), "the name " + tally.printed.name(), TABLE, tally.first());
            }
            context.add(table.getValue());
            image.add(context);
        }
        groups.add(image);
    }

    /** A table without a title is of strace's own mode, the wide one where there is one of another. */
    private int abis(String of) {
        if (!of.equals(NATIVE)) {
            return Abis.ofMode(of);
        }
        return tables.size() > 1 ? Abis.WIDE : Abis.ALL;
    }

    /**
     * Calls of which a table counts more than the lines show have unknown arguments, in whatever program they were made. A
     * call without any line is no evidence, whatever a table says.
     */
    private void addUnseen() {
        Map<PrintedName, Tally> tabled = new LinkedHashMap<>();
        Tallies all = new Tallies();
        tables.values().forEach(all::add);
        all.all().forEach(tally -> tabled.put(tally.printed, tally));
        Map<PrintedName, Long> lines = new HashMap<>();
        for (Groups.Group group : groups.all()) {
            group.tallies().all().forEach(tally -> lines.merge(tally.printed, tally.count(), Long::sum));
        }
        // once for each ABI that made the call
        SetMultimap<PrintedName, Integer> done = HashMultimap.create();
        for (Groups.Group group : groups.all()) {
            for (Tally tally : group.isKept() ? group.tallies().all() : List.<Tally>of()) {
                Tally table = tabled.get(tally.printed);
                long more = table == null ? 0 : table.count() - lines.getOrDefault(tally.printed, 0L);
                boolean isUnseen = more > 0 && tally.printed.isWatched();
                if (table != null && isUnseen && done.put(tally.printed, group.candidates())) {
                    tally.addUnseen(more, table.first());
                }
            }
        }
    }

    /** Where the tables and the counted calls of the same run differ by more than calls that never returned. */
    private List<Diagnostic> differences() {
        Tallies counted = new Tallies();
        groups.all().forEach(group -> counted.add(group.tallies()));
        Map<String, long[]> ranges = new TreeMap<>();
        for (Tally tally : counted.all()) {
            long[] range = ranges.computeIfAbsent(tally.printed.name(), key -> new long[3]);
            range[0] += tally.count() - tally.unreturned();
            range[1] += tally.count();
        }
        tables.values()
                .forEach(table -> table.all()
                        .forEach(tally ->
                                ranges.computeIfAbsent(tally.printed.name(), key -> new long[3])[2] += tally.count()));
        List<String> wrong = new ArrayList<>();
        ranges.forEach((name, range) -> {
            boolean wrongly = range[2] < range[0] || range[2] > range[1];
            // numbers have no row up to 7.0
            if (wrongly && !PrintedName.isNumber(name)) {
                wrong.add(name + " " + range[2] + ", not " + range[1]);
            }
        });
        if (wrong.isEmpty() || first == null) {
            return List.of();
        }
        String more = wrong.size() > DIFFERENCES ? " and " + (wrong.size() - DIFFERENCES) + " more" : "";
        return List.of(Diagnostic.warning(
                "summary-difference",
                first,
                "the counts in the table differ from the lines: "
                        + String.join("; ", wrong.subList(0, Math.min(DIFFERENCES, wrong.size()))) + more
                        + "; lines are missing or forged, so record again with -o FILE"));
    }
}
