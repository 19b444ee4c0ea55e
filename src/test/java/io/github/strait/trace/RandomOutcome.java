package io.github.strait.trace;

import static io.github.strait.trace.Era.Form.always;
import static io.github.strait.trace.Era.Form.before;
import static io.github.strait.trace.Era.Form.between;
import static io.github.strait.trace.Era.Form.since;

import io.github.strait.trace.Era.Form;
import io.github.strait.trace.TraceEvent.Outcome;
import java.util.List;
import java.util.Random;

/** Random results of calls, as one strace prints them. */
final class RandomOutcome {
    private static final List<Form> RESTARTS = List.of(
            before(Era.V4_7, "ERESTARTSYS (To be restarted)"),
            before(Era.V4_7, "ERESTARTNOHAND (To be restarted)"),
            before(Era.V4_7, "ERESTART_RESTARTBLOCK (To be restarted)"),
            between(Era.V4_7, Era.V4_8, "ERESTARTNOHAND (Interrupted by signal)"),
            since(Era.V4_8, "ERESTARTSYS (To be restarted if SA_RESTART is set)"),
            since(Era.V4_8, "ERESTARTNOHAND (To be restarted if no handler)"),
            since(Era.V4_8, "ERESTART_RESTARTBLOCK (Interrupted by signal)"),
            always("ERESTARTNOINTR (To be restarted)"),
            always("<unavailable>"));
    private static final List<Form> ERRORS = List.of(
            always("No such (file) = 0"),
            always("No such file or directory"),
            since(Era.V4_22, "Datei oder Verzeichnis (noch) nicht gefunden"),
            since(Era.V4_22, "\u041d\u0435\u0442 \u0444\u0430\u0439\u043b\u0430 <\u043d\u0435\u0442>"));
    private static final List<Form> NOTES = List.of(
            always(" (Timeout)"),
            always(" (flags O_RDWR|O_LARGEFILE)"),
            always(" (mask [])"),
            before(Era.V4_15, " (left {1, 0})"),
            before(Era.V4_15, " (in [3], left {0, 999998})"),
            since(Era.V4_15, " (left {tv_sec=1})"),
            since(Era.V4_15, " (INJECTED)"),
            since(Era.V4_22, " (DELAYED)"),
            since(Era.V5_9, " /* 2394 in strace's PID NS */"));
    private static final List<Form> OF_ERRORS =
            List.of(always(""), always(""), since(Era.V4_15, " (INJECTED)"), since(Era.V4_22, " (DELAYED)"));
    private static final List<Form> UNKNOWN_ERRORS =
            List.of(between(Era.V4_6, Era.V4_11, "(errno 38)"), since(Era.V4_11, "ENOSYS (Function not implemented)"));

    private final Random random;
    private final Style style;
    private final RandomArguments arguments;

    RandomOutcome(Random random, Style style, RandomArguments arguments) {
        this.random = random;
        this.style = style;
        this.arguments = arguments;
    }

    /**
     * Adds padding, a result and the end of the line to a line that ends with a parenthesis.
     *
     * @param line the place where the line begins
     */
    Outcome print(StringBuilder text, int line, boolean isUnknown) {
        int length = text.length() - line;
        text.append(' ')
                .append(" ".repeat(Math.max(0, style.column - length - 1)))
                .append("= ");
        Outcome outcome = isUnknown ? unknown(text) : known(text);
        text.append(outcome.ending() == Ending.NO_RESULT ? "" : style.duration())
                .append('\n');
        return outcome;
    }

    private Outcome known(StringBuilder text) {
        long value = random.nextInt(5) == 0 ? random.nextLong() >>> 1 : random.nextInt(1000);
        switch (random.nextInt(9)) {
            case 0 -> {
                text.append("-1 ENOENT (").append(form(ERRORS)).append(')').append(form(OF_ERRORS));
                return new Outcome(Ending.ERROR, 0, "ENOENT");
            }
            case 1 -> {
                text.append("-1 (errno 524)");
                return new Outcome(Ending.ERROR, 0, "524");
            }
            case 2 -> {
                text.append("?").append(random.nextBoolean() ? "" : " " + form(RESTARTS));
                return new Outcome(Ending.NO_RESULT, 0, "");
            }
            case 3 -> text.append("0x").append(Long.toHexString(value));
            case 4 -> text.append(value).append(arguments.annotation());
            case 5 -> text.append(value).append(form(NOTES));
            case 6 -> {
                value = random.nextInt(512);
                text.append(value == 0 ? "" : "0").append(Long.toOctalString(value));
            }
            case 7 -> {
                value = -1 - random.nextInt(20);
                text.append(value);
            }
            default -> text.append(value);
        }
        return new Outcome(Ending.VALUE, value, "");
    }

    /** A call without a name: hexadecimal, and in old versions without names of errors. */
    private Outcome unknown(StringBuilder text) {
        if (random.nextBoolean()) {
            int value = random.nextInt(1 << 20);
            text.append("0x").append(Integer.toHexString(value));
            return new Outcome(Ending.VALUE, value, "");
        }
        text.append("-1 ").append(form(UNKNOWN_ERRORS));
        return new Outcome(Ending.ERROR, 0, style.era.before(Era.V4_11) ? "38" : "ENOSYS");
    }

    private String form(List<Form> forms) {
        return style.era.pick(random, forms);
    }
}
