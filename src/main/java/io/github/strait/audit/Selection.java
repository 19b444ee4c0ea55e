package io.github.strait.audit;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * The lines of a log that are wanted. Empty sets want every line; of several sets all must hold.
 *
 * @param comms names of tasks, of which the kernel keeps the first {@value #COMM} bytes
 * @param exes paths of executables, or their last parts
 * @param pids processes, as the log numbers them
 */
public record Selection(
        ImmutableSortedSet<String> comms, ImmutableSortedSet<String> exes, ImmutableSortedSet<Long> pids) {
    /** Every line. */
    public static final Selection ALL =
            new Selection(ImmutableSortedSet.of(), ImmutableSortedSet.of(), ImmutableSortedSet.of());

    private static final int COMM = 15;
    private static final int SUFFIX = 8;

    /** The selection of these; names of tasks are cut as the kernel cuts them. */
    public static Selection of(Collection<String> comms, Collection<String> exes, Collection<Long> pids) {
        return new Selection(
                comms.stream().map(Selection::cut).collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo)),
                ImmutableSortedSet.copyOf(exes),
                ImmutableSortedSet.copyOf(pids));
    }

    private static String cut(String comm) {
        byte[] bytes = comm.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= COMM ? comm : new String(bytes, 0, COMM, StandardCharsets.UTF_8);
    }

    /** Whether every line is wanted. */
    public boolean isAll() {
        return comms.isEmpty() && exes.isEmpty() && pids.isEmpty();
    }

    boolean has(SeccompRecord record) {
        return (comms.isEmpty() || comms.contains(record.comm()))
                && (exes.isEmpty()
                        || exes.contains(record.exe())
                        || exes.contains(record.exe().substring(record.exe().lastIndexOf('/') + 1)))
                && (pids.isEmpty() || pids.contains(record.pid()));
    }

    /** The digest of the wanted part of a log, which is a different run from the whole. */
    String idOf(String digest) {
        return isAll()
                ? digest
                : digest + "-"
                        + Hashing.sha256()
                                .hashUnencodedChars(toString())
                                .toString()
                                .substring(0, SUFFIX);
    }
}
