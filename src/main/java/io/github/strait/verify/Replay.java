package io.github.strait.verify;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterables;
import io.github.strait.argument.Argument;
import io.github.strait.argument.PrintedArguments;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.ArgumentSamples.Sample;
import io.github.strait.observation.Run;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.NamelessCall;
import io.github.strait.syscall.SyscallTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Puts every observed call to the filter of its machine. */
final class Replay {
    /** Calls with equal keys share a verdict. */
    private record Key(
            Arch arch, String name, String arguments, ImmutableSet<Decision> answers, String standIn, Doubt doubt) {}

    private final ObservedCalls observed;
    private final Map<Arch, Filter> filters;
    private final boolean confined;
    private final Map<Key, Verdict> verdicts = new LinkedHashMap<>();

    Replay(ObservedCalls observed, Map<Arch, Filter> filters) {
        this(observed, filters, false);
    }

    /** @param confined whether the calls were made under these filters; their results then show the decision */
    Replay(ObservedCalls observed, Map<Arch, Filter> filters, boolean confined) {
        this.observed = observed;
        this.filters = filters;
        this.confined = confined;
    }

    Collection<Verdict> verdicts() {
        for (Run run : observed.observation().runs()) {
            run.architectures()
                    .forEach((arch, seen) -> seen.syscalls().forEach((name, call) -> replay(run, arch, name, call)));
        }
        return verdicts.values();
    }

    /** Of one call alone. */
    Collection<Verdict> only(Arch arch, String name) {
        for (Run run : observed.observation().runs()) {
            ArchObservation seen = run.architectures().get(arch);
            if (seen != null) {
                seen.syscalls().forEach((each, call) -> {
                    if (each.equals(name) || call.alternatives().contains(name)) {
                        replay(run, arch, each, call);
                    }
                });
            }
        }
        return verdicts.values();
    }

    static Filter filter(Map<Arch, Filter> filters, Arch arch) {
        Filter filter = filters.get(arch);
        if (filter == null) {
            throw new IllegalArgumentException("no filter for " + arch.label());
        }
        return filter;
    }

    private void replay(Run run, Arch arch, String name, SyscallObservation call) {
        ImmutableSet<Decision> answers = answers(arch, name, call);
        boolean depends = call.alternatives().isEmpty() && answers.size() > 1;
        OptionalInt number = number(arch, name);
        List<Sample> samples = depends ? observed.samples(run, arch, name) : List.of();
        List<Verdict> found = depends && samples.isEmpty() && number.isPresent()
                ? new ObservedValues(filter(filters, arch), arch, name, number.getAsInt(), call).verdicts()
                : printed(arch, name, call, answers, samples);
        StandIn standIn = new StandIn(filter(filters, arch), arch, call);
        (confined ? Outcomes.narrow(found, call, arch) : found).forEach(verdict -> add(standIn.judge(verdict)));
    }

    /** The verdicts on the calls that a trace shows, and on those that it does not. */
    private List<Verdict> printed(
            Arch arch, String name, SyscallObservation call, ImmutableSet<Decision> answers, List<Sample> samples) {
        long left = call.count();
        List<Verdict> found = new ArrayList<>();
        for (Sample sample : samples) {
            found.add(of(arch, sample));
            left -= sample.count();
        }
        if (left > 0) {
            found.add(new Verdict(
                    arch, name, ImmutableList.of(), answers, left, call.first(), call.programs(), "", Doubt.NONE));
        }
        return found;
    }

    /** Adds the decisions for other meanings of the text. */
    private ImmutableSet<Decision> answers(Arch arch, String name, SyscallObservation call) {
        ImmutableSet.Builder<Decision> answers = ImmutableSet.builder();
        for (String each : Iterables.concat(List.of(name), call.alternatives())) {
            OptionalInt number = number(arch, each);
            if (number.isPresent()) {
                answers.addAll(filter(filters, arch).answers(arch, number.getAsInt()));
            } else {
                answers.addAll(byName(arch, each));
            }
        }
        return answers.build();
    }

    /** Decisions on a call that no table knows: the default, or those of the rules that name it. */
    private ImmutableSet<Decision> byName(Arch arch, String name) {
        Profile profile = filter(filters, arch).profile();
        return ImmutableSet.<Decision>builder()
                .add(profile.defaultDecision())
                .addAll(profile.rules().stream()
                        .filter(rule -> rule.names().contains(name))
                        .map(rule -> rule.decision())
                        .toList())
                .build();
    }

    private static OptionalInt number(Arch arch, String name) {
        return NamelessCall.isOne(name)
                ? NamelessCall.number(name)
                : SyscallTable.of(arch).number(name);
    }

    private Verdict of(Arch arch, Sample sample) {
        OptionalInt number = number(arch, sample.name());
        List<Argument> registers = PrintedArguments.registers(arch, sample.name(), sample.texts());
        return new Verdict(
                arch,
                sample.name(),
                sample.texts(),
                filter(filters, arch).answers(arch, number.orElseThrow(), registers),
                sample.count(),
                sample.first(),
                ImmutableSortedSet.of(sample.program()),
                "",
                Doubt.NONE);
    }

    private void add(Verdict verdict) {
        Key key = new Key(
                verdict.arch(),
                verdict.name(),
                verdict.arguments(),
                verdict.answers(),
                verdict.standIn(),
                verdict.doubt());
        verdicts.merge(key, verdict, Verdict::plus);
    }
}
