package io.github.strait.follow;

import io.github.strait.trace.Line;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Counts the calls that a filter trapped, when strace saw only the signal. */
final class TrappedCalls {
    private final PrintedNameTable printedNames;
    private final Tasks tasks;
    private final AbiEvidence evidence;
    private final FirstTasks firstTasks;

    TrappedCalls(PrintedNameTable printedNames, Tasks tasks, AbiEvidence evidence, FirstTasks firstTasks) {
        this.printedNames = printedNames;
        this.tasks = tasks;
        this.evidence = evidence;
        this.firstTasks = firstTasks;
    }

    /** A task got this signal. */
    void count(SeccompSignal signal, Line line) {
        Task task = tasks.owner(line);
        Context context = evidence.contextOf(task, signal, line);
        List<PrintedName> names = names(signal);
        if (!names.isEmpty()
                && !context.image().isSendingSignals()
                && context.isFirstTrap(names.get(0))
                && names.stream().noneMatch(context::hasCounted)) {
            firstTasks.enter(task, context, line);
            Tally tally = context.tally(names.get(0), signal.number(names.get(0)), line);
            tally.enter();
            tally.lackArguments(line.position());
            tally.neverReturned();
        }
    }

    private List<PrintedName> names(SeccompSignal signal) {
        List<PrintedName> names = new ArrayList<>();
        for (String call : signal.calls()) {
            byte[] name = call.getBytes(StandardCharsets.ISO_8859_1);
            PrintedName printed = printedNames.find(name, 0, name.length);
            if (printed != null) {
                names.add(printed);
            }
        }
        return names;
    }
}
