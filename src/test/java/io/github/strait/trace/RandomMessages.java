package io.github.strait.trace;

import static io.github.strait.trace.Era.Form.always;
import static io.github.strait.trace.Era.Form.before;
import static io.github.strait.trace.Era.Form.since;

import io.github.strait.trace.Era.Form;
import io.github.strait.trace.TraceEvent.Message;
import io.github.strait.trace.TraceEvent.Personality;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What strace says of itself on standard error, under the name that it was started by since 4.11. */
final class RandomMessages {
    private static final List<Form> STARTED_AS =
            List.of(before(Era.V4_11, ""), since(Era.V4_11, "strace: "), since(Era.V4_11, "/opt/bin/strace-7.2: "));
    private static final List<Form> SENTENCES = List.of(
            always("Process # detached"),
            always("Process # attached with 4 threads"),
            before(Era.V4_7, "Process # attached (waiting for parent)"),
            before(Era.V4_7, "Process # attached - interrupt to quit"),
            before(Era.V4_7, "Process # suspended"),
            before(Era.V4_7, "Process # resumed"));
    private static final List<Form> MODES = List.of(
            always("64 bit"),
            always("32 bit"),
            since(Era.V4_8, "x32"),
            before(Era.V4_11, "AArch64"),
            before(Era.V4_11, "32-bit"));

    private final Random random;
    private final Era era;

    RandomMessages(Random random, Era era) {
        this.random = random;
        this.era = era;
    }

    /** Adds one to the text; a line of its own is this event. */
    TraceEvent print(StringBuilder text, int tid) {
        int start = text.length();
        text.append(era.pick(random, STARTED_AS));
        int kind = random.nextInt(era.before(Era.V5_6) ? 3 : 2);
        if (kind == 2) {
            String mode = mode();
            text.append(marker(tid, mode)).append('\n');
            return new Personality(TraceEvent.NO_PREFIX, tid, mode);
        }
        String sentence = kind == 0 ? "Process # attached" : era.pick(random, SENTENCES);
        text.append(sentence.replace("#", Integer.toString(tid)));
        Message message = new Message(text.substring(start), kind == 0 ? tid : 0);
        text.append('\n');
        return message;
    }

    /** What is told of the message when it stands behind an open call. */
    static Optional<TraceEvent> cutting(TraceEvent message) {
        return message instanceof Message told && told.attachedTid() == 0 ? Optional.empty() : Optional.of(message);
    }

    String mode() {
        return era.pick(random, MODES);
    }

    static String marker(int tid, String mode) {
        return "[ Process PID=" + tid + " runs in " + mode + " mode. ]";
    }
}
