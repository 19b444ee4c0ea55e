package io.github.strait.start;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.TableResource;
import java.util.List;

/**
 * A call that programs make before main and do not start without: a row of the resource {@code program-needs.tsv}.
 *
 * @param names what the ABIs call it
 * @param isOfLoader whether dynamically linked programs alone need it
 * @param on the native ABIs where it is needed; empty means all
 * @param purpose what it does
 */
record ProgramNeed(ImmutableList<String> names, boolean isOfLoader, ImmutableSet<Arch> on, String purpose) {
    static final ImmutableList<ProgramNeed> ALL =
            TableResource.read(ProgramNeed.class, "program-needs.tsv").rows(ProgramNeed::of);

    private static ProgramNeed of(List<String> row) {
        ImmutableSet<Arch> on =
                TableResource.items(row.get(2)).stream().map(Arch::parse).collect(ImmutableSet.toImmutableSet());
        return new ProgramNeed(TableResource.words(row.get(0)), row.get(1).equals("loader"), on, row.get(3));
    }

    boolean isDenied(Arch machine, Replies replies) {
        return (on.isEmpty() || on.contains(machine)) && replies.to(names, false) != Reply.OPEN;
    }
}
