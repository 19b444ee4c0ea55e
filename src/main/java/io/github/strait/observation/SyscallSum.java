package io.github.strait.observation;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.strait.diagnostic.SourcePosition;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Adds up the evidence for one syscall on one ABI. The order does not matter. Many programs cost no more than few. */
public final class SyscallSum {
    /** What was added first, as long as nothing else was; it is not added up then. */
    private @Nullable SyscallObservation only;

    private long count;
    private long succeeded;
    private long unreturned;
    private final TreeMap<String, Long> errors = new TreeMap<>();
    private @Nullable SourcePosition first;
    private final TreeSet<String> programs = new TreeSet<>();
    private boolean morePrograms;
    private final TreeSet<String> alternatives = new TreeSet<>();
    private final TreeMap<String, ArgumentSum> arguments = new TreeMap<>();

    /** The evidence is this, too. */
    @CanIgnoreReturnValue
    public SyscallSum add(SyscallObservation more) {
        SyscallObservation alone = only;
        if (alone == null && first == null) {
            only = more;
            return this;
        }
        if (alone != null) {
            only = null;
            addUp(alone);
        }
        addUp(more);
        return this;
    }

    private void addUp(SyscallObservation more) {
        addArguments(more);
        count += more.count();
        succeeded += more.succeeded();
        unreturned += more.unreturned();
        for (Map.Entry<String, Long> error : more.errors().entrySet()) {
            errors.merge(error.getKey(), error.getValue(), Long::sum);
        }
        SourcePosition known = first;
        first = known == null || more.first().compareTo(known) < 0 ? more.first() : known;
        for (String program : more.programs()) {
            add(program);
        }
        morePrograms |= more.morePrograms();
        alternatives.addAll(more.alternatives());
    }

    /** A place that either side lacks is unknown in all calls of that side. */
    private void addArguments(SyscallObservation more) {
        for (Map.Entry<String, ArgumentSum> each : arguments.entrySet()) {
            if (!more.arguments().containsKey(each.getKey())) {
                each.getValue().addUnknown(more.count(), more.first());
            }
        }
        SourcePosition known = first;
        for (Map.Entry<String, ArgumentValues> each : more.arguments().entrySet()) {
            ArgumentSum sum = arguments.get(each.getKey());
            if (sum == null) {
                sum = new ArgumentSum();
                arguments.put(each.getKey(), sum);
                if (known != null) {
                    sum.addUnknown(count, known);
                }
            }
            sum.add(each.getValue());
        }
    }

    /** Of many the first by name are kept, as {@link SyscallObservation} would. */
    private void add(String program) {
        if (programs.size() < SyscallObservation.PROGRAMS) {
            programs.add(program);
            return;
        }
        // of thousands of programs nearly all come after those that are kept
        int order = program.compareTo(programs.last());
        if (order > 0) {
            morePrograms = true;
        } else if (order < 0 && programs.add(program)) {
            programs.pollLast();
            morePrograms = true;
        }
    }

    /**
     * All of it.
     *
     * @throws IllegalStateException when nothing was added
     */
    public SyscallObservation total() {
        if (only != null) {
            return only;
        }
        SourcePosition known = first;
        if (known == null) {
            throw new IllegalStateException("the sum of nothing is not an observation");
        }
        return new SyscallObservation(
                count,
                succeeded,
                unreturned,
                ImmutableSortedMap.copyOfSorted(errors),
                known,
                ImmutableSortedSet.copyOfSorted(programs),
                morePrograms,
                ImmutableSortedSet.copyOfSorted(alternatives),
                arguments());
    }

    private ImmutableSortedMap<String, ArgumentValues> arguments() {
        ImmutableSortedMap.Builder<String, ArgumentValues> totals = ImmutableSortedMap.naturalOrder();
        for (Map.Entry<String, ArgumentSum> each : arguments.entrySet()) {
            totals.put(each.getKey(), each.getValue().total());
        }
        return totals.build();
    }
}
