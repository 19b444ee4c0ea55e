package io.github.strait.yaml;

import com.google.common.base.CharMatcher;
import io.github.strait.json.Json;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a scalar without quotes means in YAML 1.1 and in the core schema of YAML 1.2. */
final class PlainScalar {
    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
    private static final Pattern FRACTION =
            Pattern.compile("[-+]?([0-9]+\\.[0-9]*|\\.[0-9]+|\\.inf|\\.Inf|\\.INF)|\\.nan|\\.NaN|\\.NAN");

    private static final Pattern YES = Pattern.compile("y|Y|yes|Yes|YES|on|On|ON");
    private static final Pattern NO = Pattern.compile("n|N|no|No|NO|off|Off|OFF");
    private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-7_]+");
    private static final Pattern ZEROS = Pattern.compile("[-+]?0[0-9_]+");
    private static final Pattern NEW_OCTAL = Pattern.compile("[-+]?0o[0-7_]+");
    private static final Pattern BASES = Pattern.compile("[-+]?0([xX][0-9a-fA-F_]+|[bB][01_]+)");
    private static final Pattern SPACED = Pattern.compile("[-+]?[0-9][0-9_]*(\\.[0-9_]*)?");
    private static final Pattern SIXTIES = Pattern.compile("[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?");
    private static final Pattern EXPONENT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)[eE][-+]?[0-9]+");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \\t].*)?");
    private static final Pattern SPECIAL = Pattern.compile("=|<<");

    /** The most characters of what is looked at closely: patterns and conversions take more than a number needs. */
    private static final int LONGEST = 40;

    private static final CharMatcher DIGITS = CharMatcher.inRange('0', '9');
    private static final CharMatcher OF_NUMBERS = CharMatcher.anyOf("0123456789abcdefABCDEFxXoO_:.+-");

    private PlainScalar() {}

    /** The value, for both where there is no {@link #doubt}; else the text. */
    static Json read(int line, String text) {
        if (text.length() > LONGEST) {
            return DIGITS.matchesAllOf(text) && text.charAt(0) != '0'
                    ? new Json.Numeral(line, text)
                    : new Json.Text(line, text);
        }
        if (isAny(text, NULL)) {
            return new Json.Literal(line, "null");
        }
        if (isAny(text, BOOLEAN)) {
            return new Json.Literal(line, text.toLowerCase(Locale.ROOT));
        }
        if (isAny(text, DECIMAL, FRACTION)) {
            return new Json.Numeral(line, text.startsWith("+") ? text.substring(1) : text);
        }
        if (isAny(text, HEXADECIMAL)) {
            return new Json.Numeral(line, new BigInteger(text.substring(2), 16).toString());
        }
        return new Json.Text(line, text);
    }

    /** Why readers take it for different values; empty when they do not. */
    static Optional<Doubt> doubt(int line, String text) {
        if (!isSuspect(text)) {
            return Optional.empty();
        }
        if (text.length() > LONGEST) {
            return OF_NUMBERS.matchesAllOf(text) && read(line, text) instanceof Json.Text
                    ? Optional.of(new Doubt(line, text, "perhaps a number", "perhaps text"))
                    : Optional.empty();
        }
        if (isAny(text, DECIMAL, FRACTION, HEXADECIMAL)) {
            return Optional.empty();
        }
        String old = old(text);
        String now = now(text);
        return old.equals(now) ? Optional.empty() : Optional.of(new Doubt(line, text, old, now));
    }

    /** Whether it is text for both. */
    static boolean isText(String text) {
        return read(0, text) instanceof Json.Text && doubt(0, text).isEmpty();
    }

    /** Whether it begins as a number, a date or a special word does: all that there can be doubts about. */
    private static boolean isSuspect(String text) {
        if (text.isEmpty()) {
            return false;
        }
        char first = text.charAt(0);
        return (first >= '0' && first <= '9') || "+-.=<".indexOf(first) >= 0 || text.length() <= 3;
    }

    private static String old(String text) {
        if (isAny(text, YES)) {
            return "true";
        }
        if (isAny(text, NO)) {
            return "false";
        }
        if (isAny(text, OCTAL)) {
            return "a number in base 8";
        }
        if (isAny(text, BASES)) {
            return "a number in base " + (text.contains("x") || text.contains("X") ? "16" : "2");
        }
        if (isAny(text, SPACED) && text.indexOf('_') >= 0) {
            return "a number without its underscores";
        }
        if (isAny(text, SIXTIES)) {
            return "a number in base 60";
        }
        if (isAny(text, DATE)) {
            return "a date";
        }
        if (isAny(text, SPECIAL)) {
            return "an instruction";
        }
        return "text";
    }

    private static String now(String text) {
        if (isAny(text, ZEROS) && text.indexOf('_') < 0) {
            return "a decimal number";
        }
        if (isAny(text, NEW_OCTAL) && text.indexOf('_') < 0) {
            return "a number in base 8";
        }
        return isAny(text, EXPONENT) ? "a number with an exponent" : "text";
    }

    private static boolean isAny(String text, Pattern... patterns) {
        for (Pattern pattern : patterns) {
            if (pattern.matcher(text).matches()) {
                return true;
            }
        }
        return false;
    }
}
