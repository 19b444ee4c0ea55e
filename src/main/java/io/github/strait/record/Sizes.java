package io.github.strait.record;

import io.github.strait.diagnostic.RefusalException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes of files as people type them: {@code 500M}, {@code 1.5G}. */
public final class Sizes {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,3})?)([kKMGT]?)(?:i?B)?");
    private static final String UNITS = "KMGT";
    private static final int KILO = 1024;

    private Sizes() {}

    /**
     * Reads a number of bytes, or of 1024-fold units of them.
     *
     * @throws RefusalException when it is something else
     */
    public static long parse(String text) {
        Matcher size = SIZE.matcher(text);
        if (size.matches()) {
            int power = UNITS.indexOf(size.group(2).toUpperCase(Locale.ROOT)) + 1;
            BigDecimal bytes = new BigDecimal(size.group(1))
                    .multiply(BigDecimal.valueOf(KILO).pow(size.group(2).isEmpty() ? 0 : power));
            if (bytes.compareTo(BigDecimal.ONE) >= 0 && bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
                return bytes.longValue();
            }
        }
        throw RefusalException.usage("'" + text + "' is not a size; write it as 500M or 2G");
    }
}
