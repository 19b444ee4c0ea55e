package io.github.strait.bpf;

import com.google.common.base.Preconditions;
import io.github.strait.bpf.Instruction.Branch;
import io.github.strait.bpf.Instruction.Compute;
import io.github.strait.bpf.Instruction.Constant;
import io.github.strait.bpf.Instruction.Jump;
import io.github.strait.bpf.Instruction.Length;
import io.github.strait.bpf.Instruction.Load;
import io.github.strait.bpf.Instruction.Negate;
import io.github.strait.bpf.Instruction.Recall;
import io.github.strait.bpf.Instruction.Return;
import io.github.strait.bpf.Instruction.ReturnAccumulator;
import io.github.strait.bpf.Instruction.Store;
import io.github.strait.bpf.Instruction.Transfer;
import io.github.strait.profile.ArgumentSpace;
import io.github.strait.profile.CoverException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program for many calls at once. Jumps only go forward, so one pass is enough: where ways meet, each register
 * holds in each call what it holds on the way of that call. The number of ways does not matter.
 */
final class SymbolicProgram {
    private static final int A = Instruction.CELLS;
    private static final int X = A + 1;
    private static final int PLACES = X + 1;

    /** More different results than any filter has; a word of an argument could be returned as it is. */
    private static final int MOST_RESULTS = 1024;

    /** The calls that come by an instruction, and the places that hold values then: sixteen cells, A, X. */
    private record State(int calls, Word[] places) {}

    private final List<Instruction> instructions;
    private final int[] live;

    SymbolicProgram(Program program) {
        this.instructions = program.instructions();
        this.live = live(instructions);
    }

    /** For each instruction a bit for each place whose value some way from there reads. */
    private static int[] live(List<Instruction> instructions) {
        int[] live = new int[instructions.size() + 1];
        for (int at = instructions.size() - 1; at >= 0; at--) {
            Instruction instruction = instructions.get(at);
            int after = live[at + 1];
            if (instruction instanceof Branch branch) {
                after = live[at + 1 + branch.whenTrue()] | live[at + 1 + branch.whenFalse()];
            } else if (instruction instanceof Jump jump) {
                after = live[at + 1 + jump.distance()];
            } else if (instruction instanceof Return || instruction instanceof ReturnAccumulator) {
                after = 0;
            }
            live[at] = after & ~written(instruction) | read(instruction);
        }
        return live;
    }

    private static int written(Instruction instruction) {
        if (instruction instanceof Load) {
            return 1 << A;
        } else if (instruction instanceof Constant constant) {
            return bit(constant.to());
        } else if (instruction instanceof Length length) {
            return bit(length.to());
        } else if (instruction instanceof Recall recall) {
            return bit(recall.to());
        } else if (instruction instanceof Store store) {
            return 1 << store.cell();
        }
        return instruction instanceof Transfer transfer ? bit(transfer.to()) : 0;
    }

    private static int read(Instruction instruction) {
        if (instruction instanceof Branch branch) {
            return 1 << A | (branch.operand().isIndex() ? 1 << X : 0);
        } else if (instruction instanceof Compute compute) {
            return 1 << A | (compute.operand().isIndex() ? 1 << X : 0);
        } else if (instruction instanceof Recall recall) {
            return 1 << recall.cell();
        } else if (instruction instanceof Store store) {
            return bit(store.from());
        } else if (instruction instanceof Transfer transfer) {
            return bit(transfer.to() == Register.A ? Register.X : Register.A);
        }
        return instruction instanceof Negate || instruction instanceof ReturnAccumulator ? 1 << A : 0;
    }

    private static int bit(Register register) {
        return 1 << place(register);
    }

    private static int place(Register register) {
        return register == Register.A ? A : X;
    }

    /**
     * The values that the program returns, each with the calls that it returns it for.
     *
     * @param words what a load at an offset gives
     * @param calls the calls that are asked for
     * @throws CoverException when the program makes more of the arguments than the space has room for
     */
    Map<Integer, Integer> run(ArgumentSpace space, IntFunction<Word> words, int calls) {
        return new Pass(space, words).run(calls);
    }

    private final class Pass {
        private final ArgumentSpace space;
        private final IntFunction<Word> words;
        private final @Nullable State[] states = new @Nullable State[instructions.size() + 1];
        private final Map<Integer, Integer> results = new TreeMap<>();

