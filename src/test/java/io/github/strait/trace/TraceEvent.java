package io.github.strait.trace;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** One physical line of a trace as a value: what {@link Line} says, for keeping, comparing and testing. */
public sealed interface TraceEvent {

    /**
     * What stands in front of the body.
     *
     * @param tid the thread id, or 0 where the line has none
     * @param number the syscall number that {@code -n} printed
     * @param addressDigits the width of the {@code -i} column: 0, 8 or 16
     */
    record Prefix(int tid, OptionalInt number, int addressDigits) {}

    /** The prefix of a line that has none. */
    Prefix NO_PREFIX = new Prefix(0, OptionalInt.empty(), 0);

    /**
     * How a call ended.
     *
     * @param value the value returned when {@code ending} is {@code VALUE}, the leader's tid when it is
     *     {@code PID_CHANGED}, 0 otherwise
     * @param errno the errno's name, empty unless {@code ending} is {@code ERROR}
     * @param cutBy the attach message or personality marker that stands behind a call that is {@code CUT}
     */
    record Outcome(Ending ending, long value, String errno, Optional<TraceEvent> cutBy) {
        /** The outcome of a line in which strace was not interrupted by itself. */
        public Outcome(Ending ending, long value, String errno) {
            this(ending, value, errno, Optional.empty());
        }
    }

    /** A call, or its first half. */
    record Call(Prefix prefix, String name, ImmutableList<String> arguments, Outcome outcome) implements TraceEvent {}

    /** The second half of a call. */
    record Resumed(Prefix prefix, String name, ImmutableList<String> arguments, Outcome outcome)
            implements TraceEvent {}

    /** The rest of a call cut by foreign text. */
    record Continuation(Outcome outcome) implements TraceEvent {}

    /** A signal was delivered, or the task was stopped by one. */
    record Signal(Prefix prefix, String signal) implements TraceEvent {}

    /** The task ended; the signal is empty when it exited by itself, and then status is its exit status. */
    record Exit(Prefix prefix, String signal, int status) implements TraceEvent {}

    /** The thread group leader took over the task of another thread, which executed a program. */
    record Superseded(Prefix prefix, int byTid) implements TraceEvent {}

    /** From now on the task uses another ABI: {@code 64 bit}, {@code 32 bit} or {@code x32}. */
    record Personality(Prefix prefix, int ofTid, String mode) implements TraceEvent {}

    /** A sentence of strace's own; {@code attachedTid} is 0 unless it says that a task was attached. */
    record Message(String text, int attachedTid) implements TraceEvent {}

    /** A line that is understood, but tells of no task: summary, frame, dump, note or blank. */
    record Furniture(LineKind kind) implements TraceEvent {}

    /** A line that is not understood. */
    record Unparsed(String text) implements TraceEvent {}

    /** The value of a line. */
    static TraceEvent of(Line line) {
        Prefix prefix = new Prefix(
                line.tid,
                line.number == Line.NO_NUMBER ? OptionalInt.empty() : OptionalInt.of(line.number),
                line.addressDigits);
        Outcome outcome =
                new Outcome(line.ending, value(line), line.ending == Ending.ERROR ? line.errno() : "", cutBy(line));
        return switch (line.kind) {
            case CALL -> new Call(prefix, line.name(), texts(line.arguments()), outcome);
            case RESUMED -> new Resumed(prefix, line.name(), texts(line.arguments()), outcome);
            case CONTINUATION -> new Continuation(outcome);
            case SIGNAL -> new Signal(prefix, line.name());
            case EXIT -> new Exit(prefix, line.name(), (int) line.value);
            case SUPERSEDED -> new Superseded(prefix, line.otherTid);
            case PERSONALITY -> new Personality(prefix, line.otherTid, line.name());
            case MESSAGE -> new Message(line.text(), line.attachedTid);
            case SUMMARY, FRAME, DUMP, NOTE, HEADER, IMPORTS, BLANK -> new Furniture(line.kind);
            case UNPARSED -> new Unparsed(line.text());
        };
    }

    /** Each argument as strace printed it. */
    static ImmutableList<String> texts(Arguments arguments) {
        return IntStream.range(0, arguments.size()).mapToObj(arguments::text).collect(ImmutableList.toImmutableList());
    }

    private static long value(Line line) {
        return switch (line.ending) {
            case VALUE -> line.value;
            case PID_CHANGED -> line.otherTid;
            default -> 0;
        };
    }

    private static Optional<TraceEvent> cutBy(Line line) {
        if (line.markerTid != 0) {
            return Optional.of(new Personality(NO_PREFIX, line.markerTid, line.markerMode()));
        }
        if (line.attachedTid != 0) {
            return Optional.of(new Message(line.latin1(line.argumentsEnd, line.end), line.attachedTid));
        }
        return Optional.empty();
    }
}
