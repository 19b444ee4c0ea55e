package io.github.strait.follow;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.syscall.StraceVersion;
import io.github.strait.trace.Line;
import io.github.strait.trace.ScannedLine;
import io.github.strait.trace.scan.ScanSummary;
import java.util.List;

/**
 * Finds what a line proves about the ABI of its call. In order of strength: the number of {@code -n} with its name, the
 * width of {@code -i}, the name itself, and its {@link ValueEvidence}.
 */
final class AbiEvidence {
    private static final StraceVersion LATE_MARKERS = StraceVersion.parse("4.20");

    private final AbiContradictions contradictions = new AbiContradictions();
    private final ValueEvidence values = new ValueEvidence(contradictions);
    private final VersionEvidence style = new VersionEvidence();
    private final LoaderPaths paths = new LoaderPaths();

    /** The versions of strace that can have written the run. */
    VersionRange versions() {
        return style.versions();
    }

    /** Whether strace may have left out personality markers, or have written them late: it did so up to 4.20. */
    boolean markersMayBeLate() {
        return style.versions().endsBy(LATE_MARKERS);
    }

    /** Looks at the style of a call, or of its second half. */
    void look(Line line, PrintedName printed) {
        style.look(line, printed);
    }

    /** Looks at the style of a signal. */
    void signal(Line line) {
        style.signal(line);
    }

    /** Whether the style of further second halves shows nothing new. */
    boolean isStyleOfHalvesKnown() {
        return style.isKnownOfHalves();
    }

    /** Whether a call of this name shows nothing about the style. */
    boolean isPassing(PrintedName printed) {
        return style.isPassing(printed);
    }

    /** Notes a skipped line that shows nothing about the style. */
    void pass() {
        style.pass();
    }

    /** Whether another call of this name and number would leave the context as it is. */
    boolean isUnmoved(Context context, PrintedName printed, int number) {
        return context.isWithin(abis(printed, number))
                && isSettled(context, printed)
                && context.image().loader().isOver();
    }

    /** Whether the values of a call of this name show nothing about the context. */
    boolean isSettled(Context context, PrintedName printed) {
        return !printed.isShowingAddresses() || ValueEvidence.isOver(context);
    }

    /** The ABIs that the name and number of a call leave; none when they contradict each other. */
    int abis(PrintedName printed, int number) {
        int abis = printed.abis(style.isOld());
        return number == Line.NO_NUMBER ? abis : abis & printed.abis(number);
    }

    /** Narrows a context, which admits some of these ABIs, by the name and number that leave them. */
    void narrow(Context context, int abis, PrintedName printed, Task task, ScannedLine line) {
        if (!context.isWithin(abis)) {
            context.narrow(abis, reason(printed, line.number()), task, line);
        }
    }

    /** Whether a call shows nothing about the context and its program but by its name, its number and its result. */
    boolean isPlain(Context context, PrintedName printed, ScannedLine line) {
        return ValueEvidence.isPlain(context, printed, line)
                && !context.image().loader().isShowing(printed, ScanSummary.ending(line.summary()))
                && !(printed.isReading() && !context.isDecided());
    }

    /** See {@link ValueEvidence#isResultPlain}. */
    boolean isResultPlain(Context context, PrintedName printed, int summary) {
        return ValueEvidence.isResultPlain(context, printed, summary);
    }

    /** See {@link ValueEvidence#lookAtResult}. */
    void narrowByResult(Context context, Task task, PrintedName printed, ScannedLine line) {
        values.lookAtResult(context, task, printed, line);
    }

    /** Warnings of contradictions. */
    List<Diagnostic> diagnostics() {
        return contradictions.warnings();
    }

    /**
     * The context that a call belongs to: the task's, unless the line itself proves another ABI, as when a 64-bit
     * program uses {@code int 0x80}. Narrows that context by what the line proves.
     */
    Context contextOf(Task task, PrintedName printed, Line line) {
        Context context = task.context();
        int byColumn = byColumns(printed, line);
        int byName = printed.abis(style.isOld());
        int all = byColumn & byName;
        if (all == 0) {
            all = byName;
            if (byColumn != 0) {
                contradictions.addColumns(
                        line,
                        "the columns of -n and -i in front are of no ABI that has " + printed.name()
                                + "; the name is kept; the line is damaged or forged, so record again");
            }
        }
        if (!context.admits(all)) {
            if (byColumn == Abis.ALL) {
                contradictions.add(context, byName, printed.name() + " does not exist", line.position());
                context.mix();
            }
            context = context.image().context(all);
        }
        if (!context.isWithin(all)) {
            context.narrow(all, reason(printed, line.number()), task, line);
        }
        return context;
    }

    private static String reason(PrintedName printed, int number) {
        String name = "the name " + printed.name();
        return number == Line.NO_NUMBER ? name : name + " of number " + number;
    }

    private int byColumns(PrintedName printed, Line line) {
        int abis = Abis.ALL;
        if (line.addressDigits() != 0) {
            abis = line.addressDigits() == 16 ? Abis.WIDE : Abis.NARROW;
        }
        if (line.number() != Line.NO_NUMBER) {
            int byNumber = printed.abis(line.number());
            if (byNumber == 0) {
                contradictions.addColumns(
                        line,
                        "number " + line.number() + " is not " + printed.name()
                                + " on any known architecture; the name is kept");
            } else {
                abis &= byNumber;
            }
        }
        return abis;
    }

    /**
     * The context of a call that a filter trapped: the task's, unless that is known to be of a different machine from
     * the one the kernel reports.
     */
    Context contextOf(Task task, SeccompSignal signal, Line line) {
        Context context = task.context();
        Image image = context.image();
        if (image.isSendingSignals()) {
            return context;
        }
        String reason = "si_arch=" + signal.architecture();
        signal.otherMachine()
                .ifPresent(machine -> image.add(
                        new UnsupportedMachine(machine, reason, 0, line.position(), UnsupportedMachine.By.KERNEL)));
        contradictions.narrow(context, signal.abis(), reason, task, line);
        return context.admits(signal.abis()) ? context : image.context(signal.abis());
    }

    /**
     * A child has called what its parent's ABI lacks, before the fork returned and told whose child it is. Both are kept
     * apart, each under the ABI that its own lines prove.
     */
    void fork(Context parent, List<Context> children) {
        for (Context child : children) {
            List<Context.Narrowing> proof = child.narrowings();
            if (!proof.isEmpty()) {
                Context.Narrowing last = proof.get(proof.size() - 1);
                contradictions.add(parent, last.abis(), last.reason() + " is not one", last.position());
            }
            parent.mix();
        }
    }

    /** See {@link ValueEvidence#look}. */
    void narrowByValues(Context context, Task task, PrintedName printed, Line line) {
        values.look(context, task, printed, line);
    }

    /** See {@link ValueEvidence#bySuccess}. */
    void bySuccess(Context context, Task task, PrintedName printed, Line line) {
        values.bySuccess(context, task, printed, line);
    }

    /** Looks at what the loader of a program shows, up to its first read. */
    void look(Context context, Tally read, Line line) {
        context.image().loader().look(read.printed, line, paths);
        if (!context.isDecided() && read.count() == 0 && read.printed.isReading()) {
            line.arguments().bytes(1).ifPresent(head -> context.hint(ElfHeader.abis(head)));
        }
    }
}
