package io.github.strait.cli;

import java.util.Locale;
import java.util.Map;

/**
 * What the terminal of standard error can show, as the environment says.
 *
 * @param hasLines whether a line can be erased and written again
 * @param hasTitle whether its window has a title
 * @param hasUnicode whether it shows more than ASCII
 */
record Terminal(boolean hasLines, boolean hasTitle, boolean hasUnicode) {
    /** The launcher puts the caller's value there before it sets LC_ALL itself. */
    private static final String LC_ALL_BEFORE = "STRAIT_LC_ALL";

    /** By its type and the locale. */
    static Terminal of(Map<String, String> environment) {
        String type = environment.getOrDefault("TERM", "");
        boolean hasLines = !type.isEmpty() && !type.equals("dumb") && !type.equals("unknown");
        boolean isConsole = type.equals("linux") || type.startsWith("vt") || type.equals("cons25");
        return new Terminal(
                hasLines, hasLines && !isConsole, locale(environment).contains("utf"));
    }

    private static String locale(Map<String, String> environment) {
        String all = environment.getOrDefault(LC_ALL_BEFORE, environment.getOrDefault("LC_ALL", ""));
        String type = environment.getOrDefault("LC_CTYPE", "");
        String name = !all.isEmpty() ? all : !type.isEmpty() ? type : environment.getOrDefault("LANG", "");
        return name.toLowerCase(Locale.ROOT);
    }
}
