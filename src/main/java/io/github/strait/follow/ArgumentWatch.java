package io.github.strait.follow;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import io.github.strait.argument.PrintedArguments;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.ArgumentSamples;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import io.github.strait.syscall.OldStraceName;
import io.github.strait.syscall.StraceName;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Collects the printed arguments of chosen calls while evidence is read; an observation has none. A watch belongs to
 * one reading.
 */
public final class ArgumentWatch {
    /** Watches nothing. */
    public static final ArgumentWatch NONE = new ArgumentWatch(ImmutableSetMultimap.of());

    /** A longer text is not a number. */
    private static final int LENGTH = 512;

    private final ImmutableSetMultimap<String, Integer> wanted;
    private final Map<PrintedName, ImmutableSortedSet<Integer>> positions = new IdentityHashMap<>();
    private final SetMultimap<String, ArgumentSamples.Sample> samples = LinkedHashMultimap.create();

    /**
     * @param wanted the wanted arguments, from 0, of each call, by libseccomp name
     */
    public ArgumentWatch(SetMultimap<String, Integer> wanted) {
        this.wanted = ImmutableSetMultimap.copyOf(wanted);
    }

    /** The samples collected so far. */
    public ArgumentSamples samples() {
        return new ArgumentSamples(samples);
    }

    /** A watch for the same arguments, to be added later. */
    ArgumentWatch part() {
        return wanted.isEmpty() ? this : new ArgumentWatch(wanted);
    }

    /** Adds what another one has collected. */
    void add(ArgumentWatch part) {
        if (part != this) {
            samples.putAll(part.samples);
        }
    }

    /** Whether arguments are asked for of a call that may be printed so. */
    boolean isWatching(PrintedName printed) {
        return !wanted.isEmpty()
                && !positions.computeIfAbsent(printed, this::positions).isEmpty();
    }

    /** Whether so many arguments of a call are fewer than are asked for. */
    boolean isWaiting(PrintedName printed, int size) {
        return isWatching(printed)
                && positions.getOrDefault(printed, ImmutableSortedSet.of()).last() >= size;
    }

    /** Keeps the arguments of a call. */
    void look(Tally call, IntFunction<String> text, int size, SourcePosition at) {
        if (isWatching(call.printed)) {
            call.sample(texts(text, size, positions.getOrDefault(call.printed, ImmutableSortedSet.of())), at);
        }
    }

    /** The arguments that are asked about of any call that may be spelt so. */
    private ImmutableSortedSet<Integer> positions(PrintedName printed) {
        ImmutableSortedSet.Builder<Integer> asked = ImmutableSortedSet.naturalOrder();
        for (Arch arch : Arch.values()) {
            StraceName.toLibseccomp(printed.meaning(), arch).ifPresent(name -> asked.addAll(wanted.get(name)));
            StraceName.ofNumberSpelling(printed.name(), arch).ifPresent(name -> asked.addAll(wanted.get(name)));
            Multiplexer.of(printed.name(), arch).ifPresent(name -> asked.addAll(wanted.get(name)));
            OldStraceName.of(printed.name(), arch).ifPresent(old -> asked.addAll(wanted.get(old.name())));
        }
        return asked.build();
    }

    private static ImmutableList<String> texts(
            IntFunction<String> arguments, int size, ImmutableSortedSet<Integer> asked) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String text = arguments.apply(i);
            boolean isWanted = asked.contains(i) || PrintedArguments.nameLength(text) > 0;
            texts.add(isWanted && text.length() <= LENGTH ? text : "");
        }
        return ImmutableList.copyOf(texts);
    }

    /** Keeps what a tally of a run has, once it is known which call that was. */
    void keep(String id, String source, Arch arch, String name, String program, Tally tally) {
        if (!wanted.isEmpty() && wanted.containsKey(name)) {
            tally.samples()
                    .forEach((texts, seen) -> samples.put(
                            ArgumentSamples.key(id, source),
                            new ArgumentSamples.Sample(
                                    arch,
                                    name,
                                    program,
                                    registers(name, tally.printed.meaning(), texts),
                                    seen.count(),
                                    seen.first())));
        }
    }

    /** strace prints the sub-call of a multiplexer with its arguments; in the registers are its number and a pointer. */
    private static ImmutableList<String> registers(String name, String printed, ImmutableList<String> texts) {
        return Multiplexer.subcalls(name).contains(printed)
                ? ImmutableList.of(String.valueOf(Multiplexer.number(name, printed)))
                : texts;
    }
}
