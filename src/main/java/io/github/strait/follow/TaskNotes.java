package io.github.strait.follow;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Reports the ABI of each task and program of a run, how certain it is, and what proves it. */
final class TaskNotes {
    private static final String CODE = "task-abi";

    /** Pieces of evidence that are told for one task; more only narrow what these left open. */
    private static final int PROOFS = 3;

    private TaskNotes() {}

    /** The notes, in the order of the tasks' first calls. */
    static List<Diagnostic> of(UnresolvedRun seen, List<AbiResolver.Decision> decisions) {
        Map<Groups.Group, AbiResolver.Decision> byGroup = new IdentityHashMap<>();
        decisions.forEach(decision -> byGroup.put(decision.group(), decision));
        List<Groups.TaskAbi> taskAbis = new ArrayList<>(seen.taskAbis());
        taskAbis.sort(Comparator.comparing(Groups.TaskAbi::first));
        List<Diagnostic> notes = new ArrayList<>();
        for (Groups.TaskAbi taskAbi : taskAbis) {
            AbiResolver.Decision decision = byGroup.get(taskAbi.group());
            if (decision != null) {
                notes.add(Diagnostic.note(
                        CODE, taskAbi.first(), who(taskAbi) + decision.arch().label() + how(taskAbi, decision)));
            }
        }
        if (seen.moreTaskAbis() > 0) {
            notes.add(Diagnostic.note(
                    CODE,
                    SourcePosition.ofFile(seen.file()),
                    seen.moreTaskAbis() + " more tasks or programs are not listed"));
        }
        return notes;
    }

    private static String who(Groups.TaskAbi taskAbi) {
        String program = taskAbi.group().program();
        String task = taskAbi.task().tid() == Task.ANONYMOUS
                ? "the only task"
                : "task " + taskAbi.task().tid();
        return task + (program.equals(Image.UNKNOWN_PROGRAM) ? "" : " in " + program) + " is ";
    }

    private static String how(Groups.TaskAbi taskAbi, AbiResolver.Decision decision) {
        return switch (decision.proof()) {
            case PROVEN -> proven(taskAbi, decision.arch());
            case DECLARED -> ": declared with --arch" + shown(taskAbi, ", in accord with ");
            case ASSUMED ->
                ": assumed"
                        + (taskAbi.group().isMixed() ? ", because it made calls of another ABI, too" : "")
                        + shown(taskAbi, ", in accord with ");
        };
    }

    private static String proven(Groups.TaskAbi taskAbi, Arch arch) {
        boolean ownEvidence = taskAbi.narrowings().stream()
                .anyMatch(each -> each.task().tid() == taskAbi.task().tid());
        String inherited = taskAbi.narrowings().isEmpty() || ownEvidence ? ": proven" : ": inherited, proven";
        boolean alone = (taskAbi.group().candidates() & ~Abis.of(arch)) == 0;
        return inherited + shown(taskAbi, " by ") + (alone ? "" : other(taskAbi));
    }

    private static String other(Groups.TaskAbi taskAbi) {
        String and = taskAbi.narrowings().isEmpty() ? " by " : " and by ";
        return and
                + (AbiResolver.isLauncher(taskAbi.group())
                        ? "being strace's own child, which is native to the machine"
                        : "what other programs show of the machine");
    }

    private static String shown(Groups.TaskAbi taskAbi, String before) {
        List<String> proofs = taskAbi.narrowings().stream()
                .limit(PROOFS)
                .map(each -> each.reason() + place(each, taskAbi))
                .toList();
        return proofs.isEmpty() ? "" : before + String.join(", ", proofs);
    }

    private static String place(Context.Narrowing narrowing, Groups.TaskAbi taskAbi) {
        SourcePosition position = narrowing.position();
        boolean sameFile = position.file().equals(taskAbi.first().file());
        int tid = narrowing.task().tid();
        return " at " + (sameFile ? "line " + position.line() : position.toString())
                + (tid == taskAbi.task().tid() || tid == Task.ANONYMOUS ? "" : " of task " + tid);
    }
}
