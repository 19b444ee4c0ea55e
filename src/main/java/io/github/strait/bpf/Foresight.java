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
 * What a program may answer to a call of which not all arguments are known: where it looks at one that is not, both ways
 * are followed, and on each what the branch told of that word is remembered. The answers are at least those that the kernel
 * could give. They may be more, where tests of bits of one word exclude each other, or where a program has so many ways
 * that nothing is remembered.
 */
public final class Foresight {
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
    private record Place(int at, @Nullable Integer a, int word, ImmutableSortedMap<Integer, Range> ranges) {}

    private final Program program;
    private final SeccompData data;
    private final List<Argument> arguments;
    private final Deque<Place> pending = new ArrayDeque<>();
    private final Set<Place> seen = new HashSet<>();
    private final Set<Decision> answers = new LinkedHashSet<>();

    private Foresight(Program program, SeccompData data, List<Argument> arguments) {
        this.program = program;
        this.data = data;
        this.arguments = arguments;
    }

    /**
     * The answers, at least one.
     *
     * @param arguments six
     * @throws IllegalArgumentException when the program uses X or memory, as none does that {@link FilterCompiler} makes
     */
    public static ImmutableSet<Decision> of(Program program, Arch arch, int number, List<Argument> arguments) {
        Preconditions.checkArgument(arguments.size() == Argument.COUNT, "%s arguments", arguments.size());
        long[] values = arguments.stream().mapToLong(Argument::value).toArray();
        Foresight foresight = new Foresight(program, SeccompData.of(arch, number, values), arguments);
        foresight.follow();
        return ImmutableSet.copyOf(foresight.answers);
    }

    private void follow() {
        visit(new Place(0, null, NO_WORD, ImmutableSortedMap.of()));
        while (!pending.isEmpty()) {
            Place place = pending.remove();
            step(place, program.instructions().get(place.at()));
        }
    }

    private void visit(Place place) {
        if (seen.add(place)) {
            pending.add(place);
        }
    }

    private void visit(int at, @Nullable Integer a, Place before) {
        visit(new Place(at, a, NO_WORD, before.ranges()));
    }

    private void step(Place place, Instruction instruction) {
        Integer a = place.a();
        int next = place.at() + 1;
        if (instruction instanceof Branch branch) {
            branch(place, branch, true, next + branch.whenTrue());
            branch(place, branch, false, next + branch.whenFalse());
        } else if (instruction instanceof Load load) {
            load(place, load.offset());
        } else if (instruction instanceof Return answer) {
            answers.add(new Answer(answer.value(), 0).decision());
        } else if (instruction instanceof Jump jump) {
            visit(new Place(next + jump.distance(), a, place.word(), place.ranges()));
        } else if (instruction instanceof Compute compute) {
            visit(next, a == null ? null : compute.operation().apply(a, constant(compute.operand())), place);
        } else if (instruction instanceof Constant set && set.to() == Register.A) {
            visit(next, set.value(), place);
        } else if (instruction instanceof Length length && length.to() == Register.A) {
            visit(next, Word.SIZE, place);
        } else if (instruction instanceof ReturnAccumulator && a != null) {
            answers.add(new Answer(a, 0).decision());
        } else {
            throw new IllegalArgumentException("instruction " + place.at() + ": " + instruction + " is not followed");
        }
    }

    private void load(Place place, int offset) {
        Range range = place.ranges().getOrDefault(offset, Range.ALL);
        int next = place.at() + 1;
        if (isKnown(offset)) {
            visit(next, Word.of(data, offset), place);
        } else if (range.isSingle()) {
            visit(next, range.from(), place);
        } else {
            visit(new Place(next, null, offset, place.ranges()));
        }
    }

    /** One way out of a branch, unless what is known rules it out. */
    private void branch(Place place, Branch branch, boolean holds, int to) {
        Integer a = place.a();
        int operand = constant(branch.operand());
        if (a != null) {
            if (branch.test().holds(a, operand) == holds) {
                visit(to, a, place);
            }
            return;
        }
        if (place.word() == NO_WORD || seen.size() > LIMIT) {
            visit(new Place(to, null, NO_WORD, seen.size() > LIMIT ? ImmutableSortedMap.of() : place.ranges()));
            return;
        }
        Range before = place.ranges().getOrDefault(place.word(), Range.ALL);
        Range after = before.where(branch.test(), operand, holds);
        if (after != null) {
            Map<Integer, Range> ranges = new TreeMap<>(place.ranges());
            ranges.put(place.word(), after);
            visit(new Place(
                    to, after.isSingle() ? after.from() : null, place.word(), ImmutableSortedMap.copyOf(ranges)));
        }
    }

    private static int constant(Operand operand) {
        Preconditions.checkArgument(!operand.isIndex(), "X is not followed");
        return operand.value();
    }

    private boolean isKnown(int offset) {
        OptionalInt argument = Word.argument(offset);
        if (argument.isEmpty()) {
            return offset == Word.NUMBER || offset == Word.ARCH;
        }
        Argument known = arguments.get(argument.getAsInt());
        return offset == Word.low(data.arch(), argument.getAsInt()) ? known.isLowKnown() : known.isHighKnown();
    }
}
