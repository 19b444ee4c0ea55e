package io.github.strait.record;

import com.google.common.base.CharMatcher;
import io.github.strait.diagnostic.RefusalException;
import java.math.BigDecimal;
import java.time.Duration;

/** Durations as people type them for {@code sleep} and {@code timeout}. */
public final class Durations {
    private static final CharMatcher DIGIT = CharMatcher.inRange('0', '9');
    private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);
    /** A week. A longer time is most likely a mistaken unit. */
    private static final BigDecimal LONGEST = BigDecimal.valueOf(7 * 24 * 3600);

    private Durations() {}

    /**
     * Reads {@code 10}, {@code 10s}, {@code 1.5s}, {@code 5m} or {@code 2h}; without a unit it is seconds.
     *
     * @throws RefusalException when it is something else
     */
    public static Duration parse(String text) {
        int unit = text.isEmpty() || DIGIT.matches(text.charAt(text.length() - 1)) ? 1 : unit(text);
        String number = unit == 1 && !text.endsWith("s") ? text : text.substring(0, text.length() - 1);
        if (!number.matches("[0-9]{1,9}(\\.[0-9]{1,3})?")) {
            throw refusal(text);
        }
        BigDecimal seconds = new BigDecimal(number).multiply(BigDecimal.valueOf(unit));
        if (seconds.signum() == 0 || seconds.compareTo(LONGEST) > 0) {
            throw refusal(text);
        }
        return Duration.ofMillis(seconds.multiply(MILLIS).longValueExact());
    }

    private static int unit(String text) {
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> 1;
            case 'm' -> 60;
            case 'h' -> 3600;
            default -> throw refusal(text);
        };
    }

    private static RefusalException refusal(String text) {
        return RefusalException.usage(
                "'" + text + "' is not a duration; write it as 10s, 1.5s, 5m or 2h, at most a week");
    }
}
