package io.github.strait.yaml;

import java.util.regex.Pattern;

/** Strings as YAML. */
public final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./][-A-Za-z0-9_./]*");

    private YamlText() {}

    /**
     * A string for a value: as it is where every reader takes it for that string, else in double quotes. All but printable
     * ASCII is escaped, so it stays on one line.
     */
    public static String of(String text) {
        return PLAIN.matcher(text).matches() && PlainScalar.isText(text) ? text : quoted(text);
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c >= ' ' && c <= '~') {
                out.append((char) c);
            } else {
                out.append(c > 0xffff ? String.format("\\U%08X", c) : String.format("\\u%04X", c));
            }
        });
        return out.append('"').toString();
    }
}
