package io.github.strait.condition;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.CatalogueRow;
import io.github.strait.argument.Tier;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a profile says about the arguments of an allowed call.
 *
 * @param alternatives of each list all conditions must hold; one list without conditions when any arguments are allowed
 * @param openings what is let through and why, of the rows that have a condition
 * @param obstacles why other rows have none
 */
public record CallConditions(
        ImmutableList<ImmutableList<Condition>> alternatives,
        ImmutableList<Opening> openings,
        ImmutableList<Obstacle> obstacles) {
    /** The most alternatives of a call: each is a rule, and a filter tries one after another. */
    public static final int MOST = 16;

    /** Any arguments are allowed, and the catalogue asks for no condition. */
    public static final CallConditions NONE =
            new CallConditions(ImmutableList.of(ImmutableList.of()), ImmutableList.of(), ImmutableList.of());

    /** Any arguments are allowed, for this reason. */
    public static CallConditions without(Obstacle obstacle) {
        return new CallConditions(NONE.alternatives, ImmutableList.of(), ImmutableList.of(obstacle));
    }

    /**
     * The conditions of a call, by the catalogue's rows for its ABI in their order. A row that could make more than
     * {@value #MOST} alternatives is left out, and so are those after it: more evidence never brings a condition back.
     *
     * @param tier the highest whose rows count
     */
    public static CallConditions of(String call, Arch arch, Tier tier, CallEvidence evidence) {
        List<Cube> all = List.of(Cube.all());
        ImmutableList.Builder<Opening> openings = ImmutableList.builder();
        ImmutableList.Builder<Obstacle> obstacles = ImmutableList.builder();
        int parts = 1;
        for (CatalogueRow row : Catalogue.of(call, arch, tier)) {
            if (row.place().isMemory()) {
                continue;
            }
            RowConditions conditions = RowConditions.of(row, evidence);
            if (conditions.obstacle() != null) {
                obstacles.add(conditions.obstacle());
                continue;
            }
            if (parts <= MOST) {
                parts *= conditions.parts();
            }
            if (parts > MOST) {
                obstacles.add(Obstacle.rules(row.place(), parts));
            } else {
                all = Cube.both(all, conditions.cubes());
                openings.addAll(conditions.openings());
            }
        }
        return new CallConditions(alternatives(all), openings.build(), obstacles.build());
    }

    private static ImmutableList<ImmutableList<Condition>> alternatives(List<Cube> cubes) {
        ImmutableList.Builder<ImmutableList<Condition>> alternatives = ImmutableList.builder();
        for (Cube cube : cubes) {
            alternatives.add(cube.conditions());
        }
        return alternatives.build();
    }

    /** What either lets through, for one document of several ABIs. */
    public CallConditions or(CallConditions other) {
        List<Cube> cubes = new ArrayList<>();
        alternatives.forEach(each -> cubes.add(Cube.of(each)));
        other.alternatives.forEach(each -> cubes.add(Cube.of(each)));
        List<Cube> needed = TupleCover.again(cubes);
        if (needed.size() > MOST) {
            return without(new Obstacle(Optional.empty(), Obstacle.Kind.RULES, needed.size(), "", Optional.empty()));
        }
        return new CallConditions(alternatives(needed), all(openings, other.openings), all(obstacles, other.obstacles));
    }

    private static <T> ImmutableList<T> all(ImmutableList<T> one, ImmutableList<T> other) {
        return ImmutableSet.<T>builder().addAll(one).addAll(other).build().asList();
    }

    /** Whether they let every call through that satisfies all of these. */
    public boolean includes(List<Condition> conditions) {
        for (Condition condition : conditions) {
            if (condition.operator() != Operator.MASKED_EQ) {
                return false;
            }
        }
        List<Cube> cubes = new ArrayList<>();
        alternatives.forEach(each -> cubes.add(Cube.of(each)));
        return Cube.of(conditions).isWithin(cubes);
    }

    /** Whether not all arguments are allowed. */
    public boolean isConditional() {
        return !alternatives.get(0).isEmpty();
    }
}
