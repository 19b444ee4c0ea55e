package io.github.strait.derive;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Multimaps;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.TableResource;
import java.util.List;
import java.util.Locale;

/**
 * What a call of one ABI is on another: a row of the resource {@code abi-map.tsv}.
 *
 * @param source the call that the evidence shows; empty for what every program calls at its start
 * @param targets the ABIs that the row is for; empty for all
 * @param calls what is called there
 * @param isInstead whether the source call itself is not made there
 * @param power what the calls can do that the source call cannot; empty for nothing
 * @param reason why they are made
 */
record AbiMapRow(
        String source,
        ImmutableSet<Arch> targets,
        ImmutableList<String> calls,
        boolean isInstead,
        When when,
        String power,
        String reason,
        Proof proof) {
    /** When a row counts. */
    private enum When {
        ALWAYS,
        NO_SOURCE,
        NO_CALL,
        FROM_32,
        FROM_32_TO_64,
        FROM_OTHERS
    }

    /** How a row is known. */
    enum Proof {
        MEASURED,
        READ,
        KNOWN
    }

    private static final String START = "@start";
    private static final String ALL = "*";

    private static final ImmutableListMultimap<String, AbiMapRow> BY_SOURCE =
            Multimaps.index(TableResource.read(AbiMapRow.class, "abi-map.tsv").rows(AbiMapRow::of), AbiMapRow::source);

    /** The rows of a call, in the order of the resource; those of the start for the empty name. */
    static ImmutableList<AbiMapRow> of(String source) {
        return BY_SOURCE.get(source);
    }

    /** All rows. */
    static ImmutableCollection<AbiMapRow> all() {
        return BY_SOURCE.values();
    }

    private static AbiMapRow of(List<String> row) {
        ImmutableSet.Builder<Arch> targets = ImmutableSet.builder();
        if (!row.get(1).equals(ALL)) {
            TableResource.items(row.get(1)).forEach(label -> targets.add(Arch.parse(label)));
        }
        return new AbiMapRow(
                row.get(0).equals(START) ? "" : row.get(0),
                targets.build(),
                ImmutableList.copyOf(TableResource.words(row.get(2))),
                row.get(3).equals("instead"),
                When.valueOf(row.get(4).toUpperCase(Locale.ROOT).replace('-', '_')),
                row.get(5).equals(TableResource.ABSENT) ? "" : row.get(5),
                row.get(6),
                Proof.valueOf(row.get(7).toUpperCase(Locale.ROOT)));
    }

    /** Whether nothing measured or read stands behind it. */
    boolean isKnownOnly() {
        return proof == Proof.KNOWN;
    }

    /** The calls that the row gives on a way from one ABI to another. */
    ImmutableList<String> calls(Arch from, Arch to) {
        ImmutableList.Builder<String> made = ImmutableList.builder();
        if ((targets.isEmpty() || targets.contains(to)) && counts(from, to)) {
            for (String call : calls) {
                boolean isShown = when == When.NO_CALL && SyscallTable.of(from).contains(call);
                if (SyscallTable.of(to).contains(call) && !isShown) {
                    made.add(call);
                }
            }
        }
        return made.build();
    }

    private boolean counts(Arch from, Arch to) {
        return switch (when) {
            case ALWAYS, NO_CALL -> true;
            case NO_SOURCE -> !SyscallTable.of(to).contains(source);
            case FROM_32 -> isNarrow(from);
            case FROM_32_TO_64 -> isNarrow(from) && !isNarrow(to);
            case FROM_OTHERS -> !targets.contains(from);
        };
    }

    /** Whether times, offsets and ids have old, narrow calls; x32 has those of x86_64. */
    static boolean isNarrow(Arch abi) {
        return abi.pointerBits() == 32 && abi != Arch.X32 && abi != Arch.MIPS64N32 && abi != Arch.MIPSEL64N32;
    }
}
