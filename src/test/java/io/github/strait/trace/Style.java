package io.github.strait.trace;

import io.github.strait.trace.TraceEvent.Prefix;
import java.util.OptionalInt;
import java.util.Random;

/** One strace, and the options that it was given, as far as they show in front of a line and after a call. */
final class Style {
    private static final String[] CONTEXTS = {"", "", "[unconfined_t] ", "[u:r:t:s0-s0:c0.c9] ", "[a_t!!b_t] "};
    private static final String[] PRECISIONS = {"", ".587", ".587546", ".587546123"};
    private static final String[] DURATIONS = {"<0.000011>", "<0>", "<0.011>", "<0.000011123>", "<12.345678>"};
    private static final int DEFAULT_COLUMN = 40;

    private final Random random;
    private final RandomArguments arguments;
    final Era era;
    /** {@code -o}: nothing of strace's own stands between the lines. */
    final boolean toFile;
    /** {@code -f}: there may be several tasks. */
    final boolean follows;
    /** {@code -z} from 5.2 to 6.1: the rest of an unfinished call stands alone. */
    final boolean isStaged;

    final boolean withFrames;
    final boolean withDumps;
    final int column;
    private final boolean withCommands;
    private final boolean alwaysShowsTid;
    private final int timeForm;
    private final String context;
    private final boolean withNumber;
    private final boolean withAddress;
    private final boolean withDuration;

    Style(Random random, Era era, RandomArguments arguments) {
        this.random = random;
        this.era = era;
        this.arguments = arguments;
        toFile = random.nextBoolean();
        follows = random.nextInt(4) != 0;
        isStaged = toFile && era.since(Era.V5_2) && era.before(Era.V6_2) && random.nextInt(6) == 0;
        withCommands = era.since(Era.V5_15) && random.nextInt(3) == 0;
        alwaysShowsTid = era.since(Era.V6_9) && random.nextInt(6) == 0;
        context = era.since(Era.V5_12) ? CONTEXTS[random.nextInt(CONTEXTS.length)] : "";
        timeForm = random.nextInt(era.since(Era.V4_22) ? 7 : 5);
        withNumber = era.since(Era.V5_9) && random.nextBoolean();
        withAddress = random.nextInt(3) == 0;
        withFrames = random.nextInt(4) == 0;
        withDumps = random.nextInt(4) == 0;
        withDuration = random.nextBoolean();
        column = random.nextInt(3) == 0 ? random.nextInt(70) : random.nextBoolean() ? DEFAULT_COLUMN : 0;
    }

    /**
     * Adds the columns in front of a line.
     *
     * @param alone whether strace follows no other task now
     */
    Prefix prefix(StringBuilder text, int tid, boolean alone) {
        int shown = tidColumn(text, tid, alone);
        text.append(context).append(time());
        OptionalInt number = OptionalInt.empty();
        if (withNumber && random.nextInt(8) == 0) {
            text.append("[???] ");
        } else if (withNumber) {
            number = OptionalInt.of(random.nextInt(500) + (random.nextBoolean() ? 1 << 30 : 0));
            text.append(String.format("[%4d] ", number.getAsInt()));
        }
        int digits = withAddress ? random.nextBoolean() ? 8 : 16 : 0;
        if (withAddress) {
            String address = random.nextInt(8) == 0 ? "?".repeat(16) : String.format("%016x", random.nextLong());
            text.append('[').append(address, 0, digits).append("] ");
        }
        return new Prefix(shown, number, digits);
    }

    /** The tid that the line shows, or 0. */
    private int tidColumn(StringBuilder text, int tid, boolean alone) {
        String command = withCommands ? arguments.command() : "";
        if (alwaysShowsTid || (toFile && follows)) {
            text.append(withCommands ? tid + command + " " : String.format("%-5d ", tid));
        } else if (follows && !alone) {
            text.append(withCommands ? "[pid " + tid + command + "] " : String.format("[pid %5d] ", tid));
        } else {
            return 0;
        }
        return tid;
    }

    /** Both times at once, and other precisions, are new. */
    private String time() {
        String micros = ".587546";
        String fraction = era.since(Era.V5_6) ? PRECISIONS[random.nextInt(PRECISIONS.length)] : micros;
        return switch (timeForm) {
            case 1 -> "21:19:12" + (era.before(Era.V5_6) ? random.nextBoolean() ? "" : micros : fraction) + " ";
            case 2 -> "1795295952" + fraction + " ";
            case 3 -> String.format("%6d%s ", random.nextInt(1 << random.nextInt(18)), micros);
            case 4 -> "     0" + fraction + " ";
            case 5 -> "21:19:12" + fraction + " (+     0" + fraction + ") ";
            case 6 -> "1795295952" + fraction + " (+    12" + fraction + ") ";
            default -> "";
        };
    }

    /** What {@code -T} adds behind a call that returned. */
    String duration() {
        return withDuration ? " " + DURATIONS[era.since(Era.V5_6) ? random.nextInt(DURATIONS.length) : 0] : "";
    }
}
