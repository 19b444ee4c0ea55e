package io.github.strait.verify;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.argument.Argument;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.Place;
import io.github.strait.argument.PlaceValues;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.ArgumentValues;
import io.github.strait.observation.Sighting;
import io.github.strait.observation.Subcalls;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.profile.Decision;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts the values of arguments that an observation keeps to a filter. The values of one place belong together. Which values
 * of another place they came with is not known, so a call has the answers to all of them.
 */
final class ObservedValues {
    /** The most combinations of values that are put to the filter; beyond them the values of other places do not count. */
    private static final int LIMIT = 1 << 12;

    private static final Place SUBCALL = Place.ofRegister(Integer.parseInt(Subcalls.PLACE));

    private final Filter filter;
    private final Arch arch;
    private final String name;
    private final int number;
    private final SyscallObservation call;

    ObservedValues(Filter filter, Arch arch, String name, int number, SyscallObservation call) {
        this.filter = filter;
        this.arch = arch;
        this.name = name;
        this.number = number;
        this.call = call;
    }

    /** The verdicts on all of the calls, by the values of the place that decides most of them. */
    List<Verdict> verdicts() {
        Set<Place> places = places();
        List<Verdict> best = List.of(verdict(
                ImmutableList.of(),
                answers(ImmutableList.of(Argument.ALL_UNKNOWN)),
                new Sighting(call.count(), call.first()),
                doubt(places)));
        for (Place place : places) {
            List<Verdict> verdicts = verdicts(place);
            if (!verdicts.isEmpty() && undecided(verdicts) < undecided(best)) {
                best = verdicts;
            }
        }
        return best;
    }

    /** Of a multiplexer, the number of the call that it makes is known, or of any other call what the catalogue names. */
    private Set<Place> places() {
        return Multiplexer.subcalls(name).isEmpty() ? Catalogue.places(name, arch) : Set.of(SUBCALL);
    }

    /** Why no values decide, if none do. */
    private Doubt doubt(Set<Place> places) {
        if (call.arguments().values().stream().anyMatch(ArgumentValues::more)) {
            return Doubt.MORE_VALUES;
        }
        return places.isEmpty() || !call.arguments().isEmpty() ? Doubt.NOT_KEPT : Doubt.NOT_SHOWN;
    }

    private static long undecided(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> verdict.kind() == Verdict.Kind.UNDECIDED)
                .mapToLong(Verdict::count)
                .sum();
    }

    /** The verdicts on all of the calls, by their values at this place; none when it has no values. */
    private List<Verdict> verdicts(Place place) {
        ArgumentValues values = call.arguments().get(place.toString());
        if (place.isMemory() || values == null || values.more()) {
            return List.of();
        }
        List<List<Argument>> others = others(place, values.seen().size());
        PlaceValues at = new PlaceValues(arch, name, place);
        List<Verdict> verdicts = new ArrayList<>();
        values.seen()
                .forEach((tuple, seen) -> verdicts.add(
                        verdict(at.texts(tuple.values()), answers(with(others, at, tuple)), seen, Doubt.NOT_KEPT)));
        if (values.unknown() > 0) {
            SourcePosition first = values.unknownAt().orElse(call.first());
            verdicts.add(verdict(
                    ImmutableList.of(), answers(others), new Sighting(values.unknown(), first), Doubt.NOT_SHOWN));
        }
        return verdicts;
    }

    private Verdict verdict(ImmutableList<String> texts, ImmutableSet<Decision> answers, Sighting seen, Doubt doubt) {
        Verdict verdict =
                new Verdict(arch, name, texts, answers, seen.count(), seen.first(), call.programs(), "", Doubt.NONE);
        return verdict.kind() == Verdict.Kind.UNDECIDED ? verdict.doubted(doubt) : verdict;
    }

    /** The registers of a call as the places but this one leave them: one list for each combination of their values. */
    private List<List<Argument>> others(Place but, int times) {
        List<List<Argument>> all = List.of(Argument.ALL_UNKNOWN);
        for (Place place : places()) {
            ArgumentValues values = call.arguments().get(place.toString());
            boolean isOther = !place.isMemory() && !place.equals(but);
            if (isOther && values != null && !values.more() && values.unknown() == 0) {
                ImmutableSortedMap<ArgumentTuple, Sighting> seen = values.seen();
                if ((long) all.size() * seen.size() * times <= LIMIT) {
                    List<List<Argument>> more = new ArrayList<>();
                    PlaceValues at = new PlaceValues(arch, name, place);
                    for (ArgumentTuple tuple : seen.keySet()) {
                        more.addAll(with(all, at, tuple));
                    }
                    all = more;
                }
            }
        }
        return all;
    }

    private static List<List<Argument>> with(List<List<Argument>> all, PlaceValues at, ArgumentTuple tuple) {
        List<List<Argument>> more = new ArrayList<>();
        for (List<Argument> each : all) {
            List<Argument> registers = new ArrayList<>(each);
            at.set(tuple.values(), registers);
            more.add(registers);
        }
        return more;
    }

    private ImmutableSet<Decision> answers(List<? extends List<Argument>> all) {
        Set<Decision> answers = new LinkedHashSet<>();
        for (List<Argument> registers : all) {
            answers.addAll(filter.answers(arch, number, registers));
        }
        return ImmutableSet.copyOf(answers);
    }
}
