package io.github.strait.trace;

import io.github.strait.trace.TraceEvent.Call;
import io.github.strait.trace.TraceEvent.Continuation;
import io.github.strait.trace.TraceEvent.Exit;
import io.github.strait.trace.TraceEvent.Furniture;
import io.github.strait.trace.TraceEvent.Message;
import io.github.strait.trace.TraceEvent.Outcome;
import io.github.strait.trace.TraceEvent.Personality;
import io.github.strait.trace.TraceEvent.Prefix;
import io.github.strait.trace.TraceEvent.Resumed;
import io.github.strait.trace.TraceEvent.Signal;
import io.github.strait.trace.TraceEvent.Superseded;
import io.github.strait.trace.TraceEvent.Unparsed;
import java.util.List;
import java.util.Locale;

/** Events in the words of {@code lines.txt}. */
final class EventText {
    private EventText() {}

    static String of(TraceEvent event) {
        if (event instanceof Call call) {
            return prefix(call.prefix()) + "call " + call.name() + arguments(call.arguments()) + of(call.outcome());
        }
        if (event instanceof Resumed half) {
            return prefix(half.prefix()) + "resumed " + half.name() + arguments(half.arguments()) + of(half.outcome());
        }
        if (event instanceof Continuation rest) {
            return "continuation" + of(rest.outcome());
        }
        if (event instanceof Signal signal) {
            return prefix(signal.prefix()) + "signal " + signal.signal();
        }
        if (event instanceof Exit exit) {
            return prefix(exit.prefix())
                    + (exit.signal().isEmpty() ? "exit " + exit.status() : "killed " + exit.signal());
        }
        if (event instanceof Superseded superseded) {
            return prefix(superseded.prefix()) + "superseded by " + superseded.byTid();
        }
        if (event instanceof Personality marker) {
            return prefix(marker.prefix()) + "personality " + marker.ofTid() + " " + marker.mode();
        }
        if (event instanceof Message message) {
            return "message" + (message.attachedTid() == 0 ? "" : " attached " + message.attachedTid());
        }
        if (event instanceof Furniture furniture) {
            return furniture.kind().name().toLowerCase(Locale.ROOT);
        }
        return event instanceof Unparsed ? "unparsed" : "?";
    }

    private static String prefix(Prefix prefix) {
        String tid = prefix.tid() == 0 ? "" : prefix.tid() + " ";
        String number = prefix.number().isPresent() ? "#" + prefix.number().getAsInt() + " " : "";
        String address = prefix.addressDigits() == 0 ? "" : "@" + prefix.addressDigits() + " ";
        return tid + number + address;
    }

    private static String arguments(List<String> arguments) {
        return " [" + String.join(" | ", arguments) + "]";
    }

    private static String of(Outcome outcome) {
        String words = switch (outcome.ending()) {
            case VALUE -> "= " + outcome.value();
            case ERROR -> "= error " + outcome.errno();
            case NO_RESULT -> "= no result";
            case UNFINISHED -> "unfinished";
            case ABANDONED -> "abandoned";
            case PID_CHANGED -> "goes on as " + outcome.value();
            case CUT -> "cut";
        };
        return " " + words + outcome.cutBy().map(by -> " by " + of(by)).orElse("");
    }
}
