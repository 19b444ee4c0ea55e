package io.github.strait.condition;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.argument.CatalogueRow;
import io.github.strait.argument.ValuePattern;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** The rows that look at bits: what is never set by the program must stay 0. */
final class BitRule {
    private static final long PROT_WRITE = 2;
    private static final long PROT_EXEC = 4;

    private final CatalogueRow row;
    private final SortedMap<ArgumentTuple, Optional<Sighting>> values;
    private final List<Opening> openings = new ArrayList<>();

    BitRule(CatalogueRow row, SortedMap<ArgumentTuple, Optional<Sighting>> values) {
        this.row = row;
        this.values = values;
    }

    RowConditions conditions() {
        List<Cube> cubes = switch (row.kind()) {
            case FORBID -> zero(unseen(row.forbidden()));
            case SUBSET -> {
                long checked = ~row.mask() & row.place().mask() & RowConditions.LOW;
                yield zero(unseen(checked));
            }
            case WX -> notBoth();
            case NULL ->
                isSeen(1) ? List.of(Cube.all()) : List.of(cube(0, row.place().mask()));
            case CREAT -> created();
            case VALUES, SOCKET, SOCKOPT, REFUSE ->
                throw new IllegalArgumentException(row.call() + " is not about bits");
        };
        return new RowConditions(ImmutableList.copyOf(cubes), cubes.size(), ImmutableList.copyOf(openings), null);
    }

    /** The bits that the row forbids beside what it lists. */
    RowConditions unforbidden() {
        List<Cube> cubes = zero(unseen(row.forbidden()));
        return new RowConditions(ImmutableList.copyOf(cubes), cubes.size(), ImmutableList.copyOf(openings), null);
    }

    /** Either the file is not made, or its mode has none of the bits. */
    private List<Cube> created() {
        int mode = 1;
        long forbidden = unseen(mode, row.forbidden(), row.mask());
        return forbidden == 0 ? List.of(Cube.all()) : List.of(cube(0, row.mask()), cube(mode, forbidden));
    }

    private List<Cube> notBoth() {
        long both = PROT_WRITE | PROT_EXEC;
        return isSeen(both) ? List.of(Cube.all()) : List.of(cube(0, PROT_EXEC), cube(0, PROT_WRITE));
    }

    /** Whether a value has all of these bits. */
    private boolean isSeen(long bits) {
        for (Map.Entry<ArgumentTuple, Optional<Sighting>> each : values.entrySet()) {
            if ((each.getKey().values().get(0) & bits) == bits) {
                open(bits, each.getValue());
                return true;
            }
        }
        return false;
    }

    private List<Cube> zero(long mask) {
        return mask == 0 ? List.of(Cube.all()) : List.of(cube(0, mask));
    }

    private Cube cube(int position, long mask) {
        return Cube.all().with(row.place().registers().get(position), mask, 0);
    }

    private long unseen(long bits) {
        return unseen(0, bits, 0);
    }

    /** Those of the bits that no value at the position has, of the tuples with one of these bits in the first; 0 for all. */
    private long unseen(int position, long bits, long first) {
        long left = bits;
        for (Map.Entry<ArgumentTuple, Optional<Sighting>> each : values.entrySet()) {
            ImmutableList<Long> tuple = each.getKey().values();
            long opened = first == 0 || (tuple.get(0) & first) != 0 ? tuple.get(position) & left : 0;
            if (opened != 0) {
                open(opened, each.getValue());
            }
            left &= ~opened;
        }
        return left;
    }

    private void open(long bits, Optional<Sighting> seen) {
        ValuePattern pattern = new ValuePattern(ImmutableList.of(ImmutableSortedSet.of(bits)));
        openings.add(new Opening(row, pattern, Optional.empty(), seen));
    }
}
