package io.github.strait.follow;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The contexts of ended images, summed by program and known ABI. There are at most as many as programs, not processes.
 */
final class Groups {
    /** Programs that are told apart; a trace that runs more has the rest counted under one name. */
    private static final int PROGRAMS = 1 << 12;

    private static final String OTHER_PROGRAMS = "(other programs)";

    /** The properties that contexts must share to be added up. */
    private record Key(
            String program, int candidates, int inherited, boolean launcher, boolean mixed, Lineage lineage) {
        // hand-written: a record's generated methods are linked on first use, which slows start-up
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && program.equals(key.program)
                    && candidates == key.candidates
                    && inherited == key.inherited
                    && launcher == key.launcher
                    && mixed == key.mixed
                    && lineage == key.lineage;
        }

        @Override
        public int hashCode() {
            int bits = (lineage == Lineage.KEPT ? 4 : 0) + (launcher ? 2 : 0) + (mixed ? 1 : 0);
            return 31 * (31 * (31 * program.hashCode() + candidates) + inherited) + bits;
        }
    }

    /** A task in one ABI of one program: its first call there, and what proves that ABI. */
    record TaskAbi(Task.Id task, SourcePosition first, Group group, List<Context.Narrowing> narrowings) {}

    /** Contexts of one program that are alike in what is known of their ABI. */
    static final class Group {
        private final Key key;
        private final List<Context.Narrowing> narrowings;
        private final Tallies tallies = new Tallies();
        private int hints;
        private @Nullable UnsupportedMachine unsupported;

        private Group(Key key, List<Context.Narrowing> narrowings) {
            this.key = key;
            this.narrowings = narrowings;
        }

        String program() {
            return key.program;
        }

        int candidates() {
            return key.candidates;
        }

        int inherited() {
            return key.inherited;
        }

        boolean isLauncher() {
            return key.launcher;
        }

        /** Whether calls of another ABI are among these, so any may be of either; see {@link Context#mix}. */
        boolean isMixed() {
            return key.mixed;
        }

        /** Whether its calls are evidence; otherwise it only helps to find the machine. */
        boolean isKept() {
            return key.lineage == Lineage.KEPT;
        }

        /** Whether its calls are those of a container's runtime. */
        boolean isOfRuntime() {
            return key.lineage == Lineage.RUNTIME || isFiltered();
        }

        /** Whether they are those that it made under the filter of the container. */
        boolean isFiltered() {
            return key.lineage == Lineage.FILTERED;
        }

        /** The evidence that narrowed the candidates of the first of these contexts. */
        List<Context.Narrowing> narrowings() {
            return narrowings;
        }

        /** The ABIs on which the addresses of these contexts are usual. */
        int hints() {
            return hints;
        }

        /** The evidence that these programs are of a machine without a table; null if there is none. */
        @Nullable
        UnsupportedMachine unsupported() {
            return unsupported;
        }

        Tallies tallies() {
            return tallies;
        }
    }

    private final Map<Key, Group> groups = new HashMap<>();
    private final Set<String> programs = new HashSet<>();
    private final List<TaskAbi> taskAbis = new ArrayList<>();
    private final UndecidedImages undecided = new UndecidedImages();

    /** Adds the contexts of an image that has no more tasks. */
    void add(Image image) {
        if (!image.lineage().isOpen() || !undecided.hold(image)) {
            sum(image);
        }
    }

    /** The end of the trace: what is still open whose child it is, is not kept. */
    Optional<Diagnostic> end() {
        undecided.release(this::sum);
        return undecided.warning();
    }

    private void sum(Image image) {
        for (Context context : image.contexts()) {
            Tallies sum = context.sum();
            if (!sum.isEmpty()) {
                Key key = new Key(
                        known(image.program()),
                        context.candidates(),
                        image.inherited(),
                        image.isLauncher(),
                        context.isMixed(),
                        image.lineage().current());
                Group group = groups.computeIfAbsent(key, made -> new Group(made, context.narrowings()));
                group.tallies.add(sum);
                group.hints |= context.hints();
                group.unsupported = UnsupportedMachine.first(group.unsupported, image.unsupported());
                context.callers()
                        .forEach(each ->
                                taskAbis.add(new TaskAbi(each.task(), each.first(), group, context.narrowings())));
            }
        }
    }

    private String known(String program) {
        if (programs.size() < PROGRAMS) {
            programs.add(program);
        }
        return programs.contains(program) ? program : OTHER_PROGRAMS;
    }

    /** The tasks that were remembered, by program and ABI, in the order in which the programs ended. */
    List<TaskAbi> taskAbis() {
        return taskAbis;
    }

    List<Group> all() {
        return new ArrayList<>(groups.values());
    }
}
