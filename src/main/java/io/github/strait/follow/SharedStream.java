package io.github.strait.follow;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.Remediation;
import io.github.strait.observation.RunMark;
import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineKind;
import org.jspecify.annotations.Nullable;

/**
 * Whether the traced program could have written lines of a run that look like strace's own.
 *
 * <p>On a stream that it may write to, too, it can write anything. Only signs that are unique to such a stream count:
 * tids in brackets, messages about attaching, and, where no line has a tid as in a file, text that is not strace's, a
 * call that is cut, a second table, or a write of text that would pass for strace's. A trace of one task that shows
 * none of this may be either: a program that knows how it is traced can forge without a sign, so only {@code -o FILE}
 * is proof against it.
 *
 * <p>A file of several tasks whose lines were wrapped since has pieces of lines without a tid, and one that looks like a call
 * may be of a string.
 *
 * <p>Nor is a file proof, where it has the stack frames of {@code -k}: in them strace prints symbols as they stand in the
 * program, ends of lines too.
 */
final class SharedStream implements RunWatcher {
    private @Nullable SourcePosition sign;
    private @Nullable SourcePosition foreign;
    private @Nullable SourcePosition frame;
    private boolean ofFile;
    private boolean isTorn;
    private boolean hasTable;

    /** Looks at each line that is parsed. */
    void look(Line line) {
        LineKind kind = line.kind();
        if (kind == LineKind.FRAME && frame == null) {
            frame = line.position();
        }
        if (sign != null) {
            return;
        }
        if (ofFile) {
            // where lines are in pieces, a call without a tid may be a piece of a string
            isTorn |= isPiece(line);
            sign = isTorn && isPlainCall(line) ? line.position() : null;
        } else if (line.isBracketed() || line.attachedTid() != 0) {
            sign = line.position();
        } else if (line.tid() != Task.ANONYMOUS) {
            // a file of strace's own; its damage proves nothing
            ofFile = true;
        } else if (foreign == null && isForeign(line)) {
            foreign = line.position();
        }
    }

    private static boolean isPiece(Line line) {
        LineKind kind = line.kind();
        return kind == LineKind.UNPARSED
                || kind == LineKind.CONTINUATION
                || (kind == LineKind.CALL && line.ending() == Ending.CUT);
    }

    private static boolean isPlainCall(Line line) {
        return line.kind() == LineKind.CALL && line.tid() == Task.ANONYMOUS && line.ending() != Ending.CUT;
    }

    private boolean isForeign(Line line) {
        return switch (line.kind()) {
            case UNPARSED, CONTINUATION -> true;
            case CALL -> line.ending() == Ending.CUT || ForgedText.isWritten(line);
            case SUMMARY -> isSecondTable(line);
            default -> false;
        };
    }

    /** strace prints one table, and one more under a title for each other mode. */
    private boolean isSecondTable(Line line) {
        if (!line.markerMode().isEmpty()) {
            hasTable = false;
            return false;
        }
        boolean isHeader =
                line.nameStart() == line.nameEnd() && line.text(LineShape.LIMIT).contains("syscall");
        boolean isSecond = isHeader && hasTable;
        hasTable |= isHeader;
        return isSecond;
    }

    /** Whether a whole line with this tid, or without one, shows nothing new; text that it writes may. */
    boolean isKnown(int tid) {
        return sign != null || (tid == Task.ANONYMOUS ? !isTorn : ofFile);
    }

    /** Whether no further line with a tid changes anything. */
    boolean isSettled() {
        return sign != null || ofFile;
    }

    /** Whether a frame was seen; another one shows nothing new. */
    boolean hasFrames() {
        return frame != null;
    }

    /** Marks the run where the program could have forged it. */
    @Override
    public void runEnds(RunFindings findings) {
        SourcePosition shared = sign != null ? sign : ofFile ? null : foreign;
        if (shared != null) {
            findings.mark(
                    RunMark.SHARED_STREAM,
                    shared,
                    "the traced program can write to the same stream and forge calls; " + Remediation.RECORD_AGAIN);
        }
        if (frame != null) {
            findings.mark(
                    RunMark.STACK_FRAMES,
                    frame,
                    "stack frames hold symbols as the program names them, so it can forge calls in them; record again"
                            + " without -k");
        }
    }
}
