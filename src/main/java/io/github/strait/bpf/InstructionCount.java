package io.github.strait.bpf;

import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import java.util.Locale;
import java.util.Map;

/**
 * The cost of a filter: how many instructions the kernel runs for these calls when its {@link ActionCache} covers none
 * of them. Their arguments are unknown and assumed to be 0.
 *
 * @param calls how many calls
 * @param instructions for all of them together
 */
public record InstructionCount(long calls, long instructions) {

    /** The count for these calls. */
    public static InstructionCount of(Program program, Frequencies frequencies) {
        long calls = 0;
        long instructions = 0;
        for (Map.Entry<Arch, Map<Integer, Long>> abi :
                frequencies.counts().rowMap().entrySet()) {
            for (Map.Entry<Integer, Long> call : abi.getValue().entrySet()) {
                ProgramResult answer = Emulator.run(program, SeccompData.of(abi.getKey(), call.getKey()));
                calls += call.getValue();
                instructions += call.getValue() * answer.steps();
            }
        }
        return new InstructionCount(calls, instructions);
    }

    /** Instructions per call; 0 when there are no calls. */
    public double mean() {
        return calls == 0 ? 0 : (double) instructions / calls;
    }

    /** For people: {@code 7.3 instructions a call}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1f instructions a call", mean());
    }
}
