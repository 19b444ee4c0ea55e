package io.github.strait.bpf;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import io.github.strait.bpf.Instruction.Branch;
import io.github.strait.bpf.Instruction.Compute;
import io.github.strait.bpf.Instruction.Jump;
import io.github.strait.bpf.Instruction.Load;
import io.github.strait.bpf.Instruction.Return;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a program from its end to its beginning. The target of an instruction is thus written before the instruction.
 * A label exists only where code is, exactly once. Every jump goes forward, and every distance is known when it is
 * needed.
 *
 * <p>A target that a branch cannot reach gets a stand-in right after the branch. For a return that is a copy, which
 * costs no step; otherwise it is a jump. Later branches share it while they reach it.
 */
final class Assembler {
    private final List<Instruction> reversed = new ArrayList<>();
    private final Map<Integer, Label> returns = new HashMap<>();
    private final Map<Label, Label> standIns = new HashMap<>();

    /** A place in the program, counted from its end. */
    record Label(int position) {}

    /** Code that returns this value. */
    Label answer(int value) {
        return returns.computeIfAbsent(value, key -> add(new Return(key)));
    }

    /** Code that loads a word and goes on. */
    Label load(int offset, Label next) {
        follow(next);
        return add(new Load(offset));
    }

    /** Code that keeps some bits of A and goes on. */
    Label mask(int mask, Label next) {
        follow(next);
        return add(new Compute(Operation.AND, Operand.of(mask)));
    }

    /** Code that compares A with a constant and goes on in one of two ways. */
    Label branch(Comparison test, int value, Label whenTrue, Label whenFalse) {
        if (whenTrue.equals(whenFalse)) {
            return whenTrue;
        }
        Label yes = near(whenTrue);
        Label no = near(whenFalse);
        // a stand-in for the one moves the other away by one
        yes = near(whenTrue);
        return add(new Branch(test, Operand.of(value), distance(yes), distance(no)));
    }

    /** The program that begins with this code. */
    ImmutableList<Instruction> program(Label start) {
        follow(start);
        return ImmutableList.copyOf(Lists.reverse(reversed));
    }

    /** Makes this code the one that comes next. */
    private void follow(Label next) {
        if (distance(next) > 0) {
            standIn(next);
        }
    }

    private Label near(Label target) {
        if (distance(target) <= Instruction.FARTHEST) {
            return target;
        }
        Label copy = standIns.get(target);
        return copy != null && distance(copy) <= Instruction.FARTHEST ? copy : standIn(target);
    }

    private Label standIn(Label target) {
        Instruction there = reversed.get(target.position());
        Label copy = add(there instanceof Return ? there : new Jump(distance(target)));
        standIns.put(target, copy);
        return copy;
    }

    /** How many instructions lie between one that is written now and the target. */
    private int distance(Label target) {
        return reversed.size() - target.position() - 1;
    }

    private Label add(Instruction instruction) {
        reversed.add(instruction);
        return new Label(reversed.size() - 1);
    }
}
