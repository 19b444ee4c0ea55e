package io.github.strait.trace;

import io.github.strait.diagnostic.SourcePosition;
import java.nio.charset.StandardCharsets;

/**
 * One physical line of a trace, decoded in place: offsets into a buffer rather than copies. The reader reuses one
 * object for all lines, so it is valid only until the next one.
 */
public final class Line implements Positioned {
    /** The value of {@link #number} when the trace was not made with {@code -n}, or strace printed {@code ???}. */
    public static final int NO_NUMBER = Integer.MIN_VALUE;

    /** The value of {@link #scanned} for a line that no scanner recognised: only the parser says what it is. */
    public static final int UNSCANNED = 0;

    final String file;

    byte[] bytes = new byte[0];
    int start;
    int end;
    long lineNumber;
    boolean cutAtLimit;
    boolean last;

    LineKind kind = LineKind.BLANK;
    int tid;
    int number;
    int addressDigits;
    int bodyStart;

    int nameStart;
    int nameEnd;
    int argumentsStart;
    int argumentsEnd;
    Ending ending = Ending.CUT;
    long value;
    int errnoStart;
    int errnoEnd;
    int otherTid;
    int attachedTid;
    int markerTid;
    /** Whether another writer's text stands in front of strace's line. */
    boolean behindText;
    /** The part that is missing if the line is cut. */
    Missing missing = Missing.NONE;
    /** Whether the end of the arguments is a guess, because their brackets do not balance. */
    boolean unbalanced;

    long errors;
    int modeStart;
    int modeEnd;
    int scanned;

    /** A line whose file has no name. */
    Line() {
        this("");
    }

    Line(String file) {
        this.file = file;
    }

    void reset(byte[] buffer, int from, int to) {
        bytes = buffer;
        start = from;
        end = to;
        kind = LineKind.UNPARSED;
        tid = 0;
        number = NO_NUMBER;
        addressDigits = 0;
        bodyStart = from;
        nameStart = from;
        nameEnd = from;
        argumentsStart = to;
        argumentsEnd = to;
        ending = Ending.CUT;
        value = 0;
        errnoStart = to;
        errnoEnd = to;
        otherTid = 0;
        attachedTid = 0;
        markerTid = 0;
        behindText = false;
        missing = Missing.NONE;
        unbalanced = false;
        errors = 0;
        modeStart = to;
        modeEnd = to;
        scanned = UNSCANNED;
    }

    public LineKind kind() {
        return kind;
    }

    /** The number of this line in its file, from 1. */
    public long lineNumber() {
        return lineNumber;
    }

    @Override
    public SourcePosition position() {
        return new SourcePosition(file, lineNumber);
    }

    /** The tid in front of the line, or 0 where there is none. */
    public int tid() {
        return tid;
    }

    /** The syscall number that {@code -n} printed (bit 30 set on x32), or {@link #NO_NUMBER}. */
    public int number() {
        return number;
    }

    /** How many hexadecimal digits the instruction pointer of {@code -i} has: 8, 16, or 0 without {@code -i}. */
    public int addressDigits() {
        return addressDigits;
    }

    /** How the call ends on this line; only for {@code CALL}, {@code RESUMED} and {@code CONTINUATION}. */
    public Ending ending() {
        return ending;
    }

    /** The value returned; only when {@link #ending} is {@code VALUE}. In a row of a table the number of calls. */
    public long value() {
        return value;
    }

    /** The number of errors in a row of a table. */
    public long errors() {
        return errors;
    }

    /** Whether the tid stands in brackets, {@code [pid 7]}: strace writes it so to a terminal, and not to a file. */
    public boolean isBracketed() {
        return tid != 0 && start + 1 < end && bytes[start] == '[' && bytes[start + 1] == 'p';
    }

    /**
     * Another tid that the line speaks of: of a personality marker, of the thread that superseded this one, of the
     * leader that {@code <pid changed to N ...>} names, of the task whose program an {@link AttachedProgram} is; 0 where there
     * is none.
     */
    public int otherTid() {
        return otherTid;
    }

    /** The tid of a {@code Process N attached} message, also one glued to a cut call; 0 where there is none. */
    public int attachedTid() {
        return attachedTid;
    }

    /**
     * The tid of a personality marker, also one glued to a cut call, which then is about this tid and not about the
     * caller; 0 where there is none.
     */
    public int markerTid() {
        return markerTid;
    }

    /** The mode that a personality marker or the title of a table names, such as {@code 32 bit}; empty elsewhere. */
    public String markerMode() {
        return latin1(modeStart, modeEnd);
    }

    /** The buffer that {@link #nameStart} and its like point into. */
    public byte[] bytes() {
        return bytes;
    }

    /** The place of the first byte of the line, after any prefix of another tool. */
    public int start() {
        return start;
    }

    /** The place after the last byte of the line. */
    public int end() {
        return end;
    }

    public int nameStart() {
        return nameStart;
    }

    public int nameEnd() {
        return nameEnd;
    }

    /** The name as strace spells it; for a personality marker its mode, for a signal or exit the signal's name, in a table the row's. */
    public String name() {
        return latin1(nameStart, nameEnd);
    }

    /** The errno's name, such as {@code ENOENT}; {@code 38} where strace knew no name; empty unless an error. */
    public String errno() {
        return latin1(errnoStart, errnoEnd);
    }

    /** The summary that a {@link BlockScanner} made of this line, or {@link #UNSCANNED}. */
    public int scanned() {
        return scanned;
    }

    /** The arguments that this line shows, parsed now. */
    public Arguments arguments() {
        return Arguments.of(bytes, argumentsStart, argumentsEnd);
    }

    /** Their text, bytes above 127 as Latin-1. */
    public String argumentsText() {
        return latin1(argumentsStart, Math.max(argumentsStart, argumentsEnd));
    }

    /** The whole line as text; bytes above 127 are shown as Latin-1, for messages only. */
    public String text() {
        return latin1(start, end);
    }

    /** The beginning of {@link #text}, of at most so many bytes. */
    public String text(int limit) {
        return latin1(start, Math.min(end, start + limit));
    }

    String latin1(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
