package io.github.strait.observation;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the table of {@link SharedRows}, and the runs that refer to it. A run names each call once, so it cannot say more
 * than the table, and reading takes no more memory than the document is long, but for a factor.
 */
final class SharedRowsReader {
    /** As many digits as a position may have. */
    private static final long LAST_LINE = 999_999_999_999_999_999L;

    /** A row of the table. */
    private static final class Row {
        private final ObservationNode at;
        private final String spelling;
        private final String name;
        private final SyscallObservation seen;
        private boolean used;

        Row(ObservationNode at, String spelling, String name, SyscallObservation seen) {
            this.at = at;
            this.spelling = spelling;
            this.name = name;
            this.seen = seen;
        }
    }

    private final Map<Arch, List<Row>> rows = new EnumMap<>(Arch.class);

    SharedRowsReader(ObservationNode table, ObservedNames names, CallReader calls) {
        for (ObservationNode each : table.properties()) {
            Arch arch = ObservationReader.arch(each);
            List<Row> ofArch = new ArrayList<>();
            for (ObservationNode at : each.elements()) {
                String spelling = at.get(SharedRows.NAME).text();
                String name = names.name(at.get(SharedRows.NAME), spelling, arch);
                ofArch.add(new Row(at, spelling, name, calls.readRow(at, name, arch)));
            }
            rows.put(arch, ofArch);
        }
    }

    /** The calls of one ABI of a run. */
    TreeMap<String, SyscallObservation> read(ObservationNode architecture, Arch arch, String source) {
        List<ObservationNode> places = architecture.get(SharedRows.ROWS).elements();
        List<ObservationNode> firsts = architecture.get(SharedRows.FIRST).elements();
        if (places.size() != firsts.size()) {
            throw architecture
                    .get(SharedRows.FIRST)
                    .fault("lists " + firsts.size() + " positions for " + places.size() + " rows");
        }
        Iterator<ObservationNode> ofArguments = architecture.has(SharedRows.ARGUMENTS_AT)
                ? architecture.get(SharedRows.ARGUMENTS_AT).elements().iterator()
                : Collections.emptyIterator();
        TreeMap<String, SyscallObservation> calls = new TreeMap<>();
        Set<String> spellings = new HashSet<>();
        for (int i = 0; i < places.size(); i++) {
            Row row = row(places.get(i), arch);
            if (!spellings.add(row.spelling)) {
                throw places.get(i).fault("is a second row of '" + row.spelling + "'");
            }
            row.used = true;
            Iterator<ObservationNode> first = List.of(firsts.get(i)).iterator();
            calls.merge(
                    row.name,
                    row.seen.at(bare -> next(first, ofArguments, architecture, source)),
                    SyscallObservation::plus);
        }
        if (ofArguments.hasNext()) {
            throw ofArguments.next().fault("is the place of no value");
        }
        return calls;
    }

    /** The position of a call, then those of its arguments. */
    private static SourcePosition next(
            Iterator<ObservationNode> first,
            Iterator<ObservationNode> ofArguments,
            ObservationNode architecture,
            String source) {
        if (first.hasNext()) {
            return position(first.next(), source);
        }
        if (!ofArguments.hasNext()) {
            throw architecture.fault("lacks positions in \"" + SharedRows.ARGUMENTS_AT + "\"");
        }
        return position(ofArguments.next(), source);
    }

    private Row row(ObservationNode place, Arch arch) {
        List<Row> known = rows.getOrDefault(arch, List.of());
        long number = place.sum();
        if (number >= known.size()) {
            throw place.fault("says " + number + ", and \"" + SharedRows.KEY + "\" has " + known.size() + " rows of "
                    + arch.label());
        }
        return known.get((int) number);
    }

    private static SourcePosition position(ObservationNode at, String source) {
        if (!at.isNumber()) {
            return CallReader.position(at);
        }
        long line = at.sum();
        if (line > LAST_LINE) {
            throw at.fault("is not a line");
        }
        return new SourcePosition(source, line);
    }

    /** Checks, when all runs are read, that each row belongs to one. */
    void checkUse() {
        for (List<Row> known : rows.values()) {
            for (Row row : known) {
                if (!row.used) {
                    throw row.at.fault("is in no run below");
                }
            }
        }
    }
}
