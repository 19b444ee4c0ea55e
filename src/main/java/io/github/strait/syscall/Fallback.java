package io.github.strait.syscall;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Optional;

/**
 * A call whose callers fall back on something else when it returns ENOSYS, and only then: a row of the resource
 * {@code fallbacks.tsv}. glibc 2.34 and later make no thread when clone3 returns EPERM (measured).
 *
 * @param syscall libseccomp's name
 * @param callers who falls back on what
 * @param isOfRuntimes whether container runtimes do for their own call
 * @param instead what libc calls then; empty where it is not known what fails without
 * @param failure what fails when the call returns EPERM; empty where that is not known
 * @param isCommon whether many programs make the call
 */
public record Fallback(
        String syscall,
        String callers,
        boolean isOfRuntimes,
        ImmutableList<String> instead,
        String failure,
        boolean isCommon) {
    private static final ImmutableMap<String, Fallback> ALL =
            TableResource.read(Fallback.class, "fallbacks.tsv").index(Fallback::of);

    /** All, by name. */
    public static ImmutableCollection<Fallback> all() {
        return ALL.values();
    }

    /** The fallback of a call; empty when its callers have none, or none is known. */
    public static Optional<Fallback> find(String syscall) {
        return Optional.ofNullable(ALL.get(syscall));
    }

    private static Fallback of(List<String> row) {
        return new Fallback(
                row.get(0),
                row.get(1),
                row.get(3).equals("yes"),
                TableResource.words(row.get(4)),
                row.get(5).equals(TableResource.ABSENT) ? "" : row.get(5),
                row.get(6).equals("many"));
    }
}
