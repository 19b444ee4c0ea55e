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
    /** Whether nothing counts after the first field of a structure. */
    private boolean isHead;

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
     * @return a place outside of brackets at or before their end; negative when the line must be parsed
     */
    int scan(byte[] line, ArgumentSpan span, boolean resumed, int name, int from) {
        int start = resumed ? NOT_FOUND : usual(line, span.first(), from);
        int next = start < 0 ? NOT_FOUND : combinations.find(line, start, name);
        if (next < 0) {
            return rare(line, span, resumed, name, from);
        }
        word = combinations.number();
        return span.isHead() && line[start] == '{' ? start : next;
    }

    /** The place of the argument with this index, where usual ones stand before; negative where any other does. */
    private static int usual(byte[] bytes, int index, int from) {
        if (bytes[from] == ' ' || bytes[from] == ',') {
            return NOT_FOUND;
        }
        int p = from;
        int left = index;
        while (left > 0 && p >= 0) {
            p = ordinary(bytes, p);
            byte b = bytes[p];
            if (b == ',') {
                left--;
                p = bytes[p + 1] == ' ' && bytes[p + 2] != ' ' ? p + 2 : NOT_FOUND;
            } else if (b == '"') {
                p = string(bytes, p + 1);
            } else if (b == '/') {
                p = bytes[p + 1] == '*' ? comment(bytes, p + 2) : p + 1;
            } else {
                return NOT_FOUND;
            }
        }
        return p;
    }

    /** The same for any line. */
    private int rare(byte[] line, ArgumentSpan span, boolean resumed, int name, int from) {
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
        isHead = span.isHead() && bytes[p] == '{';
        int next = first == 0 ? combinations.find(bytes, p, head) : NOT_FOUND;
        next = next < 0 ? scan(first, last, head, from, p) : next;
        word = combinations.number();
        return next < 0 || word == WordNumbers.NONE ? NOT_FOUND : isHead ? p : next;
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
            p = ordinary(bytes, p);
            switch (KINDS[bytes[p] & 0xff]) {
                case COMMA -> {
                    if (depth == 1 && isHead) {
                        return add(head, span, p, p, head);
                    } else if (depth > 0) {
                        p++;
                    } else if (index == last) {
                        return add(head, span, p == commentEnd ? comment : p, p, head);
                    } else {
                        index++;
                        p = spaces(p + 1);
                        argument = p;
                        if (index == first) {
                            span = p;
                            int known = combinations.find(bytes, p, head);
                            if (known >= 0) {
                                return known;
                            }
                        }
                    }
                }
                case LineScanner.OPENING -> {
                    depth++;
                    p++;
                }
                case LineScanner.CLOSING -> {
                    if (depth == 0 && bytes[p] == ')') {
                        return add(head, span, p == commentEnd ? comment : p, p, head);
                    }
                    depth = Math.max(0, depth - 1);
                    p++;
                }
                case LineScanner.QUOTE -> {
                    p = string(bytes, p + 1);
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
                    return add(head, span, end == commentEnd ? comment : end, p, of);
                }
                case LineScanner.SLASH -> {
                    if (bytes[p + 1] != '*') {
                        p++;
                        continue;
                    }
                    // one that ends the text does not count, but for the first field: what is not in it is cut off at a
                    // comma
                    comment = p;
                    while (comment > argument && bytes[comment - 1] == ' ') {
                        comment--;
                    }
                    p = comment(bytes, p + 2);
                    commentEnd = isHead ? commentEnd : p;
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

    /** Numbers what the call shows from its first argument that counts on. */
    private int add(int head, int start, int end, int next, int shown) {
        if (start <= next && bytes[start] != '<') {
            combinations.add(bytes, start, Math.max(start, end), next, head, shown);
        } else if (start >= end) {
            combinations.findEmpty(shown);
        } else {
            // whether an annotation begins there depends on what stands before
            return NOT_FOUND;
        }
        return next;
    }

    /** The first place of a byte that needs a closer look. */
    private static int ordinary(byte[] bytes, int from) {
        int p = from;
        while (PAIRS[ByteSearch.pair(bytes, p)] == ORDINARY) {
            p += 2;
        }
        return KINDS[bytes[p] & 0xff] == ORDINARY ? p + 1 : p;
    }

    /** The place after a comment, which must end on this line and hold neither another one nor a string. */
    static int comment(byte[] bytes, int from) {
        int p = from;
        while (true) {
            p = ByteSearch.findAny(bytes, p, (byte) '*', (byte) '"', (byte) '\n');
            if (bytes[p] != '*' || bytes[p - 1] == '/') {
                return NOT_FOUND;
            } else if (bytes[p + 1] == '/') {
                return p + 2;
            }
            p++;
        }
    }

    /** The place after a string, whose quotes must close on this line. */
    static int string(byte[] bytes, int from) {
        int p = from;
        while (true) {
            p = ByteSearch.findAny(bytes, p, (byte) '"', (byte) '\\', (byte) '\n');
            byte b = bytes[p];
            if (b == '"') {
                return p + 1;
            } else if (b == '\n' || bytes[p + 1] == '\n') {
                return NOT_FOUND;
            }
            p += 2;
        }
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
