package io.github.strait.report;

import io.github.strait.argument.Argument;
import io.github.strait.argument.PrintedArguments;
import io.github.strait.argument.ValueNames;
import io.github.strait.verify.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The arguments of a call that a filter looks at, in the order of the registers and by their names. */
final class VerdictArguments {
    private static final String UNKNOWN = "…";

    private VerdictArguments() {}

    /** {@code AF_VSOCK, SOCK_STREAM, 0}, {@code …, TIOCSTI, …}; as printed where it has no name; empty when nothing is known. */
    static String of(Verdict verdict) {
        List<Argument> registers = PrintedArguments.registers(verdict.arch(), verdict.name(), verdict.texts());
        ValueNames names = new ValueNames(verdict.name(), verdict.arch());
        Map<Integer, Long> known = new HashMap<>();
        List<String> words = new ArrayList<>();
        int last = -1;
        for (int i = 0; i < registers.size(); i++) {
            Argument argument = registers.get(i);
            if (argument.isLowKnown()) {
                last = i;
                known.put(i, argument.value());
                words.add(word(verdict, i, names.of(i, argument.value(), known)));
            } else {
                words.add(UNKNOWN);
            }
        }
        if (last < 0) {
            return verdict.arguments();
        }
        boolean isMore = verdict.texts().size() > last + 1;
        return String.join(", ", words.subList(0, last + 1)) + (isMore ? ", " + UNKNOWN : "");
    }

    /** The name, or what strace printed for a value without one. */
    private static String word(Verdict verdict, int register, String name) {
        return Character.isDigit(name.charAt(0)) ? printed(verdict, register).orElse(name) : name;
    }

    private static Optional<String> printed(Verdict verdict, int register) {
        for (int i = 0; i < verdict.texts().size(); i++) {
            List<String> alone = new ArrayList<>(Collections.nCopies(i, ""));
            alone.add(verdict.texts().get(i));
            if (PrintedArguments.registers(verdict.arch(), verdict.name(), alone)
                    .get(register)
                    .isLowKnown()) {
                return Optional.of(verdict.texts().get(i));
            }
        }
        return Optional.empty();
    }
}
