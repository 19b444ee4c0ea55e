package io.github.strait.observe;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.trace.Line;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One program in one ABI: all tasks that run the same image in the same mode share one, threads and forked children
 * alike, because what one of them proves about the ABI holds for the others. Calls are counted here under strace's
 * spelling until it is known which ABI's names those are.
 */
final class Context {
    /** One thing that narrowed the candidates, for telling where two contradict each other. */
    record Evidence(int abis, String reason, SourcePosition position) {}

    private final Image image;
    private int candidates;
    private final List<Evidence> evidence = new ArrayList<>();
    private final Tallies tallies = new Tallies();
    private final List<Tallies> adopted = new ArrayList<>(0);
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

    /** Drops the candidates that the evidence rules out; the caller has checked that one remains. */
    void narrow(int abis, String reason, String file, Line line) {
        int remaining = candidates & abis;
        if (remaining != candidates) {
            candidates = remaining;
            evidence.add(new Evidence(abis, reason, new SourcePosition(file, line.lineNumber())));
        }
    }

    List<Evidence> evidence() {
        return evidence;
    }

    /** Whether calls were counted here. */
    boolean isUsed() {
        return !tallies.isEmpty() || !adopted.isEmpty();
    }

    Tally tally(Spelling spelling, int number, String file, Line line) {
        return tallies.at(spelling, number, file, line);
    }

    /** Adds all that was counted here to a sum. */
    void addTo(Tallies sum) {
        sum.add(tallies);
        adopted.forEach(sum::add);
    }

    /** From now on the other one stands for this one, and takes over its evidence where the two agree. */
    void replaceWith(Context other) {
        replacement = other;
        other.adopted.add(tallies);
        other.adopted.addAll(adopted);
        if (other.admits(candidates)) {
            other.candidates &= candidates;
            other.evidence.addAll(evidence);
        }
    }
}
