package io.github.strait.runtime;

import com.google.common.collect.ImmutableList;
import io.github.strait.syscall.TableResource;
import java.util.List;

/**
 * A name that a user may give for what starts the program: a row of the resource {@code runtime-names.tsv}.
 *
 * @param name as on the command line
 * @param from the first version of what is named that does so; {@link Release#ANY} when versions do not matter
 * @param runtime whose calls it makes, by its name in {@code runtimes.tsv}; empty when it makes none
 * @param inits what its {@code --init} may run; empty when it has none
 * @param isSynonym whether a list of names need not have it
 */
record RuntimeName(String name, Release from, String runtime, ImmutableList<String> inits, boolean isSynonym) {
    /** All rows, in the order of the resource. */
    static final ImmutableList<RuntimeName> ALL =
            TableResource.read(RuntimeName.class, "runtime-names.tsv").rows(RuntimeName::of);

    private static RuntimeName of(List<String> row) {
        return new RuntimeName(
                row.get(0),
                RuntimeCall.release(row.get(1)),
                row.get(2).equals(TableResource.ABSENT) ? "" : row.get(2),
                TableResource.items(row.get(3)),
                row.get(4).equals("synonym"));
    }

    /** Whether it starts further programs in a running container: all that have an {@code --init} do, and others say how. */
    boolean hasExec() {
        return !inits.isEmpty()
                || RuntimeCall.ALL.stream()
                        .anyMatch(call -> call.mode() == RuntimeCall.Mode.EXEC
                                && call.runtime().equals(runtime));
    }

    /** Whether a version after the name is the runtime's own. */
    boolean isRuntime() {
        return name.equals(runtime);
    }
}
