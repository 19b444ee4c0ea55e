package io.github.strait.trace;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;

/**
 * Parses lines in their order, and decides of those that could be several things by the lines around them. Text that
 * people post is quoted and indented from any line on, wrapped at any place and stands in prose and among statements of
 * programs. A line in doubt is held until enough of those after it are known: which of them, does not depend on how the
 * trace is divided into blocks. One reader's.
 */
final class Reassembly {
    /** How many lines after a line in doubt are looked at. */
    private static final int LOOK_AHEAD = 32;

    private static final int LOOK_AHEAD_BYTES = 1 << 16;
    /** So many lines away a line of strace makes those around it likelier. */
    private static final int NEAR = 3;

    private static final byte[] PLAIN = {};

    private final LineParser parser = new LineParser();
    private final Line line = new Line();
    private final ArrayDeque<HeldLine> held = new ArrayDeque<>();
    private final LineHandler handler;
    private final int defaultTid;
    private final Unmarking unmarking;
    private final WrappedRest rest;

    private long heldBytes;
    /** The marks in front of the line that was parsed last. */
    private byte[] prefix = PLAIN;

    private byte[] certainPrefix = PLAIN;
    private int sinceCertain = NEAR;
    private boolean anyCertain;
    private boolean wasOpen;

    /** @param defaultTid the tid of lines that carry none */
    Reassembly(LineHandler handler, int defaultTid) {
        this.handler = handler;
        this.defaultTid = defaultTid;
        this.unmarking = new Unmarking(handler);
        this.rest = new WrappedRest(new Unmarking(handler));
    }

    /** Whether the next line must be given to {@link #take}, however plain it is. */
    boolean needsAll() {
        return parser.isInTable() || !held.isEmpty();
    }

    /** Lines have been passed over that only strace writes, each whole. */
    void passOver() {
        parser.passOver();
        certain(PLAIN);
    }

    /** Takes the next line, which is valid only inside this call. */
    void take(byte[] bytes, int start, int end, long lineNumber, boolean last, boolean cut, int glance) {
        if (held.isEmpty()) {
            line.lineNumber = lineNumber;
            line.last = last;
            line.cutAtLimit = cut;
            parse(bytes, start, end);
            if (!isInDoubt()) {
                line.word = Glance.name(glance);
                line.errnoWord = Glance.errno(glance);
                deliver();
                return;
            }
            parser.setOpen(wasOpen);
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
            parse(head);
            if (!isInDoubt()) {
                known = true;
                deliver();
            } else if (known || ended) {
                decide(head);
                known = true;
            } else {
                parser.setOpen(wasOpen);
                held.addFirst(head);
                heldBytes += head.bytes.length;
            }
        }
    }

    private void parse(HeldLine from) {
        line.lineNumber = from.lineNumber;
        line.last = from.last;
        line.cutAtLimit = from.cutAtLimit;
        parse(from.bytes, 0, from.bytes.length);
    }

    private void parse(byte[] bytes, int start, int end) {
        wasOpen = parser.isOpen();
        prefix = PLAIN;
        line.reset(bytes, start, end);
        parser.parse(line, true);
        if (!mayBeMarked(bytes, start, end)) {
            return;
        }
        Weight weight = unmarking.weigh(bytes, start, end);
        if (weight == Weight.BEGINS || weight == Weight.CERTAIN) {
            Line unmarked = unmarking.line();
            prefix = unmarking.prefix();
            line.reset(unmarked.bytes, unmarked.start, unmarked.end);
            LineParser.parseAlone(line);
            boolean isCall = line.kind == LineKind.CALL || line.kind == LineKind.RESUMED;
            parser.setOpen(isCall && line.ending == Ending.CUT);
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
            parser.setOpen(wasOpen);
            line.reset(head.bytes, 0, head.bytes.length);
            parser.parse(line, true);
            if (line.kind == LineKind.CALL) {
                parser.setOpen(wasOpen);
                line.reset(head.bytes, 0, head.bytes.length);
            }
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
            return line.tid != 0 || anyCertain;
        } else if (line.tail == Tail.VALUE) {
            return named;
        } else if (line.tail == Tail.RESULT) {
            return named && isNear();
        }
        boolean empty = Ascii.skipSpaces(line.bytes, line.argumentsStart, line.end) == line.end;
        boolean plain = prefix.length == 0;
        boolean ofTask = line.tid != 0 && (anyCertain || (plain && !empty));
        return ofTask || (!empty && isNear()) || (plain && isContinued());
    }

    /** Whether a line like this one, and beyond doubt, stands near. */
    private boolean isNear() {
        if (sinceCertain < NEAR && Arrays.equals(prefix, certainPrefix)) {
            return true;
        }
        Iterator<HeldLine> after = held.iterator();
        for (int i = 0; i < NEAR && after.hasNext(); i++) {
            HeldLine next = after.next();
            Weight weight = next.weight(unmarking);
            if (weight == Weight.CERTAIN && Arrays.equals(prefix, next.prefix())) {
                return true;
            } else if (weight == Weight.BLANK) {
                return false;
            }
        }
        return false;
    }

    /** Whether one of the lines that follow can only be the rest of a call. */
    private boolean isContinued() {
        for (HeldLine next : held) {
            if (next.isRest(unmarking)) {
                return true;
            }
        }
        return false;
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
        parser.setOpen(false);
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
        return next;
    }

    private void deliver() {
        switch (line.kind) {
            case CALL, RESUMED, SIGNAL, EXIT, SUPERSEDED, PERSONALITY, SUMMARY -> certain(prefix);
            case FRAME, DUMP -> {
                if (LineParser.isPlainFurniture(line)) {
                    certain(PLAIN);
                }
            }
            case BLANK -> sinceCertain = NEAR;
            case UNPARSED -> sinceCertain = Math.min(NEAR, sinceCertain + 1);
            default -> {}
        }
        if (line.tid == 0) {
            line.tid = defaultTid;
        }
        handler.accept(line);
    }

    private void certain(byte[] marks) {
        sinceCertain = 0;
        certainPrefix = marks;
        anyCertain = true;
    }
}
