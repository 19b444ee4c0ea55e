package io.github.strait.record;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How wide the terminal is that standard error writes to. A JVM cannot find out, so {@code stty} is asked again at times. */
public final class TerminalWidth {
    /** Where nothing tells. */
    static final int USUAL = 80;

    private static final Pattern SIZE = Pattern.compile("[0-9]{1,5} ([0-9]{1,5})\\s*");
    /** A question costs about 2 ms. */
    private static final int EVERY = 3;

    private int columns = USUAL;
    private int calls;

    /** The number of columns now, or lately. */
    public int columns() {
        if (calls++ % EVERY == 0) {
            columns = asked();
        }
        return columns;
    }

    private static int asked() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Redirect.from(new File("/proc/self/fd/2")))
                    .redirectError(Redirect.DISCARD)
                    .start();
            return parse(new String(stty.getInputStream().readNBytes(32), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return USUAL;
        }
    }

    /** Reads what {@code stty size} prints: rows and columns; 0 columns are of a terminal that does not know. */
    static int parse(String text) {
        Matcher size = SIZE.matcher(text);
        int columns = size.matches() ? Integer.parseInt(size.group(1)) : 0;
        return columns == 0 ? USUAL : columns;
    }
}
