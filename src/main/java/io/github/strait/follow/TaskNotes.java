package io.github.strait.follow;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Says of each task and program of a run which ABI it used, how well that is known, and what proves it. */
public final class TaskNotes {
    private static final String CODE = "task-abi";

    /** Pieces of evidence that are told for one task; more only narrow what these left open. */
    private static final int PROOFS = 3;

    private TaskNotes() {}

    /** The notes, in the order of the tasks' first calls. */
    public static List<Diagnostic> of(SeenRun seen, List<AbiResolver.Decision> decisions) {
        Map<Groups.Group, AbiResolver.Decision> byGroup = new IdentityHashMap<>();
        decisions.forEach(decision -> byGroup.put(decision.group(), decision));
        List<Groups.Stay> stays = new ArrayList<>(seen.stays());
        stays.sort(Comparator.comparing(Groups.Stay::first));
        List<Diagnostic> notes = new ArrayList<>();
        for (Groups.Stay stay : stays) {
            AbiResolver.Decision decision = byGroup.get(stay.group());
            if (decision != null) {
                notes.add(Diagnostic.note(
                        CODE, stay.first(), who(stay) + decision.arch().label() + how(stay, decision)));
            }
        }
        if (seen.moreStays() > 0) {
            notes.add(Diagnostic.note(
                    CODE,
                    SourcePosition.ofFile(seen.file()),
                    seen.moreStays() + " more tasks or programs are not listed"));
        }
        return notes;
    }

    private static String who(Groups.Stay stay) {
        String program = stay.group().program();
        String task = stay.task().tid() == Task.ANONYMOUS
                ? "the only task"
                : "task " + stay.task().tid();
        return task + (program.equals(Image.UNKNOWN_PROGRAM) ? "" : " in " + program) + " is ";
    }

    private static String how(Groups.Stay stay, AbiResolver.Decision decision) {
        return switch (decision.proof()) {
            case PROVEN -> proven(stay, decision.arch());
            case DECLARED -> ": declared with --arch" + shown(stay, ", in accord with ");
            case ASSUMED ->
                ": assumed"
                        + (stay.group().isMixed() ? ", because it made calls of another ABI, too" : "")
                        + shown(stay, ", in accord with ");
        };
    }

    private static String proven(Groups.Stay stay, Arch arch) {
        boolean ownEvidence = stay.evidence().stream()
                .anyMatch(each -> each.task().tid() == stay.task().tid());
        String inherited = stay.evidence().isEmpty() || ownEvidence ? ": proven" : ": inherited, proven";
        boolean alone = (stay.group().candidates() & ~Abis.of(arch)) == 0;
        return inherited + shown(stay, " by ") + (alone ? "" : other(stay));
    }

    private static String other(Groups.Stay stay) {
        String and = stay.evidence().isEmpty() ? " by " : " and by ";
        return and
                + (AbiResolver.isLauncher(stay.group())
                        ? "being strace's own child, which is native to the machine"
                        : "what other programs show of the machine");
    }

    private static String shown(Groups.Stay stay, String before) {
        List<String> proofs = stay.evidence().stream()
                .limit(PROOFS)
                .map(each -> each.reason() + place(each, stay))
                .toList();
        return proofs.isEmpty() ? "" : before + String.join(", ", proofs);
    }

    private static String place(Context.Evidence evidence, Groups.Stay stay) {
        SourcePosition position = evidence.position();
        boolean sameFile = position.file().equals(stay.first().file());
        int tid = evidence.task().tid();
        return " at " + (sameFile ? "line " + position.line() : position.toString())
                + (tid == stay.task().tid() || tid == Task.ANONYMOUS ? "" : " of task " + tid);
    }
}
