package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.CatalogueRow;
import io.github.strait.argument.Place;
import io.github.strait.argument.Tier;
import io.github.strait.argument.ValueGroup;
import io.github.strait.condition.CallConditions;
import io.github.strait.condition.Obstacle;
import io.github.strait.condition.Opening;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.ArgumentValues;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Run;
import io.github.strait.observation.Sighting;
import io.github.strait.profile.Condition;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a document says about the arguments of an allowed call, and why.
 *
 * @param parts what is let through, in words
 * @param limits bits that must not be set, in words
 * @param alternatives the conditions themselves, as {@link CallConditions} has them
 * @param obstacles why there is no condition, or none on some arguments
 * @param errno what all other arguments return
 */
public record ExplainedCondition(
        ImmutableList<Part> parts,
        ImmutableList<String> limits,
        ImmutableList<ImmutableList<Condition>> alternatives,
        ImmutableList<Obstacle> obstacles,
        String errno) {

    /**
     * Values that are let through.
     *
     * @param values their names, or that of their group
     * @param group the name of the group that holds them; empty for values that stand alone
     * @param why who needs the values of the group; several reasons where it has several parts
     * @param seen how often they were seen, and where first; empty for a group that is open without that, and for what a
     *     container's runtime needs
     * @param runs in how many runs they were seen, partial ones aside; 0 where they were seen of a call that this one stands
     *     in for
     * @param isOfPartialRun whether they were seen in a partial run
     */
    public record Part(
            String values, String group, String why, Optional<Sighting> seen, int runs, boolean isOfPartialRun) {
        /** The same values, needed for another reason too. */
        private Part and(Part other) {
            boolean isLater = runs < other.runs || seen.isEmpty();
            Part most = isLater ? other : this;
            return new Part(
                    values,
                    group,
                    why + ", " + other.why,
                    plus(seen, other.seen),
                    most.runs,
                    isOfPartialRun || other.isOfPartialRun);
        }
    }

    /** Whether not all arguments are allowed. */
    public boolean isConditional() {
        return !alternatives.get(0).isEmpty();
    }

    /**
     * Explains the conditions on a call; empty where the catalogue has none for it.
     *
     * @param tier the rows of the catalogue that count
     */
    static Optional<ExplainedCondition> of(
            String call, Arch arch, Tier tier, CallConditions conditions, Observation observation, String errno) {
        Account account = new Account(call, arch, observation);
        List<Part> parts = new ArrayList<>();
        for (Opening opening : conditions.openings()) {
            account.add(opening, parts);
        }
        ImmutableList.Builder<String> limits = ImmutableList.builder();
        for (CatalogueRow row : Catalogue.of(call, arch)) {
            if (row.tier().compareTo(tier) <= 0 && isCompared(row.place(), conditions)) {
                LimitWords.of(row, arch, opened(row, conditions)).ifPresent(limits::add);
            }
        }
        return conditions.equals(CallConditions.NONE)
                ? Optional.empty()
                : Optional.of(new ExplainedCondition(
                        ImmutableList.copyOf(parts),
                        limits.build(),
                        conditions.alternatives(),
                        conditions.obstacles(),
                        errno));
    }

    private static boolean isCompared(Place place, CallConditions conditions) {
        return !place.isMemory()
                && conditions.isConditional()
                && conditions.obstacles().stream()
                        .noneMatch(obstacle -> obstacle.place().equals(Optional.of(place)));
    }

    private static long opened(CatalogueRow row, CallConditions conditions) {
        long opened = 0;
        for (Opening opening : conditions.openings()) {
            opened |= opening.row().equals(row) ? opening.bits() : 0;
        }
        return opened;
    }

    private static Optional<Sighting> plus(Optional<Sighting> one, Optional<Sighting> other) {
        return one.isPresent() && other.isPresent() ? Optional.of(one.get().plus(other.get())) : one.or(() -> other);
    }

    /** Finds what the evidence shows of values. */
    private record Account(String call, Arch arch, Observation observation) {
        /** Adds a part, to that of the same values if there is one. */
        void add(Opening opening, List<Part> parts) {
            Part part = part(opening);
            for (int i = 0; i < parts.size(); i++) {
                Part known = parts.get(i);
                boolean isSame = known.group.equals(part.group) && known.values.equals(part.values);
                if (isSame && !part.group.isEmpty()) {
                    parts.set(i, known.and(part));
                    return;
                }
            }
            parts.add(part);
        }

        private Part part(Opening opening) {
            Optional<Sighting> seen = Optional.empty();
            int runs = 0;
            int partial = 0;
            for (Run run : observation.runs()) {
                Optional<Sighting> here = seen(run, opening);
                seen = plus(seen, here);
                runs += here.isPresent() && !run.isPartial() ? 1 : 0;
                partial += here.isPresent() && run.isPartial() ? 1 : 0;
            }
            if (seen.isEmpty() && opening.group().isEmpty()) {
                seen = opening.seen();
            }
            return new Part(
                    OpeningNames.of(opening, call, arch),
                    opening.group().map(ValueGroup::name).orElse(""),
                    opening.group().map(ValueGroup::why).orElse(""),
                    seen,
                    runs,
                    partial > 0);
        }

        private Optional<Sighting> seen(Run run, Opening opening) {
            ArchObservation calls = run.architectures().get(arch);
            Optional<ArgumentValues> values = Optional.ofNullable(calls)
                    .flatMap(of -> Optional.ofNullable(of.syscalls().get(call)))
                    .flatMap(of -> Optional.ofNullable(
                            of.arguments().get(opening.row().place().toString())));
            Optional<Sighting> seen = Optional.empty();
            for (Map.Entry<ArgumentTuple, Sighting> each :
                    values.map(of -> of.seen().entrySet().asList()).orElse(ImmutableList.of())) {
                if (opening.holds(each.getKey())) {
                    seen = plus(seen, Optional.of(each.getValue()));
                }
            }
            return seen;
        }
    }
}
