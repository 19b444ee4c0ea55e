package io.github.strait.follow;

import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;
import io.github.strait.trace.Positioned;
import io.github.strait.trace.ScannedLine;
import io.github.strait.trace.scan.AddressRange;
import io.github.strait.trace.scan.ScanSummary;
import java.util.OptionalLong;

/**
 * Finds what the values of a call prove about its ABI: addresses, sizes, and the success of calls that other ABIs
 * refuse.
 */
final class ValueEvidence {
    private static final long FOUR_GIGABYTES = 1L << 32;
    /** Stacks of 32 bits end at 3 or 4 GB; shortened addresses, such as 0x7ffd1234, are below. */
    private static final long NARROW_STACK = 0xB000_0000L;

    private static final long HIGH = 1L << 47;
    private static final long TOP = 1L << 56;

    private final AbiContradictions contradictions;

    ValueEvidence(AbiContradictions contradictions) {
        this.contradictions = contradictions;
    }

    /** Whether no value can show more about the context. */
    static boolean isOver(Context context) {
        return context.isDecided() && context.admits(Abis.WIDE);
    }

    /** Whether the values of a call show nothing about the context but by {@link #lookAtResult}, as far as a scan tells. */
    static boolean isPlain(Context context, PrintedName printed, ScannedLine line) {
        if (isOver(context)) {
            return true;
        }
        return switch (printed.role()) {
            case PLAIN, FORK, EXIT, SENDS_SIGNAL -> true;
            case MAPS -> isResultPlain(context, printed, line.summary());
            case TAKES_ADDRESS -> isFirstArgumentPlain(context, line);
            case ROBUST_LIST -> isSizePlain(context) && isFirstArgumentPlain(context, line);
            case EXECVE, TELLS_BY_SUCCESS -> false;
        };
    }

    /** Whether the result of a call shows nothing about the context but by {@link #lookAtResult}. */
    static boolean isResultPlain(Context context, PrintedName printed, int summary) {
        return switch (printed.role()) {
            case PLAIN, FORK, EXIT, SENDS_SIGNAL, TAKES_ADDRESS, ROBUST_LIST -> true;
            case MAPS ->
                ScanSummary.ending(summary) != Ending.VALUE
                        || ScanSummary.isEndedByValue(summary)
                        || isPlain(context, ScanSummary.value(summary));
            case EXECVE, TELLS_BY_SUCCESS -> isOver(context);
        };
    }

    private static boolean isFirstArgumentPlain(Context context, ScannedLine line) {
        return isPlain(context, AddressRange.at(line.bytes(), line.nameEnd() + 1));
    }

    /** Whether no size of a structure narrows the context. */
    private static boolean isSizePlain(Context context) {
        return context.isWithin(Abis.WIDE) || context.isWithin(Abis.NARROW);
    }

    private static boolean isPlain(Context context, AddressRange range) {
        return switch (range) {
            case LOW -> true;
            case MIDDLE -> context.isWithin(Abis.WIDE);
            case HIGH -> context.isWithin(Abis.HIGH_ADDRESSES);
            case OTHER -> false;
        };
    }

    /** Looks at the values of a call; only worth the time while they can show something new. */
    void look(Context context, Task task, PrintedName printed, Line line) {
        if (isOver(context)) {
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

    /** Looks at the address that a call returned, as far as a scan tells. */
    void lookAtResult(Context context, Task task, PrintedName printed, ScannedLine line) {
        int summary = line.summary();
        if (printed.role() == PrintedName.Role.MAPS
                && ScanSummary.isEndedByValue(summary)
                && !isOver(context)
                && !isPlain(context, ScanSummary.value(summary))) {
            byAddress(context, line.lastNumber(), task, line);
        }
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

    private void byAddress(Context context, long address, Task task, Positioned line) {
        if (address < FOUR_GIGABYTES || address >= TOP) {
            return;
        }
        String reason = "the address 0x" + Long.toHexString(address);
        context.hint(Abis.hintOf(address));
        int abis = address >= HIGH ? Abis.HIGH_ADDRESSES : Abis.WIDE;
        if (context.admits(abis)) {
            context.narrow(abis, reason, task, line);
        } else if (!context.admits(Abis.WIDE | Abis.X32)) {
            contradictions.narrow(context, Abis.WIDE, reason, task, line);
        }
    }

    /** Notes the end of a call whose first line may have shown what its success would prove. */
    void bySuccess(Context context, Task task, PrintedName printed, Line line) {
        int abis = task.abisIfSuccessful();
        task.tellIfSuccessful(line.ending() == Ending.UNFINISHED ? abis : Abis.ALL);
        if (!isOver(context) && SuccessEvidence.isSuccess(line)) {
            contradictions.narrow(context, abis, "the success of " + printed.name(), task, line);
        }
    }

    /** {@code struct robust_list_head} is three words of the ABI; the kernel refuses any other size. */
    private static void bySize(Context context, Task task, Line line) {
        String size = line.arguments().text(1);
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
