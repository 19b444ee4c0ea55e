package io.github.strait.follow;

import io.github.strait.trace.Line;

/** Finds {@code NAME(} with the name of a call in an unparsed line, which may be a lost call. */
final class CallMention {
    private CallMention() {}

    /** Whether the beginning of the line names a call, and not as a manual page such as {@code open(2)}. */
    static boolean isIn(Line line, PrintedNameTable printedNames) {
        byte[] bytes = line.bytes();
        int from = line.start();
        int to = Math.min(line.end(), from + LineShape.LIMIT);
        int name = from;
        for (int p = from; p < to; p++) {
            if (isNamePart(bytes[p])) {
                continue;
            }
            boolean named = bytes[p] == '(' && p > name && !isPage(bytes, p + 1, to);
            if (named && printedNames.find(bytes, name, p) != null) {
                return true;
            }
            name = p + 1;
        }
        return false;
    }

    private static boolean isNamePart(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '_';
    }

    /** A digit and a parenthesis, and the digit is that of a section: calls are in the second. */
    private static boolean isPage(byte[] bytes, int from, int to) {
        return from + 1 < to && bytes[from] == '2' && bytes[from + 1] == ')';
    }
}
