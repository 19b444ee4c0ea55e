package io.github.strait.trace.scan;

import io.github.strait.trace.ArgumentScanner;
import io.github.strait.trace.ByteSearch;

/**
 * Finds the text of the arguments that count, and numbers what calls show there: the word of the line is then that of
 * name and text. Divides arguments as {@code Arguments} does, and refuses lines where more than that text decides. For one
 * thread.
 */
final class SpanScanner {
    private static final int NOT_FOUND = -1;

    private static final byte ORDINARY = 0;
    private static final byte COMMA = 7;
    private static final byte[] KINDS = kinds();
    private static final byte[] PAIRS = LineScanner.pairs(KINDS);

    private final CombinationTable combinations;
    private byte[] bytes = new byte[0];
    private int word;

    SpanScanner(WordNumbers words) {
        this.combinations = new CombinationTable(words);
    }

    /** The number for what the last line shows. */
    int word() {
        return word;
    }

    /**
     * Scans arguments up to the end of those that count.
     *
     * @param name the word of the call's name
     * @param from the first byte of the arguments
     * @return the place where they end, outside of brackets; negative when the line must be parsed
     */
    int scan(byte[] line, ArgumentSpan span, boolean resumed, int name, int from) {
        bytes = line;
        int skipped = resumed ? span.offset() : 0;
        int last = span.last() - skipped;
        if (last < 0) {
            word = name;
            return from;
        }
        int first = Math.max(0, span.first() - skipped);
        int p = spaces(from);
        boolean isLeading = bytes[p] == ',';
        if (isLeading) {
            p = spaces(p + 1);
        }
        if (resumed ? bytes[p] == '<' : isLeading) {
            return NOT_FOUND;
        }
        int head = CombinationTable.header(name, resumed, isLeading);
        return scan(first, last, head, from, p);
    }

    /** The same for the arguments of these indexes; the first of all begins at {@code start}. */
    private int scan(int first, int last, int head, int from, int start) {
        int depth = 0;
        int index = 0;
        int argument = start;
        int span = first == 0 ? start : Integer.MAX_VALUE;
        int to = NOT_FOUND;
        boolean isOpen = false;
        int comment = 0;
        int commentEnd = 0;
        int p = start;
        while (true) {
            p = ordinary(p);
            switch (KINDS[bytes[p] & 0xff]) {
                case COMMA -> {
                    if (depth > 0) {
                        p++;
                    } else if (index == last) {
                        return found(head, span, p == commentEnd ? comment : p, p);
                    } else {
                        index++;
                        p = spaces(p + 1);
                        argument = p;
                        span = index == first ? p : span;
                    }
                }
                case LineScanner.OPENING -> {
                    depth++;
                    p++;
                }
                case LineScanner.CLOSING -> {
                    if (depth == 0 && bytes[p] == ')') {
                        return found(head, span, p == commentEnd ? comment : p, p);
                    }
                    depth = Math.max(0, depth - 1);
                    p++;
                }
                case LineScanner.QUOTE -> {
                    p = LineScanner.string(bytes, p + 1);
                    if (p < 0) {
                        return NOT_FOUND;
                    }
                }
                case LineScanner.LINE_FEED -> {
                    int end = LineScanner.unfinishedEnd(bytes, from, p);
                    if (end < 0 || depth > 0 || CombinationTable.isResumed(head)) {
                        return NOT_FOUND;
                    }
                    boolean isTrailing = argument >= end;
                    int shown = isTrailing ? index : index + 1;
                    if (shown <= last && isOpen) {
                        return NOT_FOUND;
                    }
                    int of = shown > last ? head : CombinationTable.waiting(head, shown, isTrailing && index > 0);
                    return found(of, span, end == commentEnd ? comment : end, p);
                }
                case LineScanner.SLASH -> {
                    if (bytes[p + 1] != '*') {
                        p++;
                        continue;
                    }
                    // one that ends the text does not count
                    comment = p;
                    while (comment > argument && bytes[comment - 1] == ' ') {
                        comment--;
                    }
                    p = LineScanner.comment(bytes, p + 2);
                    commentEnd = p;
                    if (p < 0) {
                        return NOT_FOUND;
                    }
                }
                default -> {
                    if (p == from || (bytes[p - 1] == ' ' && bytes[p + 1] != '<')) {
                        // no annotation
                        p++;
                    } else {
                        to = to < 0 ? LineScanner.argumentsLimit(bytes, from, p) : to;
                        // where an annotation ends depends on what follows
                        if (to < 0 || index >= first) {
                            return NOT_FOUND;
                        }
                        p = ArgumentScanner.skip(bytes, from, p, to);
                        isOpen = p == to && bytes[p - 1] != '>';
                    }
                }
            }
        }
    }

    private int found(int head, int start, int end, int next) {
        word = combinations.find(bytes, Math.min(start, end), end, head);
        return word == WordNumbers.NONE ? NOT_FOUND : next;
    }

    /** The first place of a byte that needs a closer look. */
    private int ordinary(int from) {
        int p = from;
        while (PAIRS[ByteSearch.pair(bytes, p)] == ORDINARY) {
            p += 2;
        }
        return KINDS[bytes[p] & 0xff] == ORDINARY ? p + 1 : p;
    }

    private int spaces(int from) {
        int p = from;
        while (bytes[p] == ' ') {
            p++;
        }
        return p;
    }

    private static byte[] kinds() {
        byte[] kinds = LineScanner.kinds();
        kinds[','] = COMMA;
        return kinds;
    }
}
