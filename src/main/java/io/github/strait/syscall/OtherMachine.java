package io.github.strait.syscall;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A machine that Linux runs on but that has no {@link SyscallTable}. Its name appears in the message that refuses its
 * traces.
 *
 * @param label its common name
 * @param alike the ABIs that its numbers are copied from
 */
public record OtherMachine(String label, ImmutableSet<Arch> alike) {
    private static final TableResource TABLE = TableResource.read(OtherMachine.class, "other-machines.tsv");
    private static final ImmutableMap<String, OtherMachine> BY_ELF = by("elf");
    private static final ImmutableMap<String, OtherMachine> BY_AUDIT = by("audit");
    private static final ImmutableMap<String, OtherMachine> BY_FOLDER = by("folders");
    private static final TableResource CALLS = TableResource.read(OtherMachine.class, "other-calls.tsv");
    private static final ImmutableMap<String, List<String>> ROWS = CALLS.index(row -> row);

    /** The machine whose files have this {@code e_machine}, unless they are of an ABI that has a table; empty if none has. */
    public static Optional<OtherMachine> ofElf(int machine) {
        return Optional.ofNullable(BY_ELF.get(Integer.toString(machine)));
    }

    /**
     * The machine of an {@code AUDIT_ARCH_} name.
     *
     * @param name the name without its prefix
     */
    public static Optional<OtherMachine> ofAudit(String name) {
        return Optional.ofNullable(BY_AUDIT.get(name));
    }

    /**
     * The machine whose libraries lie in a folder called by this GNU triplet.
     *
     * @param word the first word of the triplet
     */
    public static Optional<OtherMachine> ofTriplet(String word) {
        return Optional.ofNullable(BY_FOLDER.get(word));
    }

    /** A machine that is known by its number only. */
    public static OtherMachine unknown(String what) {
        return new OtherMachine(what, ImmutableSet.of());
    }

    /** The machines that alone have a call of this name; empty when an ABI with a table has it, and when none has. */
    public static ImmutableList<String> ofCall(String name) {
        List<String> row = ROWS.get(name);
        return row == null ? ImmutableList.of() : TableResource.items(row.get(CALLS.column("machines")));
    }

    /** Whether a name that {@link #ofCall} knows is that of a function of the C library, too. */
    public static boolean isOfLibc(String name) {
        List<String> row = ROWS.get(name);
        return row != null && row.get(CALLS.column("libc")).equals("yes");
    }

    private static ImmutableMap<String, OtherMachine> by(String title) {
        Map<String, OtherMachine> machines = new HashMap<>();
        for (List<String> row : TABLE.rows()) {
            OtherMachine machine = new OtherMachine(row.get(0), alike(row.get(TABLE.column("alike"))));
            for (String key : TableResource.items(row.get(TABLE.column(title)))) {
                if (machines.put(key, machine) != null) {
                    throw new IllegalStateException("other-machines.tsv: " + title + " " + key + " twice");
                }
            }
        }
        return ImmutableMap.copyOf(machines);
    }

    private static ImmutableSet<Arch> alike(String cell) {
        return TableResource.items(cell).stream().map(Arch::parse).collect(ImmutableSet.toImmutableSet());
    }
}
