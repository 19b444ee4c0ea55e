package io.github.strait.trace;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Stands in front of the parser, and undoes what copying did to a trace. Text that people post is quoted and indented from
 * any line on, wrapped at any place and stands in prose and among statements of programs. A line that shows no sign of
 * this is the parser's alone. Of any other the parser is shown the part that strace wrote; where the line could be several
 * things, it is held until enough of those after it are known. Which these are does not depend on how the trace is divided
 * into blocks. One reader's.
 */
final class Reassembly {
    /** How many lines after a line in doubt are looked at. */
    private static final int LOOK_AHEAD = 32;

    private static final int LOOK_AHEAD_BYTES = 1 << 16;
    private static final byte[] PLAIN = {};

    private final LineParser parser = new LineParser();
    private final Line line;
    private final ArrayDeque<HeldLine> held = new ArrayDeque<>();
    private final LineHandler handler;
    private final int defaultTid;
    private final Unmarking unmarking;
    private final WrappedRest rest;
    private final Surroundings around;

    private long heldBytes;
    /** The marks in front of the line that was parsed last. */
    private byte[] prefix = PLAIN;

    /** Whether a cut call waits for its rest, and whether one does after the line that was parsed last. */
    private boolean open;

    private boolean openAfter;

    /**
     * @param file the name of the file
     * @param defaultTid the tid of lines that carry none
     */
    Reassembly(LineHandler handler, String file, int defaultTid) {
        this.line = new Line(file);
        this.handler = handler;
        this.defaultTid = defaultTid;
        this.unmarking = new Unmarking(handler);
        this.rest = new WrappedRest(new Unmarking(handler));
        this.around = new Surroundings(unmarking);
    }

    /** Whether the next line must be given to {@link #take}, however plain it is. */
    boolean needsAll() {
        return parser.isInTable() || !held.isEmpty();
    }

    /** Lines have been passed over that only strace writes, each whole. */
    void passOver() {
        open = false;
        around.certain(PLAIN);
    }

    /** Takes the next line, which is valid only inside this call. */
    void take(byte[] bytes, int start, int end, long lineNumber, boolean last, boolean cut, int summary) {
        if (held.isEmpty()) {
            line.lineNumber = lineNumber;
            line.last = last;
            line.cutAtLimit = cut;
            if (!parse(bytes, start, end)) {
                line.scanned = summary;
                deliver();
                return;
            }
        }
        held.add(new HeldLine(Arrays.copyOfRange(bytes, start, end), lineNumber, last, cut));
        heldBytes += end - start;
        if (held.size() > LOOK_AHEAD || heldBytes - held.element().bytes.length > LOOK_AHEAD_BYTES) {
            settle(false);
        }
    }

    /** No line follows. */
    void end() {
        settle(true);
    }

    /** Delivers what is held up to the next line in doubt that may still be settled by lines to come. */
    private void settle(boolean ended) {
        boolean known = true;
        while (!held.isEmpty() && (known || ended)) {
            HeldLine head = held.remove();
            heldBytes -= head.bytes.length;
            known = held.size() >= LOOK_AHEAD || heldBytes > LOOK_AHEAD_BYTES;
            if (!parse(head)) {
                known = true;
                deliver();
            } else if (known || ended) {
                decide(head);
                known = true;
            } else {
                held.addFirst(head);
                heldBytes += head.bytes.length;
            }
        }
    }

    private boolean parse(HeldLine from) {
        line.lineNumber = from.lineNumber;
        line.last = from.last;
        line.cutAtLimit = from.cutAtLimit;
        return parse(from.bytes, 0, from.bytes.length);
    }

    /** Parses the next line; whether those around it must tell what it is. */
    private boolean parse(byte[] bytes, int start, int end) {
        prefix = PLAIN;
        line.reset(bytes, start, end);
        parser.parse(line, open);
        if (!hasSigns()) {
            openAfter = LineParser.isOpenAfter(line, open);
            return false;
        }
        Overlay.retry(parser, line, open, true);
        openAfter = LineParser.isOpenAfter(line, open);
        if (mayBeMarked(bytes, start, end)) {
            unmark(bytes, start, end);
        }
        return isInDoubt();
    }

    /** Whether the parse of the line as it stands leaves it possible that copying has changed it. */
    private boolean hasSigns() {
        return switch (line.kind) {
            case UNPARSED, CONTINUATION, MESSAGE, PERSONALITY -> true;
            case FRAME, DUMP -> !LineParser.isPlainFurniture(line);
            case CALL, RESUMED -> line.ending == Ending.CUT || line.unbalanced || isBehindMore() || isInDoubt();
            case EXIT, SIGNAL, SUPERSEDED -> isBehindMore();
            case SUMMARY, NOTE, BLANK -> false;
        };
    }

    private boolean isBehindMore() {
        return line.behindText || Unmarking.isIndentedTid(line.bytes, line.start, line.end);
    }

