package io.github.strait.observe;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.trace.Arguments;
import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a line proves about the ABI of its call. In order of strength: the number of {@code -n} with its name, the width
 * of {@code -i}, the name itself, addresses of more than 32 bits, and the size that {@code set_robust_list} is given.
 */
final class AbiEvidence {
    private static final long FOUR_GIGABYTES = 1L << 32;
    private static final long HIGH = 1L << 47;
    private static final long TOP = 1L << 56;
    private static final int WARNINGS = 3;

    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private int contradictions;

    private final EraEvidence style = new EraEvidence();

    Era era() {
        return style.era();
    }

    /** Looks at the style of a second half or of a signal. */
    void look(Line line, Spelling spelling) {
        style.look(line, spelling);
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
    Context contextOf(Task task, Spelling spelling, String file, Line line) {
        Context context = task.context();
        int byColumn = byColumns(spelling, file, line);
        int byName = spelling.abis(style.isOld());
        int all = byColumn & byName;
        if (all == 0) {
            all = byName;
        }
        if (!context.admits(all)) {
            if (byColumn == Abis.ALL) {
                contradiction(context, spelling, file, line);
            }
            context = context.image().context(all);
        }
        if (!context.isDecided()) {
            context.narrow(all, "the name " + spelling.name(), file, line);
        }
        return context;
    }

    private int byColumns(Spelling spelling, String file, Line line) {
        int abis = Abis.ALL;
        if (line.addressDigits() != 0) {
            abis = line.addressDigits() == 16 ? Abis.WIDE : Abis.NARROW;
        }
        if (line.number() != Line.NO_NUMBER) {
            int byNumber = spelling.abis(line.number());
            if (byNumber == 0) {
                warn(
                        "number-name-mismatch",
                        file,
                        line,
                        "number " + line.number() + " is not " + spelling.name()
                                + " on any known architecture; the name is kept");
            } else {
                abis &= byNumber;
            }
        }
        return abis;
    }

    private void contradiction(Context context, Spelling spelling, String file, Line line) {
        warn(
                "abi-contradiction",
                file,
                line,
                spelling.name() + " does not exist on "
                        + Abis.first(context.candidates()).label() + ", which "
                        + context.positionAgainst(spelling.abis(style.isOld()))
                                .map(SourcePosition::toString)
                                .orElse("the caller")
                        + " proves for this program; a call of another ABI, or an execve is missing; record with:"
                        + " strace -f -n -o FILE");
    }

    private void warn(String code, String file, Line line, String message) {
        if (++contradictions <= WARNINGS) {
            diagnostics.add(Diagnostic.warning(code, new SourcePosition(file, line.lineNumber()), message));
        }
    }

    /** Looks at the addresses that a call shows; only worth the time while the context is undecided. */
    static void narrowByValues(Context context, Spelling spelling, String file, Line line) {
        if (context.isDecided()) {
            return;
        }
        switch (spelling.role()) {
            case MAPS -> {
                if (line.ending() == Ending.VALUE) {
                    byAddress(context, line.value(), file, line);
                }
            }
            case TAKES_ADDRESS -> byArgument(context, 0, file, line);
            case EXECVE -> byArgument(context, spelling.name().equals("execve") ? 2 : 3, file, line);
            case ROBUST_LIST -> {
                byArgument(context, 0, file, line);
                bySize(context, file, line);
            }
            default -> {}
        }
    }

    private static void byArgument(Context context, int index, String file, Line line) {
        OptionalLong address = line.arguments().hexadecimal(index);
        if (address.isPresent()) {
            byAddress(context, address.getAsLong(), file, line);
        }
    }

    private static void byAddress(Context context, long address, String file, Line line) {
        if (address < FOUR_GIGABYTES || address >= TOP) {
            return;
        }
        context.hint(Abis.hintOf(address));
        int abis = address >= HIGH ? Abis.HIGH_ADDRESSES : Abis.WIDE;
        if (context.admits(abis)) {
            context.narrow(abis, "the address 0x" + Long.toHexString(address), file, line);
        }
    }

    /** {@code struct robust_list_head} is three words of the ABI. */
    private static void bySize(Context context, String file, Line line) {
        Arguments arguments = line.arguments();
        String size = arguments.text(1);
        size = size.substring(size.indexOf('=') + 1);
        int abis = switch (size) {
            case "24", "0x18" -> Abis.WIDE;
            case "12", "0xc" -> Abis.NARROW;
            default -> Abis.ALL;
        };
        if (context.admits(abis)) {
            context.narrow(abis, "set_robust_list of " + size + " bytes", file, line);
        }
    }
}