        Pass(ArgumentSpace space, IntFunction<Word> words) {
            this.space = space;
            this.words = words;
        }

        Map<Integer, Integer> run(int calls) {
            Word[] places = new Word[PLACES];
            Arrays.fill(places, Word.of(space, 0));
            enter(0, new State(calls, places));
            for (int at = 0; at < instructions.size(); at++) {
                State state = states[at];
                states[at] = null;
                if (state != null) {
                    step(at, instructions.get(at), state);
                }
            }
            return results;
        }

        /** Arrives at an instruction. */
        private void enter(int at, State state) {
            State there = states[at];
            if (there == null) {
                states[at] = state;
                return;
            }
            Word[] places = there.places().clone();
            for (int place = 0; place < PLACES; place++) {
                if ((live[at] >>> place & 1) == 1) {
                    places[place] = state.places()[place].where(state.calls(), there.places()[place]);
                }
            }
            states[at] = new State(space.or(there.calls(), state.calls()), places);
        }

        private void step(int at, Instruction instruction, State state) {
            int next = at + 1;
            if (instruction instanceof Branch branch) {
                int holds = state.places()[A].where(branch.test(), operand(branch.operand(), state));
                int yes = space.and(state.calls(), holds);
                int no = space.minus(state.calls(), holds);
                if (yes != ArgumentSpace.NONE) {
                    enter(
                            next + branch.whenTrue(),
                            new State(yes, state.places().clone()));
                }
                if (no != ArgumentSpace.NONE) {
                    enter(next + branch.whenFalse(), new State(no, state.places()));
                }
            } else if (instruction instanceof Jump jump) {
                enter(next + jump.distance(), state);
            } else if (instruction instanceof Return answer) {
                returned(answer.value(), state.calls());
            } else if (instruction instanceof ReturnAccumulator) {
                returned(state.places()[A], 0, 0, state.calls());
            } else if (instruction instanceof Compute compute) {
                compute(next, compute, state);
            } else {
                move(instruction, state.places());
                enter(next, state);
            }
        }

        private void compute(int next, Compute compute, State state) {
            Word operand = operand(compute.operand(), state);
            int calls = state.calls();
            if (compute.operation() == Operation.DIV) {
                int divided = space.and(calls, operand.where(Comparison.GT, Word.of(space, 0)));
                returned(0, space.minus(calls, divided));
                calls = divided;
            }
            if (calls != ArgumentSpace.NONE) {
                state.places()[A] = state.places()[A].apply(compute.operation(), operand);
                enter(next, new State(calls, state.places()));
            }
        }

        private void move(Instruction instruction, Word[] places) {
            if (instruction instanceof Load load) {
                places[A] = words.apply(load.offset());
            } else if (instruction instanceof Constant constant) {
                places[place(constant.to())] = Word.of(space, constant.value());
            } else if (instruction instanceof Length length) {
                places[place(length.to())] = Word.of(space, DataWord.SIZE);
            } else if (instruction instanceof Recall recall) {
                places[place(recall.to())] = places[recall.cell()];
            } else if (instruction instanceof Store store) {
                places[store.cell()] = places[place(store.from())];
            } else if (instruction instanceof Transfer transfer) {
                places[place(transfer.to())] = places[transfer.to() == Register.A ? X : A];
            } else {
                Preconditions.checkState(instruction instanceof Negate, "no rule for %s", instruction);
                places[A] = Word.of(space, 0).apply(Operation.SUB, places[A]);
            }
        }

        private Word operand(Operand operand, State state) {
            return operand.isIndex() ? state.places()[X] : Word.of(space, operand.value());
        }

        private void returned(int value, int calls) {
            if (calls != ArgumentSpace.NONE) {
                results.merge(value, calls, space::or);
                if (results.size() > MOST_RESULTS) {
                    throw CoverException.compared();
                }
            }
        }

        /** Each value that the word has in one of these calls; the bits below one are settled. */
        private void returned(Word word, int bit, int value, int calls) {
            if (calls == ArgumentSpace.NONE || bit == Integer.SIZE) {
                returned(value, calls);
                return;
            }
            returned(word, bit + 1, value | 1 << bit, space.and(calls, word.bit(bit)));
            returned(word, bit + 1, value, space.minus(calls, word.bit(bit)));
        }
    }
}
