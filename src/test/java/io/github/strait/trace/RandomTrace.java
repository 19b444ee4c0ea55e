package io.github.strait.trace;

import com.google.common.collect.ImmutableList;
import io.github.strait.trace.TraceEvent.Call;
import io.github.strait.trace.TraceEvent.Continuation;
import io.github.strait.trace.TraceEvent.Outcome;
import io.github.strait.trace.TraceEvent.Personality;
import io.github.strait.trace.TraceEvent.Prefix;
import io.github.strait.trace.TraceEvent.Resumed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random events of random tasks in turns, and the lines that strace of one era prints for them in one style. */
public final class RandomTrace {
    private static final int MOST_TASKS = 4;
    private static final String DETACHED = " <detached ...>";
    private static final String[] NOTES_FROM_5_0 = {
        DETACHED, " <Cannot restart pid 9 with ptrace(PTRACE_SYSCALL): No such process>"
    };
    private static final String[] NOTES_TO_4_26 = {DETACHED, " <ptrace(SYSCALL):No such process>"};

    /** A task that strace follows, and the call whose second half is owed. */
    private static final class Task {
        final int tid;

        @Nullable
        RandomCall pending;

        Task(int tid) {
            this.tid = tid;
        }
    }

    private final Random random;
    private final Era era;
    private final RandomArguments arguments;
    private final Style style;
    private final RandomOutcome outcomes;
    private final RandomEvents others;
    private final RandomMessages messages;

    private final StringBuilder text = new StringBuilder();
    private final List<TraceEvent> events = new ArrayList<>();
    private final List<Task> tasks = new ArrayList<>();

    RandomTrace(Random random) {
        this(random, Era.any(random));
    }

    RandomTrace(Random random, Era era) {
        this.random = random;
        this.era = era;
        arguments = new RandomArguments(random, era);
        style = new Style(random, era, arguments);
        outcomes = new RandomOutcome(random, style, arguments);
        others = new RandomEvents(random, era);
        messages = new RandomMessages(random, era);
    }

    /** The lines of some events of any era. */
    public static String text(Random random, int count) {
        return new RandomTrace(random).grow(count).end().text();
    }

    /** Adds some events. */
    RandomTrace grow(int count) {
        for (int i = 0; i < count; i++) {
            boolean begins = style.follows && tasks.size() < MOST_TASKS && random.nextInt(4) == 0;
            if (tasks.isEmpty() || begins) {
                tasks.add(new Task(tid()));
            }
            Task task = tasks.get(random.nextInt(tasks.size()));
            RandomCall pending = task.pending;
            if (pending == null) {
                step(task);
            } else {
                resume(task, pending);
            }
        }
        return this;
    }

    /** Now and then ends the trace with a table. */
    RandomTrace end() {
        if (random.nextInt(8) == 0) {
            others.table(text, events);
        }
        return this;
    }

    String text() {
        return text.toString();
    }

    List<TraceEvent> events() {
        return events;
    }

    private void step(Task task) {
        switch (random.nextInt(14)) {
            case 0, 1, 2 -> unfinished(task, call());
            case 3 -> events.add(others.signal(text, prefix(task)));
            case 4 -> end(task);
            case 5 -> personality(task);
            case 6 -> abandoned(task, call());
            case 7 -> message(task);
            case 8, 9 -> cut(task, call());
            default -> whole(task, call());
        }
    }

    private void whole(Task task, RandomCall call) {
        int line = text.length();
        Prefix prefix = prefix(task);
        text.append(call.text());
        Outcome outcome = outcomes.print(text, line, call.isUnknown());
        events.add(new Call(prefix, call.name(), call.arguments(), outcome));
        others.behindCall(text, events, style.withDumps, style.withFrames);
    }

    private void unfinished(Task task, RandomCall call) {
        Prefix prefix = prefix(task);
        text.append(call.firstHalf()).append(" <unfinished ...>\n");
        events.add(new Call(prefix, call.name(), call.shown(), new Outcome(Ending.UNFINISHED, 0, "")));
        if (style.isStaged) {
            rest(call);
        } else {
            task.pending = call;
        }
    }

