package io.github.strait.follow;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.Remediation;
import io.github.strait.syscall.StraceVersion;
import io.github.strait.trace.Arguments;
import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a line proves about the ABI of its call. In order of strength: the number of {@code -n} with its name, the width
 * of {@code -i}, the name itself, addresses of more than 32 bits, the size that {@code set_robust_list} is given, and the
 * success of what other ABIs refuse.
 */
final class AbiEvidence {
    private static final long FOUR_GIGABYTES = 1L << 32;
    /** Stacks of 32 bits end at 3 or 4 GB; addresses that somebody has shortened, such as 0x7ffd1234, are below. */
    private static final long NARROW_STACK = 0xB000_0000L;

    private static final long HIGH = 1L << 47;
    private static final long TOP = 1L << 56;
    private static final int WARNINGS = 3;
    private static final Set<String> READS = Set.of("read", "pread64");
    private static final StraceVersion LATE_MARKERS = StraceVersion.parse("4.20");

    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private int contradictions;

    private final VersionEvidence style = new VersionEvidence();

    VersionRange versions() {
        return style.versions();
    }

    /** Whether strace may have left out personality markers, or have written them late: it did so up to 4.20. */
    boolean markersMayBeLate() {
        return style.versions().endsBy(LATE_MARKERS);
    }

    /** Looks at the style of a second half or of a signal. */
    void look(Line line, PrintedName printed) {
        style.look(line, printed);
    }

    /** Whether the style of further second halves tells nothing. */
    boolean isStyleOfHalvesKnown() {
        return style.isKnownOfHalves();
    }

    /** Whether a call of this name tells nothing about the style. */
    boolean isPassing(PrintedName printed) {
        return style.isKnown() || !VersionEvidence.isTelling(printed);
    }

    /** A call was passed over that tells nothing about the style. */
    void pass() {
        style.pass();
    }

    /** Whether another call of this name and number would leave the context as it is. */
    boolean isUnmoved(Context context, PrintedName printed, int number) {
        int abis = printed.abis(style.isOld());
        return context.isWithin(number == Line.NO_NUMBER ? abis : abis & printed.abis(number))
                && (!printed.isShowingAddresses() || isAddressKnown(context))
                && context.image().loader().isOver();
    }

    private static boolean isAddressKnown(Context context) {
        return context.isDecided() && context.admits(Abis.WIDE);
    }

    void signal(Line line) {
        style.signal(line);
    }

