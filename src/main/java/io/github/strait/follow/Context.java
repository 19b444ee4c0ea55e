package io.github.strait.follow;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.trace.Line;
import io.github.strait.trace.Positioned;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One program in one ABI: all tasks that run the same image in the same mode share one, threads and forked children
 * alike, because what one of them proves about the ABI holds for the others. Calls are counted here under their
 * printed names until it is known which ABI's names those are.
 */
final class Context {
    /**
     * One thing that narrowed the candidates, for reporting where two contradict each other.
     *
     * @param task the task that made the call
     */
    record Narrowing(int abis, String reason, SourcePosition position, Task.Id task) {}

    /** A task that made calls here, and the first of them. */
    record Caller(Task.Id task, SourcePosition first) {}

    private final Image image;
    private int candidates;
    private int hints;
    private final List<Narrowing> narrowings = new ArrayList<>();
    private final Tallies tallies = new Tallies();
    private final List<Tallies> adopted = new ArrayList<>(0);
    private final List<Caller> callers = new ArrayList<>(1);
    private final Set<PrintedName> trapped = new HashSet<>(0);
    private boolean mixed;
    private @Nullable Context replacement;

    Context(Image image, int candidates) {
        this.image = image;
        this.candidates = candidates;
    }

    Image image() {
        return image;
    }

    /** This one, or the one that it turned out to be a part of. */
    Context current() {
        Context context = this;
        while (context.replacement != null) {
            context = context.replacement;
        }
        return context;
    }

    int candidates() {
        return candidates;
    }

    boolean isDecided() {
        return Abis.isSingle(candidates);
    }

    /** Whether this evidence leaves at least one candidate. */
    boolean admits(int abis) {
        return (candidates & abis) != 0;
    }

    /** Whether evidence for these would change nothing: all candidates are among them. */
    boolean isWithin(int abis) {
        return (candidates & ~abis) == 0;
    }

    /** Something that is usual on these ABIs, and proves nothing. */
    void hint(int abis) {
        hints |= abis;
    }

    int hints() {
        return hints;
    }

    /** Drops the candidates that the evidence rules out; the caller has checked that one remains. */
    void narrow(int abis, String reason, Task task, Positioned line) {
        // a position is made only when it shows something new
        if ((candidates & abis) != candidates) {
            narrow(abis, reason, task.id(), line.position());
        }
    }

    /** Drops the candidates that the evidence rules out, unless none would remain. */
    void narrow(int abis, String reason, Task.Id task, SourcePosition position) {
        int remaining = candidates & abis;
        if (remaining != 0 && remaining != candidates) {
            candidates = remaining;
            narrowings.add(new Narrowing(abis, reason, position, task));
        }
    }

    /**
     * A call of another ABI stands among these, and nothing but its name shows that: any other call that both ABIs have
     * may be of either.
     */
    void mix() {
        mixed = true;
    }

    boolean isMixed() {
        return mixed;
    }

    void addCaller(Task.Id task, SourcePosition first) {
        callers.add(new Caller(task, first));
    }

    List<Caller> callers() {
        return callers;
    }

    /** Counts what was counted elsewhere. */
    void add(Tallies counted) {
        tallies.add(counted);
    }

    /** The place of the evidence that first ruled these out. */
    Optional<SourcePosition> positionAgainst(int abis) {
        int left = abis;
        for (Narrowing each : narrowings) {
            left &= each.abis();
            if (left == 0) {
                return Optional.of(each.position());
            }
        }
        return Optional.empty();
    }

    List<Narrowing> narrowings() {
        return narrowings;
    }

    /** Whether calls were counted here. */
    boolean isUsed() {
        return !tallies.isEmpty() || !adopted.isEmpty();
    }

    /** Whether no filter has trapped this call before. */
    boolean isFirstTrap(PrintedName call) {
        return trapped.add(call);
    }

    /** Whether calls of this name were counted here. */
    boolean hasCounted(PrintedName printed) {
        return tallies.has(printed) || adopted.stream().anyMatch(each -> each.has(printed));
    }

    Tally tally(PrintedName printed, int number, Line line) {
        return tallies.at(printed, number, line);
    }

    /** The tally of a name and number, where {@link #find} has found none. */
    Tally add(PrintedName printed, int number, SourcePosition first) {
        return tallies.add(printed, number, first);
    }

    /** The tally of a name and number; null when none was made here yet. */
    @Nullable
    Tally find(PrintedName printed, int number) {
        return tallies.find(printed, number);
    }

    /** All that was counted here; the caller only reads it. */
    Tallies sum() {
        if (adopted.isEmpty()) {
            return tallies;
        }
        Tallies sum = new Tallies();
        sum.add(tallies);
        adopted.forEach(sum::add);
        return sum;
    }

    /** From now on the other one stands for this one, and takes over its evidence where the two agree. */
    void replaceWith(Context other) {
        replacement = other;
        other.hints |= hints;
        other.mixed |= mixed;
        other.callers.addAll(callers);
        other.adopted.add(tallies);
        other.adopted.addAll(adopted);
        if (other.admits(candidates)) {
            other.candidates &= candidates;
            other.narrowings.addAll(narrowings);
        }
    }
}
