package io.github.strait.trace;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * The stage before the parser: undoes what copying did to a trace. Posted text is quoted and indented from any line on,
 * wrapped anywhere, and mixed with prose and program code. A line without a sign of this is parsed unchanged. For any
 * other, the parser gets the part that strace wrote. An ambiguous line is held until enough later lines are known; the
 * division into blocks does not matter. For one reader.
 */
final class Salvage {
    /** How many lines after a line in doubt may decide what it is. */
    private static final int LOOK_AHEAD = 32;

    private static final int LOOK_AHEAD_BYTES = 1 << 16;
    private static final byte[] PLAIN = {};

    private final LineParser parser = new LineParser();
    private final Line line;
    private final ArrayDeque<HeldLine> held = new ArrayDeque<>();
    private final LineHandler handler;
    private final int defaultTid;
    private final StrippedLine stripped;
    private final WrappedCall rest;
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
    Salvage(LineHandler handler, String file, int defaultTid) {
        this.line = new Line(file);
        this.handler = handler;
        this.defaultTid = defaultTid;
        this.stripped = new StrippedLine(handler);
        this.rest = new WrappedCall(new StrippedLine(handler));
        this.around = new Surroundings(stripped);
    }

    /** Whether the next line must be given to {@link #take}, however plain it is. */
    boolean needsAll() {
        return parser.isInTable() || !held.isEmpty();
    }

    /** Notes that some lines were counted without being parsed: whole ones that only strace writes. */
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

    /** Takes the header in front of the trace, its first line. */
    void takeHeader(byte[] bytes, int start, int end) {
        takeOwn(bytes, start, end, 1, LineKind.HEADER);
    }

    /** Takes a line that strait wrote, not strace. */
    void takeOwn(byte[] bytes, int start, int end, long lineNumber, LineKind kind) {
        line.reset(bytes, start, end);
        line.lineNumber = lineNumber;
        line.last = false;
        line.cutAtLimit = false;
        line.kind = kind;
        handler.accept(line);
    }

    /** Ends the trace: no line follows. */
    void end() {
        settle(true);
    }

    /** Delivers the lines held, up to the next one in doubt that later lines may still decide. */
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

    /** Parses the next line; returns whether the lines around it must decide what it is. */
    private boolean parse(byte[] bytes, int start, int end) {
        prefix = PLAIN;
        line.reset(bytes, start, end);
        parser.parse(line, open);
        if (!hasSigns()) {
            openAfter = LineParser.isOpenAfter(line, open);
            return false;
        }
        CleanText.retry(parser, line, open, true);
        openAfter = LineParser.isOpenAfter(line, open);
        if (mayBeMarked(bytes, start, end)) {
            unmark(bytes, start, end);
        }
        return isInDoubt();
    }

    /** Whether the parse of the line as it stands shows that copying may have changed it. */
    private boolean hasSigns() {
        return switch (line.kind) {
            case UNPARSED, CONTINUATION, MESSAGE, PERSONALITY -> true;
            case FRAME, DUMP -> !LineParser.isPlainFurniture(line);
            case CALL, RESUMED -> line.ending == Ending.CUT || line.unbalanced || isBehindMore() || isInDoubt();
            case EXIT, SIGNAL, SUPERSEDED -> isBehindMore();
            case SUMMARY, NOTE, HEADER, IMPORTS, BLANK -> false;
        };
    }

    private boolean isBehindMore() {
        return line.behindText || StrippedLine.isIndentedTid(line.bytes, line.start, line.end);
    }

    /** Parses what follows the marks, if that is a line of strace. */
    private void unmark(byte[] bytes, int start, int end) {
        Certainty certainty = stripped.strip(bytes, start, end);
        if (certainty == Certainty.BEGINS || certainty == Certainty.CERTAIN) {
            Line unmarked = stripped.line();
            prefix = stripped.prefix();
            line.reset(unmarked.bytes, unmarked.start, unmarked.end);
            LineParser.parseAlone(line);
            boolean isCall = line.kind == LineKind.CALL || line.kind == LineKind.RESUMED;
            openAfter = isCall && line.ending == Ending.CUT;
        }
    }

    /** Whether the parsed line could also be one with marks in front. */
    private boolean mayBeMarked(byte[] bytes, int start, int end) {
        boolean odd = switch (line.kind) {
            case UNPARSED, CONTINUATION, MESSAGE, PERSONALITY -> true;
            case FRAME, DUMP -> !LineParser.isPlainFurniture(line);
            case CALL, RESUMED, EXIT, SIGNAL -> line.behindText || StrippedLine.isIndentedTid(bytes, start, end);
            default -> false;
        };
        return odd && end - start <= WrappedCall.LONGEST;
    }

    /** Whether the lines around it must decide what the line is. */
    private boolean isInDoubt() {
        if (line.kind != LineKind.CALL && line.kind != LineKind.RESUMED) {
            return false;
        }
        return line.missing != Missing.NONE
                || prefix.length > 0 && line.unbalanced
                || WrappedCall.isExplanationOpen(line);
    }

    private void decide(HeldLine head) {
        boolean isCall = line.missing == Missing.NONE && !line.unbalanced;
        // any line may begin with a word that is not a name: joining all of those would take quadratic time
        boolean joins = !isCall && handler.isName(line.bytes, line.nameStart, line.nameEnd);
        WrappedCall.Found found = joins ? rest.find(line, prefix, held) : WrappedCall.Found.NOTHING;
        if (found == WrappedCall.Found.RESULT) {
            deliver();
            deliverRest();
        } else if (isCall || (found != WrappedCall.Found.STATEMENT && isLikely())) {
            int explanation = isCall ? rest.explanation(line, held) : 0;
            deliver();
            deliverExplanation(explanation);
        } else {
            line.reset(head.bytes, 0, head.bytes.length);
            parser.parse(line, open);
            CleanText.retry(parser, line, open, true);
            if (line.kind == LineKind.CALL) {
                line.reset(head.bytes, 0, head.bytes.length);
            }
            openAfter = LineParser.isOpenAfter(line, open);
            prefix = PLAIN;
            deliver();
        }
    }

    /** Whether a line that lacks the end of a call is a call nevertheless. */
    private boolean isLikely() {
        boolean named = handler.isName(line.bytes, line.nameStart, line.nameEnd);
        if (line.kind == LineKind.RESUMED || line.isBracketed()) {
            return true;
        } else if (line.last || line.cutAtLimit) {
            return line.tid != 0 || around.anyCertain();
        } else if (line.missing == Missing.VALUE) {
            return named;
        } else if (line.missing == Missing.RESULT) {
            return named && around.isNear(prefix, held);
        }
        boolean empty = Ascii.skipSpaces(line.bytes, line.argumentsStart, line.end) == line.end;
        boolean plain = prefix.length == 0;
        boolean ofTask = line.tid != 0 && (around.anyCertain() || (plain && !empty));
        return ofTask || (!empty && around.isNear(prefix, held)) || (plain && around.isContinued(held));
    }

    /** Delivers the lines that the call was joined from, the last of them with its result. */
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

    /** Takes the next of the held lines, unparsed. */
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
