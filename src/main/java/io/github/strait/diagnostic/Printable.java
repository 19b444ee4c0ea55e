package io.github.strait.diagnostic;

/** Makes text from an untrusted trace safe to print on a terminal. */
public final class Printable {
    private Printable() {}

    /**
     * The same text with control characters, bidirectional overrides and lone surrogates written as {@code \xHH} or
     * {@code \}{@code uHHHH}. Text without them is returned as it is.
     */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUnsafe(text, i)) {
                return escaped(text, i);
            }
        }
        return text;
    }

    /** {@link #of} of at most {@code limit} characters, with {@code ...} where the rest was left out. */
    public static String of(String text, int limit) {
        return text.length() <= limit ? of(text) : of(text.substring(0, limit)) + "...";
    }

    private static String escaped(String text, int clean) {
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, clean);
        for (int i = clean; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isUnsafe(text, i)) {
                out.append(c);
            } else if (c < 0x100) {
                out.append(String.format("\\x%02x", (int) c));
            } else {
                out.append(String.format("\\u%04x", (int) c));
            }
        }
        return out.toString();
    }

    private static boolean isUnsafe(String text, int i) {
        char c = text.charAt(i);
        if (c < 0x7f) {
            return c < 0x20;
        }
        if (c < 0xa0) {
            return true;
        }
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
        }
        int type = Character.getType(c);
        return type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.UNASSIGNED;
    }
}
