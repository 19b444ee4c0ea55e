package io.github.strait.observation;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.Completeness.Place;
import io.github.strait.observation.Completeness.Sign;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes the warnings about the runs of an observation, whether read from traces or from a file: the observation holds
 * all that a warning needs.
 */
public final class RunWarnings {
    private static final String ASSUMED = "abi-assumed";

    private final Run run;
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    private RunWarnings(Run run) {
        this.run = run;
    }

    /** The warnings. A missing start is only a note when another run of the evidence shows the start of the program. */
    public static List<Diagnostic> of(Observation observation) {
        List<Set<String>> starts = observation.runs().stream()
                .filter(run -> !run.isOfAuditLines())
                .filter(run -> run.completeness()
                        .filter(known -> !run.isPartial() && !known.signs().containsKey(Omission.START_MISSING))
                        .isPresent())
                .map(RunWarnings::programs)
                .toList();
        TreeSet<String> started = shortest(starts);
        List<Diagnostic> all = new ArrayList<>();
        boolean isAnyPartial = false;
        for (Run run : observation.runs()) {
            isAnyPartial |= run.isPartial();
            Set<String> programs = programs(run);
            all.addAll(new RunWarnings(run)
                    .all(
                            programs.isEmpty()
                                    ? !starts.isEmpty()
                                    : programs.stream().anyMatch(program -> isAlike(program, started))));
        }
        if (isAnyPartial) {
            all.addAll(PartialWarnings.of(observation));
        }
        return all;
    }

