package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.CatalogueRow;
import io.github.strait.argument.CatalogueRow.Kind;
import io.github.strait.argument.ValueNames;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Optional;

/** Words for sets of arguments that a row of the catalogue makes by limits: flags, pointers, modes of new files. */
final class LimitSetWords {
    private static final long LOW = 0xffffffffL;

    /** How many flags are listed. */
    private static final int MOST = 8;

    private final String call;
    private final Arch arch;

    LimitSetWords(String call, Arch arch) {
        this.call = call;
        this.arch = arch;
    }

    /** The words for conditions as a row makes them; empty where no row does. */
    Optional<String> of(ImmutableList<ImmutableList<Condition>> alternatives) {
        boolean areSingle = alternatives.stream().allMatch(all -> all.size() == 1);
        if (!areSingle || alternatives.isEmpty() || alternatives.size() > 2) {
            return Optional.empty();
        }
        Condition first = alternatives.get(0).get(0);
        Condition last = alternatives.get(alternatives.size() - 1).get(0);
        for (CatalogueRow row : Catalogue.of(call, arch)) {
            Optional<String> words = alternatives.size() == 1 ? words(row, first) : created(row, first, last);
            if (words.isPresent()) {
                return words;
            }
        }
        return Optional.empty();
    }

    private Optional<String> words(CatalogueRow row, Condition condition) {
        if (!row.place().registers().equals(List.of(condition.index()))) {
            return Optional.empty();
        }
        if (row.place().isPointer()) {
            return pointer(condition).map(words -> "argument " + condition.index() + words);
        }
        long read = row.place().mask() & LOW;
        boolean isOfZeros = condition.operator() == Operator.MASKED_EQ && condition.valueTwo() == 0;
        if (row.kind() != Kind.SUBSET || !isOfZeros || (condition.value() & ~read) != 0) {
            return Optional.empty();
        }
        List<String> flags = new ValueNames(call, arch).bits(condition.index(), read & ~condition.value());
        boolean areNamed = flags.size() <= MOST && flags.stream().noneMatch(flag -> Character.isDigit(flag.charAt(0)));
        return areNamed ? Optional.of(LimitWords.only(flags, condition.index())) : Optional.empty();
    }

    private static Optional<String> pointer(Condition condition) {
        boolean isWhole = condition.operator() == Operator.MASKED_EQ && condition.value() == -1;
        long value = isWhole ? condition.valueTwo() : condition.value();
        boolean isEqual = isWhole || condition.operator() == Operator.EQ;
        boolean isOther = condition.operator() == Operator.GT || condition.operator() == Operator.NE;
        if (value != 0 || !(isEqual || isOther)) {
            return Optional.empty();
        }
        return Optional.of(isEqual ? " = NULL" : " other than NULL");
    }

    /** Either no file is made, or its mode has none of certain bits. */
    private Optional<String> created(CatalogueRow row, Condition flags, Condition mode) {
        if (row.kind() != Kind.CREAT
                || !isZero(flags, row, 0)
                || flags.value() != row.mask()
                || !isZero(mode, row, 1)) {
            return Optional.empty();
        }
        return Optional.of(LimitWords.created(new ValueNames(call, arch).bits(mode.index(), mode.value())));
    }

    private static boolean isZero(Condition condition, CatalogueRow row, int position) {
        return condition.index() == row.place().registers().get(position)
                && condition.operator() == Operator.MASKED_EQ
                && condition.valueTwo() == 0;
    }
}
