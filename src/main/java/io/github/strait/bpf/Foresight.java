package io.github.strait.bpf;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.strait.bpf.Instruction.Branch;
import io.github.strait.bpf.Instruction.Compute;
import io.github.strait.bpf.Instruction.Constant;
import io.github.strait.bpf.Instruction.Jump;
import io.github.strait.bpf.Instruction.Length;
import io.github.strait.bpf.Instruction.Load;
import io.github.strait.bpf.Instruction.Return;
import io.github.strait.bpf.Instruction.ReturnAccumulator;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Decision;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a program may answer to a call of which not all arguments are known: where it looks at one that is not, both ways
 * are followed. The answers are at least those that the kernel could give. They may be more, where two tests of one
 * unknown argument exclude each other.
 */
public final class Foresight {
    /** No argument is known. */
    public static final ImmutableList<OptionalLong> NOTHING = unknown();

    /** A place in the program and what A holds there; null when that is not known. */
    private record Place(int at, @Nullable Integer a) {}

    private final Program program;
    private final SeccompData data;
    private final List<OptionalLong> arguments;
    private final Deque<Place> pending = new ArrayDeque<>();
    private final Set<Place> seen = new HashSet<>();
    private final Set<Decision> answers = new LinkedHashSet<>();

    private Foresight(Program program, SeccompData data, List<OptionalLong> arguments) {
        this.program = program;
        this.data = data;
        this.arguments = arguments;
    }

    /**
     * The answers, at least one.
     *
     * @param arguments six, empty where the value is not known
     * @throws IllegalArgumentException when the program uses X or memory, as none does that {@link FilterCompiler} makes
     */
    public static ImmutableSet<Decision> of(Program program, Arch arch, int number, List<OptionalLong> arguments) {
        Preconditions.checkArgument(arguments.size() == Condition.ARGUMENTS, "%s arguments", arguments.size());
        long[] values = arguments.stream().mapToLong(value -> value.orElse(0)).toArray();
        Foresight foresight = new Foresight(program, SeccompData.of(arch, number, values), arguments);
        foresight.follow();
        return ImmutableSet.copyOf(foresight.answers);
    }

    private void follow() {
        visit(0, null);
        while (!pending.isEmpty()) {
            Place place = pending.remove();
            step(place.at(), place.a(), program.instructions().get(place.at()));
        }
    }

    private void visit(int at, @Nullable Integer a) {
        Place place = new Place(at, a);
        if (seen.add(place)) {
            pending.add(place);
        }
    }

    private void step(int at, @Nullable Integer a, Instruction instruction) {
        int next = at + 1;
        if (instruction instanceof Branch branch) {
            boolean holds = a != null && branch.test().holds(a, constant(branch.operand()));
            if (a == null || holds) {
                visit(next + branch.whenTrue(), a);
            }
            if (a == null || !holds) {
                visit(next + branch.whenFalse(), a);
            }
        } else if (instruction instanceof Load load) {
            visit(next, isKnown(load.offset()) ? Word.of(data, load.offset()) : null);
        } else if (instruction instanceof Return answer) {
            answers.add(new Answer(answer.value(), 0).decision());
        } else if (instruction instanceof Jump jump) {
            visit(next + jump.distance(), a);
        } else if (instruction instanceof Compute compute) {
            visit(next, a == null ? null : compute.operation().apply(a, constant(compute.operand())));
        } else if (instruction instanceof Constant set && set.to() == Register.A) {
            visit(next, set.value());
        } else if (instruction instanceof Length length && length.to() == Register.A) {
            visit(next, Word.SIZE);
        } else if (instruction instanceof ReturnAccumulator && a != null) {
            answers.add(new Answer(a, 0).decision());
        } else {
            throw new IllegalArgumentException("instruction " + at + ": " + instruction + " is not followed");
        }
    }

    private static int constant(Operand operand) {
        Preconditions.checkArgument(!operand.isIndex(), "X is not followed");
        return operand.value();
    }

    private boolean isKnown(int offset) {
        OptionalInt argument = Word.argument(offset);
        return argument.isPresent()
                ? arguments.get(argument.getAsInt()).isPresent()
                : offset == Word.NUMBER || offset == Word.ARCH;
    }

    private static ImmutableList<OptionalLong> unknown() {
        ImmutableList.Builder<OptionalLong> all = ImmutableList.builder();
        for (int i = 0; i < Condition.ARGUMENTS; i++) {
            all.add(OptionalLong.empty());
        }
        return all.build();
    }
}
