package io.github.strait.follow;

import io.github.strait.argument.Argument;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.trace.Arguments;
import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineKind;
import io.github.strait.trace.scan.ScanSummary;
import io.github.strait.trace.scan.WordNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the arguments that are evidence, or that {@link ArgumentWatch} asks for, from calls and from both halves of split
 * ones. Every call counts once: for its texts, or as unknown.
 */
final class ArgumentFollower {
    /** A longer first half shows what it shows. */
    private static final int LENGTH = 1 << 12;

    private static final int ALL = -1;
    private static final ShownArguments[] NONE = {};

    private final PrintedNameTable printedNames;
    private final ArgumentWatch watch;

    ArgumentFollower(PrintedNameTable printedNames, ArgumentWatch watch) {
        this.printedNames = printedNames;
        this.watch = watch;
    }

    /** From now on lines of this word may be counted without parsing them, if it is known what they show. */
    void remember(int word, PrintedName printed) {
        if (!watch.isWatching(printed)) {
            printedNames.remember(word, printed);
        }
    }

    /** The same for the word of a second half. */
    void rememberSecond(int word, PrintedName printed) {
        if (WordNumbers.isCombination(word) && !watch.isWatching(printed)) {
            printedNames.remember(word, new WordArguments(printed, NONE, null));
        } else {
            remember(word, printed);
        }
    }

    /** A call begins on this line, which may be its second half alone; the half waits for the other one. */
    void begin(Task task, Tally call, Line line) {
        PrintedName printed = call.printed;
        if ((!printed.isWatched() || call.isFull()) && !watch.isWatching(printed)) {
            return;
        }
        SourcePosition at = line.position();
        WordArguments known = known(printed, line);
        if (known != null) {
            call.see(known.shown(), at);
            if (known.half() != null) {
                task.leave(known.half(), at);
            }
            return;
        }
        if (line.kind() != LineKind.CALL) {
            call.lackArguments(at);
            watch.look(call, index -> "", 0, at);
            return;
        }
        Arguments arguments = line.arguments();
        int size = size(arguments, line);
        FirstHalf half = line.ending() == Ending.UNFINISHED ? half(printed, line, size) : null;
        IntFunction<String> text = arguments::text;
        ShownArguments[] shown = shown(printed, half == null ? ALL : ~half.places(), text, size);
        call.see(shown, at);
        if (half == null || !half.isSampled()) {
            sample(call, text, size, at);
        }
        if (half != null) {
            task.leave(half, at);
        }
        int word = ScanSummary.name(line.scanned());
        if (WordNumbers.isCombination(word) && !watch.isWatching(printed)) {
            printedNames.remember(word, new WordArguments(printed, shown, half));
        }
    }

    /** What another call of the same word showed; null when that is not known, and of the second half alone. */
    private @Nullable WordArguments known(PrintedName printed, Line line) {
        if (line.kind() != LineKind.CALL || watch.isWatching(printed)) {
            return null;
        }
        WordArguments known = printedNames.arguments(ScanSummary.name(line.scanned()));
        return known != null && known.printed() == printed ? known : null;
    }

    /** What waits for the second half of a call that shows so many arguments; null when nothing does. */
    private @Nullable FirstHalf half(PrintedName printed, Line line, int size) {
        int waiting = 0;
        List<WatchedPlace> places = printed.places();
        for (int i = 0; i < places.size(); i++) {
            waiting |= places.get(i).last() < size ? 0 : 1 << i;
        }
        boolean isSampleWaiting = watch.isWaiting(printed, size);
        if (waiting == 0 && !isSampleWaiting) {
            return null;
        }
        String text = line.argumentsText();
        return text.length() > LENGTH ? null : new FirstHalf(text, waiting, isSampleWaiting);
    }

    /** The call of a half does not end on this line either. */
    void more(Task task, Line line) {
        FirstHalf half = task.half();
        if (half != null && half.text().length() <= LENGTH) {
            task.leave(half.with(line), task.halfAt());
        }
    }

    /** The pending call of a task, of which a half may wait, ends on this line. */
    void end(Task task, Line line) {
        Tally call = task.pending();
        FirstHalf half = task.takeHalf();
        if (call == null || half == null) {
            return;
        }
        int word = ScanSummary.isResumed(line.scanned()) ? ScanSummary.name(line.scanned()) : WordNumbers.NONE;
        ShownArguments[] known = half.isSampled() ? null : half.followedBy(word);
        if (known != null) {
            call.seeSecond(known, task.halfAt());
            return;
        }
        Arguments first = Arguments.of(half.text());
        Arguments second = line.arguments();
        int size = half.isFollowedBy(line.argumentsText()) ? first.size() + size(second, line) : 0;
        ShownArguments[] shown = end(
                call,
                half,
                task.halfAt(),
                index -> index < first.size() ? first.text(index) : second.text(index - first.size()),
                size);
        if (WordNumbers.isCombination(word)
                && half.followedBy(word) == null
                && ArgumentSpans.isUsual(call.printed, half, line.argumentsText())) {
            half.remember(word, shown);
        }
    }

    /** A call that had begun with this half ends without a line. */
    void end(Tally call, FirstHalf half, SourcePosition begin) {
        Arguments arguments = Arguments.of(half.text());
        end(call, half, begin, arguments::text, arguments.size());
    }

    private ShownArguments[] end(Tally call, FirstHalf half, SourcePosition begin, IntFunction<String> text, int size) {
        ShownArguments[] shown = shown(call.printed, half.places(), text, size);
        call.seeSecond(shown, begin);
        if (half.isSampled()) {
            sample(call, text, size, begin);
        }
        return shown;
    }

    /** Of a cut line the last argument may be cut too. */
    private static int size(Arguments arguments, Line line) {
        return arguments.size() - (line.ending() == Ending.CUT ? 1 : 0);
    }

    /** @param places a bit for each place that counts */
    private static ShownArguments[] shown(PrintedName printed, int places, IntFunction<String> text, int size) {
        List<ShownArguments> shown = new ArrayList<>();
        List<WatchedPlace> all = printed.places();
        for (int i = 0; i < all.size(); i++) {
            if ((places >> i & 1) != 0) {
                shown.add(new ShownArguments(i, all.get(i).texts(text, size)));
            }
        }
        return shown.toArray(new ShownArguments[0]);
    }

    private void sample(Tally call, IntFunction<String> text, int size, SourcePosition at) {
        watch.look(call, text, Math.min(size, Argument.COUNT), at);
    }
}