    /** The last parts of the names of the programs of a run, as far as they are known. */
    private static Set<String> programs(Run run) {
        return run.programs().stream()
                .map(name -> name.substring(name.lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
    }

    /** The names without those that another one begins. */
    private static TreeSet<String> shortest(List<Set<String>> starts) {
        TreeSet<String> all = new TreeSet<>();
        starts.forEach(all::addAll);
        TreeSet<String> shortest = new TreeSet<>();
        for (String name : all) {
            if (shortest.isEmpty() || !name.startsWith(shortest.last())) {
                shortest.add(name);
            }
        }
        return shortest;
    }

    /**
     * Whether a name is the beginning of another, or another of it: an attached python3.11 may have been started as python3.
     *
     * @param shortest the others, of which none begins another: the one that begins a name is next to it
     */
    private static boolean isAlike(String name, TreeSet<String> shortest) {
        String before = shortest.floor(name);
        String after = shortest.ceiling(name);
        return before != null && name.startsWith(before) || after != null && after.startsWith(name);
    }

    private List<Diagnostic> all(boolean started) {
        run.completeness().ifPresent(known -> {
            diagnostics.addAll(known.warnings());
            known.signs().forEach((omission, sign) -> diagnostics.add(warning(omission, sign, known, started)));
        });
        boolean said = diagnostics.stream().anyMatch(warning -> warning.code().equals(ASSUMED));
        run.architectures().forEach((arch, seen) -> {
            if (seen.proof() == Proof.ASSUMED && !said) {
                diagnostics.add(assumed(run.source(), arch, ""));
            }
        });
        return diagnostics;
    }

    /**
     * The warning that an ABI was assumed.
     *
     * @param more what else is known, after a comma; or nothing
     */
    public static Diagnostic assumed(String source, Arch arch, String more) {
        return Diagnostic.warning(
                ASSUMED,
                SourcePosition.ofFile(source),
                "nothing in this trace proves that its calls are " + arch.label() + more + "; say --arch NAME, or "
                        + Remediation.RECORD_AGAIN);
    }

    /** The warning that it is not known which of two ABIs made a call. */
    public static Diagnostic mixed(String source, Arch arch) {
        return Diagnostic.warning(
                ASSUMED,
                SourcePosition.ofFile(source),
                "a program made calls of two ABIs, and nothing in this trace proves which of its other calls are "
                        + arch.label() + "; " + Remediation.RECORD_AGAIN);
    }

    private Diagnostic warning(Omission omission, Sign sign, Completeness known, boolean started) {
        String message = run.isEmulated()
                ? EmulatedOmissions.words(omission, sign).orElseGet(() -> message(omission, sign, known))
                : message(omission, sign, known);
        return omission == Omission.START_MISSING && started
                ? Diagnostic.note(omission.label(), sign.place().at(), message)
                : Diagnostic.warning(omission.label(), sign.place().at(), message);
    }

    private String message(Omission omission, Sign sign, Completeness known) {
        Place first = sign.place();
        return switch (omission) {
            case TASKS_UNENDED ->
                unended(sign, known) + " when the trace ends" + names(sign)
                        + ": strace was stopped, or the trace was cut; what they call after that is missing; copy the"
                        + " trace whole, or " + Remediation.RECORD_AGAIN;
            case DETACHED ->
                "strace detached here while " + sign.count() + " of " + known.tasks()
                        + " tasks ran: what they call after that is missing; let the program end, or exercise it"
                        + " before strace detaches";
            case STRACE_FAILED ->
                "strace failed: " + first.what() + "; what the program calls after that may be missing; "
                        + Remediation.RECORD_AGAIN;
            case LINES_CUT ->
                counted(sign, "line ends", "lines end") + " in the middle"
                        + (sign.count() == 1 ? "" : ", the first here")
                        + ": the trace was cut or damaged; copy it whole, or " + Remediation.RECORD_AGAIN;
            case HALVES_MISSING ->
                counted(sign, "call lacks a half", "calls lack a half") + ", "
                        + (sign.count() == 1 ? "" : "the first here: ") + first.what()
                        + " is missing, and so may be other lines; copy the trace whole, or "
                        + Remediation.RECORD_AGAIN;
            case START_MISSING ->
                "no execve at the start: strace was attached, the beginning was cut, or execve was left out; missing"
                        + " are the calls with which a program starts, such as those of the dynamic loader and libc (mmap,"
                        + " mprotect, arch_prctl, set_tid_address), and it cannot start without them; add a trace of its"
                        + " start, recorded with: strait record -o START -- COMMAND";
            case CHILDREN_MISSING -> children(sign, known);
            case FILES_OVERWRITTEN ->
                "tid " + first.what().replaceFirst(" ", " was given to ")
                        + " tasks, and strace -ff writes a file for each tid: the files of "
                        + counted(sign, "task", "tasks")
                        + " were written over by later ones; record with -f -o FILE instead: "
                        + "strait record -o FILE -- COMMAND";
            case LINES_LOST ->
                "at least " + counted(sign, "line", "lines") + " of the log " + (sign.count() == 1 ? "was" : "were")
                        + " suppressed, " + (sign.first().size() == 1 ? "here" : "first here")
                        + ", and calls in them are missing; lift the limit with: sysctl kernel.printk_ratelimit=0 (of"
                        + " auditd: auditctl -r 0 -b 8192), and run the scenario again";
            case CALLS_MISSING -> first.what() + "; a profile of it refuses the others; " + Remediation.RECORD_AGAIN;
        };
    }

    private static String counted(Sign sign, String one, String many) {
        return sign.count() + " " + (sign.count() == 1 ? one : many);
    }

    private static String unended(Sign sign, Completeness known) {
        return sign.count() + " of " + known.tasks() + (known.tasks() == 1 ? " task had" : " tasks had") + " not ended";
    }

    /** {@code  (tasks 7, 8 and 4 more)}. */
    private static String names(Sign sign) {
        String names = sign.first().stream()
                .map(Place::what)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(", "));
        long more = sign.count() - sign.first().size();
        return names.isEmpty()
                ? ""
                : " (" + (sign.count() == 1 ? "task " : "tasks ") + names + (more > 0 ? " and " + more + " more" : "")
                        + ")";
    }

    private String children(Sign sign, Completeness known) {
        Place first = sign.place();
        boolean alone = known.tasks() <= 1 && !sign.first().stream().allMatch(RunWarnings::isUntraced);
        if (alone || first.what().isEmpty()) {
            String rest = known.tasks() <= 1 ? "the trace has no line of any" : "the trace shows fewer tasks";
            return counted(sign, "call", "calls") + " made a child or thread, the first here, and " + rest
                    + ": what they call is missing; " + Remediation.RECORD_AGAIN;
        }
        String others = sign.first().stream()
                .skip(1)
                .map(place -> ", " + place.what() + " at "
                        + (place.at().file().equals(first.at().file())
                                ? "line " + place.at().line()
                                : place.at()))
                .collect(Collectors.joining());
        long more = sign.count() - sign.first().size();
        boolean untraced = sign.first().stream().anyMatch(RunWarnings::isUntraced);
        return "child " + first.what() + " was made here" + others + (more > 0 ? " and " + more + " more" : "")
                + ", and the trace has no line of " + (sign.count() == 1 ? "it" : "them") + ": what "
                + (sign.count() == 1 ? "it calls" : "they call") + " is missing; "
                + (untraced
                        ? "strace cannot follow CLONE_UNTRACED; have the program start it without"
                        : run.source().endsWith(".*")
                                ? "add the files that are missing from the set, or " + Remediation.RECORD_AGAIN
                                : Remediation.RECORD_AGAIN);
    }

    private static boolean isUntraced(Place child) {
        return child.what().contains("UNTRACED");
    }
}
