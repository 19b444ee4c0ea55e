package io.github.strait.follow;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.elf.ProgramImports;
import io.github.strait.observation.LineCounts;
import io.github.strait.observation.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The runs of the followed traces, and the diagnostics about them. */
public final class ObservedTraces {
    /** The code of the note of {@link #leftOut}. */
    public static final String LEFT_OUT = "left-out";

    private final FollowOptions options;
    private final ExecutedPrograms programs;
    private final List<Run> runs = new ArrayList<>();
    private final List<ProgramImports> imports = new ArrayList<>();
    private final List<Diagnostic> warnings = new ArrayList<>();
    private final Details details = new Details();
    private final LeftOut leftOut = new LeftOut();

    /** No traces yet. */
    public ObservedTraces(FollowOptions options) {
        this.options = options;
        this.programs = new ExecutedPrograms(options.choice());
    }

    /** Adds a run, unless nothing of it is kept. */
    void add(String id, UnresolvedRun run) {
        List<AbiResolver.Decision> all = AbiResolver.resolve(run.groups(), options.declared(), options.here());
        List<AbiResolver.Decision> decisions =
                all.stream().filter(decision -> decision.group().isKept()).toList();
        programs.add(run.programs());
        if (!options.choice().isAll()) {
            leftOut.add(id, run);
        }
        if (options.choice().isAll() || !decisions.isEmpty()) {
            Run assembled = RunAssembler.assemble(id, run, all, options.watch());
            runs.add(assembled);
            for (ProgramImports program : run.imports()) {
                if (options.choice().isAll() || assembled.programs().contains(program.path())) {
                    imports.add(program);
                }
            }
            details.add(id, run, decisions);
        } else {
            warnings.addAll(run.completeness().warnings());
        }
    }

    /** Adds other traces, which were followed with a {@link FollowOptions#part} of the same options. */
    public void add(ObservedTraces part) {
        runs.addAll(part.runs);
        imports.addAll(part.imports);
        warnings.addAll(part.warnings);
        details.add(part.details);
        programs.add(part.programs);
        leftOut.add(part.leftOut);
        options.watch().add(part.options.watch());
    }

    /** The runs, in the order of the traces; a run without kept calls is left out. */
    public ImmutableList<Run> runs() {
        return ImmutableList.copyOf(runs);
    }

    /** What the programs of the runs import, as far as strait noted it when it recorded them. */
    public ImmutableList<ProgramImports> imports() {
        return ImmutableList.copyOf(imports);
    }

    /** Warnings about the runs that are left out; a {@link Run} has its own. */
    public ImmutableList<Diagnostic> warnings() {
        return ImmutableList.copyOf(warnings);
    }

    /**
     * Notes for those who ask for more: the ABI of each task of each run, and the lines that were not understood, by shape.
     *
     * @param lines the lines of all evidence, to count those without a shape too
     */
    public ImmutableList<Diagnostic> details(LineCounts lines) {
        return details.list(lines);
    }

    /** How many calls are left out because of the choice of programs, and of which; empty when none are. */
    public Optional<Diagnostic> leftOut() {
        return leftOut.note();
    }

    /** The error that a chosen name stands for no program that was executed, or for several; empty when each fits one. */
    public Optional<Diagnostic> unknownProgram() {
        return programs.mistake();
    }
}