    /** Shows the parser what stands after the marks, where that is a line of strace. */
    private void unmark(byte[] bytes, int start, int end) {
        Weight weight = unmarking.weigh(bytes, start, end);
        if (weight == Weight.BEGINS || weight == Weight.CERTAIN) {
            Line unmarked = unmarking.line();
            prefix = unmarking.prefix();
            line.reset(unmarked.bytes, unmarked.start, unmarked.end);
            LineParser.parseAlone(line);
            boolean isCall = line.kind == LineKind.CALL || line.kind == LineKind.RESUMED;
            openAfter = isCall && line.ending == Ending.CUT;
        }
    }

    /** Whether the line that was parsed could also be one with something in front. */
    private boolean mayBeMarked(byte[] bytes, int start, int end) {
        boolean odd = switch (line.kind) {
            case UNPARSED, CONTINUATION, MESSAGE, PERSONALITY -> true;
            case FRAME, DUMP -> !LineParser.isPlainFurniture(line);
            case CALL, RESUMED, EXIT, SIGNAL -> line.behindText || Unmarking.isIndentedTid(bytes, start, end);
            default -> false;
        };
        return odd && end - start <= WrappedRest.LONGEST;
    }

    /** Whether the lines around it must tell what the line is. */
    private boolean isInDoubt() {
        if (line.kind != LineKind.CALL && line.kind != LineKind.RESUMED) {
            return false;
        }
        return line.tail != Tail.NONE || prefix.length > 0 && line.unbalanced || WrappedRest.isExplanationOpen(line);
    }

    private void decide(HeldLine head) {
        boolean isCall = line.tail == Tail.NONE && !line.unbalanced;
        // each line may begin with a word that is no name: putting those together would cost the square of their length
        boolean joins = !isCall && handler.isName(line.bytes, line.nameStart, line.nameEnd);
        WrappedRest.Found found = joins ? rest.find(line, prefix, held) : WrappedRest.Found.NOTHING;
        if (found == WrappedRest.Found.RESULT) {
            deliver();
            deliverRest();
        } else if (isCall || (found != WrappedRest.Found.STATEMENT && isLikely())) {
            int explanation = isCall ? rest.explanation(line, held) : 0;
            deliver();
            deliverExplanation(explanation);
        } else {
            line.reset(head.bytes, 0, head.bytes.length);
            parser.parse(line, open);
            Overlay.retry(parser, line, open, true);
            if (line.kind == LineKind.CALL) {
                line.reset(head.bytes, 0, head.bytes.length);
            }
            openAfter = LineParser.isOpenAfter(line, open);
            prefix = PLAIN;
            deliver();
        }
    }

    /** Whether a line that lacks the end of a call is one nevertheless. */
    private boolean isLikely() {
        boolean named = handler.isName(line.bytes, line.nameStart, line.nameEnd);
        if (line.kind == LineKind.RESUMED || line.isBracketed()) {
            return true;
        } else if (line.last || line.cutAtLimit) {
            return line.tid != 0 || around.anyCertain();
        } else if (line.tail == Tail.VALUE) {
            return named;
        } else if (line.tail == Tail.RESULT) {
            return named && around.isNear(prefix, held);
        }
        boolean empty = Ascii.skipSpaces(line.bytes, line.argumentsStart, line.end) == line.end;
        boolean plain = prefix.length == 0;
        boolean ofTask = line.tid != 0 && (around.anyCertain() || (plain && !empty));
        return ofTask || (!empty && around.isNear(prefix, held)) || (plain && around.isContinued(held));
    }

    /** The lines of which the call was put together, the last of them with its result. */
    private void deliverRest() {
        Line whole = rest.whole();
        int lines = rest.lines();
        int explanation = 0;
        for (int i = 1; i <= lines; i++) {
            HeldLine next = remove();
            if (i == lines) {
                explanation = rest.explanation(whole, held);
                line.reset(whole.bytes, 0, whole.end);
                line.argumentsStart = whole.argumentsStart;
                line.argumentsEnd = whole.argumentsEnd;
                line.ending = whole.ending;
                line.value = whole.value;
                line.errnoStart = whole.errnoStart;
                line.errnoEnd = whole.errnoEnd;
                line.otherTid = whole.otherTid;
                line.lineNumber = next.lineNumber;
            }
            line.kind = LineKind.CONTINUATION;
            deliver();
        }
        open = false;
        deliverExplanation(explanation);
    }

    private void deliverExplanation(int lines) {
        for (int i = 0; i < lines; i++) {
            remove();
            line.kind = LineKind.NOTE;
            deliver();
        }
    }

    /** The next of the lines that are held, as one that is not parsed. */
    private HeldLine remove() {
        HeldLine next = held.remove();
        heldBytes -= next.bytes.length;
        line.reset(next.bytes, 0, next.bytes.length);
        line.lineNumber = next.lineNumber;
        line.last = next.last;
        line.cutAtLimit = next.cutAtLimit;
        openAfter = open;
        return next;
    }

    private void deliver() {
        open = openAfter;
        around.look(line, prefix);
        if (line.tid == 0) {
            line.tid = defaultTid;
        }
        handler.accept(line);
    }
}