    /** The second half, which in turn may be all that is ever shown. */
    private void resume(Task task, RandomCall call) {
        task.pending = null;
        int line = text.length();
        Prefix prefix = prefix(task);
        text.append("<... ").append(call.name()).append(" resumed>").append(era.before(Era.V5_0) ? " " : "");
        boolean dies = era.since(Era.V4_15) && random.nextInt(8) == 0;
        ImmutableList<String> shown = dies ? ImmutableList.of() : call.owed();
        Outcome outcome;
        if (dies) {
            text.append(" <unfinished ...>) = ?\n");
            outcome = new Outcome(Ending.NO_RESULT, 0, "");
        } else {
            text.append(call.secondHalf());
            outcome = outcomes.print(text, line, call.isUnknown());
        }
        events.add(new Resumed(prefix, call.name(), shown, outcome));
        if (dies) {
            killed(task);
        }
    }

    /** On standard error strace's own sentences stand in the middle of a call; another may follow each of them. */
    private void cut(Task task, RandomCall call) {
        if (style.toFile) {
            whole(task, call);
            return;
        }
        Prefix prefix = prefix(task);
        text.append(call.firstHalf());
        Optional<TraceEvent> by = RandomMessages.cutting(messages.print(text, tid()));
        events.add(new Call(prefix, call.name(), call.shown(), new Outcome(Ending.CUT, 0, "", by)));
        for (int i = random.nextInt(3); i > 0; i--) {
            events.add(messages.print(text, tid()));
        }
        switch (random.nextInt(4)) {
            case 0 -> {
                text.append(" <unfinished ...>\n");
                events.add(new Continuation(new Outcome(Ending.UNFINISHED, 0, "")));
                task.pending = call;
            }
            case 1 -> {
                text.append(" <detached ...>\n");
                events.add(new Continuation(new Outcome(Ending.ABANDONED, 0, "")));
                tasks.remove(task);
            }
            default -> rest(call);
        }
    }

    /** The rest of a call, alone on its line. */
    private void rest(RandomCall call) {
        int line = text.length();
        text.append(call.secondHalf());
        events.add(new Continuation(outcomes.print(text, line, call.isUnknown())));
        others.behindCall(text, events, style.withDumps, style.withFrames);
    }

    private void message(Task task) {
        if (style.toFile) {
            events.add(others.signal(text, prefix(task)));
        } else {
            events.add(messages.print(text, tid()));
        }
    }

    /** A marker is a line of the trace's since 5.6. */
    private void personality(Task task) {
        if (era.before(Era.V5_6)) {
            message(task);
            return;
        }
        Prefix prefix = prefix(task);
        int tid = tid();
        String mode = messages.mode();
        text.append(RandomMessages.marker(tid, mode)).append('\n');
        events.add(new Personality(prefix, tid, mode));
    }

    private void end(Task task) {
        int kind = random.nextInt(era.before(Era.V4_7) ? 1 : 3);
        if (kind == 0) {
            killed(task);
        } else if (kind == 1) {
            events.add(others.exited(text, prefix(task)));
            tasks.remove(task);
        } else {
            events.add(others.superseded(text, prefix(task), tid()));
        }
    }

    private void killed(Task task) {
        events.add(others.killed(text, prefix(task)));
        tasks.remove(task);
    }

    /** A note says that the call has no result that strace will see. */
    private void abandoned(Task task, RandomCall call) {
        Prefix prefix = prefix(task);
        Outcome outcome = new Outcome(Ending.ABANDONED, 0, "");
        ImmutableList<String> shown = call.shown();
        if (era.before(Era.V4_7)) {
            text.append(call.firstHalf()).append(" <unfinished ... exit status 3>");
        } else if (style.toFile && !style.follows && random.nextBoolean()) {
            int leader = tid();
            text.append(call.firstHalf())
                    .append(" <pid changed to ")
                    .append(leader)
                    .append(" ...>");
            outcome = new Outcome(Ending.PID_CHANGED, leader, "");
        } else {
            boolean half = random.nextBoolean();
            String note = note();
            text.append(half ? call.firstHalf() : call.text()).append(note);
            shown = half ? shown : call.arguments();
            outcome = new Outcome(note.equals(DETACHED) ? Ending.ABANDONED : Ending.UNFINISHED, 0, "");
        }
        text.append('\n');
        events.add(new Call(prefix, call.name(), shown, outcome));
        tasks.remove(task);
    }

    private String note() {
        return era.since(Era.V5_0) ? pick(NOTES_FROM_5_0) : pick(NOTES_TO_4_26);
    }

    private RandomCall call() {
        return RandomCall.of(random, era, arguments);
    }

    private Prefix prefix(Task task) {
        return style.prefix(text, task.tid, tasks.size() < 2);
    }

    private int tid() {
        return 1 + random.nextInt(1 << random.nextInt(23));
    }

    private String pick(String[] of) {
        return of[random.nextInt(of.length)];
    }
}