    List<Diagnostic> diagnostics() {
        return diagnostics;
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
                warn(
                        "number-name-mismatch",
                        line.position(),
                        "the columns of -n and -i in front are of no ABI that has " + printed.name()
                                + "; the name is kept; the line is damaged or forged, so record again");
            }
        }
        if (!context.admits(all)) {
            if (byColumn == Abis.ALL) {
                contradiction(context, printed, line);
                context.mix();
            }
            context = context.image().context(all);
        }
        if (!context.isDecided()) {
            context.narrow(all, reason(printed, line), task, line);
        }
        return context;
    }

    private static String reason(PrintedName printed, Line line) {
        String name = "the name " + printed.name();
        return line.number() == Line.NO_NUMBER ? name : name + " of number " + line.number();
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
                warn(
                        "abi-contradiction",
                        last.position(),
                        contradicts(last.reason() + " is not one", parent, last.abis()));
            }
            parent.mix();
        }
    }

    private int byColumns(PrintedName printed, Line line) {
        int abis = Abis.ALL;
        if (line.addressDigits() != 0) {
            abis = line.addressDigits() == 16 ? Abis.WIDE : Abis.NARROW;
        }
        if (line.number() != Line.NO_NUMBER) {
            int byNumber = printed.abis(line.number());
            if (byNumber == 0) {
                warn(
                        "number-name-mismatch",
                        line.position(),
                        "number " + line.number() + " is not " + printed.name()
                                + " on any known architecture; the name is kept");
            } else {
                abis &= byNumber;
            }
        }
        return abis;
    }

    private void contradiction(Context context, PrintedName printed, Line line) {
        warn(
                "abi-contradiction",
                line.position(),
                contradicts(printed.name() + " does not exist", context, printed.abis(style.isOld())));
    }

    private static String contradicts(String what, Context context, int abis) {
        return what + " on " + Abis.first(context.candidates()).label() + ", which "
                + context.positionAgainst(abis).map(SourcePosition::toString).orElse("the caller")
                + " proves for this program; a call of another ABI, or an execve is missing; "
                + Remediation.RECORD_AGAIN;
    }

    private void warn(String code, SourcePosition position, String message) {
        if (++contradictions <= WARNINGS) {
            diagnostics.add(Diagnostic.warning(code, position, message));
        }
    }

    /** Looks at the addresses that a call shows; only worth the time while they can tell something. */
    void narrowByValues(Context context, Task task, PrintedName printed, Line line) {
        if (isAddressKnown(context)) {
            return;
        }
        switch (printed.role()) {
            case MAPS -> {
                if (line.ending() == Ending.VALUE) {
                    byAddress(context, line.value(), task, line);
                }
            }
            case TAKES_ADDRESS -> byArgument(context, 0, task, line);
            case EXECVE -> {
                int environment = printed.name().equals("execve") ? 2 : 3;
                byArgument(context, environment, task, line);
                byStack(context, line.arguments().hexadecimal(environment));
            }
            case ROBUST_LIST -> {
                byArgument(context, 0, task, line);
                bySize(context, task, line);
            }
            case TELLS_BY_SUCCESS -> {
                task.tellIfSuccessful(SuccessEvidence.abis(printed, line));
                bySuccess(context, task, printed, line);
            }
            default -> {}
        }
    }

    /** Looks at what the loader of a program shows, up to its first read. */
    void look(Context context, Tally read, Line line) {
        context.image().loader().look(read.printed, line);
        if (!context.isDecided() && read.count() == 0 && READS.contains(read.printed.name())) {
            line.arguments().bytes(1).ifPresent(head -> context.hint(ElfHeader.abis(head)));
        }
    }

    /**
     * The context of a call that a filter answered with a signal: the task's, unless that is known to be of another machine
     * than the kernel says.
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
        narrow(context, signal.abis(), reason, task, line);
        return context.admits(signal.abis()) ? context : image.context(signal.abis());
    }

    private void byArgument(Context context, int index, Task task, Line line) {
        OptionalLong address = line.arguments().hexadecimal(index);
        if (address.isPresent()) {
            byAddress(context, address.getAsLong(), task, line);
        }
    }

    /** An environment so high, and not higher, is on a stack of 32 bits: a 64-bit stack is far above it, a heap far below. */
    private static void byStack(Context context, OptionalLong environment) {
        if (environment.orElse(0) >= NARROW_STACK && environment.getAsLong() < FOUR_GIGABYTES) {
            context.hint(Abis.NARROW & ~Abis.X32);
        }
    }

    private void byAddress(Context context, long address, Task task, Line line) {
        if (address < FOUR_GIGABYTES || address >= TOP) {
            return;
        }
        String reason = "the address 0x" + Long.toHexString(address);
        context.hint(Abis.hintOf(address));
        int abis = address >= HIGH ? Abis.HIGH_ADDRESSES : Abis.WIDE;
        if (context.admits(abis)) {
            context.narrow(abis, reason, task, line);
        } else if (!context.admits(Abis.WIDE | Abis.X32) && !context.isMixed()) {
            warn("abi-contradiction", line.position(), contradicts(reason + " cannot be", context, Abis.WIDE));
            context.mix();
        }
    }

    /** A call has ended, of which the first line may have told what its success tells. */
    void bySuccess(Context context, Task task, PrintedName printed, Line line) {
        int abis = task.abisIfSuccessful();
        task.tellIfSuccessful(line.ending() == Ending.UNFINISHED ? abis : Abis.ALL);
        if (!isAddressKnown(context) && SuccessEvidence.isSuccess(line)) {
            narrow(context, abis, "the success of " + printed.name(), task, line);
        }
    }

    /** Narrows a context, or says what it contradicts. */
    private void narrow(Context context, int abis, String reason, Task task, Line line) {
        if (context.admits(abis)) {
            context.narrow(abis, reason, task, line);
        } else if (!context.isMixed()) {
            warn("abi-contradiction", line.position(), contradicts(reason + " cannot be", context, abis));
            context.mix();
        }
    }

    /** {@code struct robust_list_head} is three words of the ABI; the kernel refuses any other size. */
    private static void bySize(Context context, Task task, Line line) {
        Arguments arguments = line.arguments();
        String size = arguments.text(1);
        size = size.substring(size.indexOf('=') + 1);
        int abis = switch (size) {
            case "24", "0x18" -> Abis.WIDE;
            case "12", "0xc" -> Abis.NARROW;
            default -> Abis.ALL;
        };
        if (line.ending() != Ending.ERROR && context.admits(abis)) {
            context.narrow(abis, "set_robust_list of " + size + " bytes", task, line);
        }
    }
}
