package io.github.strait.bpf;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.argument.Argument;
import io.github.strait.bpf.Instruction.Branch;
import io.github.strait.bpf.Instruction.Compute;
import io.github.strait.bpf.Instruction.Constant;
import io.github.strait.bpf.Instruction.Jump;
import io.github.strait.bpf.Instruction.Length;
import io.github.strait.bpf.Instruction.Load;
import io.github.strait.bpf.Instruction.Return;
import io.github.strait.bpf.Instruction.ReturnAccumulator;
import io.github.strait.profile.Decision;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The decisions that a program may return for a call when some arguments are unknown. A branch on an unknown word is
 * followed both ways, and each way remembers what the branch says about the word. The kernel's decision is always among
 * them. There may be more where tests of bits of one word exclude each other, or where a program has so many ways that
 * nothing is remembered.
 */
public final class PossibleDecisions {
    /** Places after which nothing more is remembered; every program comes to an end without. */
    private static final int LIMIT = 1 << 12;

    private static final int NO_WORD = -1;

    /**
     * A place in the program and what is known there.
     *
     * @param a what A holds; null when that is not known
     * @param word the offset of the unknown word that A holds as it was loaded, or {@link #NO_WORD}
     * @param ranges what is known of unknown words, by offset
     */
    private record State(int at, @Nullable Integer a, int word, ImmutableSortedMap<Integer, Range> ranges) {}

    private final Program program;
    private final SeccompData data;
    private final List<Argument> arguments;
    private final Deque<State> pending = new ArrayDeque<>();
    private final Set<State> seen = new HashSet<>();
    private final Set<Decision> answers = new LinkedHashSet<>();

    private PossibleDecisions(Program program, SeccompData data, List<Argument> arguments) {
        this.program = program;
        this.data = data;
        this.arguments = arguments;
    }

    /**
     * The decisions, at least one.
     *
     * @param arguments six
     * @throws IllegalArgumentException when the program uses X or memory; programs of {@link FilterCompiler} do not
     */
    public static ImmutableSet<Decision> of(Program program, Arch arch, int number, List<Argument> arguments) {
        Preconditions.checkArgument(arguments.size() == Argument.COUNT, "%s arguments", arguments.size());
        long[] values = arguments.stream().mapToLong(Argument::value).toArray();
        PossibleDecisions foresight = new PossibleDecisions(program, SeccompData.of(arch, number, values), arguments);
        foresight.follow();
        return ImmutableSet.copyOf(foresight.answers);
    }

    private void follow() {
        visit(new State(0, null, NO_WORD, ImmutableSortedMap.of()));
        while (!pending.isEmpty()) {
            State place = pending.remove();
            step(place, program.instructions().get(place.at()));
        }
    }

    private void visit(State place) {
        if (seen.add(place)) {
            pending.add(place);
        }
    }

    private void visit(int at, @Nullable Integer a, State before) {
        visit(new State(at, a, NO_WORD, before.ranges()));
    }

    private void step(State place, Instruction instruction) {
        Integer a = place.a();
        int next = place.at() + 1;
        if (instruction instanceof Branch branch) {
            branch(place, branch, true, next + branch.whenTrue());
            branch(place, branch, false, next + branch.whenFalse());
        } else if (instruction instanceof Load load) {
            load(place, load.offset());
        } else if (instruction instanceof Return answer) {
            answers.add(new ProgramResult(answer.value(), 0).decision());
        } else if (instruction instanceof Jump jump) {
            visit(new State(next + jump.distance(), a, place.word(), place.ranges()));
        } else if (instruction instanceof Compute compute) {
            visit(next, computed(place, compute), place);
        } else if (instruction instanceof Constant set && set.to() == Register.A) {
            visit(next, set.value(), place);
        } else if (instruction instanceof Length length && length.to() == Register.A) {
            visit(next, DataWord.SIZE, place);
        } else if (instruction instanceof ReturnAccumulator && a != null) {
            answers.add(new ProgramResult(a, 0).decision());
        } else {
            throw new IllegalArgumentException("instruction " + place.at() + ": " + instruction + " is not followed");
        }
    }

    /** What A holds then: a mask may leave only known bits of a word. */
    private @Nullable Integer computed(State place, Compute compute) {
        Integer a = place.a();
        int operand = constant(compute.operand());
        if (a != null) {
            return compute.operation().apply(a, operand);
        }
        boolean isKnown = compute.operation() == Operation.AND
                && place.word() != NO_WORD
                && (operand & ~known(place.word())) == 0;
        return isKnown ? (Integer) (DataWord.of(data, place.word()) & operand) : null;
    }

    private void load(State place, int offset) {
        Range range = place.ranges().getOrDefault(offset, Range.ALL);
        int next = place.at() + 1;
        if (known(offset) == -1) {
            visit(next, DataWord.of(data, offset), place);
        } else if (range.isSingle()) {
            visit(next, range.from(), place);
        } else {
            visit(new State(next, null, offset, place.ranges()));
        }
    }

    /** One way out of a branch, unless what is known rules it out. */
    private void branch(State place, Branch branch, boolean holds, int to) {
        Integer a = place.a();
        int operand = constant(branch.operand());
        if (a != null) {
            if (branch.test().holds(a, operand) == holds) {
                visit(to, a, place);
            }
            return;
        }
        if (place.word() == NO_WORD || seen.size() > LIMIT) {
            visit(new State(to, null, NO_WORD, seen.size() > LIMIT ? ImmutableSortedMap.of() : place.ranges()));
            return;
        }
        if (isRuledOut(place.word(), branch.test(), operand, holds)) {
            return;
        }
        Range before = place.ranges().getOrDefault(place.word(), Range.ALL);
        Range after = before.where(branch.test(), operand, holds);
        if (after != null) {
            Map<Integer, Range> ranges = new TreeMap<>(place.ranges());
            ranges.put(place.word(), after);
            visit(new State(
                    to, after.isSingle() ? after.from() : null, place.word(), ImmutableSortedMap.copyOf(ranges)));
        }
    }

    private static int constant(Operand operand) {
        Preconditions.checkArgument(!operand.isIndex(), "X is not followed");
        return operand.value();
    }

    /** Whether the known bits of a word rule out one way of a test; the order of two words tells nothing of them. */
    private boolean isRuledOut(int word, Comparison test, int operand, boolean holds) {
        int known = known(word);
        int value = DataWord.of(data, word);
        return switch (test) {
            case EQ -> holds && ((value ^ operand) & known) != 0;
            case SET -> holds ? (operand & (value | ~known)) == 0 : (operand & value) != 0;
            case GT, GE -> false;
        };
    }

    /** A 1 for each bit of a word that is known. */
    private int known(int offset) {
        OptionalInt argument = DataWord.argument(offset);
        if (argument.isEmpty()) {
            return offset == DataWord.NUMBER || offset == DataWord.ARCH ? -1 : 0;
        }
        long known = arguments.get(argument.getAsInt()).known();
        boolean isLow = offset == DataWord.low(data.arch(), argument.getAsInt());
        return (int) (isLow ? known : known >>> Integer.SIZE);
    }
}
